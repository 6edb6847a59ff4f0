"""One method: a column of tokens per sentence, entities as boxes, links as ribbons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xproj_core.drawing import svg
from xproj_core.drawing.colours import Palette
from xproj_core.drawing.fonts import em, shortened
from xproj_core.drawing.payload_types import (
    ColumnView,
    HopView,
    Payload,
    RowView,
    SentenceView,
    SpanView,
)

SIZE, BADGE, HEAD = 14.0, 9.5, 12.0
TOKEN, DENSE = 25.0, 20.0
GAP, TOP, OUT = 64.0, 26.0, 3.0
MOST_EM = 16.0


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a row's tokens stand: left edge, width, and each token's own left and right edge."""

    x: float
    width: float
    edges: list[tuple[float, float]]


def strand(
    data: Payload, column: ColumnView, palette: Palette, dense: bool = False
) -> tuple[list[str], float, float]:
    """The drawing, its width and its height; long sentences are set densely in any case."""
    rows = [(row, data["sentences"][row["sentence"]]) for row in column["rows"]]
    most = max((len(s["tokens"]) for _, s in rows), default=0)
    pitch = DENSE if dense or most > 40 else TOKEN
    sides: list[_Side] = []
    x = 0.0
    for k, (row, sentence) in enumerate(rows):
        sides.append(_side(row, sentence, x, middle=0 < k < len(rows) - 1))
        x = sides[-1].x + sides[-1].width + GAP
    parts: list[str] = []
    for (row, _), side in zip(rows, sides, strict=True):
        parts += _boxes(row, side, pitch, palette)
    for k, hop in enumerate(column["hops"]):
        parts += _ribbons(hop, rows[k : k + 2], sides[k : k + 2], pitch, palette)
    for k, ((row, sentence), side) in enumerate(zip(rows, sides, strict=True)):
        parts += _tokens(row, sentence, side, pitch, palette, 0 < k < len(rows) - 1)
    return parts, x - GAP if rows else 0.0, TOP + most * pitch


def _inner(row: RowView, token: int) -> list[SpanView]:
    return [s for s in row["spans"] if s["start"] == token]


def _badges(row: RowView, token: int) -> float:
    """Room for the labels that are written beside a token."""
    return sum(em(s["label"], bold=True) * BADGE * 1.06 + 17 for s in _inner(row, token))


def _side(row: RowView, sentence: SentenceView, x: float, *, middle: bool) -> _Side:
    reach = OUT * (row["lanes"] - 1)
    wide = [
        em(shortened(t, MOST_EM)) * SIZE + 16 + _badges(row, i)
        for i, t in enumerate(sentence["tokens"])
    ]
    head = em(_head(row), bold=True) * HEAD
    width = max([*wide, head]) + 2 * reach
    left = [x + (width - w) / 2 if middle else x + reach for w in wide]
    return _Side(x, width, [(a, a + w) for a, w in zip(left, wide, strict=True)])


def _head(row: RowView) -> str:
    return f"{row['name']} · {row['origin']}" if row["origin"] else row["name"]


def _rect(span: SpanView, row: RowView, side: _Side, pitch: float) -> tuple[float, float, float]:
    """Left, right and how far the box stands out."""
    out = OUT * (row["lanes"] - 1 - span["lane"])
    edges = side.edges[span["start"] : span["end"]]
    return min(a for a, _ in edges) - out, max(b for _, b in edges) + out, out


def _boxes(row: RowView, side: _Side, pitch: float, palette: Palette) -> Iterator[str]:
    for span in row["spans"]:
        left, right, out = _rect(span, row, side, pitch)
        top = TOP + span["start"] * pitch + 1 - min(out, 2)
        height = (span["end"] - span["start"]) * pitch - 2 + 2 * min(out, 2)
        colour = palette.label(span["label"])
        tint = 0.13 if row["lanes"] < 3 else 0.26 / row["lanes"]
        via = span["kind"] == "via"
        style = (
            f"fill:{colour};fill-opacity:{tint / 2 if via else tint:.3f};stroke:{colour};"
            f"stroke-opacity:.5{';stroke-dasharray:4 3' if via else ''}"
        )
        yield svg.box(left, top, right - left, height, style, 7, span["aria"])


