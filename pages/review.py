"""Correct what projection got wrong: sentence by sentence, safely, from the keyboard."""

from __future__ import annotations

from xproj_ui import front_door
from xproj_ui.review_page import page

front_door.enter()
page.show()
