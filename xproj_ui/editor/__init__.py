"""The span and link editor: source above, target below; also to look at only."""

from __future__ import annotations

from xproj_ui.editor.component import Command, show
from xproj_ui.editor.read_only import show_read_only

__all__ = ["Command", "show", "show_read_only"]
