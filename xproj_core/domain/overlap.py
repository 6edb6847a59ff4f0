"""Where labellings of one sentence differ, and how to draw spans that overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xproj_core.domain.sentence import Span


def disagreements(tracks: Mapping[str, Sequence[Span]], n_tokens: int) -> frozenset[int]:
    """The tokens that not all tracks label alike: same label, same start, same end."""
    views = [_view(spans, n_tokens) for spans in tracks.values()]
    return frozenset(i for i in range(n_tokens) if any(v[i] != views[0][i] for v in views[1:]))


def _view(spans: Sequence[Span], n_tokens: int) -> list[frozenset[Span]]:
    """For each token, the spans over it."""
    over: list[set[Span]] = [set() for _ in range(n_tokens)]
    for span in spans:
        for i in range(span.start, span.end):
            over[i].add(span)
    return [frozenset(s) for s in over]


def lanes(spans: Sequence[Span]) -> tuple[int, ...]:
    """A lane for each span such that spans of one lane never overlap, longest lowest.

    Greedy interval colouring by start, longer first: uses as few lanes as the deepest
    overlap has spans.
    """
    order = sorted(range(len(spans)), key=lambda k: (spans[k].start, -spans[k].end, k))
    free_from: list[int] = []
    chosen = [0] * len(spans)
    for k in order:
        lane = next((n for n, end in enumerate(free_from) if end <= spans[k].start), None)
        if lane is None:
            lane = len(free_from)
            free_from.append(0)
        free_from[lane] = spans[k].end
        chosen[k] = lane
    return tuple(chosen)
