"""Correct what projection got wrong: sentence by sentence, safely, from the keyboard."""

from __future__ import annotations

from xproj_ui import entry
from xproj_ui.review_page import page

entry.enter()
page.show()
