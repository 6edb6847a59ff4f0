"""All datasets; or, where there are none, what to do first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.examples import dataset as example
from xproj_core.text.strings import counted
from xproj_ui.address.datasets import open_dataset, open_form
from xproj_ui.datasets_page import words
from xproj_ui.resources import store
from xproj_ui.say import escaped, safely

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset

_WHAT = (
    "Run the methods over whole datasets, see how good each is and where it fails, and correct"
    " what it got wrong."
)


def show() -> None:
    """The list, newest first."""
    datasets = store().datasets.list()
    st.markdown(_WHAT)
    if not datasets:
        _empty()
        return
    with st.container(horizontal=True):
        st.button(
            "Add data",
            type="primary",
            icon=":material/add:",
            key="ds_add",
            on_click=open_form,
        )
        _example_button(datasets)
    runs: dict[str, int] = {}
    for run in store().runs.list():
        runs[run.dataset] = runs.get(run.dataset, 0) + 1
    for dataset in datasets:
        with st.container(border=True, gap="xsmall"):
            _entry(dataset, runs.get(dataset.id, 0))


def _entry(dataset: Dataset, runs: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"**{escaped(dataset.name)}**",
            key=f"ds_open_{dataset.id}",
            type="tertiary",
            on_click=open_dataset,
            args=(dataset.id,),
        )
        if runs:
            st.badge(counted(runs, "run"), color="blue")
    st.caption(escaped(words.facts(dataset)))


def _empty() -> None:
    """Two ways to begin."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        st.markdown("#### Try it on an example")
        st.markdown(
            "Thirty German sentences with English and French translations, and labels by people"
            " on both sides: enough to run the methods in a minute and to look at what they miss."
        )
        st.button(
            "Use the example", type="primary", key="ds_example", on_click=safely(_add_example)
        )
    with right, st.container(border=True, height="stretch"):
        st.markdown("#### Bring your own")
        st.markdown(
            "A text file with a sentence a line, CoNLL, JSON lines, parallel text, or an export of"
            " an annotation tool. You see what was read before anything is kept."
        )
        st.button("Add data", key="ds_add", on_click=open_form)


def _example_button(datasets: list[Dataset]) -> None:
    if all(dataset.name != example.NAME for dataset in datasets):
        st.button("Add the example", key="ds_example", on_click=safely(_add_example))


def _add_example() -> None:
    """Store the example and open it."""
    dataset_id = store().datasets.add(
        example.NAME, example.items(), example.SOURCE, example.TARGET, example.LABELS, example.NOTES
    )
    open_dataset(dataset_id)
