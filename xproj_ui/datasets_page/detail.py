"""One dataset: what is in it, and what was run over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.domain.errors import StoreError
from xproj_core.text.strings import counted
from xproj_ui.address.datasets import open_list
from xproj_ui.datasets_page import new_run, run_list, words
from xproj_ui.datasets_page.sample import sample
from xproj_ui.resources import store
from xproj_ui.say import escaped, say

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset

_SHOWN = 4


def show(id: str) -> None:
    """The dataset with this id, or that there is none."""
    st.button(
        "All datasets",
        icon=":material/arrow_back:",
        type="tertiary",
        key="ds_back",
        on_click=open_list,
    )
    try:
        dataset = store().datasets.get(id)
    except StoreError as error:
        say(str(error))
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"### {escaped(dataset.name)}", width="content")
        _delete(dataset)
    st.markdown(escaped(words.facts(dataset)))
    for note in dataset.notes:
        say(note, "quiet")
    with st.expander("First sentences"):
        sample(store().datasets.items(dataset.id, 0, _SHOWN))
    run_list.show(dataset)
    new_run.show(dataset)


def _delete(dataset: Dataset) -> None:
    with st.popover("Delete", type="tertiary", icon=":material/delete:"):
        runs = len(store().runs.list(dataset.id))
        st.markdown(
            f"This removes {counted(dataset.items, 'sentence')}, {counted(runs, 'run')} and"
            " every correction of them. It cannot be undone."
        )
        if st.button("Delete all of it", key=f"ds_delete_{dataset.id}", type="primary"):
            from xproj_core.evaluate.analysis import analysis_cache

            run_list.stop_all(dataset.id)
            store().datasets.remove(dataset.id)
            analysis_cache.prune(store())
            open_list()
            st.rerun()
