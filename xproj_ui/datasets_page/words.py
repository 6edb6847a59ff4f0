"""Datasets and runs in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from xproj_core.drawing.wording import projector_title, title
from xproj_core.jobs.progress import duration
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.text.strings import counted
from xproj_ui.clock import local
from xproj_ui.engines import title as engine_title
from xproj_ui.languages_menu import name

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run

Colour = Literal["gray", "blue", "orange", "red", "green"]
_STATES: dict[str, tuple[str, Colour]] = {
    "new": ("not started", "gray"),
    "running": ("running", "blue"),
    "interrupted": ("interrupted", "orange"),
    "cancelled": ("stopped", "gray"),
    "failed": ("failed", "red"),
    "finished": ("finished", "green"),
}


def sides(dataset: Dataset) -> str:
    """ "German, with English"."""
    counts = dataset.counts
    both = [
        name(language)
        for side, language in (
            ("target", dataset.target_language),
            ("source", dataset.source_language),
        )
        if counts.get(side)
    ]
    others = [name(key.partition(" ")[2]) for key in counts if key.startswith("other ")]
    first, *rest = [*both, *others] or ["no sentences"]
    return f"{first}, with {_listed(rest)}" if rest else first


def gold(counts: Mapping[str, int]) -> str:
    """Where the labels are a person's: "labels of people on both sides"."""
    there = [side for side in ("target", "source") if counts.get(f"gold {side}")]
    description = {
        (): "no labels of people",
        ("target",): "labels of people on the target",
        ("source",): "labels of people on the source",
        ("target", "source"): "labels of people on both sides",
    }[tuple(there)]
    return f"{description}, word links" if counts.get("links") else description


def facts(dataset: Dataset) -> str:
    """One line about a dataset."""
    return f"{counted(dataset.items, 'sentence')} · {sides(dataset)} · {gold(dataset.counts)}"


def state(run: Run) -> tuple[str, Colour]:
    """A run's state for people, and a colour."""
    return _STATES[run.state]


def describe(configuration: RunConfiguration) -> str:
    """What a run does: "Direct, Pivot (French) · Candidate matching, exact · Mini"."""
    methods = [
        _with_options(title(c.name), c.options)
        + (f" ({name(configuration.pivot)})" if c.name == "pivot" and configuration.pivot else "")
        for c in configuration.methods
    ]
    projectors = [
        _with_options(projector_title(c.name), c.options) for c in configuration.projectors
    ]
    engines = [engine_title(e) for e in configuration.engines]
    return " · ".join(
        (
            ", ".join(methods),
            " and ".join(projectors),
            " and ".join(engines),
            _describe_given(configuration),
        )
    )


def _with_options(text: str, options: Mapping[str, object]) -> str:
    if not options:
        return text
    set_to = ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in options.items())
    return f"{text} [{set_to}]"


def _describe_given(configuration: RunConfiguration) -> str:
    parts = [
        part
        for part, there in (
            ("translations", configuration.given.translations),
            ("source labels", configuration.given.labels),
            ("word links", configuration.given.links),
        )
        if there
    ]
    return f"{_listed(parts)} of the data" if parts else "translated, aligned and tagged anew"


def stopping(run: Run) -> str:
    """What is said between Stop and the end."""
    return f"stopping; {run.done:,} of {counted(run.total, 'sentence')} are kept so far"


def so_far(run: Run) -> str:
    """What a run has that is not finished, and what becomes of the rest."""
    text = f"{run.done:,} of {counted(run.total, 'sentence')} are finished and kept."
    if run.state == "new":
        return text
    return (
        f"{text} Resume goes on after them. Sentences beyond them that were translated, aligned or"
        " tagged already are remembered, so they come back quickly."
    )


def finished(run: Run) -> str:
    """ "30 sentences in 4 s, 25 November 2026, 10:31" on the reader's clock."""
    when = local(run.ended)
    total = sum(run.seconds.values())
    summary = f"{counted(run.total, 'sentence')} in {duration(total)}"
    return f"{summary}, {when.day} {when:%B %Y, %H:%M}"


def _listed(words: Iterable[str]) -> str:
    *first, last = list(dict.fromkeys(words))
    return f"{', '.join(first)} and {last}" if first else last
