"""What is answered together.

A chunk is a stretch of a dataset. Its batches, which the models see, are made of items of like
length, so that little is padded; its answers come in the order of its items. Where chunks begin
and end depends on the items alone, so that a run which goes on at the end of a chunk asks the
models the same as one that was never interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xproj_core.domain.item import Item
from xproj_core.domain.streams import cut

CHUNK = 128
CHUNK_CELLS = 4_000_000
"""Four sentences of 1000 tokens: some hundred megabytes of alignments, with three methods."""
BATCH_CELLS = 1_000_000


def chunks(
    items: Iterable[Item], most: int = CHUNK, cells: int = CHUNK_CELLS
) -> Iterator[list[Item]]:
    """Consecutive lists of at most `most` items, whose alignments have about `cells` cells."""
    return cut(items, most, lambda item: item.longest**2, cells)


def batches(sizes: Mapping[int, int], most: int, cells: int = BATCH_CELLS) -> Iterator[list[int]]:
    """Keys by growing size, at most `most` together, and whose alignments have about `cells`
    cells if padded to the longest."""
    batch: list[int] = []
    for key in sorted(sizes, key=lambda k: (sizes[k], k)):
        if batch and (len(batch) == most or (len(batch) + 1) * sizes[key] ** 2 > cells):
            yield batch
            batch = []
        batch.append(key)
    if batch:
        yield batch
