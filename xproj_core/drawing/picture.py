"""A comparison as one SVG picture: where methods differ, and below it each method's links."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.drawing import svg
from xproj_core.drawing.colours import LIGHT, Palette
from xproj_core.drawing.column import strand
from xproj_core.drawing.fonts import em
from xproj_core.drawing.payload_types import ColumnView, Payload
from xproj_core.drawing.tracks import track_lines

MARGIN, PAD, GUTTER = 20.0, 16.0, 14.0
TITLE, SMALL = 15.0, 12.5
LEAST_WIDTH, PER_ROW = 640.0, 3


def picture(
    data: Payload,
    palette: Palette = LIGHT,
    *,
    title: str = "",
    columns: bool = True,
    ground: bool = True,
) -> str:
    """The whole drawing as an SVG document.

    Args:
        data: what `payload` made.
        title: names the picture for those who cannot see it; the target's words without it.
        columns: each method's strand as well, or only the line that compares them.
        ground: paint the page behind it; without, it takes the colour of what it lies on.
    """
    cards = [_card(data, c, palette) for c in data["columns"]] if columns else []
    rows = [cards[k : k + PER_ROW] for k in range(0, len(cards), PER_ROW)]
    wide = max((sum(c[1] for c in row) + GUTTER * (len(row) - 1) for row in rows), default=0.0)
    width = max(wide, LEAST_WIDTH if columns or _few(data) else 960.0)
    parts, y = _differ(data, palette, width)
    for first in range(0, len(cards), PER_ROW):
        row = cards[first : first + PER_ROW]
        spare = width - sum(w for _, w, _ in row) - GUTTER * (len(row) - 1)
        spare = spare / len(row) if len(row) == min(PER_ROW, len(cards)) else 0.0
        tallest = max(h for _, _, h in row)
        x = 0.0
        for k, (drawn, w, _) in enumerate(row, first):
            if spare:
                drawn = _card(data, data["columns"][k], palette, width=w + spare)[0]
            frame = f"fill:{palette.card};stroke:{palette.line}"
            parts.append(svg.box(x, y, w + spare, tallest, frame, 12))
            parts.append(_moved(drawn, x, y))
            x += w + spare + GUTTER
        y += tallest + GUTTER
    margin = MARGIN if ground else 1.0
    shift = _moved(parts, margin, margin)
    name = title or _words(data)
    size = width + 2 * margin, y - GUTTER + 2 * margin
    return svg.document(*size, [shift], palette, name, ground)


def column_picture(
    data: Payload, number: int, palette: Palette = LIGHT, dense: bool = False
) -> str:
    """One method's card alone, without a ground."""
    column = data["columns"][number]
    drawn, width, height = _card(data, column, palette, dense)
    frame = svg.box(0, 0, width, height, f"fill:{palette.card};stroke:{palette.line}", 12)
    shift = _moved([frame, *drawn], 1, 1)
    return svg.document(width + 2, height + 2, [shift], palette, column["title"], False)


def _few(data: Payload) -> bool:
    return data["target"] is None or len(data["sentences"][data["target"]]["tokens"]) < 9


def _moved(parts: Sequence[str], x: float, y: float) -> str:
    return svg.tag("g", *parts, transform=f"translate({x:.1f} {y:.1f})")


def _words(data: Payload) -> str:
    return "" if data["target"] is None else " ".join(data["sentences"][data["target"]]["tokens"])


def _differ(data: Payload, palette: Palette, width: float) -> tuple[list[str], float]:
    """The line that compares, in a card of its own, and where the next begins."""
    inner = width - 2 * PAD
    drawn, height = track_lines(data, palette, inner)
    if not drawn:
        return [], 0.0
    tall = height + 34 + PAD
    frame = svg.box(0, 0, width, tall, f"fill:{palette.card};stroke:{palette.line}", 12)
    head = svg.label(PAD, 24, "Where they differ", palette.ink, TITLE, weight=600)
    count = svg.label(width - PAD, 24, data["differ"], palette.soft, SMALL, anchor="end")
    return [frame, head, count, _moved(drawn, PAD, 36)], tall + GUTTER


def _card(
    data: Payload,
    column: ColumnView,
    palette: Palette,
    dense: bool = False,
    width: float = 0.0,
) -> tuple[list[str], float, float]:
    """A method's card without its frame, its width (at least `width`) and its height."""
    heading = em(column["title"], bold=True) * TITLE
    count_width = em(column["count"]) * SMALL
    parts = [svg.label(PAD, 26, column["title"], palette.ink, TITLE, weight=600)]
    if column["problem"] is not None:
        lines = _wrapped(column["problem"], max(300.0, width - 2 * PAD))
        parts += [
            svg.label(PAD, 50 + 18 * k, line, palette.soft, SMALL) for k, line in enumerate(lines)
        ]
        return parts, max(332.0, heading + 2 * PAD), 50 + 18.0 * len(lines) + PAD
    drawn, wide, height = strand(data, column, palette, dense)
    inner = max(
        wide, heading + count_width + 24, em(column["route"]) * SMALL, 260.0, width - 2 * PAD
    )
    parts.append(svg.label(PAD + inner, 26, column["count"], palette.soft, SMALL, anchor="end"))
    parts.append(svg.label(PAD, 45, column["route"].replace("↔", "–"), palette.soft, SMALL))
    parts.append(_moved(drawn, PAD + (inner - wide) / 2, 60))
    y = 60 + height + 14
    foot, tall = _foot(column, palette, inner)
    parts.append(_moved(foot, PAD, y))
    return parts, inner + 2 * PAD, y + tall + PAD


def _foot(column: ColumnView, palette: Palette, inner: float) -> tuple[list[str], float]:
    """How many entities were placed, and what became of the lost ones."""
    parts = [svg.tag("path", d=f"M0 0H{inner:.1f}", style=f"stroke:{palette.line}")]
    summary = ""
    for piece in column["summary"]:
        summary += ("" if not summary or piece["text"][0] in ":.," else " ") + piece["text"]
    sentences = [(summary, palette.ink)]
    sentences += [
        (f"{w['label']} {w['text']}, lost: {w['message'] or w['reason']}", palette.bad)
        for w in column["why"]
        if w["lost"]
    ]
    sentences += [(note, palette.soft) for note in column["notes"]]
    y = 20.0
    for sentence, colour in sentences:
        for line in _wrapped(sentence, inner):
            parts.append(svg.label(0, y, line, colour, SMALL))
            y += 18
    return parts, y - 14


def _wrapped(text: str, width: float) -> list[str]:
    """Lines of at most `width`; a word that is longer than a line is cut."""
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if em(longer) * SMALL <= width:
            lines[-1] = longer
            continue
        while em(word) * SMALL > width and len(word) > 1:
            cut = max(1, int(len(word) * width / (em(word) * SMALL)) - 1)
            lines.append(word[:cut])
            word = word[cut:]
        lines.append(word)
    return [line for line in lines if line]
