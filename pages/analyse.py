"""Scores, where methods disagree, what went wrong, and the sentences behind every number."""

from __future__ import annotations

from xproj_ui import entry
from xproj_ui.analyse_page import page

entry.enter()
page.show()
