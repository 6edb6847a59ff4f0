"""Confidence that is fitted to what was corrected, and the queue that follows it."""

from __future__ import annotations

import streamlit as st

from xproj_core.review.desk import Desk
from xproj_core.review.own_confidence import fit_to_corrections, forget
from xproj_core.text.strings import counted
from xproj_ui.review_page import prepare, who
from xproj_ui.say import safely, say


def panel(desk: Desk) -> None:
    """What the queue's confidence was fitted on, and two buttons."""
    model, own = desk.model, bool(desk.settings.confidence)
    st.markdown("**Confidence**")
    if own:
        entities = counted(model.entities, "entity", "entities")
        sentences = counted(model.sentences, "finished sentence")
        say(f"Fitted to {entities} on {sentences} of this dataset. The queue follows it.", "quiet")
    else:
        say(
            "Not fitted to this dataset yet: it orders labels better than it counts them. Finished"
            " sentences say how good the systems are here.",
            "quiet",
        )
    with st.container(horizontal=True):
        st.button(
            "Fit it to the finished sentences",
            key="review_fit_confidence",
            on_click=safely(_fit),
            args=(desk,),
            disabled=not who.may_act(),
        )
        if own:
            st.button(
                "Forget that",
                key="review_forget_confidence",
                type="tertiary",
                on_click=safely(_forget),
                args=(desk,),
                disabled=not who.may_act(),
            )


def _fit(desk: Desk) -> None:
    fit_to_corrections(desk)
    prepare.again(desk.dataset)


def _forget(desk: Desk) -> None:
    forget(desk)
    prepare.again(desk.dataset)
