"""Where the sentences of a text begin and end.

`sentencex` knows the marks and abbreviations of some 300 languages; benchmarks/sentences.md says
why it and no other. It never cuts inside quotation marks, where half of the sentences of a
newspaper stand, so they are blanked out for it. What is ours: no cut before a small letter, nor
behind a title or a German ordinal ("Ms. Holm", "am 3. Mai"); always one behind 。; and marks stay
with the sentence they belong to.
"""

from __future__ import annotations

from itertools import pairwise

import regex
from sentencex import get_sentence_boundaries

from xproj_core.domain import languages

_MARKS = regex.compile(r"[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\"„‚]|(?<!\w)'|'(?!\w)")
_ATTACHED = regex.compile(r"(?<!\S)[\p{Ps}\p{Pi}\p{Pf}\"'„‚¿¡]+$")
_WIDE_OPEN = regex.compile(r"(?<=[。！？｡។៕။\p{Pe}\p{Pf}])[\p{Ps}\p{Pi}]+$")
_APART = regex.compile(r"(?<=\s)[«“‹][\s\u00a0]+$")  # French puts a space behind its marks
_WIDE = regex.compile(r"[。！？｡។៕။][。！？｡…\p{Pe}\p{Pf}\"']*(?![。！？｡，、\p{Pe}\p{Pf}])")
_TITLES = "Mr Mrs Ms Dr Prof St Sr Sra Srta Mme Mlle Hr Gen Gov Sen Rep Lt Col Capt Sgt Rev Hon"
_TITLE = regex.compile(rf"(?<!\w)(?:{'|'.join(_TITLES.split())}|M|MM)\.\s*$")
_ORDINAL = regex.compile(r"(?<!\w)\p{N}{1,2}\.\s*$")
_SMALL = regex.compile(r"[\p{Ps}\p{Pi}\"']*[\p{Ll}ºª]")
_BLANK_LINE = regex.compile(r"\n[^\S\n]*\n\s*$")
_LOOK_BACK = 24
_WITHOUT_MARKS = frozenset({"Thai", "Laoo"})


def has_full_stops(language: str) -> bool:
    """False where sentences end without a mark, so that only lines part them: Thai and Lao."""
    return language == "und" or languages.script(language) not in _WITHOUT_MARKS


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """The code-point ranges of the sentences of `text`, without the blanks around them.

    They are in order, and every character but blanks lies in exactly one. A blank line parts
    sentences, the end of a line does not. No sentence is nothing but marks.
    """
    plain = _MARKS.sub(" ", text)
    code = language.partition("-")[0]
    starts = {_begin(text, b["start_index"]) for b in get_sentence_boundaries(code, plain)}
    starts |= {_skip(text, m.end()) for m in _WIDE.finditer(text)}
    small = any(c.isupper() for c in text)
    edges = [0, *sorted(k for k in starts if _is_edge(text, k, code, small)), len(text)]
    return _with_words(text, edges)


def _skip(text: str, at: int) -> int:
    """The first visible character from `at` on."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _begin(text: str, at: int) -> int:
    """Where the sentence whose first word is at `at` begins: with the marks that open it."""
    at = _skip(text, at)
    before = text[max(0, at - _LOOK_BACK) : at]
    match = next((m for p in (_APART, _WIDE_OPEN, _ATTACHED) if (m := p.search(before))), None)
    return at - len(match[0]) if match else at


def _is_edge(text: str, at: int, language: str, small: bool) -> bool:
    """True where a sentence begins at `at`; small letters count in a text that has large ones."""
    if not 0 < at < len(text):
        return False
    before = text[max(0, at - _LOOK_BACK) : at]
    if _BLANK_LINE.search(before):
        return True
    if language == "de" and _ORDINAL.search(before):
        return False  # "am 3. Mai": its nouns have large letters
    return not (_TITLE.search(before) or (small and _SMALL.match(text, at)))


def _with_words(text: str, edges: list[int]) -> list[tuple[int, int]]:
    """The stretches between edges, blanks taken off; marks alone go to the one before."""
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        part = text[start:end]
        if not part.strip():
            continue
        end = start + len(part.rstrip())
        start += len(part) - len(part.lstrip())
        if spans and not any(c.isalnum() for c in part):
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    if len(spans) > 1 and not any(c.isalnum() for c in text[slice(*spans[0])]):
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans
