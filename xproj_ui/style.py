"""The style sheets of components, with the colours that they use in front."""

from __future__ import annotations

from importlib.resources import files

from xproj_core.drawing.colours import properties

_DRAWN = ("bad", "good", "on-label", "new-label", "white", "dialog", "score", "linked")


def drawing_style(*more: str) -> str:
    """That of the comparison's drawing, and what the sheets named `more` add to it."""
    sheets = ("comparison/comparison.css", *more)
    return properties(".xp", *_DRAWN) + "".join(map(_sheet, sheets))


def flow_style() -> str:
    """That of the flow."""
    return properties(".flow", "neutral") + _sheet("flow/flow.css")


def _sheet(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
