"""The front door: streamlit run app.py"""

from __future__ import annotations

import streamlit as st

from xproj_ui import entry
from xproj_ui.address.project_view import start
from xproj_ui.engines import DEFAULT, freeze_loaded_modules, shelf
from xproj_ui.project_page import state
from xproj_ui.review_page import login

# A file of our own: Streamlit would fetch the picture of a named icon from another host.
st.set_page_config(page_title="XProj", page_icon="xproj_ui/icon.svg", layout="wide")
st.logo("xproj_ui/logo.svg", size="large")
# A text box runs in the direction of what is typed into it; a long name in a list ends in dots
# where there is no room for more; a wide table scrolls by itself, not the page with it.
st.html(
    "<style>textarea { unicode-bidi: plaintext; }"
    " [data-testid=stSelectbox] input, [data-testid=stSelectboxVirtualDropdown] [role=option] > div"
    " { display: block; align-content: center; overflow: hidden; text-overflow: ellipsis; }"
    " [data-testid=stMarkdownContainer] table { display: block; max-inline-size: 100%;"
    " overflow-x: auto; }</style>"
)
shelf().warm(DEFAULT, start().question)
freeze_loaded_modules()
page = st.navigation(
    [
        st.Page("pages/project.py", title="Project", default=True),
        st.Page("pages/datasets.py", title="Datasets"),
        st.Page("pages/analyse.py", title="Analyse"),
        st.Page("pages/review.py", title="Review"),
        st.Page("pages/robustness.py", title="Robustness"),
        st.Page("pages/engines.py", title="Engines"),
    ],
    position="top",
)
state.restore(at_home=page.url_path == "")
if page.url_path == "":
    login.come_back()
with entry.opened():
    page.run()
