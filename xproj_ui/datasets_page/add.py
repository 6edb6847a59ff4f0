"""Adding data: files, how they are read, what was read, and only then a dataset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.domain.errors import FormatError, InputError, XProjError
from xproj_core.examples.dataset import LABELS
from xproj_core.text.strings import counted
from xproj_ui.address.datasets import open_dataset, open_list
from xproj_ui.datasets_page import cuts
from xproj_ui.datasets_page.reading import How, how
from xproj_ui.datasets_page.sample import sample
from xproj_ui.datasets_page.uploads import Given, ask_for_files
from xproj_ui.languages_menu import name as language_name
from xproj_ui.resources import store
from xproj_ui.say import escaped, say

if TYPE_CHECKING:
    from xproj_core.datasets import Loaded, Preview

_READ = "add_read"
_OPTION = re.compile(r" \(--[a-z][a-z -]*\)")
_MANY = 20  # problems that are shown


def show() -> None:
    """The steps, as far as one has come."""
    st.button(
        "All datasets",
        icon=":material/arrow_back:",
        type="tertiary",
        key="ds_back",
        on_click=open_list,
    )
    st.markdown("### Add data")
    files = ask_for_files()
    if files is None:
        st.caption(
            "What is in the files is found out and shown before anything is kept. All formats, and"
            " the published corpora that are recognised, are listed under “Read as”."
        )
        return
    try:
        settings = how(files)
        _read(files, settings)
    except FormatError as error:
        say(str(error))
        st.toggle(
            "Leave out what cannot be read",
            key="add_partial",
            help="Everything that is left out is listed.",
        )
    except XProjError as error:
        say(str(error))


def _read(files: Given, settings: How) -> None:
    partial = bool(st.session_state.get("add_partial"))
    changes = st.text_input(
        "Rename or leave out labels",
        key="add_labels",
        placeholder="PERSON=PER, DATE=",
        help="OLD=NEW renames a label, OLD= leaves it out; commas between.",
    )
    known = bool(st.session_state.get("add_known"))
    settings = cuts.moved(settings, str(files.key))
    loaded = _loaded(files, settings, partial, changes or "", known)
    if known or not set(loaded.labels) <= set(LABELS):
        st.toggle(
            f"Only {', '.join(LABELS)}",
            key="add_known",
            help="Other names for them (PERSON, GPE) are renamed; what Mini's tagger does not know"
            " (MISC, DATE) is left out, as the published comparisons do.",
        )
    with st.container(border=True):
        _preview(loaded.preview)
    cuts.editor(loaded, settings, str(files.key))
    if partial:
        st.toggle("Leave out what cannot be read", key="add_partial")
    called = st.text_input("Name of the dataset", loaded.name, key=f"add_name_{loaded.name}")
    if st.button("Keep it", type="primary", key="add_keep", disabled=not loaded.preview.items):
        _keep(loaded, called or loaded.name)


def _loaded(files: Given, settings: How, partial: bool, changes: str, known: bool) -> Loaded:
    """What is read, read once as long as nothing is changed."""
    from xproj_core.datasets import LabelMap, read

    key = (files.key, settings.key, partial, changes, known)
    before = st.session_state.get(_READ)
    if before is not None and before[0] == key:
        cached: Loaded = before[1]
        return cached
    loaded = read(
        files.source,
        name=files.name,
        format=settings.format,
        source_language=settings.source_language,
        target_language=settings.target_language,
        split=settings.split,
        target=files.target,
        target_name=files.target_name,
        links=files.links,
        labels=LabelMap.parse(changes),
        partial=partial,
        **settings.options,
    )
    with st.spinner("Reading …"):
        loaded = loaded.onto(LABELS) if known else loaded
        _ = loaded.preview
    st.session_state[_READ] = (key, loaded)
    return loaded


def _preview(preview: Preview) -> None:
    st.markdown(f"**{counted(preview.items, 'item')}**")
    for side, counts in preview.sides.items():
        labels = ", ".join(f"{n:,} {label}" for label, n in counts.entities.most_common())
        summary = f"{side.capitalize()}: {counted(counts.sentences, 'sentence')}"
        summary += f" in {_spoken(counts.language)}"
        summary += f", {counts.tokens:,} words, the longest has {counts.longest[0]:,}"
        if counts.gold:
            summary += f"; {counts.gold:,} with a person's labels"
        st.markdown(escaped(summary + (f": {labels}" if labels else "")))
    if preview.others:
        others = ", ".join(f"{_spoken(code)} ({n:,})" for code, n in preview.others.items())
        st.markdown(escaped(f"Also in {others}"))
    if preview.linked:
        st.markdown(f"{preview.links:,} word links in {preview.linked:,} items")
    for warning in preview.warnings:
        say(warning, "note")
    for note in preview.notes:
        say(without_options(note), "quiet")
    for problem in preview.problems[:_MANY]:
        say(problem)
    if len(preview.problems) > _MANY:
        st.caption(f"and {len(preview.problems) - _MANY:,} more that were left out")
    sample(preview.first)


def without_options(note: str) -> str:
    """A note without the shell's options, which are no choices here: " (--cut sentences)"."""
    return _OPTION.sub("", note)


def _spoken(code: str) -> str:
    return "an unknown language" if code == "und" else language_name(code)


def _keep(loaded: Loaded, called: str) -> None:
    """Store it, and open it."""
    source, target = loaded.source_language, loaded.target_language
    for side, language in (("source", source), ("target", target)):
        if side in loaded.preview.sides and language == "und":
            raise InputError(f"Say which language the {side} is in.")
    notes = (f"It {loaded.reason}.", *loaded.notes, *loaded.problems[:_MANY])
    notes = tuple(map(without_options, notes))
    with st.spinner("Keeping it …"):
        dataset_id = store().datasets.add(
            called, loaded.items, source, target, loaded.labels, notes
        )
    st.session_state.pop(_READ, None)
    open_dataset(dataset_id)
    st.rerun()
