"""What is swept: data, systems, noises, rates, seeds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xproj_core import noise
from xproj_core.domain.errors import XProjError
from xproj_core.domain.limits import MAX_NOISE_SEEDS
from xproj_core.drawing.wording import MODES, title
from xproj_core.engines.presets import PRESETS
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_ui import engines
from xproj_ui.languages_menu import code, menu, named
from xproj_ui.robustness_page.data import Source
from xproj_ui.robustness_page.state import key

_OFFERED_RATES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
_NOISE_HELP = (
    "Type further ones in: with settings, as in `casing,kind=upper,where=entities`, or several that"
    " come together, as in `drop-words+drop-links`."
)

_MODE_HELP = (
    "Noise in text and tokens hits the sentence that one starts from, noise in translations the"
    " other. The labelled source's translation is always that of the data: a machine's has no"
    " labels by people to be scored by."
)
_ONE_WAY = (
    "The target is labelled. The other way, translating a labelled source, can be scored only where"
    " the data have both sides: a machine's translation has no labels by people."
)


def noise_title(text: str) -> str:
    """ "Alignment: word links missing" for "drop-links"; settings stay as they are written."""
    parts = []
    for part in text.split("+"):
        name, comma, rest = part.partition(",")
        try:
            summary = noise.noises.entry(name.strip()).summary
            layer = noise.layer_of(name.strip())
        except XProjError:
            return text
        parts.append(f"{layer.capitalize()}: {summary}" + (f" ({rest})" if comma else ""))
    return " + ".join(parts)


def controls(known: Sequence[Source]) -> None:
    """All of them; `known` are the datasets."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _dataset(known)
        _engine()
        _pivot()
        _projector()
    st.multiselect(
        "Methods",
        _options("methods", [entry.name for entry in methods.usable()]),
        key=key("methods"),
        format_func=title,
        accept_new_options=True,
        help="Type one with settings in: `pivot(direct_share=0.5)` mixes the direct links in.",
    )
    st.multiselect(
        "Noise",
        _options("noises", [entry.name for entry in noise.noises.usable()]),
        key=key("noises"),
        format_func=noise_title,
        accept_new_options=True,
        help=_NOISE_HELP,
    )
    _amounts()


def _amounts() -> None:
    """Rates, seeds, sentences."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Rates",
            _options("rates", _OFFERED_RATES),
            key=key("rates"),
            format_func=lambda r: f"{r:g}",
            width=330,
        )
        st.number_input(
            "Seeds",
            1,
            MAX_NOISE_SEEDS,
            key=key("seeds"),
            width=110,
            help="How many times each noise is put in, each time anew.",
        )
        st.number_input(
            "Sentences",
            0,
            None,
            key=key("sentences"),
            step=50,
            width=140,
            help="The first so many of the dataset; 0 for all.",
        )


def choose_given(source: Source) -> None:
    """What is done, and what is taken from the data, where there is a choice."""
    if not source.parallel:
        st.session_state[key("mode")] = Mode.LABEL
        st.caption(_ONE_WAY)
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mode = st.segmented_control(
            "What to do",
            list(MODES),
            key=key("mode"),
            required=True,
            format_func=MODES.__getitem__,
            help=_MODE_HELP,
        )
        if mode != Mode.TRANSLATE:
            st.toggle(
                "Translations of the data",
                key=key("translations"),
                help="Off: the engine translates the target side.",
            )
        if source.labelled:
            st.toggle(
                "Gold labels of the source",
                key=key("labels"),
                help="Off: the engine's tagger labels it.",
            )


def _options(name: str, known: Sequence[object]) -> list[object]:
    chosen = st.session_state[key(name)]
    return [*known, *(option for option in chosen if option not in known)]


def _dataset(known: Sequence[Source]) -> None:
    names = {s.id: s.name for s in known}
    chosen = st.session_state[key("data")]
    ids = [*names, *([] if chosen in names else [chosen])]
    st.selectbox(
        "Dataset",
        ids,
        key=key("data"),
        width=300,
        format_func=lambda i: names.get(i, f"{i} (not here)"),
    )


def _engine() -> None:
    shelf = engines.shelf()
    names = [*PRESETS, *shelf.offered(), *shelf.loaded(), st.session_state[key("engine")]]
    st.selectbox(
        "Engine",
        list(dict.fromkeys(names)),
        key=key("engine"),
        width=150,
        format_func=engines.title,
    )


def _pivot() -> None:
    chosen = st.session_state[key("pivot")]
    known = ["", *menu()]
    st.selectbox(
        "Pivot",
        known if chosen in known else [*known, chosen],
        key=key("pivot"),
        width=160,
        format_func=named,
        accept_new_options=True,
        on_change=_typed_pivot,
    )


def _typed_pivot() -> None:
    st.session_state[key("pivot")] = code(st.session_state[key("pivot")] or "")


def _projector() -> None:
    st.selectbox(
        "Projector",
        [entry.name for entry in projectors.usable()],
        key=key("projector"),
        width=190,
        help="How links become labels.",
    )
