"""A few sentences of a dataset, with their labels as coloured, written badges.

Everything a file said is text here: it is escaped, and runs in its own direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.item import Item
from xproj_core.drawing.colours import shades
from xproj_core.text.detokenise import detokenise

_LONGEST = 60  # tokens of a sentence that are shown
_STYLE = """<style>
.xd-sample { display: grid; gap: .9rem; }
.xd-item { display: grid; gap: .15rem; }
.xd-line { display: grid; grid-template-columns: 2rem 1fr; gap: .6rem; line-height: 1.75; }
.xd-code { opacity: .6; font-size: .8em; padding-top: .2em; text-transform: lowercase; }
.xd-text { overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start; }
.xd-span { border-radius: 4px; padding: .08em .25em; background: var(--xd-tint);
  box-shadow: inset 0 -2px 0 var(--xd-colour); }
.xd-label { font-size: .68em; font-weight: 600; margin-inline-start: .35em;
  color: var(--xd-colour); unicode-bidi: isolate; }
</style>"""


def sample(items: Iterable[Item]) -> None:
    """Draw the items, the labelled side first."""
    drawn = "".join(f'<div class="xd-item">{_item(item)}</div>' for item in items)
    st.html(f'{_STYLE}<div class="xd-sample">{drawn}</div>')


def _item(item: Item) -> str:
    there = [s for s in (item.source, item.target, *item.others.values()) if s is not None]
    return "".join(map(_line, there))


def _line(sentence: Sentence) -> str:
    code = escape(sentence.language)
    direction = "rtl" if _rtl(sentence.language) else "auto"
    return (
        f'<div class="xd-line"><span class="xd-code">{code}</span>'
        f'<span class="xd-text" dir="{direction}">{_text(sentence)}</span></div>'
    )


def _rtl(language: str) -> bool:
    return language != "und" and languages.direction(language) == "rtl"


def _text(sentence: Sentence) -> str:
    """The sentence with its outermost entities; long ones are cut, and say so."""
    tokens = sentence.tokens[:_LONGEST]
    text = detokenise(tokens, "en" if sentence.language == "und" else sentence.language)
    places = _places(tokens, text)
    shown, at = "", 0
    for span in _outermost(sentence.spans):
        if span.end > len(tokens):
            break
        start, end = places[span.start][0], places[span.end - 1][1]
        shown += escape(text[at:start]) + _entity(escape(text[start:end]), span.label)
        at = end
    shown += escape(text[at:])
    return f"{shown} …" if len(tokens) < len(sentence) else shown or "<i>empty</i>"


def _places(tokens: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where each token stands in the text that was made of them."""
    places, at = [], 0
    for token in tokens:
        start = text.index(token, at)
        at = start + len(token)
        places.append((start, at))
    return places


def _entity(words: str, label: str) -> str:
    light, dark = shades(label)
    colour = f"light-dark({light},{dark})"
    tint = f"color-mix(in srgb,{colour} 16%,transparent)"
    return (
        f'<span class="xd-span" style="--xd-colour:{colour};--xd-tint:{tint}">{words}'
        f'<span class="xd-label">{escape(label)}</span></span>'
    )


def _outermost(spans: Iterable[Span]) -> list[Span]:
    outermost: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not outermost or span.start >= outermost[-1].end:
            outermost.append(span)
    return outermost
