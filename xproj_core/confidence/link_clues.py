"""What the links say of a projected entity."""

from __future__ import annotations

import numpy as np

from xproj_core.domain import Alignment, Span
from xproj_core.domain.arrays import Matrix

LINK_FEATURES = (
    "no_links",
    "source_linked",
    "target_linked",
    "links_elsewhere",
    "links_from_elsewhere",
    "hull_is_span",
    "gaps",
    "mean_score",
    "least_score",
    "returns_by_hull",
    "return_overlap",
)


def link_clues(alignment: Alignment | None, source: Span | None, target: Span) -> dict[str, float]:
    """The values of `LINK_FEATURES`; all but `no_links` are 0 where nothing is linked."""
    clues = dict.fromkeys(LINK_FEATURES, 0.0)
    if alignment is None or source is None:
        clues["no_links"] = 1.0
        return clues
    block = alignment.links[source.start : source.end, target.start : target.end]
    rows = alignment.links[source.start : source.end]
    columns = alignment.links[:, target.start : target.end]
    inside = int(block.sum())
    clues["source_linked"] = float(block.any(axis=1).mean())
    clues["target_linked"] = float(block.any(axis=0).mean())
    clues["links_elsewhere"] = min(2.0, (int(rows.sum()) - inside) / len(source))
    clues["links_from_elsewhere"] = min(2.0, (int(columns.sum()) - inside) / len(target))
    there, back = _hull(rows, 1), _hull(columns, 0)
    clues["hull_is_span"] = float(there == (target.start, target.end))
    if there is not None:
        clues["gaps"] = 1.0 - float(rows.any(axis=0).sum()) / (there[1] - there[0])
    if inside:
        weights = np.where(
            block,
            alignment.scores[source.start : source.end, target.start : target.end],
            0.0,
        )
        clues["mean_score"] = float(weights[block].mean())
        clues["least_score"] = float(min(weights.max(axis=1).min(), weights.max(axis=0).min()))
    if back is not None:
        clues["returns_by_hull"] = float(back == (source.start, source.end))
        clues["return_overlap"] = overlap(back, (source.start, source.end))
    return clues


def overlap(first: tuple[int, int], second: tuple[int, int]) -> float:
    """The words that two ranges share, as a part of those that either covers."""
    shared = max(0, min(first[1], second[1]) - max(first[0], second[0]))
    return shared / (first[1] - first[0] + second[1] - second[0] - shared)


def _hull(links: Matrix[np.bool_], axis: int) -> tuple[int, int] | None:
    """The linked places along `axis`, from the first to behind the last; None without any."""
    places = np.unique(links.nonzero()[axis])
    return (int(places[0]), int(places[-1]) + 1) if len(places) else None
