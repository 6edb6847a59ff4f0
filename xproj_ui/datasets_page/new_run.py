"""What a new run is to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from xproj_core.answers.choice import Choice, Kind
from xproj_core.answers.many_items import Given
from xproj_core.domain.defaults import DEFAULT_METHODS, DEFAULT_PROJECTOR
from xproj_core.domain.errors import XProjError
from xproj_core.domain.parameters import Scalar, changed
from xproj_core.drawing.wording import MODES, projector_title, title
from xproj_core.engines.presets import PRESETS
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_core.runs.configuration import RunConfiguration
from xproj_ui import pivots
from xproj_ui.datasets_page import obstacles
from xproj_ui.engines import DEFAULT, shelf
from xproj_ui.engines import title as engine_title
from xproj_ui.languages_menu import code, menu, name, named
from xproj_ui.project_page.controls import parameter_widget
from xproj_ui.resources import run_worker, store
from xproj_ui.say import say

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset


@dataclass(frozen=True, slots=True)
class _Has:
    """What a dataset has, as the form needs it."""

    source: bool
    target: bool
    gold_source: bool
    links: bool
    others: tuple[str, ...]


def show(dataset: Dataset) -> None:
    """The form; starts the run in the background."""
    counts = dataset.counts
    has = _Has(
        bool(counts.get("source")),
        bool(counts.get("target")),
        bool(counts.get("gold source")),
        bool(counts.get("links")),
        tuple(key.partition(" ")[2] for key in counts if key.startswith("other ")),
    )
    first = not store().runs.list(dataset.id)
    with st.expander("New run", expanded=first, key=f"new_{dataset.id}_{first}"):
        configuration = _form(dataset, has)
        obstacles.show(dataset, configuration)
        pressed = st.button(
            "Start the run", type="primary", key="new_start", icon=":material/play_arrow:"
        )
        if pressed:
            _begin(dataset, configuration)


def _form(dataset: Dataset, has: _Has) -> RunConfiguration:
    mode = _mode(has)
    chosen = st.multiselect(
        "Methods",
        [entry.name for entry in methods.usable()],
        default=list(DEFAULT_METHODS),
        format_func=title,
        key="new_methods",
    )
    projecting, engines = _makers()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = _language("Labels come from", dataset.source_language, has.source, "source", "en")
        target = _language("Labels go to", dataset.target_language, has.target, "target", None)
        pivot = _pivot(has, mode, (source, target), engines) if "pivot" in chosen else None
    given = _choose_given(has, mode)
    with st.popover("Options of methods and projectors", icon=":material/tune:"):
        method_choices = tuple(_choice("method", m, title(m)) for m in chosen)
        placing = tuple(_choice("projector", p, projector_title(p)) for p in projecting)
    return RunConfiguration(source, target, pivot, mode, engines, method_choices, placing, given)


def _mode(has: _Has) -> Mode:
    """What to do, asked where the data have both sides."""
    mode = Mode.LABEL if has.target else Mode.TRANSLATE
    if not (has.source and has.target):
        return mode
    return (
        st.segmented_control(
            "What to do",
            list(MODES),
            default=mode,
            format_func=MODES.__getitem__,
            required=True,
            key="new_mode",
        )
        or mode
    )


def _makers() -> tuple[list[str], tuple[str, ...]]:
    """Projectors and engines."""
    left, right = st.columns(2, gap="medium")
    with left:
        projecting = st.multiselect(
            "Projectors",
            [entry.name for entry in projectors.usable()],
            default=[DEFAULT_PROJECTOR],
            format_func=projector_title,
            key="new_projectors",
        )
    with right:
        known = list(dict.fromkeys([*PRESETS, *shelf().offered(), *shelf().loaded()]))
        engines = st.multiselect(
            "Engines", known, default=[DEFAULT], format_func=engine_title, key="new_engines"
        )
    return projecting, tuple(engines)


def _choice(kind: Kind, called: str, shown: str) -> Choice:
    """A method or projector with what was set here."""
    known = (methods if kind == "method" else projectors).parameters(called)
    if not known:
        return Choice(called)
    st.markdown(f"**{shown}**")
    places = st.columns(2, gap="medium")
    keys = {p.name: f"new_{kind}_{called}_{p.name}" for p in known}
    for k, parameter in enumerate(known):
        with places[k % 2]:
            parameter_widget(keys[parameter.name], parameter)
    values = {n: v for n, key in keys.items() if (v := st.session_state.get(key)) is not None}
    return Choice(called, cast("Mapping[str, Scalar]", changed(known, values)))


def _language(label: str, own: str, there: bool, key: str, otherwise: str | None) -> str:
    """The data's language where they have that side, else one to choose."""
    if there and own != "und":
        st.text_input(label, name(own), disabled=True, key=f"new_{key}_{own}", width=160)
        return own
    first = own if own != "und" else otherwise
    index = menu().index(first) if first in menu() else None
    chosen = st.selectbox(
        label,
        menu(),
        index=index,
        format_func=named,
        accept_new_options=True,
        placeholder="Choose a language",
        key=f"new_{key}",
        width=200,
    )
    return code(chosen or "") or "und"


def _pivot(has: _Has, mode: Mode, ends: tuple[str, str], engines: tuple[str, ...]) -> str | None:
    """A third language; those that the data have a sentence in come first, then those that the
    engines can speak."""
    every = list(dict.fromkeys((*has.others, "fr", "de", "es", *menu())))
    spoken = set(pivots.spoken(engines, mode, *ends, every))
    usable = [c for c in every if c not in ends]
    others = sorted(usable, key=lambda c: (c not in has.others, c not in spoken))
    chosen = st.selectbox(
        "Pivot",
        others,
        format_func=named,
        accept_new_options=True,
        key=f"new_pivot_{'_'.join(ends)}",
        width=200,
    )
    return code(chosen or "") or None


def _choose_given(has: _Has, mode: Mode) -> Given:
    """What is taken from the data; asked only where they have it."""
    parallel = (has.source and has.target) or bool(has.others)
    translations = parallel and st.toggle(
        "Use the translations in the data",
        True,
        key="new_translations",
        help="Otherwise the engine translates anew, as it would where there are none.",
    )
    labels = (
        has.gold_source
        and (translations or mode is Mode.TRANSLATE)
        and st.toggle(
            "Use people's labels on the source",
            True,
            key="new_labels",
            help="Otherwise the tagger labels it. People's labels are then projected as well, to"
            " tell the tagger's errors from those of projection.",
        )
    )
    links = (
        has.links
        and translations
        and st.toggle(
            "Use the word links in the data",
            False,
            key="new_links",
            help="Otherwise the aligner links the words, and the links in the data say how well.",
        )
    )
    return Given(bool(translations), bool(labels), bool(links))


def _begin(dataset: Dataset, configuration: RunConfiguration) -> None:
    from xproj_core.runs import runner

    try:
        with st.spinner("Reading the data …"):
            run_worker().start(runner.create(store(), dataset.id, configuration))
    except XProjError as error:
        say(str(error))
        return
    st.rerun()
