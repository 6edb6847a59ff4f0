"""What can be swept over."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.examples import dataset as example
from xproj_core.robustness.sweep_job import Data
from xproj_ui.address.robustness_view import EXAMPLE
from xproj_ui.resources import store

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset to choose.

    Attributes:
        gold: sentences whose target has gold labels.
        parallel: sentences with their source beside them; `pivots` in further languages.
    """

    id: str
    name: str
    source: str
    target: str
    size: int
    gold: int
    parallel: int = 0
    labelled: int = 0
    pivots: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def sources(chosen: str) -> tuple[list[Source], str | None]:
    """The example and the datasets of the store; and why these cannot be listed.

    The example is not listed twice where the store has it, unless that is what is `chosen`.
    """
    try:
        known = store().datasets.list()
    except XProjError as error:
        return [_example()], str(error)
    stored = [_stored(d) for d in known if d.name != example.NAME or d.id == chosen]
    return [_example(), *stored], None


def _example() -> Source:
    size = len(example.items())
    return Source(
        EXAMPLE,
        example.NAME,
        example.SOURCE,
        example.TARGET,
        size,
        size,
        size,
        size,
        (example.PIVOT,),
        example.LABELS,
    )


def _stored(dataset: Dataset) -> Source:
    counts = dataset.counts
    return Source(
        dataset.id,
        dataset.name,
        dataset.source_language,
        dataset.target_language,
        dataset.items,
        counts.get("gold target", 0),
        counts.get("source", 0),
        counts.get("gold source", 0),
        tuple(n.removeprefix("other ") for n in counts if n.startswith("other ")),
        dataset.labels,
    )


def data(source: Source) -> Data:
    """A dataset as a sweep takes it."""
    return Data(source.id, source.name, source.size, source.labels)


def item(source: Source, number: int) -> Item | None:
    """One sentence by its place, from 0."""
    if source.id == EXAMPLE:
        return next(islice(example.items(), number, None), None)
    return next(iter(store().datasets.items(source.id, number, number + 1)), None)
