"""The one table of colours: each by what it is for, on light and on dark backgrounds.

Python takes them from here, style sheets get them as custom properties (`properties`).

Each light colour of a label or system carries white text and is itself readable on a 16 % tint of
it over white; each dark one carries near-black text and is readable on its tint over a dark page:
all at 4.5:1 (WCAG 2.2 AA). The names of labels are always written as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
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


ROLES: dict[str, Shades] = {
    "ink": ("#1b2330", "#e6e9ef"),
    "soft": ("#5b6472", "#a4acb9"),
    "page": ("#ffffff", "#12161d"),
    "card": ("#ffffff", "#191e27"),
    "line": ("#dcdfe4", "#343b47"),
    "faint": ("#f0f1f3", "#262c36"),
    "link": ("#b3b8c0", "#5f6877"),
    "bad": ("#b3192f", "#ff8c9f"),
    "good": NAMED["LOC"],
    "on-label": ("#ffffff", "#10141b"),
    "new-label": OTHERS[3],
    # of the report alone
    "accent": NAMED["PER"],
    "panel": ("#f4f5f7", "#1c222c"),
    # of the pages: in charts, in the heat map, in the editor's help, behind messages
    "text": ("#1d2129", "#e6e8ec"),
    "on-bar": ("#ffffff", "#0f1115"),
    "neutral": ("#5b6470", "#aab4c0"),
    "white": ("#ffffff", "#ffffff"),
    "dialog": ("#ffffff", "#1b1f27"),
    "score": ("#17365f", "#a9c8f5"),
    "linked": ("#d25f00", "#ffb45e"),
    "problem": ("#d92d48", "#d92d48"),
    "note": ("#d99a1c", "#d99a1c"),
    "shade": ("#3f7fea", "#3f7fea"),
}
"""What is neither a label's nor a system's colour."""
CURVES = ("#3f7fea", "#e0801f", "#12a594", "#c2479e", "#7c9a12", "#d94f3d", "#8a63d2", "#7d8590")
"""For curves side by side on the robustness page, on either background."""
STEPS: dict[str, Shades] = {
    "none": ROLES["neutral"],
    "run": OTHERS[4],
    "translation": NAMED["ORG"],
    "tagging": NAMED["DATE"],
    "alignment": NAMED["MISC"],
    "projection": OTHERS[0],
    "reference": OTHERS[3],
}
"""Of the steps that lose entities, on the pages and in a report. None is green, as what arrives is,
and none blue, as a report's bars are."""


def shades(label: str) -> Shades:
    """(colour on light, colour on dark) of a label, the same in every run."""
    return NAMED.get(label) or OTHERS[crc32(label.encode()) % len(OTHERS)]


def adaptive(pair: Shades) -> str:
    """The colour of a pair that suits the page, as CSS writes it; for browsers only."""
    light, dark = pair
    return light if light == dark else f"light-dark({light},{dark})"


def faded(colour: str, opacity: float) -> str:
    """A colour that lets through what lies below it."""
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:.3f})"


def properties(selector: str, *roles: str) -> str:
    """A style sheet's first rule: the colours of these roles as custom properties."""
    lines = "".join(f"  --{role}: {adaptive(ROLES[role])};\n" for role in roles)
    return f"{selector} {{\n{lines}}}\n"


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for, as CSS writes them.

    Attributes:
        ink, soft: text, and text that steps back.
        page, card, line, faint: the ground, a card on it, its edge, an empty cell.
        link: links that belong to no entity.
        bad, good: what differs or is lost, and what is right.
        accent: a figure to look at.
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
    accent: str
    on_label: str
    pick: Callable[[Shades], str]

    def label(self, name: str) -> str:
        """The colour of a label."""
        return self.pick(shades(name))


def _palette(pick: Callable[[Shades], str]) -> Palette:
    names = [field.name for field in fields(Palette) if field.name != "pick"]
    return Palette(**{name: pick(ROLES[name.replace("_", "-")]) for name in names}, pick=pick)


LIGHT = _palette(lambda pair: pair[0])
DARK = _palette(lambda pair: pair[1])
ADAPTIVE = _palette(adaptive)
"""Follows the colour scheme of the page that a picture stands in."""
