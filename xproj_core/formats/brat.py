"""brat standoff: a folder, zipped, of texts (.txt) and their annotations (.ann).

A sentence a line; or, where `Writing.documents` asks for it, each document in a file with its own
text. What `dumps` writes has a folder per side, a document for every hundred
sentences, tokens between spaces, and the configuration that makes brat take them as they are
(tools.conf), know the labels and let them overlap (annotation.conf). Offsets are code points, as
brat's server counts them; where the third column of an annotation only fits UTF-16 units, it is
read so (`brat_documents`). Relations, events, attributes and discontinuous spans have no place in
XProj.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath

from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item, Side
from xproj_core.formats.base import (
    READING,
    WRITING,
    Outcomes,
    Read,
    Reading,
    Report,
    Writing,
    read_bytes,
)
from xproj_core.formats.brat_documents import Line, lines_of
from xproj_core.formats.places import joined, laid_out
from xproj_core.formats.plain_documents import whole_documents
from xproj_core.formats.text import spaced
from xproj_core.formats.zipped import members, written

PER_DOCUMENT = 100
_SIDES: tuple[Side, Side] = ("source", "target")
_LABEL = re.compile(r"[A-Za-z0-9_-]+")
# Without it brat marks spans that lie in one another, cross or are equal as errors.
_OVERLAP = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
_TOOLS = "[options]\nTokens\ttokenizer:whitespace\nSentences\tsplitter:newline\n"


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> bytes:
    """A zip to unpack into brat's data folder.

    Raises:
        InputError: a label that brat does not allow, a token with a blank in it, or sides that
            are there for some items only.
    """
    files: dict[str, str] = {}
    labels: set[str] = set()
    rest = iter(whole_documents(items) if how.documents else items)
    number, sides = 0, None
    while some := list(islice(rest, 1 if how.documents else PER_DOCUMENT)):
        number += 1
        for item in some:
            there = tuple(s for s in _SIDES if item.side(s) is not None)
            if sides not in (None, there):
                raise InputError(
                    f"Item {item.key} has {' and '.join(there)}, others before it have"
                    f" {' and '.join(sides or ())}: brat's documents would fall out of step."
                )
            sides = there
        for side in sides or ():
            text, marks = _document(some, side, labels, how.documents)
            files[f"{side}/{number:04}.txt"] = text
            files[f"{side}/{number:04}.ann"] = marks
    entities = "".join(f"{label}\n" for label in sorted(labels))
    files["annotation.conf"] = (
        f"[entities]\n{entities}[relations]\n{_OVERLAP}[events]\n[attributes]\n"
    )
    if not how.documents:
        files["tools.conf"] = _TOOLS
    return written({name: text.encode() for name, text in files.items()})


def _document(
    items: Iterable[Item], side: Side, labels: set[str], own_text: bool
) -> tuple[str, str]:
    """The text and the annotations of some sentences; of a document with its own text."""
    text = ""
    marks: list[str] = []
    for item in items:
        sentence = item.side(side)
        assert sentence is not None
        if own_text:
            line, offsets = laid_out(sentence)
        else:
            line, offsets = spaced(sentence.tokens, item.key), joined(sentence.tokens)[1]
        for span in sentence.spans:
            if not _LABEL.fullmatch(span.label):
                raise InputError(
                    f"Item {item.key}: brat does not allow the label {span.label!r}; labels are"
                    " letters, digits, - and _."
                )
            labels.add(span.label)
            start, end = offsets[span.start][0], offsets[span.end - 1][1]
            marks.append(
                f"T{len(marks) + 1}\t{span.label} {len(text) + start} {len(text) + end}"
                f"\t{line[start:end]}\n".replace("\n", " ", line.count("\n", start, end))
            )
        text += line if line.endswith("\n") else line + "\n"
    return text, "".join(marks)


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """The items of a zip of .txt and .ann files.

    Raises:
        FormatError: no such zip, a bad line, a span that is discontinuous, crosses lines, does
            not say what it covers, or does not fit the tokens.
    """
    return read_bytes(unpack, data, file, how)


def unpack(data: bytes, how: Reading, report: Report) -> Outcomes:
    """One item per line of text."""
    yield from from_files(members(data, report), how, report)


def from_files(files: Mapping[str, bytes], how: Reading, report: Report) -> Outcomes:
    """The items of a brat folder: file names to contents."""
    texts = sorted(n for n in files if n.endswith(".txt") and PurePosixPath(n).name[0] != ".")
    if not texts:
        raise report.error("there is no .txt file in it; brat's folders hold .txt and .ann files.")
    own = any(
        PurePosixPath(n).name == "tools.conf" and b"tokenizer:whitespace" in files[n] for n in files
    )
    cut_at_spaces = Reading(how.source, how.target, fit=how.fit, units=how.units, words="spaces")
    cut = cut_at_spaces if own else how
    by_side: dict[Side, list[str]] = {s: [] for s in _SIDES}
    for name in texts:
        folder = PurePosixPath(name).parent.name
        side: Side = (
            "source" if folder == "source" else "target" if folder == "target" else how.side
        )
        by_side[side].append(name)
    reads = {
        side: _side(names, side, files, cut, report, keep_blank=own)
        for side, names in by_side.items()
        if names
    }
    if len(reads) == 1:
        ((side, lines),) = reads.items()
        for number, line in enumerate(lines, 1):
            yield _item(str(number) if own else None, {side: line}, how)
        return
    yield from _pairs(reads["source"], reads["target"], how, report)


def _side(
    names: list[str],
    side: Side,
    files: Mapping[str, bytes],
    how: Reading,
    report: Report,
    keep_blank: bool,
) -> Iterator[Line]:
    for name in names:
        marks = files.get(name.removesuffix(".txt") + ".ann", b"")
        yield from lines_of(name, files[name], marks, how.language(side), how, report, keep_blank)


def _pairs(
    sources: Iterator[Line], targets: Iterator[Line], how: Reading, report: Report
) -> Outcomes:
    number = 0
    for number, source in enumerate(sources, 1):
        target = next(targets, None)
        if target is None:
            raise report.error(f"the source has more lines than the target's {number - 1}.")
        yield _item(str(number), {"source": source, "target": target}, how)
    if next(targets, None) is not None:
        raise report.error(f"the target has more lines than the source's {number}.")


def _item(key: str | None, lines: Mapping[Side, Line], how: Reading) -> Item | FormatError:
    sentences: dict[Side, Sentence] = {}
    for side, line in lines.items():
        if isinstance(line.outcome, FormatError):
            return line.outcome
        sentences[side] = line.outcome
        key = key or line.place
    gold = frozenset(sentences) if how.gold else frozenset()
    return Item(key or "", sentences.get("source"), sentences.get("target"), gold)
