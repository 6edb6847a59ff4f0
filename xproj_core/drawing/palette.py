"""The colours of a picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xproj_core.drawing.colours import Shades, shades


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
