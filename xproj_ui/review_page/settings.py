"""How a dataset is reviewed: whose labels are corrected, and whether everybody does it alone."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from xproj_core.annotation.settings import Settings
from xproj_core.domain.errors import XProjError
from xproj_core.review.desk import Desk
from xproj_core.runs import configuration as configurations
from xproj_ui.clock import day_and_clock
from xproj_ui.resources import store
from xproj_ui.review_page import prepare, state, who
from xproj_ui.say import safely, say

_CHANGED = "review_way_changed"
_ONE, _RUN, _SYSTEM, _DOUBLE = "", "review_run", "review_system", "review_double"


def panel(desk: Desk) -> None:
    """Three choices; sentences that somebody has begun keep what they had."""
    fixed = not who.may_act()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _run_choice(desk, fixed)
        _system_choice(desk, fixed)
    st.session_state[_DOUBLE] = desk.settings.double
    st.toggle(
        "Double annotation: everybody corrects a version of their own",
        key=_DOUBLE,
        on_change=safely(_set),
        args=(desk,),
        disabled=fixed,
        help="Without seeing the others'. The curated one comes from theirs.",
    )
    if st.session_state.pop(_CHANGED, False):
        st.rerun()  # the whole page: the queue is another one
    say("Sentences that somebody has begun keep the labels that they began with.", "quiet")


def _run_choice(desk: Desk, fixed: bool) -> None:
    runs = store().runs.list(desk.dataset.id)
    if not runs:
        return
    names = {_ONE: "what came with the sentences"}
    names |= {r.id: f"run of {day_and_clock(r.created)}" for r in runs}
    st.session_state[_RUN] = desk.settings.run if desk.settings.run in names else _ONE
    st.selectbox(
        "Correct the labels of",
        list(names),
        key=_RUN,
        width=300,
        format_func=names.__getitem__,
        on_change=safely(_set),
        args=(desk,),
        disabled=fixed,
    )


def _system_choice(desk: Desk, fixed: bool) -> None:
    systems = _systems(desk)
    if len(systems) < 2:
        return
    st.session_state[_SYSTEM] = _now(desk)
    st.selectbox(
        "Made by",
        systems,
        key=_SYSTEM,
        on_change=safely(_set),
        args=(desk,),
        width=300,
        disabled=fixed,
        help="The others' labels are shown below the sentence.",
    )


def take_up(desk: Desk) -> None:
    """A link may ask for the labels of a run, or of one of its systems: they are shown if nobody
    has begun with others, to whoever may act."""
    run_id, system = state.request().run, state.request().system
    if (
        not run_id
        or not who.may_act()
        or (run_id == desk.settings.run and system in ("", _now(desk)))
    ):
        return
    known = {run.id for run in store().runs.list(desk.dataset.id)}
    if run_id not in known:
        say("The run that the link names is not here (any more), or is of another dataset.", "note")
        _stay()
    elif not store().documents.layers(desk.dataset.id):
        _use(desk, run_id, system)
        st.rerun()
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            what = "run" if run_id != desk.settings.run else "system"
            say(
                f"The link asks for the labels of another {what} than those corrected here.", "note"
            )
            st.button(
                f"Correct that {what}'s from now on",
                key="review_take_run",
                on_click=safely(_use),
                args=(desk, run_id, system),
            )
            st.button("Stay with these", key="review_stay", type="tertiary", on_click=_stay)


def _now(desk: Desk) -> str:
    """The system whose labels are corrected."""
    systems = _systems(desk)
    return desk.settings.system if desk.settings.system in systems else next(iter(systems), "")


def _use(desk: Desk, run: str, system: str) -> None:
    store().reviews.set(desk.dataset.id, replace(desk.settings, run=run, system=system))
    prepare.again(desk.dataset)
    _stay()


def _stay() -> None:
    state.forget_request()


def _systems(desk: Desk) -> list[str]:
    """The systems whose labels can be corrected."""
    if desk.settings.run:
        try:
            run = store().runs.get(desk.settings.run)
            return list(configurations.from_json(run.configuration).systems)
        except XProjError:
            return []
    for _, _, records in desk.material(0, 1):
        return list(records)
    return []


def _set(desk: Desk) -> None:
    state = st.session_state
    run = state.get(_RUN, desk.settings.run)
    system = state.get(_SYSTEM, desk.settings.system) if run == desk.settings.run else ""
    new: Settings = replace(desk.settings, run=run, system=system, double=state[_DOUBLE])
    store().reviews.set(desk.dataset.id, new)
    st.session_state[_CHANGED] = True
    if (new.run, new.system) != (desk.settings.run, desk.settings.system):
        prepare.again(desk.dataset)
    if new.double != desk.settings.double:
        state.change(layer=None)
