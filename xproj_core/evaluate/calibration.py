"""How far each system's confidence can be believed, and what can be learnt to mend it.

Probabilities are estimated from records with the model that is in use now; gold labels say which
entities are right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from xproj_core.answers.sure_records import questions_of, sure_batch
from xproj_core.confidence.calibration_model import CalibrationModel
from xproj_core.confidence.estimate import feature_table
from xproj_core.confidence.fitting import Rows
from xproj_core.confidence.sentence_clues import FEATURES
from xproj_core.domain import Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.evaluate.errors.evidence import comparable
from xproj_core.evaluate.scores.reliability import (
    Reliability,
    Threshold,
    reliability,
    thresholds,
)

Answered = tuple[Item, Mapping[str, Record]]
_AT_ONCE = 64


@dataclass(slots=True)
class Calibration:
    """One system's confidence, on the sentences that have gold labels.

    Attributes:
        values, right: of each entity, its probability and whether it is right.
        links: what links alone gave for it.
        sentences, gold: how many sentences and gold entities there are.
    """

    values: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    links: list[float] = field(default_factory=list)
    sentences: int = 0
    gold: int = 0

    @property
    def reliability(self) -> Reliability:
        """Of the probabilities."""
        return reliability(self.values, self.right)

    @property
    def reliability_of_links(self) -> Reliability:
        """The same of the links' formula, to set beside it."""
        return reliability(self.links, self.right)

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """What is left above each, see `reliability.thresholds`."""
        return thresholds(self.values, self.right, self.gold)


def calibrations(
    answers: Iterable[Answered], model: CalibrationModel, ignore: Collection[str] = ()
) -> dict[str, Calibration]:
    """By system, in order of appearance.

    Args:
        answers: every item with what each system made of it.
        ignore: labels that are left out on both sides.
    """
    judged: dict[str, Calibration] = {}
    for some in _batches(answers):
        sure = sure_batch([records for _, records in some], model)
        for (item, _), records in zip(some, sure, strict=True):
            for system, record in records.items():
                gold = _gold(item, record, ignore)
                if gold is not None:
                    _count(judged.setdefault(system, Calibration()), record, gold, ignore)
    return judged


def rows(answers: Iterable[Answered], ignore: Collection[str] = ()) -> Rows:
    """The entities of every system to learn from, see `confidence.fitting`.

    Every system of an item is in one group with the others.
    """
    values = [np.zeros((0, len(FEATURES)))]
    right: list[bool] = []
    groups: list[int] = []
    first = 0
    for some in _batches(answers):
        for question in questions_of([records for _, records in some]):
            tables = feature_table(
                question.evidence, question.projections, question.others, question.panels
            )
            for k, projection, table in zip(question.at, question.projections, tables, strict=True):
                item, records = some[k]
                gold = _gold(item, records[question.system], ignore)
                if gold is None:
                    continue
                counts = [e.span.label not in ignore for e in projection.entities]
                values.append(table[np.array(counts, dtype=bool)])
                spans = [e.span for e in projection.entities if e.span.label not in ignore]
                right += [span in gold for span in spans]
                groups += [first + k] * len(spans)
        first += len(some)
    return Rows(np.concatenate(values), np.array(right, dtype=bool), np.array(groups, dtype=int))


def _batches(answers: Iterable[Answered]) -> Iterator[list[Answered]]:
    rest = iter(answers)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _gold(item: Item, record: Record, ignore: Collection[str]) -> frozenset[Span] | None:
    compared = None if record.problem is not None else comparable(item, record)
    return None if compared is None else frozenset(s for s in compared[0] if s.label not in ignore)


def _count(
    judged: Calibration, record: Record, gold: frozenset[Span], ignore: Collection[str]
) -> None:
    """Of several placements on one span the surest counts."""
    surest: dict[Span, tuple[float, float]] = {}
    for placement in record.placements:
        if placement.target is not None and placement.target.label not in ignore:
            own = placement.certainty, placement.confidence
            surest[placement.target] = max(own, surest.get(placement.target, own))
    judged.sentences += 1
    judged.gold += len(gold)
    for span, (value, links) in surest.items():
        judged.values.append(value)
        judged.links.append(links)
        judged.right.append(span in gold)
