"""Writing SVG: every text and attribute escaped, and whatever XML cannot hold replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from xproj_core.drawing.colours import Palette
from xproj_core.drawing.fonts import BASE, families

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Value = str | float


def text(content: str) -> str:
    """Character data; what XML 1.0 forbids (control characters, lone surrogates) becomes U+FFFD."""
    return escape(_UNWRITABLE.sub("\ufffd", content), {"\r": "&#13;"})


def tag(name: str, *children: str, **attributes: Value | None) -> str:
    """An element; `children` are markup. `stroke_width` gives stroke-width, `class_` class."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={_attribute(value)}"
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def label(
    x: float,
    y: float,
    content: str,
    fill: str,
    size: float,
    *,
    weight: int | None = None,
    anchor: str | None = None,
    spacing: float | None = None,
    rtl: bool = False,
    language: str = "",
    title: str = "",
) -> str:
    """A line of text with its baseline at `y`.

    Right-to-left text is isolated, so that its punctuation stands where it should while the
    line still begins at `x`.
    """
    shown = f"\u2067{content}\u2069" if rtl else content
    return tag(
        "text",
        tag("title", text(title)) if title else "",
        text(shown),
        x=x,
        y=y,
        font_size=size,
        font_weight=weight,
        text_anchor=anchor,
        letter_spacing=spacing,
        font_family=families(content, language),
        style=f"fill:{fill};white-space:pre",
    )


def box(
    x: float, y: float, width: float, height: float, style: str, radius: float = 7, title: str = ""
) -> str:
    """A rectangle with round corners."""
    return tag(
        "rect",
        tag("title", text(title)) if title else "",
        x=x,
        y=y,
        width=width,
        height=height,
        rx=radius,
        style=style,
    )


def document(
    width: float, height: float, parts: Iterable[str], palette: Palette, title: str, ground: bool
) -> str:
    """A picture of its own; with `ground` on the palette's page colour."""
    back = box(0, 0, width, height, f"fill:{palette.page}", 0) if ground else ""
    return tag(
        "svg",
        tag("title", text(title)),
        back,
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(width)} {_number(height)}",
        width=width,
        height=height,
        font_family=BASE,
        role="img",
    )


def _attribute(value: Value) -> str:
    return quoteattr(_UNWRITABLE.sub("\ufffd", value if isinstance(value, str) else _number(value)))


def _number(value: float) -> str:
    return f"{round(value, 1):g}" if abs(value) < 1e5 else str(round(value))
