"""One target line with a track of labels for each method, wrapped to a width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xproj_core.drawing import svg
from xproj_core.drawing.colours import Palette
from xproj_core.drawing.fonts import em, shortened
from xproj_core.drawing.payload_types import Payload, SentenceView, SpanView, TrackView

SIZE, SMALL, BADGE = 15.0, 12.5, 10.0
WORD, LANE, BETWEEN = 25.0, 20.0, 14.0
MOST_EM = 18.0
Line = list[tuple[int, float, float]]  # token, left edge, width


def track_lines(data: Payload, palette: Palette, width: float) -> tuple[list[str], float]:
    """The drawing and its height; nothing where there is no target."""
    if data["target"] is None or not data["tracks"]:
        return [], 0.0
    sentence = data["sentences"][data["target"]]
    names = max(em(t["title"]) for t in data["tracks"]) * SMALL + 14
    parts: list[str] = []
    top = 0.0
    for line in _lines(sentence, _widths(sentence, data["tracks"]), names, width):
        height = WORD + sum(LANE * t["lanes"] for t in data["tracks"])
        parts += _words(sentence, line, data["disagreements"], top, height, palette)
        y = top + WORD
        for track in data["tracks"]:
            parts += _track(track, line, y, palette, sentence["dir"] == "rtl")
            y += LANE * track["lanes"]
        top = y + BETWEEN
    return parts, top - BETWEEN


def _widths(sentence: SentenceView, tracks: Sequence[TrackView]) -> list[float]:
    """Room for each word, and for the label of a span of one word."""
    wide = [em(shortened(t, MOST_EM)) * SIZE + 12 for t in sentence["tokens"]]
    for span in (s for t in tracks for s in t["spans"]):
        needed = em(span["label"], bold=True) * BADGE * 1.06 + 20
        have = sum(wide[span["start"] : span["end"]])
        for i in range(span["start"], span["end"]):
            wide[i] += max(0.0, needed - have) / (span["end"] - span["start"])
    return wide


def _lines(
    sentence: SentenceView, widths: Sequence[float], left: float, width: float
) -> list[Line]:
    """Tokens set in lines; right-to-left ones from the right edge of the longest."""
    lines: list[Line] = [[]]
    x = left
    for i, wide in enumerate(widths):
        if lines[-1] and x + wide > width:
            lines.append([])
            x = left
        lines[-1].append((i, x, wide))
        x += wide
    if sentence["dir"] == "ltr":
        return lines
    edge = max(x + wide for line in lines for _, x, wide in line)
    return [[(i, left + edge - x - wide, wide) for i, x, wide in line] for line in lines]


def _words(
    sentence: SentenceView,
    line: Line,
    differ: Sequence[int],
    top: float,
    height: float,
    palette: Palette,
) -> Iterator[str]:
    for i, x, wide in line:
        if i in differ:
            yield svg.box(x + 1, top, wide - 2, height, f"fill:{palette.bad};fill-opacity:.07", 5)
            yield svg.box(x + 1, top + WORD - 4, wide - 2, 2, f"fill:{palette.bad}", 0)
        word = sentence["tokens"][i]
        shown = shortened(word, MOST_EM)
        yield svg.label(
            x + wide / 2,
            top + 16,
            shown,
            palette.ink,
            SIZE,
            anchor="middle",
            rtl=sentence["dir"] == "rtl",
            language=sentence["language"],
            title=word if shown != word else "",
        )


def _track(track: TrackView, line: Line, y: float, palette: Palette, rtl: bool) -> Iterator[str]:
    yield svg.label(0, y + 14, track["title"], palette.soft, SMALL)
    for _, x, wide in line:
        for lane in range(track["lanes"]):
            style = f"fill:{palette.faint}"
            yield svg.box(x + 1, y + LANE * lane + 2, wide - 2, LANE - 4, style, 0)
    if track["note"]:
        yield svg.label(line[0][1] + 4, y + 14, track["note"], palette.soft, SMALL)
    places = {i: (x, wide) for i, x, wide in line}
    for span in track["spans"]:
        inside = [places[i] for i in range(span["start"], span["end"]) if i in places]
        if inside:
            yield from _span(span, inside, y + LANE * span["lane"], palette, line, rtl)


def _span(
    span: SpanView,
    inside: Sequence[tuple[float, float]],
    y: float,
    palette: Palette,
    line: Line,
    rtl: bool,
) -> Iterator[str]:
    """A bar with its label; where it goes on in another line its end is open there."""
    left = min(x for x, _ in inside) + 3
    right = max(x + wide for x, wide in inside) - 3
    before, after = span["start"] < line[0][0], span["end"] > line[-1][0] + 1
    if rtl:
        before, after = after, before
    left, right = left - 6 * before, right + 6 * after
    yield svg.box(
        left,
        y + 1,
        right - left,
        LANE - 3,
        f"fill:{palette.label(span['label'])}",
        4 if before or after else 8,
        span["aria"],
    )
    middle = (left + right) / 2
    fits = em(span["label"], bold=True) * BADGE * 1.06 <= right - left
    if fits:
        yield svg.label(
            middle,
            y + 13,
            span["label"],
            palette.on_label,
            BADGE,
            weight=700,
            anchor="middle",
            spacing=0.4,
        )
