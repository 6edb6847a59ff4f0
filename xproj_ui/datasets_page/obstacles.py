"""What a run would not be able to do, said before it is started and where it is listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xproj_core.answers import feasible
from xproj_core.domain.errors import XProjError
from xproj_core.drawing.wording import system_titles
from xproj_core.runs.answers import answers
from xproj_core.runs.configuration import RunConfiguration
from xproj_ui.engines import shelf
from xproj_ui.pivots import at_hand
from xproj_ui.resources import store
from xproj_ui.say import say

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run


def show(dataset: Dataset, configuration: RunConfiguration) -> None:
    """A line for each thing that stands in the way. Engines that are not in memory are not
    loaded to know it: of what they cannot do the run's card will tell."""
    engines = tuple(at_hand(configuration.engines))
    if not engines or len(engines) < len(configuration.engines):
        return
    try:
        jobs = configuration.checked().jobs(shelf().get)
    except XProjError:
        return  # starting it says why
    for job in jobs:
        items = map(configuration.item, store().datasets.items(dataset.id, 0, feasible.PROBES))
        obstacles = feasible.obstacles(job, items, dataset.labels)
        _say(obstacles.systems, configuration.systems, "cannot be run")
        if obstacles.unknown_labels:
            say(
                f"The tagger never gives {_listed(obstacles.unknown_labels)}, which the data"
                " have, so none of these can be right.",
                "note",
            )


def show_silent(run: Run) -> None:
    """The systems of a run without an answer so far, as its first sentences have it."""
    answered: set[str] = set()
    reasons: dict[str, str] = {}
    for _, records in answers(store(), run.id, numbers=range(feasible.PROBES)):
        for system, record in records.items():
            if record.problem is None:
                answered.add(system)
            else:
                reasons.setdefault(system, record.problem)
    silent = {system: why for system, why in reasons.items() if system not in answered}
    if silent:
        from xproj_core.runs import configuration as configurations

        systems = configurations.from_json(run.configuration).systems
        _say(silent, systems, "answered none of the first sentences")


def _say(reasons: dict[str, str], systems: Iterable[str], what: str) -> None:
    """Systems with the same reason in one line."""
    titles = system_titles(tuple(dict.fromkeys((*systems, *reasons))))
    by_reason: dict[str, list[str]] = {}
    for system, why in reasons.items():
        by_reason.setdefault(why, []).append(titles[system])
    for why, names in by_reason.items():
        say(f"{_listed(names)} {what}: {why}", "note")


def _listed(names: Iterable[str]) -> str:
    *first, last = list(names)
    return f"{', '.join(first)} and {last}" if first else last
