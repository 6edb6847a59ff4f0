"""Spans to IOB2 tags and back.

Tags are read by one of two schemes:

- "conll": as the conlleval script and seqeval's default read them. An I- that follows nothing
  of its label starts an entity.
- "strict": IOB2 to the letter. Only B- starts an entity; an I- without one is outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, get_args

from xproj_core.domain import Span
from xproj_core.domain.errors import InputError

Scheme = Literal["conll", "strict"]
SCHEMES: tuple[str, ...] = get_args(Scheme)


@lru_cache(maxsize=4096)
def split(tag: str) -> tuple[str, str]:
    """A tag's prefix ("B", "I" or "O") and its label ("" for "O").

    Raises:
        InputError: not "O", "B-label" or "I-label".
    """
    if tag == "O":
        return "O", ""
    if len(tag) > 2 and tag[0] in "BI" and tag[1] == "-":
        return tag[0], tag[2:]
    raise InputError(f"{tag!r} is not an IOB2 tag: expected O, B-label or I-label.")


def spans(tags: Sequence[str], scheme: Scheme = "conll") -> tuple[Span, ...]:
    """The entities that `tags` (one per token) mark, in order.

    Raises:
        InputError: an unknown scheme, or a tag that is not IOB2.
    """
    if scheme not in SCHEMES:
        raise InputError(f"There is no scheme {scheme!r}. Choose one of: {', '.join(SCHEMES)}.")
    entities: list[Span] = []
    start, inside = 0, ""  # inside: the label of the entity being read
    for k, tag in enumerate([*tags, "O"]):
        if tag == "O" and not inside:
            continue  # most tags
        prefix, label = split(tag)
        if prefix == "I" and label == inside:
            continue
        if inside:
            entities.append(Span(start, k, inside))
        opens = prefix == "B" or (prefix == "I" and scheme == "conll")
        start, inside = k, label if opens else ""
    return tuple(entities)


def orphans(tags: Sequence[str]) -> tuple[int, ...]:
    """Where an I- stands that follows neither B- nor I- of its own label."""
    before = ["O", *tags][: len(tags)]
    return tuple(
        k
        for k, (last, tag) in enumerate(zip(before, tags, strict=True))
        if split(tag)[0] == "I" and split(last)[1] != split(tag)[1]
    )


def tags(entities: Iterable[Span], length: int) -> tuple[str, ...]:
    """IOB2 tags of a sentence of `length` tokens.

    Raises:
        InputError: two spans share a token, which IOB2 cannot write, or one ends after the
            sentence does.
    """
    written = ["O"] * length
    end, last = 0, None
    for span in sorted(entities):
        if span.start < end:
            raise InputError(
                f"IOB2 cannot write spans that share a token: {span.label} [{span.start},"
                f" {span.end}) and {last} before it."
            )
        if span.end > length:
            raise InputError(
                f"The span [{span.start}, {span.end}) {span.label} ends after the last of"
                f" {length} tokens."
            )
        written[span.start : span.end] = [f"B-{span.label}"] + [f"I-{span.label}"] * (len(span) - 1)
        end, last = span.end, f"{span.label} [{span.start}, {span.end})"
    return tuple(written)
