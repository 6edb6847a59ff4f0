"""Everything in the store as one file, and such a file back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_core.store import archive
from xproj_ui.resources import store
from xproj_ui.say import say

_DONE = "review_project_done"


def out() -> None:
    """The whole project, every dataset, run and correction with its history."""
    st.download_button(
        "The whole project (one file, ids kept)",
        _written,
        f"xproj-{date.today():%Y-%m-%d}.zip",
        "application/zip",
        key="review_project_out",
        on_click="ignore",
        type="tertiary",
        icon=":material/archive:",
    )


def _written() -> bytes:
    buffer = BytesIO()
    archive.dump(store(), buffer)
    return buffer.getvalue()


def back() -> None:
    """A project file from elsewhere."""
    with st.form("review_project", border=False, clear_on_submit=True):
        upload = st.file_uploader(
            "Project file of another XProj", type="zip", key="review_project_in"
        )
        pressed = st.form_submit_button("Put it in")
    if pressed and upload is not None:
        try:
            contents = archive.load(store(), upload, upload.name)
        except XProjError as error:
            say(str(error))
            return
        st.session_state[_DONE] = ", ".join(contents.datasets.values())
        st.rerun()
    done = st.session_state.pop(_DONE, None)
    if done:
        say(f"Put in: {done}.", "quiet")
