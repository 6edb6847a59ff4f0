"""Which sentences stand behind a number: what a click on it asks for, and how an address says it.

An address holds a question as plain parameters; which of them are there says which question it
is. Names of systems stand in it with "|" between them, where there are several.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from xproj_core.evaluate.analysis.answer_questions import Faulty, Matches
from xproj_core.evaluate.analysis.case_questions import (
    NONE,
    Cases,
    Confused,
    Reached,
    Retried,
    Slice,
)
from xproj_core.evaluate.analysis.comparison_questions import RightFor, Tied, Won

Pick = Cases | Confused | Slice | Reached | Retried | Matches | Faulty | Won | Tied | RightFor
BETWEEN = "|"
PARAMETERS = (
    "system",
    "kind",
    "step",
    "outcome",
    "reached",
    "gold",
    "predicted",
    "by",
    "bucket",
    "helped",
    "match",
    "answer",
    "better",
    "worse",
    "unlike",
    "alike",
    "found",
    "sort",
)
"""Every parameter of an address that says something of a question, in their order there."""


def to_address(pick: Pick | None) -> dict[str, str]:
    """All `PARAMETERS`; those that say nothing are "", and for None all are."""
    return dict.fromkeys(PARAMETERS, "") | ({} if pick is None else _parameters(pick))


def _parameters(pick: Pick) -> dict[str, str]:
    match pick:
        case Cases(system, kind, step, outcome):
            return {"system": system, "kind": kind, "step": step, "outcome": outcome}
        case Confused(system, gold, predicted, outcome):
            labels = {"gold": gold, "predicted": predicted}
            return {"system": system, "outcome": outcome, **labels}
        case Slice(system, by, bucket, outcome):
            return {"system": system, "by": by, "bucket": bucket, "outcome": outcome}
        case Reached(system, stage):
            return {"system": system, "reached": stage}
        case Retried(system, step, result):
            return {"system": system, "step": step, "helped": result}
        case Matches(system, view, outcome, label):
            return {"system": system, "match": view, "outcome": outcome, **_bucket(label)}
        case Faulty(system, fault, label):
            return {"system": system, "answer": fault, **_bucket(label)}
        case Won(better, worse, sort):
            return {"better": better, "worse": worse, "sort": sort}
        case Tied(systems, tied):
            return {"alike" if tied else "unlike": BETWEEN.join(systems)}
        case RightFor(systems):
            return {"found": BETWEEN.join(systems) or NONE}


def from_address(values: Mapping[str, str], systems: Collection[str]) -> Pick | None:
    """The question of an address; None where it asks none.

    Args:
        values: parameters of `PARAMETERS`.
        systems: those that there are, by which names that stand together are parted.
    """
    every = {name: values.get(name, "") for name in PARAMETERS}
    system, step, outcome = every["system"], every["step"], every["outcome"]
    label = every["bucket"] if every["by"] == "label" else ""
    match {name: value for name, value in every.items() if value}:
        case {"better": better, "worse": worse}:
            return Won(better, worse, every["sort"])
        case {"unlike": names}:
            return Tied(_systems(names, systems), tied=False)
        case {"alike": names}:
            return Tied(_systems(names, systems))
        case {"found": names}:
            return RightFor(() if names == NONE else _systems(names, systems))
        case {"match": view}:
            return Matches(system, view, outcome, label)
        case {"answer": fault}:
            return Faulty(system, fault, label)
        case {"helped": result}:
            return Retried(system, step, result)
        case {"reached": stage}:
            return Reached(system, stage)
        case {"gold": _} | {"predicted": _}:
            return Confused(system, every["gold"], every["predicted"], outcome)
        case {"bucket": bucket}:
            return Slice(system, every["by"], bucket, outcome)
        case {"kind": _} | {"step": _} | {"outcome": _}:
            return Cases(system, every["kind"], step, outcome)
    return None


def part_systems(text: str, systems: Collection[str]) -> list[str]:
    """The systems with `BETWEEN` between them; none where one is not known.

    The name of an engine that somebody put together, and so of a system, may hold it as well.
    """
    for name in sorted(systems, key=len, reverse=True):
        if text == name:
            return [name]
        if text.startswith(name + BETWEEN):
            rest = part_systems(text.removeprefix(name + BETWEEN), systems)
            if rest:
                return [name, *rest]
    return []


def _systems(text: str, systems: Collection[str]) -> tuple[str, ...]:
    """The same; names that are not known are parted wherever `BETWEEN` stands."""
    return tuple(part_systems(text, systems) or text.split(BETWEEN))


def _bucket(label: str) -> dict[str, str]:
    return {"by": "label", "bucket": label} if label else {}
