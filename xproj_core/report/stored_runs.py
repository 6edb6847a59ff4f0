"""Stored runs as the subject of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import TYPE_CHECKING

from xproj_core.domain import languages
from xproj_core.domain.defaults import REPORT_EXAMPLES
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.evaluate import literature
from xproj_core.evaluate.analysis import stored_answers
from xproj_core.report.build import Subject, report
from xproj_core.report.model import Report
from xproj_core.robustness.results import Results
from xproj_core.robustness.sweep_job import FOLDER, finished_sweeps
from xproj_core.runs import configuration as configurations
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store.place import data_folder

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store


@dataclass(frozen=True)
class StoredRuns:
    """One run, or several over the same dataset.

    Attributes:
        systems: names of all systems; with several runs, a letter for the run comes first.
    """

    store: Store
    runs: tuple[Run, ...]
    dataset: Dataset
    configuration: RunConfiguration
    systems: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many items every run has finished."""
        return min(run.done for run in self.runs)

    def answers(
        self, numbers: Sequence[int] | None = None
    ) -> Iterator[tuple[Item, Mapping[str, Record]]]:
        """Each item that all runs have finished with the records of all systems, as a stream."""
        return stored_answers.side_by_side(self.store, [run.id for run in self.runs], numbers)

    def report(self, subject: Subject, examples: int = REPORT_EXAMPLES) -> Report:
        """The report about `subject`, which is one of these."""
        ignore = sorted(subject.ignore)
        analysis = stored_answers.analyse(self.store, [run.id for run in self.runs], ignore)
        return report(subject, analysis, self.answers, examples)

    def subject(
        self,
        title: str = "",
        ignore: frozenset[str] = frozenset(),
        sweeps: Sequence[Results] = (),
    ) -> Subject:
        """What the report says about them before any figure.

        Args:
            sweeps: what noise did, besides those that were saved over the same dataset.
        """
        configuration = self.configuration
        several = len(self.runs) > 1
        route = f"{languages.name(configuration.source)} to {languages.name(configuration.target)}"
        return Subject(
            title=title or f"{self.dataset.name}: {route}",
            subtitle=f"{len(self.runs)} runs compared" if several else "",
            systems=self.systems,
            signatures=tuple(
                (f"{letter}: run {run.id}" if several else f"run {run.id}", run.signature)
                for letter, run in zip(ascii_uppercase, self.runs, strict=False)
            ),
            facts=self._facts(),
            ignore=ignore,
            literature=self._literature(configuration.target),
            sweeps=(*finished_sweeps(data_folder() / FOLDER, self.dataset.id), *sweeps),
            notes=tuple(self._notes()),
            source=configuration.source,
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
                yield (
                    f"The run {run.id} is not complete: {run.done:,} of {run.total:,} sentences"
                    " are done."
                )
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
    ids = tuple(dict.fromkeys(ids))
    names = tuple(stored_answers.systems(store, ids))
    runs = tuple(store.runs.get(id) for id in ids)
    for run in runs:
        if not run.done:
            raise InputError(f"Nothing of the run {run.id} is done yet, so there is no report.")
    configuration = configurations.from_json(runs[0].configuration)
    return StoredRuns(store, runs, store.datasets.get(runs[0].dataset), configuration, names)
