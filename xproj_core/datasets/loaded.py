"""A dataset that was found: read as often as wanted, never held as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from xproj_core.datasets.label_map import AS_THEY_ARE, LabelMap
from xproj_core.datasets.preview import Preview
from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item, Side
from xproj_core.domain.limits import MAX_TOKENS
from xproj_core.formats.base import Report, accept_items

Opener = Callable[[Report], Iterable[Item | FormatError]]
_SIDES: tuple[Side, Side] = ("source", "target")


@dataclass(frozen=True)
class Loaded:
    """A dataset.

    Items are read from the files anew each time that `items` is iterated over. What is known only
    when all is read (`preview`, `labels`, `notes`, `problems`) is found by reading once.

    Attributes:
        name: what it is called.
        reason: why it is read the way it is ("looks like MasakhaNER: ...").
        opener: opens the files and gives items, or what is wrong with them.
        said_source, said_target: the languages as far as they were said or the layout says
            them; "und" if not.
        partial: leave out what cannot be read, and list it as problems.
        label_map: what becomes of the labels.
    """

    name: str
    reason: str
    opener: Opener
    said_source: str = "und"
    said_target: str = "und"
    partial: bool = False
    label_map: LabelMap = AS_THEY_ARE

    @property
    def items(self) -> Iterable[Item]:
        """The items in order, streamed; may be iterated over again.

        Raises:
            FormatError: while iterating, what cannot be read, unless `partial`.
        """
        return _Items(self)

    def reading(self, report: Report) -> Iterator[Item]:
        """The items, with notes and problems gathered in `report` on the way."""
        counts: Counter[str] = Counter()
        outcomes = _named_once(_checked(self.opener(report), self.name), report)
        for item in accept_items(outcomes, report, self.partial):
            yield self.label_map.item(item, counts) if self.label_map else item
        report.notes += self.label_map.describe(counts)

    @cached_property
    def preview(self) -> Preview:
        """Counts of everything, by reading it once.

        Raises:
            FormatError: what cannot be read, unless `partial`.
        """
        preview, report = Preview(), Report()
        for item in self.reading(report):
            preview.add(item)
        preview.notes, preview.problems = report.all_notes(), tuple(report.problems)
        return preview

    @property
    def source_language(self) -> str:
        """The source's code, from the file itself if need be; "und" if nothing says it."""
        return self._language("source", self.said_source)

    @property
    def target_language(self) -> str:
        """The target's code, from the file itself if need be; "und" if nothing says it."""
        return self._language("target", self.said_target)

    def _language(self, side: Side, language: str) -> str:
        if language != "und" or side not in self.preview.sides:
            return language
        return self.preview.sides[side].language

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that occur, the most frequent first."""
        return self.preview.labels

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know about the files and how they were read."""
        return self.preview.notes

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out."""
        return self.preview.problems

    def mapped(self, label_map: LabelMap) -> Loaded:
        """The same with its labels changed."""
        return replace(self, label_map=label_map)

    def onto(self, known: Iterable[str]) -> Loaded:
        """The same with labels renamed or left out so that only `known` ones remain."""
        return self.mapped(LabelMap.onto(replace(self, label_map=AS_THEY_ARE).labels, known))


class _Items:
    """Reads a dataset from the start at each iteration."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded

    def __iter__(self) -> Iterator[Item]:
        return self._loaded.reading(Report())


def _checked(outcomes: Iterable[Item | FormatError], name: str) -> Iterator[Item | FormatError]:
    """An alignment is a matrix: a file without sentence breaks would need a machine's memory."""
    for outcome in outcomes:
        if isinstance(outcome, Item):
            for side in _SIDES:
                sentence = outcome.side(side)
                if sentence is not None and len(sentence) > MAX_TOKENS:
                    outcome = FormatError(
                        f"the {side} sentence of item {outcome.key} has {len(sentence):,}"
                        " tokens; one"
                        f" may have {MAX_TOKENS:,}. Have a plain text cut into sentences"
                        " (--cut sentences), or put a blank line after each sentence in CoNLL.",
                        file=name,
                    )
                    break
        yield outcome


def _named_once(
    outcomes: Iterable[Item | FormatError], report: Report
) -> Iterator[Item | FormatError]:
    """Keys are unique in a dataset: the second of a name gets a number behind it."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        if isinstance(outcome, Item):
            times = counts.get(outcome.key, 0) + 1
            counts[outcome.key] = times
            if times > 1:
                report.count(
                    "an item's name was taken and got a number behind it", f"item {outcome.key}"
                )
                key = f"{outcome.key}~{times}"
                counts[key] = 1
                outcome = replace(outcome, key=key)
        yield outcome
