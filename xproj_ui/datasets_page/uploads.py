"""The files that a person gives: uploaded, or by their path on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from xproj_core.datasets.tree import Source

_UPLOAD, _PATH = "Upload", "On this machine"


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be read.

    Attributes:
        key: changes when the files do.
        target, links: of two parallel files the other one, and their links.
    """

    key: tuple[str | None, ...]
    source: Source
    name: str | None
    target: Source | None = None
    target_name: str | None = None
    links: Source | None = None


def ask_for_files() -> Given | None:
    """Ask for files; None until there is one."""
    where = st.segmented_control(
        "Where are the data?", (_UPLOAD, _PATH), default=_UPLOAD, required=True, key="add_where"
    )
    upload = _uploaded() if where == _UPLOAD else _by_path()
    return upload


def _uploaded() -> Given | None:
    files = st.file_uploader(
        "One file, all files of a folder, or a zip", accept_multiple_files=True, key="add_files"
    )
    pair = _asks_for_pair()
    other = st.file_uploader("The target's file", key="add_target") if pair else None
    links = st.file_uploader("Pharaoh links, if there are any", key="add_links") if pair else None
    if not files or (pair and other is None):
        return None
    key = tuple(f.file_id for f in (*files, other, links) if f is not None)
    contents = {f.name: f.getvalue() for f in files}
    first = files[0].name if len(files) == 1 else "upload"
    source: Source = contents if len(files) > 1 else contents[first]
    return Given(
        key,
        source,
        first,
        None if other is None else other.getvalue(),
        None if other is None else other.name,
        None if links is None else links.getvalue(),
    )


def _by_path() -> Given | None:
    path = st.text_input(
        "Path of a file or a folder", key="add_path", placeholder="corpora/masakhaner2/data/bam"
    )
    pair = _asks_for_pair()
    other = st.text_input("Path of the target's file", key="add_target_path") if pair else ""
    links = st.text_input("Path of Pharaoh links, if any", key="add_links_path") if pair else ""
    if not path.strip() or (pair and not other.strip()):
        return None
    paths = [p.strip() or None for p in (path, other, links)]
    return Given(tuple(paths), path.strip(), None, paths[1], None, paths[2])


def _asks_for_pair() -> bool:
    return st.toggle(
        "The translations are in a second file",
        key="add_pair",
        help="Two files in step, a sentence a line or CoNLL: the first is the source, the second"
        " the target.",
    )
