"""The view in the session.

Widgets hold it while the page is open, `view` holds it from run to run, the address holds it
for everybody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from xproj_core.answers.one_sentence import Question, Typed
from xproj_core.domain.defaults import DEFAULT_METHODS
from xproj_core.domain.parameters import Parameter, changed
from xproj_core.methods import SLOTS, Mode, methods
from xproj_core.project import projectors
from xproj_ui.address import project, query
from xproj_ui.address.project_view import View

VIEW, EDITS, ASIDE, WARNINGS = "view", "edits", "edits_aside", "link_warnings"
T = TypeVar("T")
_ELSEWHERE = "was_elsewhere"
_WRITTEN = query.Written("url_written", 3)
_PIVOT_SLOTS = ("pivot", "pivot-source")


def key(name: str) -> str:
    """The widget key of a part of the question."""
    return f"q_{name}"


def option_key(whose: str, parameter: Parameter) -> str:
    """The widget key of a parameter of a method or projector."""
    return f"o_{whose}_{parameter.name}"


def restore(*, at_home: bool = True) -> None:
    """Before any widget: take the view from the address at first, from the session later.

    On other pages (not `at_home`) the address is theirs, and its parameters are still there
    when one comes back; a link to a view of this page always has a text.
    """
    state = st.session_state
    parameters = query.parameters() if at_home else {}
    if state.get(_ELSEWHERE) and "text" not in parameters:
        parameters = {}
    state[_ELSEWHERE] = not at_home
    if VIEW not in state:
        _from_address(parameters)
    elif parameters and not _WRITTEN.holds(parameters) and current() == state[VIEW]:
        # Somebody put another link into the address; a widget that changed would come first.
        _from_address(parameters)
    else:
        _seed(state[VIEW], only_missing=True)


def _from_address(parameters: Mapping[str, str]) -> None:
    view, warnings = project.decode(parameters)
    st.session_state[WARNINGS] = warnings
    _WRITTEN.begin(parameters)
    adopt(view)


def adopt(view: View) -> None:
    """Make `view` the one that is shown; only before its widgets are drawn."""
    st.session_state[VIEW] = view
    st.session_state[EDITS] = dict(view.question.edits)
    st.session_state.pop(ASIDE, None)
    _seed(view, only_missing=False)


def _seed(view: View, *, only_missing: bool) -> None:
    question = view.question
    values: dict[str, object] = {
        key("mode"): question.mode.value,
        key("text"): question.text,
        key("source"): question.source,
        key("target"): question.target,
        key("pivot"): question.pivot or "",
        key("engine"): view.engine,
        key("methods"): list(question.methods),
        key("projector"): question.projector,
        key("sentence"): view.sentence,
    }
    values |= _option_values(
        question.projector, projectors.parameters(question.projector), question.projector_options
    )
    for method in question.methods:
        options = question.method_options.get(method, {})
        values |= _option_values(method, methods.parameters(method), options)
    for name, value in values.items():
        # Written even where it is there already: Streamlit forgets the widgets of a page that
        # is left, but not what was put into the session.
        st.session_state[name] = st.session_state.get(name, value) if only_missing else value


def _option_values(
    whose: str, known: tuple[Parameter, ...], values: Mapping[str, object]
) -> dict[str, object]:
    return {option_key(whose, p): values.get(p.name, p.default) for p in known}


def current() -> View:
    """The view as the widgets have it now."""
    state = st.session_state
    before: View = state[VIEW]
    old = before.question
    mode = Mode(state.get(key("mode")) or old.mode)
    names = tuple(state.get(key("methods")) or DEFAULT_METHODS)
    projector = state.get(key("projector")) or old.projector
    question = Question(
        mode=mode,
        text=_or(state.get(key("text")), old.text),
        source=state.get(key("source")) or old.source,
        target=state.get(key("target")) or old.target,
        pivot=_or(state.get(key("pivot")), old.pivot) or None,
        methods=names,
        method_options={
            m: options for m in names if (options := _options(m, methods.parameters(m)))
        },
        projector=projector,
        projector_options=_options(projector, projectors.parameters(projector)),
        edits={s: e for s, e in state[EDITS].items() if s in SLOTS[mode]},
    )
    return replace(
        before,
        question=question,
        engine=state.get(key("engine")) or before.engine,
        sentence=state.get(key("sentence")),
    )


def _or(value: T | None, otherwise: T) -> T:
    return otherwise if value is None else value


def _options(whose: str, known: tuple[Parameter, ...]) -> dict[str, object]:
    state = st.session_state
    values = {p.name: state.get(option_key(whose, p)) for p in known}
    return changed(known, {name: value for name, value in values.items() if value is not None})


def collect() -> View:
    """After the widgets: the view, with edits that no longer fit put aside, written down."""
    before: View = st.session_state[VIEW]
    view = current()
    if view.question.text != before.question.text:
        st.session_state[key("sentence")] = None  # it was one of another text
        view = current()
    moved = before.sentence not in (None, view.sentence)
    if view.question != before.question or view.engine != before.engine or moved:
        _put_aside(before.question, view.question, moved)
        view = replace(current(), selected=None)
    st.session_state[VIEW] = view
    write_address(view)
    return view


def _put_aside(before: Question, now: Question, moved: bool) -> None:
    """Translations that a person typed belong to the text and languages they were typed for."""
    edits: dict[str, Typed] = st.session_state[EDITS]
    unfit: set[str] = set()
    names = ("mode", "text", "source", "target")
    if moved or any(getattr(before, n) != getattr(now, n) for n in names):
        unfit = set(edits)
    elif before.pivot != now.pivot:
        unfit = set(edits).intersection(_PIVOT_SLOTS)
    if unfit:
        st.session_state[ASIDE] = {slot: edits[slot] for slot in unfit}
        st.session_state[EDITS] = {s: e for s, e in edits.items() if s not in unfit}


def choose_engine(name: str) -> None:
    """Use an engine from the next run on, also where its menu is on the screen already."""
    view = replace(st.session_state[VIEW], engine=name)
    st.session_state[VIEW] = view
    st.session_state.pop(key("engine"), None)


def bring_back() -> None:
    """Use the edits that were put aside."""
    st.session_state[EDITS] |= st.session_state.pop(ASIDE, {})


def look(selected: str | None, drawing: str) -> None:
    """Another entity, or ribbons instead of the matrix."""
    view = replace(st.session_state[VIEW], selected=selected, drawing=drawing)
    st.session_state[VIEW] = view
    write_address(view)


def write_address(view: View) -> None:
    """Put the view into the address, unless no address can hold it."""
    parameters = project.encode(view)
    if project.too_long(parameters):
        parameters = {}
    if query.put(parameters):
        _WRITTEN.add(parameters)
