"""Synthetic noise: how fast does each method break?"""

from __future__ import annotations

from xproj_ui import front_door
from xproj_ui.robustness_page import page

front_door.enter()
page.page()
