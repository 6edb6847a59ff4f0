"""Bring data in, run the methods over them."""

from __future__ import annotations

import streamlit as st

from xproj_core.domain.errors import StoreError
from xproj_ui import entry
from xproj_ui.address import datasets
from xproj_ui.datasets_page import add, detail, overview
from xproj_ui.say import say

entry.enter()
view = datasets.current()
try:
    if view.dataset:
        detail.show(view.dataset)
    elif view.adding:
        add.show()
    else:
        overview.show()
except StoreError as error:
    say(str(error))
    st.button("Try again", key="ds_again")
