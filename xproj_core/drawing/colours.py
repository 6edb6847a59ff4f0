"""Colours of labels and systems, one for light and one for dark backgrounds.

Each light colour carries white text and is itself readable on a 16 % tint of it over white;
each dark colour carries near-black text and is readable on its tint over a dark page: all at
4.5:1 (WCAG 2.2 AA). The names of labels are always written as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

Shades = tuple[str, str]

NAMED: dict[str, Shades] = {
    "PER": ("#1d4ed8", "#8ab4ff"),
    "LOC": ("#0b6b47", "#5fd6a8"),
    "ORG": ("#96400a", "#f5b062"),
    "DATE": ("#6d28d9", "#c4a5fb"),
    "MISC": ("#a3195b", "#ff96c4"),
}
OTHERS: tuple[Shades, ...] = (
    ("#0e5f70", "#66d3e3"),
    ("#575e00", "#d0d45c"),
    ("#7a4526", "#dfb08f"),
    ("#44546a", "#b3c1d6"),
    ("#a81b2c", "#ff9f9f"),
    ("#3a5c10", "#add96f"),
    ("#3d3fb0", "#afb1ff"),
)
SYSTEMS: tuple[Shades, ...] = (
    NAMED["PER"],
    NAMED["ORG"],
    NAMED["LOC"],
    NAMED["MISC"],
    OTHERS[0],
    OTHERS[1],
    NAMED["DATE"],
    OTHERS[2],
)
"""For systems side by side, in their order."""


def shades(label: str) -> Shades:
    """(colour on light, colour on dark) of a label, the same in every run."""
    return NAMED.get(label) or OTHERS[crc32(label.encode()) % len(OTHERS)]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for, as CSS writes them.

    Attributes:
        ink, soft: text, and text that steps back.
        page, card, line, faint: the ground, a card on it, its edge, an empty cell.
        link: links that belong to no entity.
        bad, good: what differs or is lost, and what is right.
        on_label: text on a label's colour.
        pick: chooses from a label's shades.
    """

    ink: str
    soft: str
    page: str
    card: str
    line: str
    faint: str
    link: str
    bad: str
    good: str
    on_label: str
    pick: Callable[[Shades], str]

    def label(self, name: str) -> str:
        """The colour of a label."""
        return self.pick(shades(name))


_PAIRS: dict[str, Shades] = {
    "ink": ("#1b2330", "#e6e9ef"),
    "soft": ("#5b6472", "#a4acb9"),
    "page": ("#ffffff", "#12161d"),
    "card": ("#ffffff", "#191e27"),
    "line": ("#dcdfe4", "#343b47"),
    "faint": ("#f0f1f3", "#262c36"),
    "link": ("#b3b8c0", "#5f6877"),
    "bad": ("#b3192f", "#ff8c9f"),
    "good": ("#0b6b47", "#5fd6a8"),
    "on_label": ("#ffffff", "#10141b"),
}


def _made(pick: Callable[[Shades], str]) -> Palette:
    return Palette(**{name: pick(pair) for name, pair in _PAIRS.items()}, pick=pick)


LIGHT = _made(lambda pair: pair[0])
DARK = _made(lambda pair: pair[1])
ADAPTIVE = _made(lambda pair: f"light-dark({pair[0]},{pair[1]})")
"""Follows the colour scheme of the page that a picture stands in; for browsers only."""
