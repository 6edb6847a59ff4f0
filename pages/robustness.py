"""Synthetic noise: how fast does each method break?"""

from __future__ import annotations

from xproj_ui import entry
from xproj_ui.robustness_page import page

entry.enter()
page.page()
