"""Stored runs as the subject of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xproj_core import languages
from xproj_core.errors import InputError
from xproj_core.evaluate import literature
from xproj_core.items import Item
from xproj_core.records import Record
from xproj_core.report.build import Subject
from xproj_core.runs import configuration as configurations
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.runs.read import answers

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store


@dataclass(frozen=True)
class StoredRuns:
    """One run, or several over the same dataset.

    Attributes:
        names: for each run, its systems' names to those in the comparison. Where two runs have
            systems of the same name, "run 1/" and so on stands before them.
    """

    store: Store
    runs: tuple[Run, ...]
    dataset: Dataset
    configurations: tuple[RunConfiguration, ...]
    names: tuple[Mapping[str, str], ...]

    @property
    def systems(self) -> tuple[str, ...]:
        """All systems, run by run."""
        return tuple(name for names in self.names for name in names.values())

    @property
    def done(self) -> int:
        """How many items every run has finished."""
        return min(run.done for run in self.runs)

    def answers(
        self, numbers: Sequence[int] | None = None
    ) -> Iterator[tuple[Item, dict[str, Record]]]:
        """Each item that all runs have finished with the records of all systems, as a stream."""
        wanted = range(self.done) if numbers is None else numbers
        streams = [answers(self.store, run.id, numbers=wanted) for run in self.runs]
        for together in zip(*streams, strict=True):
            records = {
                names[name]: record
                for names, (_, made) in zip(self.names, together, strict=True)
                for name, record in made.items()
            }
            yield together[0][0], records

    def subject(self, title: str = "", ignore: frozenset[str] = frozenset()) -> Subject:
        """What the report says about them before any figure."""
        first = self.configurations[0]
        several = len(self.runs) > 1
        return Subject(
            title=title
            or f"{self.dataset.name}: {languages.name(first.source)} to"
            f" {languages.name(first.target)}",
            subtitle=f"{len(self.runs)} runs compared" if several else "",
            systems=self.systems,
            signatures=tuple(
                (f"run {k}, {run.id}" if several else f"run {run.id}", run.signature)
                for k, run in enumerate(self.runs, 1)
            ),
            facts=self._facts(),
            ignore=ignore,
            literature=self._literature(first.target),
            notes=tuple(self._notes()),
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        seconds = sum(sum(run.seconds.values()) for run in self.runs)
        return (
            ("dataset", self.dataset.name),
            *((("notes", " ".join(self.dataset.notes)),) if self.dataset.notes else ()),
            ("run", ", ".join(dict.fromkeys(r.created[:16].replace("T", " ") for r in self.runs))),
            *((("time spent", f"{seconds:,.0f} s"),) if seconds else ()),
        )

    def _literature(self, target: str) -> tuple[literature.Reference, ...]:
        known = literature.guess(self.dataset.name)
        return literature.references(known, target) if known else ()

    def _notes(self) -> Iterator[str]:
        for run in self.runs:
            if run.done < run.total:
                yield (f"The run {run.id} is not complete: {run.done:,} of {run.total:,} sentences"
                       " are done.")  # fmt: skip
        if len({run.done for run in self.runs}) > 1:
            yield f"Compared are the {self.done:,} sentences that all runs have done."


def stored_runs(store: Store, ids: Sequence[str]) -> StoredRuns:
    """The runs, if they can be compared.

    Raises:
        StoreError: there is no such run.
        InputError: none is named, nothing of one is done yet, or they are not over the same data
            and labels.
    """
    if not ids:
        raise InputError("Name at least one run. `xproj runs` lists them.")
    runs = tuple(store.runs.get(id) for id in dict.fromkeys(ids))
    if len({run.dataset for run in runs}) > 1:
        names = ", ".join(store.datasets.get(run.dataset).name for run in runs)
        raise InputError(
            f"These runs are over different datasets ({names}). Make a report of each: figures"
            " over different sentences cannot be compared."
        )
    for run in runs:
        if not run.done:
            raise InputError(f"Nothing of the run {run.id} is done yet, so there is no report.")
    found = tuple(configurations.from_json(run.configuration) for run in runs)
    if any(one.labels != found[0].labels for one in found):
        raise InputError(
            "These runs do not count the same labels (see `--labels` of `xproj run`), so their"
            " figures cannot be compared. Make a report of each."
        )
    return StoredRuns(store, runs, store.datasets.get(runs[0].dataset), found, _names(found))


def _names(found: Sequence[RunConfiguration]) -> tuple[Mapping[str, str], ...]:
    every = [name for one in found for name in one.systems]
    clash = len(set(every)) < len(every)
    return tuple(
        {name: f"run {k}/{name}" if clash else name for name in one.systems}
        for k, one in enumerate(found, 1)
    )
