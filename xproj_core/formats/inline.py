"""Entities typed into the text: `[Angela Merkel](PER) visited [Paris](LOC).`

A bracket is an entity only when a label in round brackets follows at once, so ordinary text
with brackets and Markdown links (`[text](http://...)`) stays text. Entities may be nested:
`[University of [Lagos](LOC)](ORG)`. A backslash before `[`, `]` or another backslash makes it
literal. Labels may be typed in either case and are upper case in the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import regex

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.text.detokenise import text_of
from xproj_core.text.tokenise import tokenise

LABEL = r"\p{L}[\p{L}\p{M}\p{N}_-]*"
"""What may stand in the round brackets: letters of any script."""
_LABEL = regex.compile(LABEL)
_CLOSED_LABEL = regex.compile(rf"\(({LABEL})\)")
_EMPTY_LABEL = regex.compile(r"\(\s*\)")
_BLANK_LABEL = regex.compile(r"\((\p{Lu}[\w-]*(?: \p{Lu}[\w-]*)+)\)")
_OPEN_LABEL = regex.compile(rf"\(({LABEL})(?=\s[^)\[]*(?:\[|$)|$)")
_LABEL_IN_TEXT = regex.compile(r"\(\p{Lu}[\p{Lu}\p{N}_-]*\)")
_SPECIAL = regex.compile(r"[\[\]\\]")


@dataclass(slots=True)
class _Markup:
    """What reading `typed` has given so far.

    Places are counted in pieces of the plain text, not characters: whether a `[` is part of
    that text is known only when its `]` is read.
    """

    typed: str
    plain: list[str] = field(default_factory=list)
    opened: list[tuple[int, int]] = field(default_factory=list)  # piece, place in typed
    entities: list[tuple[int, int, str, int]] = field(default_factory=list)  # pieces, label, place

    def error(self, problem: str, at: int) -> FormatError:
        before = self.typed[:at]
        line = before.count("\n") + 1 if "\n" in self.typed else None
        return FormatError(problem, line=line, column=at - (before.rfind("\n") + 1) + 1)


def parse_inline(text: str, language: str) -> Sentence:
    """The sentence that `text` marks up; its `text` and offsets are without the markup.

    A span that cuts through a token is widened to whole tokens: `e[Goli](LOC)` labels "eGoli".

    Raises:
        FormatError: a label without its bracket, an empty label, or an entity without a word;
            the column is that of the typed text.
        InputError, TooLongError, LanguageError: as `tokenise` does.
    """
    markup = _Markup(text)
    at = 0
    while at < len(text):
        at = _step(markup, at)
    _check_all_closed(markup)
    sentence = tokenise("".join(markup.plain), language)
    assert sentence.offsets is not None
    begins = list(accumulate(map(len, markup.plain), initial=0))
    spans: set[Span] = set()
    for first, end, label, opened_at in markup.entities:
        tokens = _touched(sentence.offsets, begins[first], begins[end])
        if not tokens:
            problem = f"There is no word in this {label}. Remove it, or add one."
            raise markup.error(problem, opened_at)
        spans.add(Span(tokens[0], tokens[-1] + 1, label))
    return sentence.labelled(spans)


def _step(markup: _Markup, at: int) -> int:
    """Read what stands at `at`; the place to go on from."""
    text = markup.typed
    character = text[at]
    if character == "\\" and _SPECIAL.match(text, at + 1):
        markup.plain.append(text[at + 1])
        return at + 2
    if character == "[":
        markup.opened.append((len(markup.plain), at))
        markup.plain.append("[")
        return at + 1
    if character == "]":
        return _close(markup, at)
    following = _SPECIAL.search(text, at + 1)
    end = following.start() if following else len(text)
    markup.plain.append(text[at:end])
    return end


def _close(markup: _Markup, at: int) -> int:
    """Read the `]` at `at`, with its label if it has one."""
    text = markup.typed
    label = _CLOSED_LABEL.match(text, at + 1)
    if label is None:
        _check_label(markup, at)
        if markup.opened:
            markup.opened.pop()
        markup.plain.append("]")
        return at + 1
    if not markup.opened:
        raise markup.error(
            f"No [ opens the entity that ends in ]{label[0]}. Put [ before its first word, or"
            " write \\] for a plain bracket.",
            at,
        )
    piece, opened_at = markup.opened.pop()
    markup.plain[piece] = ""
    markup.entities.append((piece, len(markup.plain), label[1].upper(), opened_at))
    return label.end()


def _check_label(markup: _Markup, at: int) -> None:
    """Refuse what was surely meant as a label but is not one."""
    if not markup.opened:
        return
    if _EMPTY_LABEL.match(markup.typed, at + 1):
        raise markup.error("The label is empty. Write one, for example (PER).", at + 1)
    blank = _BLANK_LABEL.match(markup.typed, at + 1)
    if blank:
        raise markup.error(
            f"A label has no blank in it. Write ({blank[1].replace(' ', '_')}), or \\[ and \\]"
            " for brackets that are no label.",
            at + 1,
        )
    unclosed = _OPEN_LABEL.match(markup.typed, at + 1)
    if unclosed:
        raise markup.error(f"The label {unclosed[1]} is not closed. Write ({unclosed[1]}).", at + 1)


def _check_all_closed(markup: _Markup) -> None:
    """Refuse `[Angela Merkel(PER)`: an open bracket and, later, what looks like a label."""
    if not markup.opened:
        return
    piece, opened_at = markup.opened[-1]
    label = _LABEL_IN_TEXT.search("".join(markup.plain[piece:]))
    if label:
        raise markup.error(
            f"This [ is never closed, although {label[0]} follows. Write ] before {label[0]}, or"
            " \\[ for a plain bracket.",
            opened_at,
        )


def _touched(offsets: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """The tokens that share a character with [start, end)."""
    return [i for i, (a, b) in enumerate(offsets) if a < end and start < b]


def dump_inline(sentence: Sentence) -> str:
    """`sentence` with its entities as inline markup.

    `parse_inline` gives the same sentence back when its tokens came from our tokeniser and its
    labels are upper case; without a text of its own, the detokenised text is marked up.

    Raises:
        InputError: spans that cross each other, or a label that the markup cannot hold.
    """
    _check_nested(sentence.spans)
    text = text_of(sentence)
    offsets = sentence.offsets or _offsets_in(text, sentence.tokens)
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for span in sorted(set(sentence.spans), key=lambda s: (-s.start, s.end)):
        first, last = offsets[span.start][0], offsets[span.end - 1][1]
        opening[first] = opening.get(first, "") + "["
        closing[last] = closing.get(last, "") + f"]({_checked_label(span.label)})"
    cuts = sorted({0, len(text), *opening, *closing})
    parts: list[str] = []
    for cut, following in zip(cuts, [*cuts[1:], len(text)], strict=True):
        literal = _SPECIAL.sub(r"\\\g<0>", text[cut:following])
        parts += [closing.get(cut, ""), opening.get(cut, ""), literal]
    return "".join(parts)


def _checked_label(label: str) -> str:
    if not _LABEL.fullmatch(label):
        raise InputError(
            f"The label {label!r} cannot be written inline. Labels are letters, digits, - and _,"
            " and begin with a letter."
        )
    return label.upper()


def _check_nested(spans: Iterable[Span]) -> None:
    around: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        while around and around[-1].end <= span.start:
            around.pop()
        if around and span.end > around[-1].end:
            raise InputError(
                f"The spans [{around[-1].start}, {around[-1].end}) {around[-1].label} and"
                f" [{span.start}, {span.end}) {span.label} cross each other, which inline markup"
                " cannot show. Use CoNLL or JSON, or change one of them."
            )
        around.append(span)


def _offsets_in(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each token stands in the text that `detokenise` made of them."""
    offsets: list[tuple[int, int]] = []
    at = 0
    for token in tokens:
        at = text.index(token, at)
        offsets.append((at, at + len(token)))
        at += len(token)
    return offsets
