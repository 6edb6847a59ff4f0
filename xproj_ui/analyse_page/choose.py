"""Which runs, which labels, and what they were made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.evaluate.analysis.stored_answers import MOST
from xproj_core.runs import configuration as configurations
from xproj_ui.address import query
from xproj_ui.analyse_page import state, widgets
from xproj_ui.clock import local
from xproj_ui.resources import store
from xproj_ui.say import escaped, say

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run
    from xproj_ui.analyse_page.data import Data

LATEST = 8
"""Runs that are a click away where none is chosen."""


def runs() -> tuple[Run, ...]:
    """The runs that were chosen; none where there is nothing to choose from yet."""
    every = {run.id: run for run in store().runs.list() if run.done}
    names = {d.id: d for d in store().datasets.list()}
    if not every:
        _nothing_yet()
        return ()
    run_ids = state.view().run
    known = [r for r in run_ids if r in every]
    lost = [r for r in run_ids if r not in every]
    if lost:
        say(f"There is no run {lost[0][:40]}, or it has finished nothing yet.", "note")
    if known:
        dataset = every[known[0]].dataset
        offered = [id for id, run in every.items() if run.dataset == dataset]
    else:
        offered = list(every)
    chosen = widgets.choices(
        st.multiselect,
        "run",
        "Runs",
        offered,
        max_selections=MOST,
        format_func=lambda id: _called(every[id], names.get(every[id].dataset)),
        placeholder="Choose a run; several over one dataset can be compared",
    )
    if not chosen:
        st.caption("The latest:")
        for id in list(every)[:LATEST]:
            st.button(
                escaped(_called(every[id], names.get(every[id].dataset))),
                type="tertiary",
                key=f"an_latest_{id}",
                on_click=_choose,
                args=(id,),
            )
    return tuple(every[id] for id in chosen)


def _choose(run: str) -> None:
    state.change(run=(run,))


def _called(run: Run, dataset: Dataset | None) -> str:
    configuration = configurations.from_json(run.configuration)
    when = local(run.created)
    methods = ", ".join(dict.fromkeys(c.name for c in configuration.methods))
    projectors = ", ".join(dict.fromkeys(c.name for c in configuration.projectors))
    name = dataset.name if dataset is not None else run.dataset
    return f"{name} · {methods} · {projectors} · {when.day} {when:%b %H:%M}"


def _nothing_yet() -> None:
    st.markdown("#### Nothing to analyse yet")
    st.markdown(
        "Bring data in and run the methods over them. Where the data have gold labels, this page"
        " then scores every method, says where and why entities were lost, and compares the"
        " methods sentence by sentence."
    )
    query.link("datasets", "To the datasets", icon=":material/arrow_forward:")


def labels(dataset: Dataset) -> tuple[str, ...]:
    """Labels that do not count."""
    return widgets.choices(
        st.multiselect, "drop", "Labels left out", list(dataset.labels), placeholder="none"
    )


def made_with(chosen: tuple[Run, ...]) -> None:
    """The signature of every run, under what it explains."""
    for letter, run in zip("ABCDEFGH", chosen, strict=False):
        so_far = "" if run.done == run.total else f" · {run.done:,} of {run.total:,} sentences"
        before = f"{letter} · " if len(chosen) > 1 else ""
        st.caption(escaped(f"{before}{run.signature}{so_far}"))


def system_of(evaluation: Data) -> str:
    """The system that a view is about."""
    return widgets.choice(
        st.selectbox,
        "of",
        "System",
        evaluation.systems,
        forget=True,
        format_func=lambda s: evaluation.names[s],
    )
