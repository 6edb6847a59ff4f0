"""One pass over what systems made of items gives the tables that all questions are asked of.

No sentence is kept: about 25 bytes for each entity of each system, 50 for each sentence. Answers
that are right, which most are, are counted without looking for reasons.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.languages import script_of
from xproj_core.domain.record import Record
from xproj_core.evaluate.analysis.analysis import (
    KINDS,
    OUTCOMES,
    STEPS,
    Analysis,
    analysis,
)
from xproj_core.evaluate.analysis.columns import Codes, Growing
from xproj_core.evaluate.analysis.sentence_features import FEATURES, features
from xproj_core.evaluate.analysis.tables import (
    TYPES,
    Tables,
)
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.evidence import comparable
from xproj_core.evaluate.errors.taxonomy import Case, Kind, Step
from xproj_core.evaluate.scores.entities import as_tagged
from xproj_core.evaluate.scores.rates import COMPARED, EXACT, PROBLEM, PROJECTED
from xproj_core.evaluate.scores.views import ALL, VIEWS, matches

_HELPED = {None: -1, False: 0, True: 1}
_KIND, _STEP = ({member: k for k, member in enumerate(every)} for every in (KINDS, STEPS))
_OUTCOME = {member: k for k, member in enumerate(OUTCOMES)}
_VIEW = {name: k for k, name in enumerate(VIEWS)}
_RIGHT = (_KIND[Kind.CORRECT], _STEP[Step.NONE], _OUTCOME["correct"])
_KEPT_NAMES = 100_000  # scripts of names that are remembered


@dataclass
class Collector:
    """Counts answers, one after another; `done` gives the tables.

    Args:
        systems: those to be counted, in the order in which they are to be shown; of the source
            sentence of the first one that answered the features are taken.
        ignore: labels that are left out on both sides.
    """

    systems: tuple[str, ...]
    ignore: frozenset[str] = frozenset()
    _keys: list[str] = field(default_factory=list)
    _answers: bytearray = field(default_factory=bytearray)
    _features: array[float] = field(default_factory=lambda: array("f"))
    _codes: dict[str, Codes] = field(default_factory=lambda: defaultdict(Codes))

    def __post_init__(self) -> None:
        self._tables = {name: Growing(types) for name, types in TYPES.items()}
        self._named: dict[tuple[str, ...], tuple[int, int]] = {}

    def add(self, item: Item, records: Mapping[str, Record], number: int | None = None) -> None:
        """Count one sentence; systems without a record count as without an answer."""
        place = len(self._keys)
        self._keys.append(item.key)
        scored, target = False, item.target
        for code, system in enumerate(self.systems):
            record = records.get(system) or _no_answer(item, system)
            target = target or record.target
            flags = self._count_answer(place, code, item, record)
            scored |= flags & COMPARED > 0
            self._answers.append(flags)
        words = 0 if target is None else len(target)
        language = self._codes["language"][target.language if target is not None else "und"]
        self._tables["sentences"].add(
            (place if number is None else number, scored, words, language)
        )
        answered = (records[s] for s in self.systems if s in records)
        first = next((r for r in answered if r.problem is None), records.get(self.systems[0]))
        self._features.extend(features(first))

    def _count_answer(self, place: int, code: int, item: Item, record: Record) -> int:
        """Count one answer; its flags."""
        comparison = comparable(item, record)
        gold = None if comparison is None else self._counting(comparison[0])
        predicted = self._counting(record.predicted)
        self._align(place, code, item, record)
        flags = PROBLEM if record.problem is not None else 0
        flags |= COMPARED if gold is not None else 0
        flags |= PROJECTED if len(record.chain) != 1 else 0  # else a tagger on the target
        flags |= EXACT if gold == predicted else 0
        self._entities(place, code, record, gold, predicted)
        if comparison is None or gold is None:
            return flags
        if gold == predicted and not comparison[1] and record.problem is None:
            self._all_right(place, code, gold, record.target)
            return flags
        for case in classify(item, record, self.ignore):
            self._case(place, code, case, record.target)
        if gold != predicted:
            for view, label, counts in matches(gold, predicted):
                named = -1 if label == ALL else self._codes["label"][label]
                self._tables["matches"].add((place, code, _VIEW[view], named, *counts))
        return flags

    def _counting(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        if not self.ignore:
            return spans
        return tuple(s for s in spans if s.label not in self.ignore)

    def _all_right(self, place: int, code: int, gold: tuple[Span, ...], target: Sentence) -> None:
        for span in gold:
            label = self._codes["label"][span.label]
            row = (*_RIGHT, label, label, span.start, len(span), *self._name(target, span), 1, -1)
            self._tables["cases"].add((place, code, *row))

    def _case(self, place: int, code: int, case: Case, target: Sentence) -> None:
        span = case.gold or case.predicted
        assert span is not None
        both = case.gold is not None and case.predicted is not None
        self._tables["cases"].add(
            (
                place,
                code,
                _KIND[case.kind],
                _STEP[case.step],
                _OUTCOME[case.outcome],
                self._label(case.gold),
                self._label(case.predicted),
                span.start,
                len(span),
                *self._name(target, span),
                both and case.gold.overlaps(case.predicted),  # type: ignore[union-attr,arg-type]
                _HELPED[case.with_gold_source],
            )
        )

    def _label(self, span: Span | None) -> int:
        return -1 if span is None else self._codes["label"][span.label]

    def _name(self, target: Sentence, span: Span) -> tuple[int, int]:
        """The codes of an entity's words and of their script."""
        words = target.tokens[span.start : span.end]
        known = self._named.get(words)
        if known is None:
            name = " ".join(words).casefold()
            known = self._codes["name"][name], self._codes["script"][script_of(name)]
            if len(self._named) < _KEPT_NAMES:
                self._named[words] = known
        return known

    def _entities(
        self,
        place: int,
        code: int,
        record: Record,
        gold: tuple[Span, ...] | None,
        predicted: tuple[Span, ...],
    ) -> None:
        """How many entities of each label there are, on every side."""
        used = self._counting(record.source.spans) if len(record.chain) != 1 else ()
        if not (gold or predicted or used):
            return
        landed = {p.source for p in record.placements if p.target is not None}
        placed = [s for s in used if s in landed]
        length = len(record.target)
        tagged: tuple[Iterable[Span], ...] = ((), (), ())
        if gold is not None and gold == predicted:
            tagged = (as_tagged(gold, length),) * 3
        elif gold is not None:
            ours, predicted_spans = set(as_tagged(gold, length)), set(as_tagged(predicted, length))
            tagged = (ours, predicted_spans, ours & predicted_spans)
        sides = (gold or (), predicted, used, placed, *tagged)
        rows: dict[str, list[int]] = {}
        for k, side in enumerate(sides):
            for span in side:
                row = rows.get(span.label)
                if row is None:
                    row = rows[span.label] = [0] * len(sides)
                row[k] += 1
        for label, row in rows.items():
            self._tables["entities"].add((place, code, self._codes["label"][label], *row))

    def _align(self, place: int, code: int, item: Item, record: Record) -> None:
        if item.links is None or item.source is None or item.target is None:
            return
        if (item.source.tokens, item.target.tokens) != (record.source.tokens, record.target.tokens):
            return
        links = {(i, j) for i, j, _ in record.links}
        right = len(links & item.links.sure)
        likely = right + len(links & (item.links.possible - item.links.sure))
        self._tables["links"].add((place, code, len(links), len(item.links.sure), right, likely))

    def tables(self) -> Tables:
        """What was counted, with codes for names."""
        shape = len(self._keys), len(self.systems)
        return Tables(
            self.systems,
            tuple(self._keys),
            {kind: tuple(codes) for kind, codes in self._codes.items()},
            {name: table.columns() for name, table in self._tables.items()},
            np.frombuffer(bytes(self._answers), np.uint8).reshape(shape),
            np.array(self._features, np.float32).reshape(-1, len(FEATURES)),
        )

    def done(self) -> Analysis:
        """What was counted, ready for questions."""
        return analysis(self.tables())


def _no_answer(item: Item, system: str) -> Record:
    target = item.target or Sentence((), "und")
    return Record(
        item.key,
        0,
        system,
        Sentence((), "und"),
        target.labelled(()),
        problem="The run holds no answer for it.",
    )


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