def _tokens(
    row: RowView,
    sentence: SentenceView,
    side: _Side,
    pitch: float,
    palette: Palette,
    middle: bool,
) -> Iterator[str]:
    x = side.x + side.width / 2 if middle else side.x
    yield svg.label(
        x, 12, _head(row), palette.soft, HEAD, weight=600, anchor="middle" if middle else None
    )
    for i, word in enumerate(sentence["tokens"]):
        left, right = side.edges[i]
        base = TOP + i * pitch + pitch / 2 + 5
        shown = shortened(word, MOST_EM)
        yield svg.label(
            left + 8,
            base,
            shown,
            palette.ink,
            SIZE,
            rtl=sentence["dir"] == "rtl",
            language=sentence["language"],
            title=word if shown != word else "",
        )
        yield from _labels(row, i, right, base, palette)


def _labels(row: RowView, token: int, right: float, base: float, palette: Palette) -> Iterator[str]:
    """The labels of the spans that begin at a token, in badges up to its right edge."""
    at = right - 4 - _badges(row, token)
    for span in _inner(row, token):
        room = em(span["label"], bold=True) * BADGE * 1.06 + 17
        colour = palette.label(span["label"])
        style = f"fill:{colour};fill-opacity:.15"
        yield svg.box(at + 3, base - 12.5, room - 7, 15, style, 5)
        yield svg.label(
            at + room / 2 - 0.5,
            base - 1.5,
            span["label"],
            colour,
            BADGE,
            weight=700,
            anchor="middle",
            spacing=0.4,
        )
        at += room


def _ribbons(
    hop: HopView,
    rows: Sequence[tuple[RowView, SentenceView]],
    sides: Sequence[_Side],
    pitch: float,
    palette: Palette,
) -> Iterator[str]:
    source_edges, other = (
        _edges(row, side, pitch) for (row, _), side in zip(rows, sides, strict=True)
    )
    for link in hop["links"]:
        i, j = link["source"], link["target"]
        words = rows[0][1]["tokens"][i], rows[1][1]["tokens"][j]
        colour = palette.label(link["label"]) if link["label"] else palette.link
        opacity = 0.18 + 0.6 * link["score"] + (0.15 if link["label"] else 0)
        style = (
            f"fill:none;stroke:{colour};stroke-width:{0.8 + 3.2 * link['score']:.2f};"
            f"stroke-opacity:{opacity:.2f};stroke-linecap:round"
        )
        ends = (
            source_edges[i][1] + 2,
            _middle(i, i + 1, pitch),
            other[j][0] - 2,
            _middle(j, j + 1, pitch),
        )
        yield _curve(*ends, style, f"{words[0]} – {words[1]} {link['score']:.2f}")
    for bond in hop["bonds"]:
        (a, b), (c, d) = bond["source"], bond["target"]
        style = (
            f"fill:none;stroke:{palette.label(bond['label'])};stroke-width:2;"
            "stroke-dasharray:2 6;stroke-linecap:round"
        )
        yield _curve(
            source_edges[a][1] + 2,
            _middle(a, b, pitch),
            other[c][0] - 2,
            _middle(c, d, pitch),
            style,
            bond["label"],
        )


def _edges(row: RowView, side: _Side, pitch: float) -> list[tuple[float, float]]:
    """Each token's edges, or those of the boxes around it."""
    edges = list(side.edges)
    for span in row["spans"]:
        left, right, _ = _rect(span, row, side, pitch)
        for i in range(span["start"], span["end"]):
            edges[i] = min(edges[i][0], left), max(edges[i][1], right)
    return edges


def _middle(start: int, end: int, pitch: float) -> float:
    return TOP + (start + end) / 2 * pitch


def _curve(x1: float, y1: float, x2: float, y2: float, style: str, title: str) -> str:
    mx = (x1 + x2) / 2
    path = f"M{x1:.1f} {y1:.1f}C{mx:.1f} {y1:.1f} {mx:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return svg.tag("path", svg.tag("title", svg.text(title)), d=path, style=style)
