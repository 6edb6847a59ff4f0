"""The answers of stored runs, several side by side where they are over one dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

from xproj_core.answers.system import System
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.evaluate.analysis import analysis_cache
from xproj_core.evaluate.analysis.analysis import Analysis, analysis
from xproj_core.evaluate.analysis.tables import joined
from xproj_core.runs import configuration as configurations
from xproj_core.runs.answers import answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from xproj_core.store.store import Store

MOST = 8
"""Runs that can be set side by side."""


def systems(store: Store, runs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The name of each system to its run and its name there.

    With several runs, a letter for the run comes first: "A direct/match-exact".

    Raises:
        InputError: too many runs, none, or not all over one dataset with the same labels.
        StoreError: there is no such run.
    """
    found = [store.runs.get(run) for run in runs]
    if not found or len(found) > MOST:
        raise InputError(f"Choose between one run and {MOST}.")
    if len({run.dataset for run in found}) > 1:
        raise InputError("These runs are over different datasets, so they cannot be compared.")
    ones = [configurations.from_json(run.configuration) for run in found]
    if any(one.labels != ones[0].labels for one in ones):
        raise InputError(
            "These runs do not count the same labels (one renames or drops some), so they cannot be"
            " compared."
        )
    return {
        name if len(found) == 1 else str(replace(System.parse(name), run=letter)): (run.id, name)
        for letter, run, one in zip(ascii_uppercase, found, ones, strict=False)
        for name in one.systems
    }


def side_by_side(
    store: Store, runs: Sequence[str], numbers: Sequence[int] | range | None = None
) -> Iterator[tuple[Item, Mapping[str, Record]]]:
    """The items that all runs have finished, in order, with the records of all their systems."""
    names = systems(store, runs)
    streams = [answers(store, run, numbers=numbers) for run in runs]
    for parts in zip(*streams, strict=False):
        made = dict(zip(runs, (records for _, records in parts), strict=True))
        yield (
            parts[0][0],
            {name: made[run][own] for name, (run, own) in names.items() if own in made[run]},
        )


def analyse(
    store: Store,
    runs: Sequence[str],
    ignore: Sequence[str] = (),
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Analysis:
    """All that the runs have finished; what is counted is kept (see `kept`).

    Args:
        told: called at times with the number of sentences that are counted, and of all.
    """
    names = tuple(systems(store, runs))
    parts = [analysis_cache.counted(store, run, ignore, told) for run in runs]
    return analysis(parts[0] if len(parts) == 1 else joined(parts, names))
