"""The charts of a report: plain SVG, a few kilobytes each, that follows the page's colours.

Plotly draws the pages; here its script alone would add 4 MB to every file that is mailed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xproj_core.drawing import svg
from xproj_core.drawing.colours import ADAPTIVE, STEPS, adaptive
from xproj_core.drawing.fonts import em, shortened

WIDTH = 860.0
SIZE, SMALL = 13.0, 11.5
_ROW, _PLOT_TOP = 28.0, 8.0
_NAMES_EM = 24.0
STEP_COLOURS = {step: adaptive(pair) for step, pair in STEPS.items()}


@dataclass(frozen=True, slots=True)
class Bar:
    """A value in [0, 1] with its interval, if it has one."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody else's value, drawn as a line and named below."""

    name: str
    value: float


def bars(rows: Sequence[Bar], references: Sequence[Reference] = (), title: str = "") -> str:
    """Horizontal bars with intervals, in per cent from 0 to 100."""
    p = ADAPTIVE
    left = 12 + SIZE * min(_NAMES_EM, max((em(r.name) for r in rows), default=0))
    right = WIDTH - 130
    bottom = _PLOT_TOP + _ROW * len(rows)

    def x(value: float) -> float:
        return left + (right - left) * value

    parts = []
    for tick in range(0, 101, 20):
        parts.append(stroke(x(tick / 100), _PLOT_TOP, x(tick / 100), bottom, p.line))
        parts.append(
            svg.label(x(tick / 100), bottom + 16, str(tick), p.soft, SMALL, anchor="middle")
        )
    for k, row in enumerate(rows):
        y = _PLOT_TOP + _ROW * k + _ROW / 2
        name = shortened(row.name, _NAMES_EM)
        parts.append(svg.label(left - 10, y + 4.5, name, p.ink, SIZE, anchor="end"))
        style = f"fill:{p.accent};fill-opacity:.75"
        parts.append(svg.box(left, y - 7, max(1.0, x(row.value) - left), 14, style, 3, row.name))
        text = f"{100 * row.value:.1f}"
        if row.low is not None and row.high is not None:
            text += f"  ({100 * row.low:.1f}–{100 * row.high:.1f})"
            parts.append(stroke(x(row.low), y, x(row.high), y, p.ink, 1.6))
            parts += [
                stroke(x(end), y - 4, x(end), y + 4, p.ink, 1.6) for end in (row.low, row.high)
            ]
        parts.append(svg.label(right + 10, y + 4.5, text, p.ink, SIZE))
    for k, reference in enumerate(references):
        at = x(reference.value)
        parts.append(stroke(at, _PLOT_TOP - 4, at, bottom, p.bad, 1.4, "5 4"))
        parts += _legend(reference, left, bottom + 38 + 18 * k)
    height = bottom + 24 + (20 + 18 * len(references) if references else 0)
    return svg.document(WIDTH, height, parts, p, title or "Bars", False)


def _legend(reference: Reference, left: float, y: float) -> list[str]:
    """What the dashed line of a reference stands for, below the bars."""
    name = shortened(reference.name, (WIDTH - left - 80) / SMALL)
    text = f"{100 * reference.value:.1f}  {name}"
    return [
        stroke(left, y - 4, left + 26, y - 4, ADAPTIVE.bad, 1.4, "5 4"),
        svg.label(left + 34, y, text, ADAPTIVE.soft, SMALL),
    ]


@dataclass(frozen=True, slots=True)
class Flow:
    """Entities from the gold standard to what arrived.

    Attributes:
        total: gold entities.
        lost: (step, how many were lost or spoilt there), in the order of the steps.
        spurious: entities that are no gold ones.
    """

    name: str
    total: int
    lost: tuple[tuple[str, int], ...]
    spurious: int

    @property
    def arrived(self) -> int:
        """What is right in the end."""
        return self.total - sum(n for _, n in self.lost)


