"""Probabilities for records: they hold all that is asked about, labels, links and placements.

So they need not be kept with a run, and another model answers anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xproj_core.answers.certainty import Parts, Question, questions, with_probabilities
from xproj_core.answers.system import System
from xproj_core.confidence.calibration_model import CalibrationModel
from xproj_core.domain import Evidence, Lost, Projected, Projection, Trace
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.record import Record

Records = Mapping[str, Record]


def sure_records(records: Records, model: CalibrationModel) -> dict[str, Record]:
    """The records of one item, by system, with probabilities by `model`."""
    return sure_batch([records], model)[0]


def sure_batch(items: Sequence[Records], model: CalibrationModel) -> list[dict[str, Record]]:
    """The records of several items; those without an answer stay as they are."""
    gathered, outcomes, systems = _read(items)
    sure = with_probabilities(gathered, outcomes, systems, model)
    return [
        {system: _sure(record, sure[system][k]) for system, record in records.items()}
        for k, records in enumerate(items)
    ]


def questions_of(items: Sequence[Records]) -> Iterator[Question]:
    """What is asked about every system of the items."""
    return questions(*_read(items))


def projection_of(record: Record) -> tuple[Evidence, Projection]:
    """What a record says of evidence and projection, without candidates and steps."""
    linked = len(record.chain) > 1 and bool(record.links)
    evidence = Evidence(
        System.parse(record.system).evidence,
        record.source,
        record.target,
        record.alignment if linked else None,
        record.chain,
        (None,) * max(0, len(record.chain) - 1),
    )
    entities = tuple(
        Projected(p.target, Trace(p.source, confidence=p.confidence, margin=p.margin))
        for p in record.placements
        if p.target is not None
    )
    lost = tuple(
        Lost(p.source, p.reason, p.message, Trace(p.source))
        for p in record.placements
        if p.target is None and p.source is not None
    )
    return evidence, Projection(entities, lost)


def _read(
    items: Sequence[Records],
) -> tuple[
    dict[str, list[Evidence | XProjError]],
    dict[str, list[Projection | XProjError]],
    dict[str, Parts],
]:
    """Every system has evidence of its own: records do not say which share it."""
    missing = InputError("There is no answer.")
    names = list(dict.fromkeys(system for records in items for system in records))
    gathered: dict[str, list[Evidence | XProjError]] = {name: [] for name in names}
    outcomes: dict[str, list[Projection | XProjError]] = {name: [] for name in names}
    for records in items:
        for name in names:
            record = records.get(name)
            known = record is not None and record.problem is None
            pair = projection_of(record) if record is not None and known else (missing, missing)
            gathered[name].append(pair[0])
            outcomes[name].append(pair[1])
    return gathered, outcomes, {name: _parts(name) for name in names}


def _parts(system: str) -> Parts:
    """Only methods of one run vote on each other, whichever runs are looked at together."""
    parts = System.parse(system)
    return Parts(system, f"{parts.run} {parts.projector}")


def _sure(record: Record, outcome: Projection | XProjError) -> Record:
    if not isinstance(outcome, Projection):
        return record
    entities = iter(outcome.entities)
    placements = []
    for placement in record.placements:
        if placement.target is not None:
            entity = next(entities)
            placement = replace(placement, target=entity.span, probability=entity.trace.probability)
        placements.append(placement)
    return replace(record, placements=tuple(placements))
