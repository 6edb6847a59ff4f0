"""One pass over what systems made of items gives the tables that all questions are asked of.

No sentence is kept: 48 bytes for each entity of each system, about 100 for each sentence.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from xproj_core.domain import Sentence, Span
from xproj_core.evaluate import alignment
from xproj_core.evaluate.alignment import AlignmentScores
from xproj_core.evaluate.analysis import OUTCOMES, Analysis
from xproj_core.evaluate.conll import as_tagged
from xproj_core.evaluate.entities import Tally
from xproj_core.evaluate.features import FEATURES, features
from xproj_core.evaluate.kinds import Case, Kind, Step
from xproj_core.evaluate.rates import Rates
from xproj_core.evaluate.scene import comparable
from xproj_core.evaluate.scripts import script_of
from xproj_core.evaluate.taxonomy import classify
from xproj_core.evaluate.views import Views
from xproj_core.items import Item
from xproj_core.records import Record

KINDS, STEPS = tuple(Kind), tuple(Step)
_HELPED = {None: -1, False: 0, True: 1}
_CASE = ("sentence", "system", "kind", "step", "outcome", "gold", "predicted", "start", "words",
         "name", "script", "overlap", "helped")  # fmt: skip
_SENTENCE = ("number", "gold", "target_words", "language")


class _Codes(dict[str, int]):
    """Strings to consecutive numbers."""

    def __missing__(self, key: str) -> int:
        self[key] = len(self)
        return self[key]


@dataclass
class Collector:
    """Counts answers, one after another; `done` gives the tables.

    Args:
        systems: those to be counted, in the order in which they are to be shown.
        ignore: labels that are left out on both sides.
        baseline: the system from whose source sentences the features are taken; the first by
            default.
    """

    systems: tuple[str, ...]
    ignore: frozenset[str] = frozenset()
    baseline: str | None = None
    _cases: array[int] = field(default_factory=lambda: array("i"))
    _sentences: array[int] = field(default_factory=lambda: array("i"))
    _features: array[float] = field(default_factory=lambda: array("f"))
    _keys: list[str] = field(default_factory=list)
    _codes: dict[str, _Codes] = field(default_factory=lambda: defaultdict(_Codes))

    def __post_init__(self) -> None:
        self._rates = {s: Rates() for s in self.systems}
        self._views = {s: Views() for s in self.systems}
        self._conll = {s: Tally() for s in self.systems}
        self._links: dict[str, list[int]] = {}
        self._problems = dict.fromkeys(self.systems, 0)

    def add(self, item: Item, records: Mapping[str, Record], number: int | None = None) -> None:
        """Count one sentence; systems without a record count as without an answer."""
        place = len(self._keys)
        self._keys.append(item.key)
        scored, target = False, item.target
        for code, system in enumerate(self.systems):
            record = records.get(system) or _no_answer(item, system)
            target = target or record.target
            scored |= self._one(place, code, item, record)
        words = 0 if target is None else len(target)
        language = self._codes["language"][target.language if target is not None else "und"]
        self._sentences.extend((place if number is None else number, scored, words, language))
        base = records.get(self.baseline or self.systems[0])
        self._features.extend(features(base))

    def _one(self, place: int, code: int, item: Item, record: Record) -> bool:
        system = self.systems[code]
        self._problems[system] += record.problem is not None
        found = comparable(item, record)
        gold = None if found is None else [g for g in found[0] if g.label not in self.ignore]
        self._rates[system].add(record, gold, self.ignore)
        self._align(system, item, record)
        if gold is None:
            return False
        predicted = [p for p in record.predicted if p.label not in self.ignore]
        self._views[system].add(gold, predicted)
        length = len(record.target)
        self._conll[system].add(as_tagged(gold, length), as_tagged(predicted, length))
        for case in classify(item, record, self.ignore):
            self._case(place, code, case, record.target)
        return True

    def _case(self, place: int, code: int, case: Case, target: Sentence) -> None:
        span = case.gold or case.predicted
        assert span is not None
        name = " ".join(target.words(span)).casefold()
        both = case.gold is not None and case.predicted is not None
        self._cases.extend((
            place, code, KINDS.index(case.kind), STEPS.index(case.step),
            OUTCOMES.index(case.outcome), self._label(case.gold), self._label(case.predicted),
            span.start, len(span),
            self._codes["name"][name], self._codes["script"][script_of(name)],
            both and case.gold.overlaps(case.predicted),  # type: ignore[union-attr,arg-type]
            _HELPED[case.with_gold_source],
        ))  # fmt: skip

    def _label(self, span: Span | None) -> int:
        return -1 if span is None else self._codes["label"][span.label]

    def _align(self, system: str, item: Item, record: Record) -> None:
        if item.links is None or item.source is None or item.target is None:
            return
        if (item.source.tokens, item.target.tokens) != (record.source.tokens, record.target.tokens):
            return
        links = {(i, j) for i, j, _ in record.links}
        one = alignment.score_links([links], [item.links.sure], [item.links.possible])
        sums = self._links.setdefault(system, [0, 0, 0, 0])
        for k, n in enumerate((one.n_found, one.n_sure, one.n_in_sure, one.n_in_possible)):
            sums[k] += n

    def done(self) -> Analysis:
        """The tables."""
        import pandas as pd

        for views in self._views.values():
            views.flush()
        names = {kind: list(codes) for kind, codes in self._codes.items()}
        labels = names.get("label", [])
        cases: Any = _frame(self._cases, _CASE, np.int32)
        gold = cases.system.eq(0) & cases.gold.ge(0)
        frequency = np.bincount(cases.name[gold], minlength=len(names.get("name", ())))
        cases["frequency"] = frequency[cases.name].astype(np.int32)
        lists = {
            "system": self.systems, "kind": KINDS, "step": STEPS, "outcome": OUTCOMES,
            "gold": labels, "predicted": labels, "script": names.get("script", ()),
        }  # fmt: skip
        for column, values in lists.items():
            cases[column] = _category(cases[column], values)
        cases["helped"] = cases.helped.astype(np.int8)
        cases["overlap"] = cases.overlap.astype(bool)
        sentences: Any = _frame(self._sentences, _SENTENCE, np.int32)
        sentences["gold"] = sentences.gold.astype(bool)
        sentences["key"] = self._keys
        sentences["language"] = _category(sentences.language, names.get("language", ()))
        found = _frame(self._features, tuple(FEATURES), np.float32)
        sentences = pd.concat([sentences, found], axis=1)
        return Analysis(
            self.systems, tuple(sorted(labels)), sentences, cases, self._rates, self._views,
            {s: tally.scores() for s, tally in self._conll.items()},
            {s: AlignmentScores(*sums) for s, sums in self._links.items()}, self._problems,
        )  # fmt: skip


def _frame(values: array[Any], columns: tuple[str, ...], dtype: Any) -> Any:
    import pandas as pd

    return pd.DataFrame(
        np.array(values, dtype=dtype).reshape(-1, len(columns)), columns=list(columns)
    )


def _category(codes: Any, values: Collection[str]) -> Any:
    import pandas as pd

    return pd.Categorical.from_codes(codes, pd.Index(list(map(str, values)), dtype=object))


def _no_answer(item: Item, system: str) -> Record:
    target = item.target or Sentence((), "und")
    return Record(
        item.key, 0, system, Sentence((), "und"), target.labelled(()),
        problem="The run holds no answer for it.",
    )  # fmt: skip


def collect(
    answers: Iterable[tuple[Item, Mapping[str, Record]]],
    systems: Collection[str],
    ignore: Collection[str] = (),
) -> Analysis:
    """All answers counted."""
    collector = Collector(tuple(systems), frozenset(ignore))
    for item, records in answers:
        collector.add(item, records)
    return collector.done()
