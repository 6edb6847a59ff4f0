"""Typing over any sentence of the chain, and correcting its labels."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xproj_core.answers.one_sentence import Typed
from xproj_core.domain.errors import XProjError
from xproj_core.drawing import wording
from xproj_core.formats.inline import parse_inline
from xproj_ui.project_page import state
from xproj_ui.project_page.slots import Slot
from xproj_ui.project_page.swap import marked
from xproj_ui.say import say

_PROBLEMS, _SAVED = "edit_problems", "edit_saved"


def panel(slots: Sequence[Slot]) -> None:
    """All sentences, ready to be typed over."""
    edits: dict[str, Typed] = st.session_state[state.EDITS]
    edited = sum(slot.name in edits for slot in slots)
    with st.expander(
        "Texts in between: type over a translation, or correct its labels",
        icon=":material/edit_note:",
        key="texts",
    ):
        if edited:
            st.caption(f"{edited} edited by you")
        _aside()
        places = st.columns(2, gap="medium")
        for k, slot in enumerate(slots):
            with places[k % 2]:
                editor(slot, "panel")


@st.dialog("Type over this text", width="large")
def dialog(slot: Slot) -> None:
    """One sentence by itself."""
    editor(slot, "dialog")
    st.button("Use this text", type="primary", key="use_text")
    if st.session_state.pop(_SAVED, False):
        st.rerun()


def _aside() -> None:
    aside = st.session_state.get(state.ASIDE)
    if aside:
        with st.container(horizontal=True, vertical_alignment="center"):
            say(
                "What you typed over the sentences before was put aside: the text or a language"
                " has changed since.",
                "note",
            )
            st.button("Use it here", key="bring_back", on_click=state.bring_back)


def editor(slot: Slot, place: str) -> None:
    """A box with the sentence; labels inline where they count."""
    edits: dict[str, Typed] = st.session_state[state.EDITS]
    typed = edits.get(slot.name)
    box, retag = f"edit_{place}_{slot.name}", f"retag_{place}_{slot.name}"
    problem = st.session_state.get(_PROBLEMS, {}).get(slot.name)
    if problem is None:
        st.session_state[box] = shown = _shown(slot, typed)
    else:
        shown = ""
    st.session_state[retag] = typed is not None and not typed.labelled
    st.text_area(
        _heading(slot, typed),
        key=box,
        height=92,
        on_change=_save,
        args=(slot, box, retag, shown),
        help="Labels are written as in `[Angela Merkel](PER)`." if slot.carries_labels else None,
        placeholder="Nothing here yet. Type a translation.",
    )
    if problem is not None:
        say(problem)
    if slot.carries_labels or typed or problem:
        _below(slot, box, retag, typed)


def _below(slot: Slot, box: str, retag: str, typed: Typed | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if slot.carries_labels and typed is not None:
            st.toggle(
                "Tag again",
                key=retag,
                on_change=_save,
                args=(slot, box, retag, ""),
                help="The engine labels the text, not you",
            )
        if typed is not None or slot.name in st.session_state.get(_PROBLEMS, {}):
            st.button(
                "Back to the machine's",
                key=f"reset_{box}",
                icon=":material/undo:",
                type="tertiary",
                on_click=_reset,
                args=(slot.name,),
            )


def _heading(slot: Slot, typed: Typed | None) -> str:
    """The title, and who made the sentence."""
    who = "edited" if typed else wording.origin(slot.origin)[0]
    return f"{slot.title} · {who}" if who else slot.title


def _shown(slot: Slot, typed: Typed | None) -> str:
    if typed is not None and (typed.labelled or not slot.carries_labels):
        return typed.text
    if slot.sentence is None:
        return typed.text if typed else ""
    return marked(slot.sentence if slot.carries_labels else slot.sentence.labelled(()))


def _save(slot: Slot, box: str, retag: str, shown: str) -> None:
    """Keep what was typed; what does not parse stays in its box until it does."""
    text = st.session_state[box]
    if text == shown:
        return
    problems = st.session_state.setdefault(_PROBLEMS, {})
    problems.pop(slot.name, None)
    if not text.strip():
        _reset(slot.name)
        return
    try:
        parse_inline(text, slot.language)
    except XProjError as error:
        problems[slot.name] = str(error)
        return
    labelled = slot.carries_labels and not st.session_state.get(retag, False)
    st.session_state[state.EDITS][slot.name] = Typed(text, labelled)
    st.session_state[_SAVED] = True


def _reset(name: str) -> None:
    st.session_state[state.EDITS].pop(name, None)
    st.session_state.get(_PROBLEMS, {}).pop(name, None)
    st.session_state[_SAVED] = True
