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
    stored_runs = [store.runs.get(run) for run in runs]
    if not stored_runs or len(stored_runs) > MOST:
        raise InputError(f"Choose between one run and {MOST}.")
    if len({run.dataset for run in stored_runs}) > 1:
        raise InputError("These runs are over different datasets, so they cannot be compared.")
    ones = [configurations.from_json(run.configuration) for run in stored_runs]
    if any(configuration.labels != ones[0].labels for configuration in ones):
        raise InputError(
            "These runs do not count the same labels (one renames or drops some), so they cannot be"
            " compared."
        )
    return {
        name if len(stored_runs) == 1 else str(replace(System.parse(name), run=letter)): (
            run.id,
            name,
        )
        for letter, run, configuration in zip(ascii_uppercase, stored_runs, ones, strict=False)
        for name in configuration.systems
    }


def side_by_side(
    store: Store, runs: Sequence[str], numbers: Sequence[int] | range | None = None
) -> Iterator[tuple[Item, Mapping[str, Record]]]:
    """The items that all runs have finished, in order, with the records of all their systems."""
    names = systems(store, runs)
    streams = [answers(store, run, numbers=numbers) for run in runs]
    for parts in zip(*streams, strict=False):
        records_by_run = dict(zip(runs, (records for _, records in parts), strict=True))
        yield (
            parts[0][0],
            {
                name: records_by_run[run][own]
                for name, (run, own) in names.items()
                if own in records_by_run[run]
            },
        )


def analyse(
    store: Store,
    runs: Sequence[str],
    ignore: Sequence[str] = (),
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Analysis:
    """All that the runs have finished; what is counted is kept (see `kept`).

    Args:
        on_progress: called at times with the number of sentences that are counted, and of all.
    """
    names = tuple(systems(store, runs))
    parts = [analysis_cache.counted(store, run, ignore, on_progress) for run in runs]
    return analysis(parts[0] if len(parts) == 1 else joined(parts, names))
