"""Out as a file in any format, in from one, and the whole project as one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS, Format, Writing
from xproj_core.review import conversion
from xproj_core.review.corrections import corrections_csv
from xproj_core.review.demo import NAME
from xproj_core.review.desk import GOLD, Desk
from xproj_ui.review_page import adjudicate, bring, empty, project_file
from xproj_ui.say import say

_LOOKED_AT = 1000
"""Items that are looked at to say what a format would lose."""


def panel(desk: Desk, by: str) -> None:
    """Export on the left, import on the right."""
    out, back = st.columns(2, gap="large")
    with out:
        st.markdown("**Export**")
        _export(desk, by)
        st.download_button(
            "What was changed, a row for every label (CSV; it cannot be read back)",
            lambda: corrections_csv(desk).encode(),
            "corrections.csv",
            "text/csv",
            key="review_corrections",
            on_click="ignore",
            type="tertiary",
            icon=":material/table_rows:",
        )
        project_file.out()
    with back:
        st.markdown("**Import**")
        bring.form()
        project_file.back()
        if not any(d.name == NAME for d in desk.store.datasets.list()):
            empty.demonstration()


def _export(desk: Desk, by: str) -> None:
    layer = _layer(desk, by)
    done = st.toggle("Only sentences that are done", key="review_export_done")
    name = st.selectbox(
        "Format", list(FORMATS), key="review_export_format", format_func=lambda n: FORMATS[n].title
    )
    chosen = FORMATS[name]
    how = Writing()
    if chosen.carries.sides == "one":
        side = st.segmented_control(
            "Side", ["target", "source"], default="target", required=True, key="review_export_side"
        )
        how = Writing(side="source" if side == "source" else "target")
    try:
        some = [item for item, _ in zip(items(desk, layer, done), range(_LOOKED_AT), strict=False)]
        if not some:
            say("No sentence is done yet." if done else "There is nothing to export.", "note")
            return
        how = replace(how, documents=not done and _documents(some))
        for loss in chosen.losses(some, how):
            say(loss, "note")
    except XProjError as error:
        say(str(error))
        return
    st.download_button(
        "Download",
        lambda: _written(chosen, desk, layer, done, how),
        _file_name(desk.dataset.name, chosen),
        key="review_download",
        type="primary",
        on_click="ignore",
        icon=":material/download:",
    )


def _layer(desk: Desk, by: str) -> str:
    layers = [desk.settings.layer(by), *desk.store.documents.layers(desk.dataset.id)]
    if desk.settings.double:
        layers.append(GOLD)
    return st.selectbox(
        "Version",
        list(dict.fromkeys(layers)),
        format_func=adjudicate.title,
        key="review_export_layer",
    )


def _documents(items: list[Item]) -> bool:
    """True where texts that were cut into sentences shall be written as texts."""
    if not any(DocumentPlace.of(item.notes) for item in items):
        return False
    return st.toggle(
        "Sentences of a text together",
        key="review_export_documents",
        help="Each text as it was, with its labels in their places (JSONL, doccano, brat, WebAnno,"
        " text), or a -DOCSTART- before it (CoNLL).",
    )


def _written(chosen: Format, desk: Desk, layer: str, done: bool, how: Writing) -> bytes:
    return chosen.dumps(items(desk, layer, done), how=how)


def _file_name(name: str, chosen: Format) -> str:
    stem = re.sub(r"[^\w-]+", "-", name).strip("-") or "dataset"
    return f"{stem}{chosen.suffixes[0]}"


def items(desk: Desk, layer: str, done: bool) -> Iterator[Item]:
    """The corrected items of a layer, in order; untouched ones as they would be shown."""
    touched = {
        where.number: snapshot.document
        for where, snapshot, _ in desk.store.documents.all(desk.dataset.id, layer)
    }
    for number, item, _ in desk.material(0, desk.dataset.items):
        document = touched.get(number)
        if document is None:
            if done:
                continue
            document = desk.start(number)
        if document.done or not done:
            yield conversion.item(document, item.key, item)
