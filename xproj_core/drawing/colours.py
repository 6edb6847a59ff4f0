"""Colours of labels and systems, one for light and one for dark backgrounds.

Each light colour carries white text and is itself readable on a 16 % tint of it over white;
each dark colour carries near-black text and is readable on its tint over a dark page: all at
4.5:1 (WCAG 2.2 AA). The names of labels are always written as well.
"""

from __future__ import annotations

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
