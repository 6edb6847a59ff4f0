"""Plain text that is longer than a sentence a line: cut into sentences, and put together again.

The text of a document is what its sentences and the text between them give, one behind the other;
line ends are LF, and there is one at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from xproj_core.domain import Sentence
from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item, Links, Side
from xproj_core.formats.places import laid_out
from xproj_core.text.sentence_boundaries import sentences

SIDES: tuple[Side, Side] = ("source", "target")
_ENDS = tuple('.!?…。！？۔؟।:;"”»)')
_WRAPPED_AT_MOST, _WRAPPED_AT_LEAST = 120, 40


def cut_document(
    lines: Iterable[str], language: str, document: str
) -> Iterator[tuple[str, DocumentPlace]]:
    """The sentences of a text, each with its place.

    A blank line parts sentences, and so does the end of a line, unless the lines were wrapped:
    most of a paragraph's are about as long as each other and stop within a sentence.
    """
    at, before = 0, ""
    previous: tuple[str, DocumentPlace] | None = None
    for text in _stretches(lines):
        end = 0
        for start, stop in sentences(text, language):
            if previous is not None:
                yield previous
            before += text[end:start]
            previous = text[start:stop], DocumentPlace(document, at + start, before)
            before, end = "", stop
        before += text[end:]
        at += len(text)
    if previous is not None:
        yield previous[0], replace(previous[1], after=before)


def cut_at(
    lines: Iterable[str], begins: Sequence[int], document: str
) -> Iterator[tuple[str, DocumentPlace]]:
    """The sentences of a text that begin where somebody says, each with its place."""
    text = "".join(f"{line}\n" for line in lines)
    edges = sorted({k for k in begins if 0 < k < len(text)})
    parts = [(a, text[a:b]) for a, b in pairwise([0, *edges, len(text)]) if text[a:b].strip()]
    end = 0
    for number, (start, part) in enumerate(parts, 1):
        start += len(part) - len(part.lstrip())
        stop = start + len(part.strip())
        after = text[stop:] if number == len(parts) else ""
        yield text[start:stop], DocumentPlace(document, start, text[end:start], after)
        end = stop


def begins_in(text: str, sentences: Iterable[str]) -> tuple[int, ...]:
    """Where the sentences of a text begin that are typed one after the other.

    Raises:
        InputError: they are not the text's, but for blanks.
    """
    visible = [k for k, c in enumerate(text) if not c.isspace()]
    begins, at = [], 0
    for sentence in sentences:
        letters = "".join(sentence.split())
        if not letters:
            continue
        there = "".join(text[k] for k in visible[at : at + len(letters)])
        if there != letters:
            raise InputError(
                f"“{sentence.strip()[:60]}” is not how the text goes on. Only the ends of lines can"
                " be moved here."
            )
        begins.append(visible[at])
        at += len(letters)
    if at < len(visible):
        rest = text[visible[at] :][:60].strip()
        raise InputError(f"“{rest}” is missing. Only the ends of lines can be moved here.")
    return tuple(begins)


def _stretches(lines: Iterable[str]) -> Iterator[str]:
    """Texts that are cut for themselves: lines, or paragraphs of wrapped lines."""
    for blank, group in groupby(lines, key=lambda line: not line.strip()):
        paragraph = list(group)
        if not blank and _is_wrapped(paragraph):
            yield "".join(f"{line}\n" for line in paragraph)
        else:
            yield from (f"{line}\n" for line in paragraph)


def _is_wrapped(lines: Sequence[str]) -> bool:
    inner = lines[:-1]
    lengths = [len(line) for line in inner]
    if not inner or max(lengths) > _WRAPPED_AT_MOST or max(lengths) < _WRAPPED_AT_LEAST:
        return False
    ended = sum(line.rstrip().endswith(_ENDS) for line in inner)
    return min(lengths) > 0.6 * max(lengths) and 2 * ended <= len(inner)


def whole_documents(items: Iterable[Item]) -> Iterator[Item]:
    """One item for each document, its text as it was, labels and links moved to their places.

    Items that follow each other and are of one document are put together; an item of none stays.
    A sentence that was corrected since is there as it is now.
    """
    for name, group in groupby(items, key=_document):
        if name is None:
            yield from group
        else:
            yield _joined(name, list(group))


def _document(item: Item) -> str | None:
    place = DocumentPlace.of(item.notes)
    return None if place is None else place.document


def _joined(name: str, items: Sequence[Item]) -> Item:
    sides = {s: _side(items, s) for s in SIDES if all(i.side(s) is not None for i in items)}
    gold = frozenset(s for s in sides if all(s in i.gold for i in items))
    linked = len(sides) == 2 and all(i.links is not None for i in items)
    links = _links(items) if linked else None
    return Item(name, sides.get("source"), sides.get("target"), gold, links)


def _side(items: Sequence[Item], side: Side) -> Sentence:
    text, tokens, spans = "", list[str](), []
    offsets: list[tuple[int, int]] = []
    language = "und"
    for item in items:
        sentence, place = item.side(side), DocumentPlace.of(item.notes)
        assert sentence is not None and place is not None
        own, places = laid_out(sentence)
        text += place.before
        spans += [
            replace(s, start=s.start + len(tokens), end=s.end + len(tokens)) for s in sentence.spans
        ]
        offsets += [(a + len(text), b + len(text)) for a, b in places]
        tokens += sentence.tokens
        text += own + place.after
        language = sentence.language
    return Sentence(tuple(tokens), language, tuple(spans), text, tuple(offsets))


def _links(items: Sequence[Item]) -> Links:
    sure, possible = set(), set()
    source = target = 0
    for item in items:
        assert item.links is not None and item.source is not None and item.target is not None
        sure |= {(i + source, j + target) for i, j in item.links.sure}
        possible |= {(i + source, j + target) for i, j in item.links.possible}
        source, target = source + len(item.source), target + len(item.target)
    return Links(frozenset(sure), frozenset(possible))
