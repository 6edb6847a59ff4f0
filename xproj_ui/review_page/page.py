"""The review page, put together."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from xproj_core.annotation.settings import annotator
from xproj_core.domain.document_place import NAMES
from xproj_core.domain.errors import XProjError
from xproj_core.review.desk import GOLD, Desk
from xproj_core.review.surroundings import surroundings
from xproj_core.store.datasets import Dataset
from xproj_core.store.documents import Kept
from xproj_core.store.queue import Queue
from xproj_ui.editor.payload import Place
from xproj_ui.resources import store
from xproj_ui.review_page import (
    adjudicate,
    editing,
    empty,
    head,
    login,
    panels,
    prepare,
    progress,
    settings,
    state,
)
from xproj_ui.review_page.editing import Bench, Near, Step
from xproj_ui.review_page.progress import describe_position
from xproj_ui.say import say


def show() -> None:
    """Everything; problems as sentences."""
    state.restore()
    try:
        datasets = store().datasets.list()
        if not datasets:
            empty.show()
            return
        chosen = _chosen(datasets)
        if chosen is None:
            return
        settings.take_up(Desk(store(), chosen.id))
        sortable = prepare.ready(chosen)
        by = head.show(datasets, chosen, sortable)
        _sentence(chosen.id, by)
    except XProjError as error:
        say(str(error))


def _chosen(datasets: list[Dataset]) -> Dataset | None:
    """The one that the address names, or the newest."""
    dataset_id = state.view().dataset
    dataset = next((d for d in datasets if d.id == dataset_id), None)
    if dataset_id and dataset is None:
        say(
            "This link leads to a dataset that is not here (any more). The newest one is shown.",
            "note",
        )
        state.change(item=None, layer=None)
    dataset = dataset or datasets[0]
    state.change(dataset=dataset.id)
    return dataset


@st.fragment
def _sentence(dataset: str, by: str) -> None:
    """What a command redraws: progress, the editor, and the section that is open."""
    try:
        desk = Desk(store(), dataset)
        layer = _layer(desk, by)
        queue = Queue(store().database, dataset, layer)
        number = _number(desk, queue)
    except XProjError as error:
        say(str(error))
        state.change(item=None)
        st.button("To the first sentence", key="review_first")
        return
    progress.bar(desk, queue, by)
    if number is None:
        empty.nothing_left(queue)
        state.write()
        panels.show(desk, None, None, by)
        return
    state.write()  # first: whoever reloads the page gets the sentence that they see
    if layer == GOLD:
        adjudicate.heading(desk, number)
    elif _foreign(desk, layer, by):
        adjudicate.foreign(layer)
    around = surroundings(desk.store, dataset, number)
    if around is not None:
        say(
            " ".join((f"{around.document} ·", *(around.before or ("its first sentence:",)))),
            "quiet",
        )
    snapshot = editing.draw(_bench(desk, queue, number, layer, by))
    if around is not None:
        say(" ".join(around.after) or f"The last sentence of {around.document}.", "quiet")
    login.remember()
    _notes(desk.store.datasets.at(dataset, number).notes)
    if layer == GOLD:
        adjudicate.choices(desk, number, snapshot, by)
    panels.show(desk, number, snapshot, by)


def _layer(desk: Desk, by: str) -> str:
    layer = state.view().layer
    return layer if layer == GOLD or annotator(layer) else desk.settings.layer(by)


def _foreign(desk: Desk, layer: str, by: str) -> bool:
    """Another person's own version."""
    return bool(annotator(layer)) and layer != desk.settings.layer(by)


def _number(desk: Desk, queue: Queue) -> int | None:
    """The sentence that the address names, or the first of the queue."""
    key = state.view().item
    if key:
        return desk.store.datasets.number(desk.dataset.id, key)
    first = queue.next(state.view().filter)
    if first is not None:
        _open(desk, first)
    return first


def _open(desk: Desk, number: int) -> None:
    state.change(item=desk.store.datasets.at(desk.dataset.id, number).key)


def _bench(desk: Desk, queue: Queue, number: int, layer: str, by: str) -> Bench:
    queue_filter = state.view().filter
    around: dict[Step, int | None] = {
        "next": queue.next(queue_filter, number),
        "previous": queue.previous(queue_filter, number),
    }
    stands = describe_position(queue, desk.dataset.items, queue_filter, layer)
    own = layer != GOLD and not _foreign(desk, layer, by)

    def do(sent: Mapping[str, object]) -> Kept:
        return desk.do(number, by, sent, layer)

    def go(to: str) -> None:
        step = queue.next if to == "next" else queue.previous
        then = step(queue_filter, number)
        if then is not None:
            _open(desk, then)

    def near(there: int) -> Near:
        return Near(_name(desk, there, layer), stands(there), lambda: desk.open(there, by, layer))

    return Bench(
        item=_name(desk, number, layer),
        opened=lambda: desk.open(number, by, layer),
        do=do,
        go=go,
        place=Place(
            text=stands(number),
            previous=around["previous"] is not None,
            next=around["next"] is not None,
        ),
        by="" if _foreign(desk, layer, by) else by,
        tracks=adjudicate.tracks(desk, number) if layer == GOLD else None,
        near={to: near(there) for to, there in around.items() if own and there is not None},
    )


def _name(desk: Desk, number: int, layer: str) -> str:
    return f"{desk.dataset.id}/{number}/{layer}"


def _notes(notes: Mapping[str, str]) -> None:
    """What the file said beside the sentence."""
    kinds = head.titles()
    texts = {
        n: kinds.get(text, text) if n == "kind" else text
        for n, text in notes.items()
        if n not in NAMES
    }
    if texts:
        say(" · ".join(f"{name}: {text}" for name, text in texts.items()), "quiet")
