"""spaCy's DocBin (.spacy): a Doc per sentence, entities in `doc.ents` or `doc.spans["sc"]`.

Flat labels are written as entities, labels that share tokens as the span group "sc", where
spaCy's span categoriser expects them; both are read. A Doc with sentence borders gives an item
per sentence. The two sentences of a pair are two Docs, one after the other; what a Doc has no
place for stands in its `user_data`, as text.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING

from xproj_core.domain import Sentence, Span
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, InputError, NotInstalledError
from xproj_core.domain.item import Item, Side
from xproj_core.domain.limits import MAX_UNPACKED_BYTES
from xproj_core.formats import jsonl
from xproj_core.formats.base import (
    READING,
    WRITING,
    Outcomes,
    Read,
    Reading,
    Report,
    Writing,
    first_overlap,
    read_bytes,
)
from xproj_core.formats.places import laid_out, sentence_at

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

GROUP = "sc"
_OWN = "xproj"


def _spacy() -> ModuleType:
    try:
        import spacy
        import spacy.tokens
        import spacy.vocab
    except ImportError as error:
        raise NotInstalledError("The DocBin format", "spacy") from error
    package: ModuleType = spacy
    return package


# -- writing ------------------------------------------------------------------------------------


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> bytes:
    """A DocBin's bytes.

    Raises:
        InputError: an empty token, which spaCy does not have.
    """
    spacy = _spacy()
    vocab = spacy.vocab.Vocab()
    docs = (
        _doc(spacy, vocab, item, side)
        for item in items
        for side in jsonl.SIDES
        if item.side(side) is not None
    )
    doc_bin = spacy.tokens.DocBin(store_user_data=True, docs=docs)
    written: bytes = doc_bin.to_bytes()
    return written


def _doc(spacy: ModuleType, vocab: Vocab, item: Item, side: Side) -> Doc:
    sentence = item.side(side)
    assert sentence is not None
    if "" in sentence.tokens:
        raise InputError(f"Item {item.key}: an empty token cannot be written in a DocBin.")
    text, offsets = laid_out(sentence)
    ends = [end for _, end in offsets]
    spaces = [text[end : end + 1] == " " for end in ends]
    doc = spacy.tokens.Doc(vocab, words=list(sentence.tokens), spaces=spaces)
    marks = [spacy.tokens.Span(doc, s.start, s.end, label=s.label) for s in sentence.spans]
    if first_overlap(sentence.spans) is None:
        doc.ents = marks
    else:
        doc.spans[GROUP] = marks
    more: RawJson = {"id": item.key, "side": side, "language": sentence.language}
    more["gold"] = sorted(item.gold)
    if sentence.text is not None:
        more["text"], more["offsets"] = sentence.text, sentence.offsets
    if item.links is not None:
        more["links"] = {k: sorted(getattr(item.links, k)) for k in ("sure", "possible")}
    if item.others:
        more["others"] = {k: jsonl.sentence_json(s) for k, s in item.others.items()}
    if item.notes:
        more["notes"] = dict(item.notes)
    doc.user_data[_OWN] = json.dumps(more, ensure_ascii=False)
    return doc


# -- reading ------------------------------------------------------------------------------------


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """The items of a DocBin.

    Raises:
        FormatError: it is none.
        NotInstalledError: spaCy is missing.
    """
    return read_bytes(unpack, data, file, how)


def unpack(data: bytes, how: Reading, report: Report) -> Outcomes:
    """One item per sentence, or per pair of Docs that `dumps` wrote."""
    spacy = _spacy()
    _check_size(data, report)
    number = 0
    waiting: tuple[RawJson, dict[Side, Sentence]] | None = None
    for doc in _docs(spacy, data, report):
        own = _own(doc)
        if own is None:
            for sentence in _sentences(doc, how.language(how.side)):
                number += 1
                yield how.one_sided(str(number), sentence)
            continue
        side: Side = own["side"]
        if waiting is not None and waiting[0]["id"] == own["id"] and side not in waiting[1]:
            waiting[1][side] = _sentence(doc, own)
            yield _assemble_item(*waiting, how, report)
            waiting = None
            continue
        if waiting is not None:
            yield _assemble_item(*waiting, how, report)
        waiting = own, {side: _sentence(doc, own)}
    if waiting is not None:
        yield _assemble_item(*waiting, how, report)


def _docs(spacy: ModuleType, data: bytes, report: Report) -> Iterator[Doc]:
    """The Docs, made one after the other.

    Raises:
        FormatError: the data are no DocBin, or broken.
    """
    try:
        yield from spacy.tokens.DocBin().from_bytes(data).get_docs(spacy.vocab.Vocab())
    except Exception as error:  # zlib, msgpack and spaCy each raise their own
        raise report.error(
            f"this is no DocBin that can be opened ({type(error).__name__}); expected a .spacy"
            " file."
        ) from error


def _check_size(data: bytes, report: Report) -> None:
    """A few kilobytes may claim to unpack to anything."""
    unpacking = zlib.decompressobj()
    size = 0
    try:
        while data and not unpacking.eof:
            size += len(unpacking.decompress(data, 1 << 20))
            data = unpacking.unconsumed_tail
            if size > MAX_UNPACKED_BYTES:
                raise report.error(f"it unpacks to more than {MAX_UNPACKED_BYTES / 1e9:g} GB.")
    except zlib.error:
        return  # said by whoever opens it


def _own(doc: Doc) -> RawJson | None:
    """What `dumps` left in a Doc for itself."""
    try:
        own = json.loads(doc.user_data[_OWN])
    except (KeyError, TypeError, ValueError):
        return None
    usable = isinstance(own, dict) and own.get("side") in jsonl.SIDES and "id" in own
    return own if usable else None


def _marks(doc: Doc) -> set[Span]:
    group = doc.spans.get(GROUP, ())
    return {Span(s.start, s.end, s.label_) for s in (*doc.ents, *group)}


def _sentence(doc: Doc, own: RawJson) -> Sentence:
    """A Doc that `dumps` wrote."""
    offsets = own.get("offsets")
    return Sentence(
        tuple(t.text for t in doc),
        own["language"],
        tuple(sorted(_marks(doc))),
        own.get("text"),
        None if offsets is None else tuple((a, b) for a, b in offsets),
    )


def _sentences(doc: Doc, language: str) -> Iterator[Sentence]:
    """The sentences of somebody else's Doc; tokens that are blanks only are part of the text."""
    marks = _marks(doc)
    sentence_spans = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
    for piece in sentence_spans:
        words = [t for t in piece if not t.text.isspace()]
        place = {t.i: k for k, t in enumerate(words)}
        if not words:
            continue
        begin = words[0].idx
        end = words[-1].idx + len(words[-1].text)
        offsets = [(t.idx - begin, t.idx - begin + len(t.text)) for t in words]
        spans = []
        for mark in marks:
            inside = [place[i] for i in range(mark.start, mark.end) if i in place]
            if inside:
                spans.append(Span(inside[0], inside[-1] + 1, mark.label))
        yield sentence_at(doc.text[begin:end], offsets, language, spans)


def _assemble_item(
    own: RawJson, sides: dict[Side, Sentence], how: Reading, report: Report
) -> Item | FormatError:
    raw_item: RawJson = {k: own.get(k) for k in ("id", "gold", "others", "notes")}
    raw_item |= {side: jsonl.sentence_json(s) for side, s in sides.items()}
    raw_item["links"] = own.get("links") if len(sides) == 2 else None
    try:
        return jsonl.from_json(raw_item, own["id"], how, report)
    except FormatError as error:
        return error
