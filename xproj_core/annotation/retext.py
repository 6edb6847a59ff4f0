"""Editing the text under labels: what stands on untouched words stays as it is.

The new text is tokenised and its tokens are matched with the old ones. Spans and links on
matched tokens move with them. Where tokens were replaced, spans and links go to those that stand
in their place and are marked stale; where tokens were deleted, spans shrink to what is left of
them, and a span or link of which nothing is left goes with its words (undo brings it back).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from xproj_core.annotation.document import Document, MarkedLink, MarkedSpan, Track
from xproj_core.annotation.patch import Patch
from xproj_core.domain import Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Side
from xproj_core.text.tokenise import tokenise

_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Moves:
    """Where each old token has gone.

    Attributes:
        ranges: the new tokens that stand for each old one; empty ranges for deleted ones.
        same: whether it is still the same word.
    """

    ranges: tuple[_Range, ...]
    same: tuple[bool, ...]

    def span(self, start: int, end: int) -> tuple[int, int, bool] | None:
        """New start, new end, and whether nothing in between changed; None if nothing is left."""
        left = [r for r in self.ranges[start:end] if r[0] < r[1]]
        if not left:
            return None
        first, last = min(r[0] for r in left), max(r[1] for r in left)
        untouched = all(self.same[start:end]) and last - first == end - start
        return first, last, untouched


def moves(old: Sequence[str], new: Sequence[str]) -> Moves:
    """Which new tokens stand for each of the old ones."""
    ranges: list[_Range] = []
    same: list[bool] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for k in range(b - a):
            if kind == "equal" or (kind == "replace" and b - a == d - c):
                ranges.append((c + k, c + k + 1))
            elif kind == "replace":
                ranges.append((c, d))
            else:  # deleted
                ranges.append((c, c))
            same.append(kind == "equal")
    return Moves(tuple(ranges), tuple(same))


def retext(document: Document, side: Side, text: str) -> Patch:
    """What `text` in place of one side's sentence does to the document.

    Raises:
        InputError: there is no word in it, or too many.
    """
    old = document.side(side)
    if old is None:
        raise InputError(f"This item has no {side} sentence.")
    new = tokenise(text, old.language)
    if new.tokens == old.tokens:
        # spaces alone, or a text that was tokenised elsewhere: the words are the same ones
        return Patch(fields={side: new}) if new != old else Patch()
    moved = moves(old.tokens, new.tokens)
    patch = Patch(fields={side: new})
    if document.offer is not None:
        patch.fields["offer"] = None
    for span in document.spans.values():
        if span.side == side:
            patch.spans[span.id] = _moved_span(span, moved)
    _move_links(document, side, moved, patch)
    if side == "target" and document.tracks:
        patch.fields["tracks"] = tuple(_moved_track(t, moved) for t in document.tracks)
    return patch


def _moved_span(span: MarkedSpan, moved: Moves) -> MarkedSpan | None:
    place = moved.span(span.start, span.end)
    if place is None:
        return None
    start, end, untouched = place
    mark = span.mark if untouched else replace(span.mark, stale=True)
    return replace(span, start=start, end=end, mark=mark)


def _move_links(document: Document, side: Side, moved: Moves, patch: Patch) -> None:
    """Old pairs go, new ones come; where two fall together, the one on the same word wins."""
    new_links: dict[tuple[int, int], MarkedLink] = {}
    certain = sorted(document.links.values(), key=lambda k: (not k.mark.live, k.mark.stale, k.pair))
    for same in (True, False):
        for link in certain:
            token = link.source if side == "source" else link.target
            if moved.same[token] is not same:
                continue
            for new in range(*moved.ranges[token]):
                pair = (new, link.target) if side == "source" else (link.source, new)
                mark = link.mark if same else replace(link.mark, stale=True)
                new_links.setdefault(pair, MarkedLink(*pair, link.possible, mark))
    patch.links.update(dict.fromkeys(document.links))
    patch.links.update(new_links)


def _moved_track(track: Track, moved: Moves) -> Track:
    """Another system's entities, as far as their words are untouched."""
    places = [(span, moved.span(span.start, span.end)) for span in track.spans]
    return Track(
        track.title,
        tuple(Span(p[0], p[1], s.label, s.score) for s, p in places if p is not None and p[2]),
    )
