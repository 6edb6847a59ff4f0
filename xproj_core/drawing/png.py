"""An SVG picture as PNG, without a browser: resvg, with the fonts of the system."""

from __future__ import annotations

from xproj_core.domain.errors import InputError

LARGEST = 12_000
"""Pixels; what is wider or taller is drawn smaller, so that memory stays bounded."""


def png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture, `zoom` pixels for each of its units.

    Fonts are the system's, chosen character by character; a script that no installed font
    writes is drawn as empty boxes (installing a Noto font for it helps). The SVG itself has no
    such limit: it is drawn with the fonts of whoever opens it.

    Raises:
        InputError: not an SVG picture.
    """
    import re

    import resvg_py

    size = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    if size is None:
        raise InputError("This is not a picture that XProj made: it has no viewBox.")
    largest = max(float(size[1]), float(size[2]))
    try:
        image: bytes = resvg_py.svg_to_bytes(svg_string=svg, zoom=min(zoom, LARGEST / largest))
    except ValueError as error:
        raise InputError(f"The picture cannot be drawn: {error}.") from error
    return image
