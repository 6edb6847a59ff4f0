"""One drawing of a whole comparison: where methods differ, their columns, and why."""

from __future__ import annotations

from xproj_ui.comparison.payload import payload

__all__ = ["payload"]
