"""An engine of one's own: three names from the registries."""

from __future__ import annotations

from typing import TypeVar

import streamlit as st

from xproj_core.align import aligners
from xproj_core.domain.registry import Registry
from xproj_core.tag import taggers
from xproj_core.translate import translators
from xproj_ui.engine_page.overview import use

_NONE = "none"
T = TypeVar("T")


def form() -> None:
    """Choose a back end per kind, name a checkpoint, load, use."""
    st.markdown(
        "Choose a back end for each part and name its checkpoint: a hub id such as"
        " `facebook/nllb-200-distilled-600M`, or a folder on this machine."
    )
    with st.form("own_engine", border=False):
        places = st.columns(3, gap="medium")
        with places[0]:
            translator = _part("Translator", translators)
        with places[1]:
            aligner = _part("Aligner", aligners)
        with places[2]:
            tagger = _part("Tagger", taggers, optional=True)
        on_target = st.checkbox(
            "The tagger also knows the target language",
            help="Then it can tag the target directly (model transfer, tagger candidates).",
        )
        pressed = st.form_submit_button("Load it and use it", type="primary")
    if pressed:
        use("|".join((translator, aligner, tagger, tagger if on_target else "")))


def _part(label: str, registry: Registry[T], optional: bool = False) -> str:
    names = [*registry.names(), *([_NONE] if optional else [])]
    chosen = st.selectbox(label, names, key=f"own_{registry.kind}")
    argument = st.text_input(
        f"{label}: checkpoint or file",
        key=f"own_{registry.kind}_argument",
        placeholder="empty: the one that ships with XProj, if any",
    )
    if chosen == _NONE:
        return ""
    return f"{chosen}:{argument.strip()}" if argument and argument.strip() else str(chosen)
