"""Several files in step, one sentence of each per item: pairs, further languages, links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item, Links, Side
from xproj_core.formats import pharaoh
from xproj_core.formats.base import Outcomes, Report
from xproj_core.text.strings import counted

Sentences = Iterable[Sentence | FormatError]


@dataclass(frozen=True, slots=True)
class File:
    """A file with one sentence per item.

    Attributes:
        name: for messages.
        role: "source", "target", or a further language's code.
        gold: its labels are a person's.
        sentences: what is in it, or what is wrong with it, in order.
    """

    name: str
    role: str
    gold: bool
    sentences: Sentences


def in_step(
    files: Iterable[File],
    report: Report,
    links: tuple[str, Iterable[str]] | None = None,
    *,
    swap: bool = False,
    notes: Mapping[str, str] | None = None,
) -> Outcomes:
    """One item per sentence, numbered from 1.

    Args:
        links: the name and the lines of a Pharaoh file; with `swap` the target's index is first.
        notes: what to say of each item.

    Raises:
        FormatError: the files do not have as many sentences.
    """
    opened = list(files)
    names = [f.name for f in opened]
    rows: list[Iterable[object]] = [f.sentences for f in opened]
    if links is not None:
        names.append(links[0])
        rows.append(links[1])
    missing = object()
    for number, row in enumerate(zip_longest(*rows, fillvalue=missing), 1):
        if missing in row:
            raise _out_of_step(number, row, missing, names, rows, report)
        wrong = next((x for x in row if isinstance(x, FormatError)), None)
        if wrong is not None:
            yield wrong
            continue
        line = row[-1] if links is not None else None
        sentences = [s for s in row if isinstance(s, Sentence)]
        yield _item(str(number), opened, sentences, line, links, swap, notes or {}, number)


def _out_of_step(
    number: int,
    row: tuple[object, ...],
    missing: object,
    names: list[str],
    rows: list[Iterable[object]],
    report: Report,
) -> FormatError:
    short = [n for n, x in zip(names, row, strict=True) if x is missing]
    long = [n for n, x in zip(names, row, strict=True) if x is not missing]
    return FormatError(
        f"{', '.join(short)} ends after {counted(number - 1, 'sentence')}, {', '.join(long)} goes"
        " on: the files must be parallel, one translation per sentence."
    )


def _item(
    key: str,
    files: list[File],
    sentences: list[Sentence],
    line: object,
    links: tuple[str, Iterable[str]] | None,
    swap: bool,
    notes: Mapping[str, str],
    number: int,
) -> Item | FormatError:
    by_role = {f.role: s for f, s in zip(files, sentences, strict=True)}
    sides: tuple[Side, Side] = ("source", "target")
    alignment: Links | None = None
    if links is not None:
        shape = len(by_role["source"]), len(by_role["target"])
        try:
            (alignment,) = pharaoh.loads(f"{line}\n", [shape], swap=swap).links
        except FormatError as error:
            return FormatError(error.problem, file=links[0], line=number)
    gold = {f.role for f in files if f.gold}
    return Item(
        key,
        by_role.get("source"),
        by_role.get("target"),
        frozenset(s for s in sides if s in gold),
        alignment,
        {role: s for role, s in by_role.items() if role not in sides},
        notes,
    )


def sentences_of(items: Iterable[Item | FormatError]) -> Iterator[Sentence | FormatError]:
    """The sentences of a file that has one in each item, on whichever side it stands."""
    for outcome in items:
        if isinstance(outcome, FormatError):
            yield outcome
            continue
        sides = [s for s in (outcome.source, outcome.target) if s is not None]
        if len(sides) == 1:
            yield sides[0]
        else:
            number = "both sides" if sides else "no sentence"
            yield FormatError(
                f"the item {outcome.key!r} holds {number}, where a file of a pair holds one side:"
                " read it alone, or keep one side."
            )
