"""One sentence of a dataset, with everything that came with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from xproj_core.domain.alignment import Alignment, Link
from xproj_core.domain.errors import InputError
from xproj_core.domain.sentence import Sentence

Side = Literal["source", "target"]
_NOTHING: Mapping[str, Sentence] = MappingProxyType({})
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Links:
    """The links of one sentence pair, as (source, target); none is in both sets."""

    sure: frozenset[Link]
    possible: frozenset[Link] = frozenset()

    def swapped(self) -> Links:
        """The same links, target first."""
        return Links(
            frozenset((j, i) for i, j in self.sure), frozenset((j, i) for i, j in self.possible)
        )

    def alignment(self, shape: tuple[int, int], possible: bool = False) -> Alignment:
        """A hard alignment of the sure links, and of the possible ones too if asked for."""
        return Alignment.from_links(self.sure | self.possible if possible else self.sure, shape)


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence of a dataset.

    Attributes:
        key: unique in its dataset and stable ("17", or the id that a file gave it).
        source: the labelled side; None where the dataset has only the other.
        target: the side that receives labels; None where the dataset has only the other.
        gold: the sides whose spans are a person's labels. A side in it without spans is known
            to hold no entity; spans of a side not in it are somebody's guess.
        links: gold word links, source x target; None where there are none.
        others: the same sentence in further languages, by language code (human pivots).
        notes: what else the file said about it, by name.
    """

    key: str
    source: Sentence | None = None
    target: Sentence | None = None
    gold: frozenset[Side] = frozenset()
    links: Links | None = None
    others: Mapping[str, Sentence] = field(default_factory=lambda: _NOTHING)
    notes: Mapping[str, str] = field(default_factory=lambda: _NO_WORDS)

    def __post_init__(self) -> None:
        if self.source is None and self.target is None:
            raise InputError(f"The item {self.key} holds neither a source nor a target sentence.")
        for side in self.gold:
            if self.side(side) is None:
                raise InputError(f"The item {self.key} has gold labels but no {side} sentence.")
        if self.links is not None and (self.source is None or self.target is None):
            raise InputError(f"The item {self.key} has links but not both sentences.")

    @property
    def longest(self) -> int:
        """The longest sentence's tokens."""
        sides = (self.source, self.target, *self.others.values())
        return max(len(side) for side in sides if side is not None)

    def side(self, which: Side) -> Sentence | None:
        """The sentence of one side."""
        return self.source if which == "source" else self.target

    def gold_of(self, which: Side) -> Sentence | None:
        """The sentence of one side if its labels are gold, else None."""
        return self.side(which) if which in self.gold else None
