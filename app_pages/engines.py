"""Models, devices, memory."""

from __future__ import annotations

import streamlit as st

st.subheader("Engines")
