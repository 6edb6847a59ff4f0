"""What every format offers: how to read, how to write, and what it can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item, Side
from xproj_core.formats.decoding import decode, lines
from xproj_core.text.strings import counted

Fit = Literal["strict", "contract", "expand"]
Units = Literal["auto", "code points", "utf-16", "graphemes"]
Words = Literal["words", "spaces"]
Cut = Literal["lines", "sentences"]


@dataclass(frozen=True, slots=True)
class Carries:
    """What survives writing and reading again.

    What is not carried is announced by `losses`, or refused by `dumps` where leaving it out
    would change the labels (spans that share a token in a format with one tag per token).

    Attributes:
        sides: how many sentences of a pair one file holds; "none" if only what is between them.
        spans: "none", "flat" (no two share a token) or "nested".
        links: word links, sure and possible.
        text: what stood between the tokens.
        keys: the items' own keys; else they are numbered from 1.
        gold: whose labels they are; else what is read counts as a person's.
        scores: the confidence of spans.
        others: the sentence in further languages.
        notes: further facts by name.
        empty: sentences without a token.
        languages: the languages' codes; else they are said when reading.
    """

    sides: Literal["none", "one", "both"]
    spans: Literal["none", "flat", "nested"]
    links: bool = False
    text: bool = False
    keys: bool = False
    gold: bool = False
    scores: bool = False
    others: bool = False
    notes: bool = False
    empty: bool = True
    languages: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What has to be said about a file that it does not say itself.

    Attributes:
        source, target: the languages.
        side: the side that a file with one sentence per item holds.
        gold: labels in the file are a person's, where the file does not say whose they are.
        partial: leave out items that cannot be read, and list them as problems.
        fit: what to do with a character span that cuts through a token: refuse it, keep the
            tokens that lie wholly inside, or take in every token it touches.
        units: what character offsets count; "auto" is the tool's own way.
        words: how text without tokens is cut: as XProj tokenises, or at spaces.
        cut: what is one item of a plain text: a line, or a sentence of a document.
        begins: where the sentences of a document begin, in code points of its text, where somebody
            has moved the cuts.
        token_column, tag_column: columns of CoNLL files, from 0; -1 is the last.
        comments: lines that begin with "# " are no tokens.
        onto: the items that a file of links belongs to.
    """

    source: str = "und"
    target: str = "und"
    side: Side = "target"
    gold: bool = True
    partial: bool = False
    fit: Fit = "strict"
    units: Units = "auto"
    words: Words = "words"
    cut: Cut = "lines"
    begins: tuple[int, ...] = ()
    token_column: int = 0
    tag_column: int = -1
    comments: bool = False
    onto: Sequence[Item] = ()

    def language(self, side: Side) -> str:
        """The language of one side."""
        return self.source if side == "source" else self.target

    def one_sided(self, key: str, sentence: Sentence, *, gold: bool = True) -> Item:
        """An item with the one sentence that a file holds for it."""
        there: frozenset[Side] = frozenset({self.side} if gold and self.gold else ())
        if self.side == "source":
            return Item(key, source=sentence, gold=there)
        return Item(key, target=sentence, gold=there)


@dataclass(frozen=True, slots=True)
class Writing:
    """Choices for writing.

    Attributes:
        side: the side that is written where a file holds one; the target where there is one.
        entities: doccano's objects with ids, for projects with relations, rather than triples.
        documents: sentences of one document are written as that: its own text with offsets in it,
            or in CoNLL a -DOCSTART- before it.
    """

    side: Side | None = None
    entities: bool = False
    documents: bool = False

    def sentence(self, item: Item) -> Sentence:
        """The sentence of `item` that a one-sided file gets.

        Raises:
            InputError: the item does not have the side that was asked for.
        """
        side = self.side or ("source" if item.target is None else "target")
        sentence = item.side(side)
        if sentence is None:
            raise InputError(f"The item {item.key} has no {side} sentence to write.")
        return sentence


READING = Reading()
WRITING = Writing()


@dataclass(frozen=True, slots=True)
class Read:
    """What was read.

    Attributes:
        items: in the file's order.
        notes: what the user should know about the file.
        problems: what was left out, where that was asked for.
    """

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """Collects what a reader has to say while it reads.

    Attributes:
        file: the file's name for messages.
        parts: the reports of files that are read as parts of this one.
    """

    file: str | None = None
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    parts: list[Report] = field(default_factory=list)
    _counts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def part(self, file: str) -> Report:
        """The report of a further file, whose notes are told with this one's."""
        report = Report(file)
        self.parts.append(report)
        return report

    def error(
        self, problem: str, line: int | None = None, column: int | None = None
    ) -> FormatError:
        """A problem with this file, not raised."""
        return FormatError(problem, file=self.file, line=line, column=column)

    def count(self, what: str, where: str) -> None:
        """Remember that `what` happened, once more; `where` it did so first is told."""
        times, first = self._counts.get(what, (0, where))
        self._counts[what] = (times + 1, first)

    def all_notes(self) -> tuple[str, ...]:
        """The notes, and one for each thing that was counted."""
        name = f"{self.file}: " if self.file else ""
        often = [
            f"{name}{what} ({counted(times, 'time')}, first in {first})."
            for what, (times, first) in self._counts.items()
        ]
        return (*self.notes, *(n for p in self.parts for n in p.all_notes()), *often)


Outcomes = Iterator[Item | FormatError]
Stream = Callable[[Iterable[str], Reading, Report], Outcomes]
Unpack = Callable[[bytes, Reading, Report], Outcomes]


def accept_items(
    outcomes: Iterable[Item | FormatError], report: Report, partial: bool
) -> Iterator[Item]:
    """The items; errors are raised, or listed as problems where `partial`."""
    for outcome in outcomes:
        if isinstance(outcome, Item):
            yield outcome
        elif partial:
            report.problems.append(str(outcome))
        else:
            raise outcome


def read_lines(stream: Stream, data: bytes | str, file: str | None, how: Reading) -> Read:
    """All of a text file, by a format's `stream`."""
    text, notes = decode(data, file)
    report = Report(file, list(notes))
    items = tuple(accept_items(stream(lines(text), how, report), report, how.partial))
    return Read(items, report.all_notes(), tuple(report.problems))


def read_bytes(unpack: Unpack, data: bytes | str, file: str | None, how: Reading) -> Read:
    """All of a file that is not read line by line, by a format's `unpack`."""
    report = Report(file)
    raw = data.encode() if isinstance(data, str) else data
    items = tuple(accept_items(unpack(raw, how, report), report, how.partial))
    return Read(items, report.all_notes(), tuple(report.problems))


def first_overlap(spans: Iterable[Span]) -> tuple[Span, Span] | None:
    """Two spans that share a token, if there are any."""
    widest: Span | None = None
    for span in sorted(spans):
        if widest is not None and span.overlaps(widest):
            return widest, span
        if widest is None or span.end > widest.end:
            widest = span
    return None
