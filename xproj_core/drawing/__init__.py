"""What a drawing of a comparison shows, as plain JSON: the page and the report draw from it."""

from __future__ import annotations

from xproj_core.drawing.payload import payload

__all__ = ["payload"]
