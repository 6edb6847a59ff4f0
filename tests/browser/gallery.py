"""The drawing on comparisons made by hand: `PYTHONPATH=. streamlit run tests/browser/gallery.py`.

`?sample=arabic` chooses one, `all` draws every one; `&view=heat` and `&selected=direct:1` say
what is open.
"""

from __future__ import annotations

import streamlit as st

from tests.browser.samples import SAMPLES
from xproj_core.drawing import payload
from xproj_ui.comparison.component import show

st.set_page_config(layout="wide")
query = st.query_params
name = query.get("sample", "german")
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
for sample in SAMPLES if name == "all" else [name]:
    data = payload(
        SAMPLES[sample](),
        selected=query.get("selected"),
        view="heat" if query.get("view") == "heat" else "ribbons",
    )
    shown = show(data, key=f"gallery-{sample}")
st.text(
    f"runs={st.session_state['runs']}; selected={shown.selected}; view={shown.view};"
    f" edit={shown.edit}"
)
