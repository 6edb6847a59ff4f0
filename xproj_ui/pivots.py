"""Third languages that the engines at hand can speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xproj_core.answers import feasible
from xproj_core.methods import Mode
from xproj_ui.engines import DEFAULT, shelf
from xproj_ui.languages_menu import menu

_FIRST = ("fr", "de", "es", "en")  # of equals, those that most engines know best


def at_hand(engines: Iterable[str]) -> Iterator[str]:
    """Those that are in memory, or are soon; no other is loaded to be asked."""
    loaded = shelf().loaded()
    yield from (name for name in engines if name in loaded or name == DEFAULT)


def spoken(
    engines: Iterable[str], mode: Mode, source: str, target: str, codes: Iterable[str]
) -> list[str]:
    """The pivots that every engine in memory can speak."""
    left = list(codes)
    for name in at_hand(engines):
        left = feasible.pivots(shelf().get(name).translator, mode, source, target, left)
    return left


def fitting(engine: str, mode: Mode, source: str, target: str, pivot: str) -> str:
    """The pivot, or in place of one that the engine cannot speak here the first that it can.

    It stays where there is none, or the engine is not in memory; "" stays, too.
    """
    if not pivot or not list(at_hand([engine])):
        return pivot
    others = dict.fromkeys((pivot, *_FIRST, *menu()))
    usable = spoken([engine], mode, source, target, others)
    return pivot if pivot in usable or not usable else usable[0]
