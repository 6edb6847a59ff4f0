"""Sentences with what the noise changed in them marked, as HTML; every word is escaped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from xproj_core.domain import Sentence, Span, languages
from xproj_core.drawing.colours import ROLES, adaptive
from xproj_core.noise import Change
from xproj_core.noise.base import quoted

_COLOUR = adaptive(ROLES["note"])
_MARK = (
    f"background:color-mix(in srgb,{_COLOUR} 26%,transparent);border-bottom:2px solid {_COLOUR};"
    "border-radius:3px;padding:0 .15em;color:inherit"
)
SHOWN = 12


def marked(sentence: Sentence, tokens: Collection[int]) -> str:
    """The sentence in a paragraph, some tokens marked."""
    words = [
        f'<mark style="{_MARK}"><bdi>{escape(token)}</bdi></mark>'
        if k in tokens
        else f"<bdi>{escape(token)}</bdi>"
        for k, token in enumerate(sentence.tokens)
    ]
    glue = "" if languages.is_unspaced(sentence.language) else " "
    direction = languages.direction(sentence.language)
    return (
        f'<p lang="{escape(sentence.language)}" dir="{direction}" style="margin:.2rem'
        " 0;line-height:1.7;"
        f'overflow-wrap:anywhere">{glue.join(words)}</p>'
    )


def changed_sentences(changes: Sequence[Change]) -> str:
    """Each sentence whose words were changed, as it is now, with the changed words marked."""
    sentences: dict[tuple[str, tuple[str, ...]], tuple[Sentence, set[int]]] = {}
    for change in changes:
        if change.layer in ("text", "tokens", "translation"):
            key = (change.sentence.language, change.sentence.tokens)
            sentences.setdefault(key, (change.sentence, set()))[1].update(change.tokens)
    return "".join(
        f"<div><small>{escape(languages.name(s.language))}, as it is now</small>"
        f"{marked(s, tokens)}</div>"
        for s, tokens in sentences.values()
    )


def listed(changes: Sequence[Change]) -> str:
    """What was done, a line each, the first few."""
    lines = [f'<li dir="ltr">{escape(change.message)}</li>' for change in changes[:SHOWN]]
    if len(changes) > SHOWN:
        lines.append(f"<li>and {len(changes) - SHOWN} more</li>")
    return f'<ul style="margin:.2rem 0 .4rem;padding-left:1.2rem">{"".join(lines)}</ul>'


def entities(sentence: Sentence, spans: Sequence[Span]) -> str:
    """ "“Lagos” LOC, “Ada Lovelace” PER"."""
    glue = "" if languages.is_unspaced(sentence.language) else " "
    return ", ".join(f"{quoted(glue.join(sentence.words(s)))} {s.label}" for s in spans)
