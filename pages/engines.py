"""Models, devices, memory; an engine of one's own; teaching Mini a language."""

from __future__ import annotations

import streamlit as st

from xproj_ui import entry
from xproj_ui.engine_page import overview, own, teach

entry.enter()
st.markdown("An engine is a translator, an aligner and a tagger that work together.")
overview.presets()
with st.expander("Languages that Mini translates"):
    overview.mini_pairs()
with st.expander("In memory", expanded=True):
    overview.in_memory()
    overview.device()
with st.expander("Teach Mini a language"):
    teach.section()
with st.expander("Put your own engine together"):
    own.form()
with st.expander("Everything that is installed"):
    overview.back_ends()
