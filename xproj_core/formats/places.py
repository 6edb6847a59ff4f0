"""Between characters and tokens: where tokens stand in a text, which tokens a span covers.

Offsets inside XProj count code points. JavaScript and Java count UTF-16 units, two for every
character above U+FFFF, so offsets of doccano and WebAnno are converted when read and written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError
from xproj_core.formats.base import Fit, Reading, Report
from xproj_core.text.tokenise import spans_of_words

Offsets = tuple[tuple[int, int], ...]
_BETWEEN_SPACES = re.compile(r"[^ \t\r\n]+")


def has_astral(text: str) -> bool:
    """True if code points and UTF-16 units count differently in `text`."""
    return not text.isascii() and max(text) > "\uffff"


def to_utf16(text: str, offset: int) -> int:
    """A code-point offset in UTF-16 units."""
    before = text[:offset]
    return offset + sum(c > "\uffff" for c in before) if has_astral(before) else offset


def from_utf16(text: str, offset: int) -> int:
    """A UTF-16 offset in code points; -1 if it lies inside a character or beyond the text."""
    if not has_astral(text):
        return offset if 0 <= offset <= len(text) else -1
    units = at = 0
    while units < offset and at < len(text):
        units += 2 if text[at] > "\uffff" else 1
        at += 1
    return at if units == offset else -1


def joined(tokens: Sequence[str]) -> tuple[str, Offsets]:
    """Tokens with one space between them, and where each stands."""
    offsets, at = [], 0
    for token in tokens:
        offsets.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), tuple(offsets)


def laid_out(sentence: Sentence) -> tuple[str, Offsets]:
    """The sentence's own text where every token is found at its offsets, else its tokens joined."""
    text, offsets = sentence.text, sentence.offsets
    if (
        text is not None
        and offsets is not None
        and len(offsets) == len(sentence)
        and all(text[a:b] == w for (a, b), w in zip(offsets, sentence.tokens, strict=True))
        and all(a[1] <= b[0] for a, b in pairwise(offsets))
    ):
        return text, offsets
    return joined(sentence.tokens)


def sentence_at(
    text: str, offsets: Sequence[tuple[int, int]], language: str, spans: Sequence[Span] = ()
) -> Sentence:
    """A sentence of the tokens at `offsets`.

    A text that is its tokens joined by single spaces says no more than they do and is not kept.
    """
    tokens = tuple(text[a:b] for a, b in offsets)
    ordered = tuple(sorted(spans))
    if text == " ".join(tokens):
        return Sentence(tokens, language, ordered)
    return Sentence(tokens, language, ordered, text, tuple(offsets))


def find_words(text: str, language: str, how: Reading) -> Offsets:
    """Where the tokens of a text without tokens stand."""
    if how.words == "spaces":
        return tuple(m.span() for m in _BETWEEN_SPACES.finditer(text))
    return tuple(spans_of_words(text, language))


def find_tokens(text: str, tokens: Sequence[str]) -> Offsets | None:
    """Where `tokens` stand one after the other in `text`; None if they do not."""
    offsets, at = [], 0
    for token in tokens:
        start = text.find(token, at)
        if start < 0:
            return None
        at = start + len(token)
        offsets.append((start, at))
    return tuple(offsets)


@dataclass(frozen=True, slots=True)
class Characters:
    """A span over characters: code points [start, end) of a text."""

    start: int
    end: int
    label: str
    score: float | None = None


def fitted(
    text: str,
    offsets: Sequence[tuple[int, int]],
    spans: Sequence[Characters],
    fit: Fit,
    report: Report,
    where: str,
    line: int | None = None,
) -> tuple[Span, ...] | FormatError:
    """Character spans as token spans; blanks at their ends do not matter.

    Args:
        where: the place in the file, for notes ("task 12").

    Returns:
        The spans, or what is wrong with the first that does not fit.
    """
    token_spans: dict[Span, None] = {}
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            return report.error(
                f"{where}: the span {span.start}–{span.end} {span.label} lies outside of the text,"
                f" which has {len(text)} characters.",
                line,
            )
        touched = [i for i, (a, b) in enumerate(offsets) if a < span.end and span.start < b]
        inside = [i for i in touched if span.start <= offsets[i][0] and offsets[i][1] <= span.end]
        words = _short(text[span.start : span.end])
        description = f"{span.label} “{words}”, characters {span.start}–{span.end}"
        if touched and len(inside) == len(touched):
            tokens = touched
        elif not touched:
            return report.error(
                f"{where}: there is no token in the span {description}.",
                line,
            )
        elif fit == "expand":
            tokens = touched
            report.count("spans that cut through a token were widened to whole tokens", where)
        elif fit == "contract" and inside:
            tokens = inside
            report.count("spans that cut through a token were narrowed to whole tokens", where)
        else:
            cut = next(i for i in touched if i not in inside)
            token = _short(text[offsets[cut][0] : offsets[cut][1]])
            hint = (
                "no whole token is left in it; choose “expand”"
                if fit == "contract"
                else "choose “expand” or “contract” to move it to whole tokens"
            )
            return report.error(
                f"{where}: the span {description} cuts through the token “{token}”: {hint}.",
                line,
            )
        token_spans[Span(tokens[0], tokens[-1] + 1, span.label, span.score)] = None
    return tuple(sorted(token_spans))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
