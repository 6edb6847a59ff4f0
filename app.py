"""The front door: streamlit run app.py"""

from __future__ import annotations

import streamlit as st

from xproj_ui import state
from xproj_ui.engines import DEFAULT, shelf

# A file of our own: Streamlit would fetch the picture of a named icon from another host.
st.set_page_config(page_title="XProj", page_icon="xproj_ui/icon.svg", layout="wide")
st.logo("xproj_ui/logo.svg", size="large")
# A text box runs in the direction of what is typed into it.
st.html("<style>textarea { unicode-bidi: plaintext; }</style>")
shelf().warm(DEFAULT)
# Not in a folder called pages/: Streamlit would run a page by itself, without this file, when a
# link to it is the first thing that a new server sees.
page = st.navigation(
    [
        st.Page("app_pages/project.py", title="Project", default=True),
        st.Page("app_pages/engines.py", title="Engines"),
    ],
    position="top",
)
state.restore()
page.run()