_BAND, _TOP, _FALL = 84.0, 34.0, 62.0  # heights: of all entities, above them, of what falls out
_BEGIN, _FIRST, _END = 96.0, 118.0, WIDTH - 140


def flow(entities: Flow) -> str:
    """A band of entities that gets narrower where some are lost, each loss turning off below."""
    p = ADAPTIVE
    unit = _BAND / entities.total if entities.total else 0.0
    step = (WIDTH - _FIRST - 140) / max(1, len(entities.lost))
    parts = [
        svg.label(0, _TOP + _BAND / 2 - 4, f"{entities.total:,}", p.ink, 15, weight=600),
        svg.label(0, _TOP + _BAND / 2 + 13, "gold entities", p.soft, SMALL),
    ]
    left_over, x = entities.total, _BEGIN
    for k, (name, n) in enumerate(entities.lost):
        at = _FIRST + step * k
        parts.append(_band(x, at, left_over * unit))
        colour = STEP_COLOURS.get(name, p.soft)
        parts.append(svg.label(at, _TOP - 10, name, colour if n else p.soft, SMALL, weight=600))
        left_over -= n
        if n:
            parts += _loss(entities, name, n, at, left_over * unit)
        x = at
    parts.append(_band(x, _END, left_over * unit))
    parts += _arrival(entities, left_over * unit)
    return svg.document(WIDTH, _TOP + _BAND + _FALL + 12, parts, p, entities.name, False)


def _band(left: float, right: float, height: float) -> str:
    style = f"fill:{ADAPTIVE.good};fill-opacity:.32"
    return svg.box(left, _TOP, right - left, height, style, 0)


def _loss(entities: Flow, name: str, n: int, x: float, above: float) -> list[str]:
    """What a step loses turns off at `x`, below what goes on."""
    wide, low = n * _BAND / entities.total, _TOP + _BAND + _FALL
    colour = STEP_COLOURS.get(name, ADAPTIVE.soft)
    text = f"−{n:,}  {100 * n / entities.total:.1f} %"
    return [
        _turn(x, _TOP + above, wide, low, colour, f"{name}: {n:,} of {entities.total:,}"),
        svg.label(x + 22 + wide, low - 4, text, ADAPTIVE.ink, SMALL),
    ]


def _arrival(entities: Flow, height: float) -> list[str]:
    """What is right in the end, and what came in addition."""
    p = ADAPTIVE
    share = f"{100 * entities.arrived / entities.total:.1f} %" if entities.total else "–"
    return [
        svg.box(_END - 4, _TOP, 4, max(1.0, height), f"fill:{p.good}", 0),
        svg.label(_END + 12, _TOP + 16, f"{entities.arrived:,} right", p.ink, 15, weight=600),
        svg.label(_END + 12, _TOP + 33, share, p.soft, SMALL),
        svg.label(_END + 12, _TOP + 58, f"+ {entities.spurious:,}", p.ink, 13, weight=600),
        svg.label(_END + 12, _TOP + 74, "additional", p.soft, SMALL),
    ]


def _turn(x: float, y: float, wide: float, low: float, colour: str, title: str) -> str:
    """A band that leaves to the right and turns down."""
    bend = 18.0
    path = (
        f"M{x:.1f} {y:.1f}C{x + bend + wide:.1f} {y:.1f} {x + bend + wide:.1f} {y + bend:.1f}"
        f" {x + bend + wide:.1f} {low:.1f}H{x + bend:.1f}"
        f"C{x + bend:.1f} {y + wide + bend:.1f} {x + bend / 2:.1f} {y + wide:.1f}"
        f" {x:.1f} {y + wide:.1f}Z"
    )
    style = f"fill:{colour};fill-opacity:.55"
    return svg.tag("path", svg.tag("title", svg.text(title)), d=path, style=style)


def stroke(
    x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dashes: str = ""
) -> str:
    """A straight line."""
    style = f"stroke:{colour};stroke-width:{width:g}"
    return svg.tag(
        "path",
        d=f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}",
        style=style + (f";stroke-dasharray:{dashes}" if dashes else ""),
    )
