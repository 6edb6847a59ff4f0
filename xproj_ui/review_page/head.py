"""Above the sentence: which dataset, in which order, which of its sentences, and who corrects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from xproj_core.annotation.filter import Filter
from xproj_core.evaluate.errors.taxonomy import ABOUT
from xproj_core.store.datasets import Dataset
from xproj_core.text.strings import counted
from xproj_ui.address import review
from xproj_ui.resources import store
from xproj_ui.review_page import state, who

_ORDERS = {
    "number": "As in the dataset",
    "disagreement": "Most disagreement first",
    "confidence": "Least confident first",
}
_STATUS = {
    "": "all",
    "open": "not done",
    "new": "nobody has looked",
    "started": "begun",
    "done": "done",
}
_MARKS = {
    "": "whatever",
    "projected": "unchecked labels",
    "corrected": "corrected labels",
    "rejected": "rejected labels",
    "stale": "labels whose text changed",
}
Tags = Mapping[str, Mapping[str, int]]


def show(datasets: Sequence[Dataset], chosen: Dataset, sortable: bool) -> str:
    """The line of controls; gives the name of who is correcting, "" while nobody said it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {d.id: d.name for d in datasets}
        _choice("Dataset", "dataset", names, chosen.id, _room(names.values()), hidden=True)
        queue_filter = state.view().filter
        _seed("words", queue_filter.words)
        st.text_input(
            "Find",
            key="review_words",
            placeholder="Find words",
            width=140,
            on_change=_filtered,
            args=("words",),
            max_chars=200,
            label_visibility="collapsed",
        )
        _filters(chosen, queue_filter, sortable)
        return who.ask()


def _room(names: Iterable[str]) -> int:
    """Pixels for the longest name, within bounds; a phone gives what it has."""
    return min(420, max(200, 70 + 8 * max(map(len, names))))


def _seed(name: str, value: object) -> None:
    st.session_state[f"review_{name}"] = value


def _choice(
    label: str,
    name: str,
    options: Mapping[str, str],
    now: str,
    width: int = 260,
    *,
    hidden: bool = False,
) -> None:
    _seed(name, now if now in options else next(iter(options)))
    st.selectbox(
        label,
        list(options),
        key=f"review_{name}",
        format_func=options.__getitem__,
        on_change=_dataset if name == "dataset" else _filtered,
        args=() if name == "dataset" else (name,),
        width=width,
        label_visibility="collapsed" if hidden else "visible",
    )


def _dataset() -> None:
    state.change(dataset=st.session_state["review_dataset"], item=None, layer=None)


def _filtered(name: str) -> None:
    value = st.session_state[f"review_{name}"]
    state.filter_by(replace(state.view().filter, **{name: value}))


def _filters(chosen: Dataset, queue_filter: Filter, sortable: bool) -> None:
    bare = Filter(order=queue_filter.order, words=queue_filter.words)
    n = review.filters_set(queue_filter) - review.filters_set(bare)
    with st.popover(
        f"Queue · {counted(n, 'filter')}" if n else "Queue", icon=":material/filter_list:"
    ):
        if sortable:
            _choice("Order", "order", _ORDERS, queue_filter.order)
        _choice("Sentences", "status", _STATUS, queue_filter.status)
        _choice("With", "marks", _MARKS, queue_filter.marks)
        tags = store().reviews.tags(chosen.id) if sortable else {}
        _tagged(
            "Label",
            "label",
            tags.get("label") or dict.fromkeys(chosen.labels, 0),
            queue_filter.label,
        )
        if tags.get("error"):
            _tagged("Error of the projection", "error", tags["error"], queue_filter.error)
        people = dict.fromkeys(store().documents.people(chosen.id), 0)
        if people or queue_filter.annotator:
            _tagged("Changed by", "annotator", people, queue_filter.annotator)
        if sortable:
            _toggle("The methods disagree", "disagreeing", queue_filter.disagreeing)
            _toggle("An entity landed nowhere", "lost", queue_filter.lost)
            _seed("below", queue_filter.below if queue_filter.below is not None else 1.0)
            st.slider(
                "Least certain label below",
                0.0,
                1.0,
                step=0.05,
                key="review_below",
                on_change=_below,
            )
        if n:
            st.button("Show all", on_click=state.filter_by, args=(bare,), key="review_all")


def titles() -> dict[str, str]:
    """Kinds of errors as people call them."""
    return {kind.value: about.title for kind, about in ABOUT.items()}


def _toggle(label: str, name: str, now: bool) -> None:
    _seed(name, now)
    st.toggle(label, key=f"review_{name}", on_change=_filtered, args=(name,))


def _below() -> None:
    value = st.session_state["review_below"]
    state.filter_by(replace(state.view().filter, below=value if value < 1 else None))


def _tagged(label: str, name: str, counts: Mapping[str, int], now: str) -> None:
    shown = {"": "any"} | {
        value: f"{titles().get(value, value)} ({n:,})" if n else value
        for value, n in counts.items()
    }
    if now and now not in shown:
        shown[now] = now
    _choice(label, name, shown, now)
