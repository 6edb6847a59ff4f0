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
from xproj_ui.datasets_page.uploads import Given, given
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
    files = given()
    if files is None:
        st.caption(
            "What is in the files is found out and shown before anything is kept. All formats, and"
            " the published corpora that are recognised, are listed under “Read as”."
        )
        return
    try:
        asked = how(files)
        _read(files, asked)
    except FormatError as error:
        say(str(error))
        st.toggle(
            "Leave out what cannot be read",
            key="add_partial",
            help="Everything that is left out is listed.",
        )
    except XProjError as error:
        say(str(error))


def _read(files: Given, asked: How) -> None:
    partial = bool(st.session_state.get("add_partial"))
    changes = st.text_input(
        "Rename or leave out labels",
        key="add_labels",
        placeholder="PERSON=PER, DATE=",
        help="OLD=NEW renames a label, OLD= leaves it out; commas between.",
    )
    known = bool(st.session_state.get("add_known"))
    asked = cuts.moved(asked, str(files.key))
    loaded = _loaded(files, asked, partial, changes or "", known)
    if known or not set(loaded.labels) <= set(LABELS):
        st.toggle(
            f"Only {', '.join(LABELS)}",
            key="add_known",
            help="Other names for them (PERSON, GPE) are renamed; what Mini's tagger does not know"
            " (MISC, DATE) is left out, as the published comparisons do.",
        )
    with st.container(border=True):
        _preview(loaded.preview)
    cuts.editor(loaded, asked, str(files.key))
    if partial:
        st.toggle("Leave out what cannot be read", key="add_partial")
    called = st.text_input("Name of the dataset", loaded.name, key=f"add_name_{loaded.name}")
    if st.button("Keep it", type="primary", key="add_keep", disabled=not loaded.preview.items):
        _keep(loaded, called or loaded.name)


def _loaded(files: Given, asked: How, partial: bool, changes: str, known: bool) -> Loaded:
    """What is read, read once as long as nothing is changed."""
    from xproj_core.datasets import LabelMap, read

    key = (files.key, asked.key, partial, changes, known)
    before = st.session_state.get(_READ)
    if before is not None and before[0] == key:
        found: Loaded = before[1]
        return found
    made = read(
        files.source,
        name=files.name,
        format=asked.format,
        source_language=asked.source_language,
        target_language=asked.target_language,
        split=asked.split,
        target=files.target,
        target_name=files.target_name,
        links=files.links,
        labels=LabelMap.parse(changes),
        partial=partial,
        **asked.options,
    )
    with st.spinner("Reading …"):
        made = made.onto(LABELS) if known else made
        _ = made.preview
    st.session_state[_READ] = (key, made)
    return made


def _preview(found: Preview) -> None:
    st.markdown(f"**{counted(found.items, 'item')}**")
    for side, counts in found.sides.items():
        labels = ", ".join(f"{n:,} {label}" for label, n in counts.entities.most_common())
        said = f"{side.capitalize()}: {counted(counts.sentences, 'sentence')}"
        said += f" in {_spoken(counts.language)}"
        said += f", {counts.tokens:,} words, the longest has {counts.longest[0]:,}"
        if counts.gold:
            said += f"; {counts.gold:,} with a person's labels"
        st.markdown(escaped(said + (f": {labels}" if labels else "")))
    if found.others:
        others = ", ".join(f"{_spoken(code)} ({n:,})" for code, n in found.others.items())
        st.markdown(escaped(f"Also in {others}"))
    if found.linked:
        st.markdown(f"{found.links:,} word links in {found.linked:,} items")
    for warning in found.warnings:
        say(warning, "note")
    for note in found.notes:
        say(without_options(note), "quiet")
    for problem in found.problems[:_MANY]:
        say(problem)
    if len(found.problems) > _MANY:
        st.caption(f"and {len(found.problems) - _MANY:,} more that were left out")
    sample(found.first)


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
        made = store().datasets.add(called, loaded.items, source, target, loaded.labels, notes)
    st.session_state.pop(_READ, None)
    open_dataset(made)
    st.rerun()
