"""What is asked: mode, text, languages, methods and their settings."""

from __future__ import annotations

import streamlit as st

from xproj_core.domain.codec import RawJson
from xproj_core.domain.parameters import Parameter
from xproj_core.drawing.wording import projector_title, title
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_ui import pivots
from xproj_ui.languages_menu import code, menu, named
from xproj_ui.project_page import answer, state
from xproj_ui.project_page.swap import swapped

_LONG = 300
_MODES = {
    Mode.LABEL.value: "Label a text",
    Mode.TRANSLATE.value: "Translate a labelled text",
}
_HELP = {
    Mode.LABEL.value: "The text is translated, its translation is tagged, and the labels are"
    " carried back. Labels in the text, as in `[Angela Merkel](PER)`, count as gold.",
    Mode.TRANSLATE.value: "The labelled text is translated and its labels are carried over. Type"
    " labels as in `[Angela Merkel](PER)`, paste CoNLL, or let the engine tag the text.",
}


def mode() -> None:
    """Which side is given."""
    st.segmented_control(
        "What to do",
        list(_MODES),
        key=state.key("mode"),
        format_func=_MODES.__getitem__,
        required=True,
        label_visibility="collapsed",
    )


def text() -> None:
    """The text to label or translate."""
    long = len(st.session_state[state.key("text")]) > _LONG
    st.text_area(
        "Text",
        key=state.key("text"),
        height=160 if long else 78,
        placeholder="Type or paste a sentence, then press Ctrl+Enter",
        label_visibility="collapsed",
    )


def help() -> None:
    """What the chosen mode does."""
    st.caption(_HELP[st.session_state[state.key("mode")] or Mode.LABEL.value])


def languages() -> None:
    """The text's language, the other one, the pivot, and a button that swaps the first two."""
    label = st.session_state[state.key("mode")] != Mode.TRANSLATE.value
    _language("target" if label else "source", "Language of the text")
    st.button(
        "",
        icon=":material/swap_horiz:",
        key="swap",
        help="Swap the languages; the translation becomes the text",
        on_click=_swap,
    )
    other, about = ("source", "Labels come from") if label else ("target", "Translate into")
    _language(other, about)
    _language("pivot", "Pivot", none=True)


def _language(name: str, label: str, none: bool = False) -> None:
    known = ["", *menu()] if none else list(menu())
    chosen = st.session_state[state.key(name)]
    if chosen not in known:
        known.append(chosen)
    st.selectbox(
        label,
        known,
        key=state.key(name),
        format_func=named,
        accept_new_options=True,
        on_change=_typed_language,
        args=(name,),
        width=160,
    )


def _typed_language(name: str) -> None:
    """Read what was typed; a pivot that goes with other languages gives way to one that can."""
    key = state.key(name)
    st.session_state[key] = code(st.session_state[key] or "")
    if name != "pivot":
        view = state.current()
        asked = view.question
        st.session_state[state.key("pivot")] = pivots.fitting(
            view.engine, asked.mode, asked.source, asked.target, asked.pivot or ""
        )


def _swap() -> None:
    view, last = state.current(), answer.last()
    is_whole_text = (
        last is not None and last.question.text == view.question.text
    )  # no part of a paragraph
    state.adopt(swapped(view, last.comparison if last and is_whole_text else None))


def settings() -> None:
    """Methods, projector, and the parameters of both."""
    with st.popover("Settings", icon=":material/tune:"):
        st.multiselect(
            "Methods shown",
            [entry.name for entry in methods.usable()],
            key=state.key("methods"),
            format_func=title,
            help="\n".join(f"- {title(e.name)}: {e.summary}" for e in methods.usable()),
        )
        for method in st.session_state[state.key("methods")]:
            _parameters(method, title(method), methods.parameters(method))
        st.divider()
        st.selectbox(
            "Projector: how links become labels",
            [entry.name for entry in projectors.usable()],
            key=state.key("projector"),
            format_func=projector_title,
        )
        projector = st.session_state[state.key("projector")]
        st.caption(projectors.entry(projector).summary + ".")
        _parameters(projector, "", projectors.parameters(projector))


def _parameters(whose: str, heading: str, known: tuple[Parameter, ...]) -> None:
    if known and heading:
        st.markdown(f"**{heading}**")
    places = st.columns(2, gap="medium") if known else []
    for k, parameter in enumerate(known):
        with places[k % 2]:
            parameter_widget(state.option_key(whose, parameter), parameter)


def parameter_widget(key: str, parameter: Parameter) -> None:
    """What sets one parameter, kept in the session under `key`.

    The value is written in every run: a browser that draws the control only later, when what it
    is in is opened, would else begin with the lowest value and report that as somebody's choice.
    """
    st.session_state[key] = st.session_state.get(key, parameter.default)
    label = parameter.name.replace("_", " ").capitalize()
    about: RawJson = {"key": key, "help": parameter.help}
    if parameter.choices:
        st.selectbox(label, parameter.choices, **about)
    elif parameter.type is bool:
        st.toggle(label, **about)
    elif parameter.type is str:
        st.text_input(label, **about)
    elif parameter.type is float and parameter.min is not None and parameter.max is not None:
        st.slider(
            label,
            float(parameter.min),
            float(parameter.max),
            step=float(parameter.step or 0.05),
            **about,
        )
    else:
        kind = parameter.type
        low = None if parameter.min is None else kind(parameter.min)
        high = None if parameter.max is None else kind(parameter.max)
        step = kind(parameter.step or (1 if kind is int else 0.05))
        st.number_input(label, low, high, step=step, **about)
