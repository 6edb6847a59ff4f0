"""The runs over a dataset, with their progress; redrawn by themselves while one is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.jobs.progress import Progress
from xproj_core.runs import configuration as configurations
from xproj_ui.address import links, query
from xproj_ui.datasets_page import obstacles, words
from xproj_ui.report_button import report_button
from xproj_ui.resources import run_worker, store
from xproj_ui.say import escaped, safely, say

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run

_EVERY = "1s"


def show(dataset: Dataset) -> None:
    """Newest first; nothing where nothing was run."""
    runs = store().runs.list(dataset.id)
    if not runs:
        return
    st.markdown("#### Runs")
    under_way = any(_under_way(run) for run in runs)
    st.fragment(_list, run_every=_EVERY if under_way else None)(dataset.id, under_way)


def stop_all(dataset: str) -> None:
    """Stop what runs over a dataset."""
    for run in store().runs.list(dataset):
        if _under_way(run):
            run_worker().stop(run.id)


def _under_way(run: Run) -> bool:
    return run_worker().is_under_way(run)


def _list(dataset: str, under_way: bool) -> None:
    runs = store().runs.list(dataset)
    if under_way != any(_under_way(run) for run in runs):
        st.rerun()  # the whole page, which begins to ask again, or stops
    for run in runs:
        with st.container(border=True, gap="small"):
            _show_run(run)


def _show_run(run: Run) -> None:
    progress = run_worker().progress(run.id)
    status, colour = words.state(run)
    if progress and run.state != "running":
        status, colour = "waiting" if "waiting" in progress.step else "starting", "blue"
    if progress is None and run.state == "running":
        progress = Progress(run.done, run.total)  # another process is at it
    if run.stop and progress is not None:
        status, colour = "stopping", "orange"
        progress = replace(progress, step=words.stopping(run))
    configuration = configurations.from_json(run.configuration)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(status, color=colour)
        st.markdown(escaped(words.describe(configuration)), width="stretch")
    if progress is not None:
        st.progress(min(progress.fraction, 1.0), text=str(progress))
    elif run.state == "finished":
        st.caption(words.finished(run))
    else:
        st.caption(words.so_far(run))
    if run.done:
        obstacles.show_silent(run)
    if run.problem:
        say(run.problem)
    _actions(run, under_way=progress is not None)


def _actions(run: Run, *, under_way: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if under_way:
            st.button(
                "Stop",
                key=f"run_stop_{run.id}",
                icon=":material/stop:",
                on_click=safely(_stop),
                args=(run.id,),
            )
            return
        if run.state != "finished":
            called = "Start" if run.state == "new" else "Resume"
            st.button(
                called,
                key=f"run_resume_{run.id}",
                icon=":material/play_arrow:",
                type="primary",
                on_click=safely(_start),
                args=(run.id,),
            )
        if run.done:
            _links(run)
            report_button([run.id], key=f"run_report_{run.id}")
        with st.popover("Details", type="tertiary"):
            _details(run)
        with st.popover("Delete", type="tertiary", icon=":material/delete:"):
            st.markdown("This removes the run and what it made. The data stay.")
            st.button(
                "Delete the run",
                key=f"run_delete_{run.id}",
                type="primary",
                on_click=safely(_remove),
                args=(run.id,),
            )


def _links(run: Run) -> None:
    """To the pages that show what came out."""
    query.link("analyse", "Analyse", links.to_analyse(run.id))
    query.link("review", "Review", links.to_review(run.dataset, run=run.id))
    query.link("robustness", "Robustness", links.to_robustness(run.dataset))


def _details(run: Run) -> None:
    st.markdown("**Signature**, to print with every figure:")
    st.code(run.signature, language=None, wrap_lines=True)
    st.caption("`xproj run --signature '…' --output DIR` runs it again.")
    rows: list[dict[str, object]] = [
        {"step": step.replace("_", " "), "seconds": spent} for step, spent in run.seconds.items()
    ]
    if rows:
        st.dataframe(rows, hide_index=True)


def _start(run: str) -> None:
    run_worker().start(run)


def _remove(run: str) -> None:
    from xproj_core.evaluate.analysis import analysis_cache

    store().runs.remove(run)
    analysis_cache.prune(store())


def _stop(run: str) -> None:
    run_worker().stop(run)
