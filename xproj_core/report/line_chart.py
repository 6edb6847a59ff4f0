"""Lines with bands, in plain SVG that follows the page's colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xproj_core.drawing import svg
from xproj_core.drawing.colours import ADAPTIVE, SYSTEMS, adaptive
from xproj_core.drawing.fonts import em, shortened
from xproj_core.report.charts import SIZE, SMALL, stroke

_DASHES = ("", "9 5", "3 4", "11 4 3 4")
WIDTH = 336.0  # of a phone without its margins
_TALL, _TOP, _LEFT, _RIGHT = 190.0, 10.0, 36.0, 10.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A value in [0, 1] with its interval, at a place along the line."""

    at: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """Marks that belong together, from left to right."""

    name: str
    marks: tuple[Mark, ...]


def lines(rows: Sequence[Line], title: str) -> str:
    """In per cent, over the rates at which there are marks."""
    p = ADAPTIVE
    ats = sorted({m.at for row in rows for m in row.marks})
    span = (ats[-1] - ats[0]) or 1.0
    highest = max(m.high for row in rows for m in row.marks)
    top = min(1.0, max(0.2, -(-(highest + 0.02) // 0.1) * 0.1))

    def x(at: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (at - ats[0]) / span

    def y(value: float) -> float:
        return _TOP + _TALL * (1 - value / top)

    parts = []
    step = 0.1 if top <= 0.5 else 0.2
    for k in range(int(top / step + 1e-9) + 1):
        parts.append(stroke(_LEFT, y(k * step), WIDTH - _RIGHT, y(k * step), p.line))
        parts.append(
            svg.label(
                _LEFT - 8, y(k * step) + 4, f"{100 * k * step:.0f}", p.soft, SMALL, anchor="end"
            )
        )
    for at in ats:
        label = f"{at:g}" if at else "clean"
        anchor = "start" if at == ats[0] else "end" if at == ats[-1] else "middle"
        parts.append(svg.label(x(at), _TOP + _TALL + 18, label, p.soft, SMALL, anchor=anchor))
    for k, row in enumerate(rows):
        parts += _line(row, k, x, y)
    legend, height = _legend(rows, _TOP + _TALL + 42)
    return svg.document(WIDTH, height, [*parts, *legend], p, title, False)


def _line(row: Line, k: int, x: Callable[[float], float], y: Callable[[float], float]) -> list[str]:
    colour = _colour(k)
    there = [(x(m.at), y(m.high)) for m in row.marks]
    back = [(x(m.at), y(m.low)) for m in reversed(row.marks)]
    middle = [(x(m.at), y(m.value)) for m in row.marks]
    parts = [
        svg.tag("path", d=f"M{_through(there + back)}Z", style=f"fill:{colour};fill-opacity:.13"),
        svg.tag("path", d=f"M{_through(middle)}", style=_style(k)),
    ]
    for mark, (a, b) in zip(row.marks, middle, strict=True):
        tooltip = (
            f"{row.name}, {f'{mark.at:g}' if mark.at else 'clean'}: {100 * mark.value:.1f}"
            f" ({100 * mark.low:.1f}–{100 * mark.high:.1f})"
        )
        parts.append(_symbol(k, a, b, tooltip))
    return parts


def _legend(rows: Sequence[Line], top: float) -> tuple[list[str], float]:
    """Names below, in as many lines as they need; and where they end."""
    parts, x, y = [], _LEFT, top
    for k, row in enumerate(rows):
        name = shortened(row.name, (WIDTH - _LEFT - 44) / SIZE)
        wide = 42 + SIZE * em(name) + 20
        if x + wide > WIDTH and x > _LEFT:
            x, y = _LEFT, y + 22
        parts.append(svg.tag("path", d=f"M{x:.1f} {y - 4:.1f}H{x + 34:.1f}", style=_style(k)))
        parts.append(_symbol(k, x + 17, y - 4, row.name))
        parts.append(svg.label(x + 42, y, name, ADAPTIVE.ink, SIZE))
        x += wide
    return parts, y + 12


def _symbol(k: int, x: float, y: float, title: str) -> str:
    """A circle, a square, a diamond or a triangle, so that colour is not all."""
    tooltip = svg.tag("title", svg.text(title))
    style = f"fill:{_colour(k)}"
    shape = k % 4
    if shape == 0:
        return svg.tag("circle", tooltip, cx=x, cy=y, r=4.5, style=style)
    places = {
        1: ((-4, -4), (4, -4), (4, 4), (-4, 4)),
        2: ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)),
        3: ((0, -5.5), (5, 4), (-5, 4)),
    }[shape]
    return svg.tag(
        "path", tooltip, d=f"M{_through([(x + a, y + b) for a, b in places])}Z", style=style
    )


def _colour(k: int) -> str:
    return adaptive(SYSTEMS[k % len(SYSTEMS)])


def _style(k: int) -> str:
    dash = _DASHES[k % len(_DASHES)]
    style = f"fill:none;stroke:{_colour(k)};stroke-width:2"
    return f"{style};stroke-dasharray:{dash}" if dash else style


def _through(places: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{a:.1f} {b:.1f}" for a, b in places)
