"""The page, from the choice of runs to the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_ui.address import analyse
from xproj_ui.analyse_page import (
    choose,
    confidence,
    data,
    differences,
    errors,
    flow,
    scores,
    sentences,
    slices,
    widgets,
)
from xproj_ui.report_button import report_button
from xproj_ui.resources import store
from xproj_ui.say import say

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.runs import Run

VIEWS = {
    "scores": "Scores",
    "errors": "Errors",
    "flow": "Flow",
    "confusion": "Confusion",
    "slices": "Slices",
    "differences": "Differences",
    "confidence": "Confidence",
}
_NO_GOLD = (
    "The target sentences have no gold labels, so there is nothing to score them against. Review"
    " can make some."
)


def show() -> None:
    """Everything; an error that a person can do something about is shown as a sentence."""
    analyse.enter()
    try:
        _show()
    except XProjError as error:
        say(str(error))


def _show() -> None:
    left, right = st.columns([3, 1])
    with left:
        runs = choose.runs()
    if not runs:
        return
    dataset = store().datasets.get(runs[0].dataset)
    with right:
        ignore = choose.labels(dataset)
    evaluation = data.load(tuple(run.id for run in runs), ignore)
    if evaluation is None:
        return
    choose.made_with(runs)
    _say_silent(evaluation, runs)
    if evaluation.analysis.silent == evaluation.systems:
        return
    if not evaluation.analysis.n_scored:
        say(_NO_GOLD, "note")
    with st.container(horizontal=True, vertical_alignment="center"):
        view = widgets.choice(
            st.segmented_control,
            "show",
            "View",
            tuple(VIEWS),
            forget=True,
            format_func=lambda name: VIEWS[name],
            label_visibility="collapsed",
            wrap=True,
        )
        report_button([run.id for run in runs], ignore, key="an_report")
    sentences.announce(evaluation)
    if view == "confidence":
        confidence.show(evaluation, tuple(run.id for run in runs), ignore)
    else:
        _show_view(view, evaluation, dataset)
    sentences.show(evaluation, runs, ignore)


def _say_silent(evaluation: data.Data, runs: tuple[Run, ...]) -> None:
    for system, reason in data.silent(evaluation, tuple(run.id for run in runs)).items():
        say(f"{system} answered no sentence, so it has no figures here. {reason}".strip(), "note")


def _show_view(view: str, evaluation: data.Data, dataset: Dataset) -> None:
    if view == "scores":
        scores.show(evaluation, dataset.name, dataset.target_language)
    elif view == "errors":
        errors.kinds(evaluation)
    elif view == "flow":
        flow.show(evaluation)
    elif view == "confusion":
        errors.matrix(evaluation)
    elif view == "slices":
        slices.show(evaluation)
    else:
        differences.show(evaluation)
