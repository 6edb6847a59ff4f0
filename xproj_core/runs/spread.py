"""Who makes the records of a run's chunks: this process, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.runs.configuration import RunConfiguration

Chunk = tuple[int, list[Item]]
"""The number of the first item, and the items."""
Made = tuple[list[Record], Mapping[str, float]]
"""The records of one chunk, and the seconds that each step took for it."""
Spread = Callable[[RunConfiguration, Iterator[Chunk]], Iterator[Made]]
"""What was made of each chunk, in the order of the chunks; reads ahead as far as it likes."""
