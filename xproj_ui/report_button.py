"""Report, tables and pictures of stored runs as downloads, made when they are asked for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import streamlit as st

from xproj_core.domain.errors import XProjError
from xproj_core.report.files import tables
from xproj_core.report.html import html
from xproj_core.report.model import Report
from xproj_core.report.stored_runs import stored_runs
from xproj_ui.resources import store
from xproj_ui.say import escaped

_UNSAFE = re.compile(r"[^\w-]+")


def report_button(runs: Sequence[str], ignore: Sequence[str] = (), *, key: str = "report") -> None:
    """A menu with the report of one run, or of several over one dataset.

    Args:
        runs: their ids.
        ignore: labels to leave out of the scores.
        key: tells several of these on one page apart.
    """
    try:
        name = _UNSAFE.sub("-", stored_runs(store(), runs).dataset.name).strip("-") or "report"
        why = None
    except XProjError as error:
        name, why = "report", escaped(str(error))
    with st.popover("Report", icon=":material/description:", disabled=why is not None, help=why):
        st.download_button(
            "Report (HTML)",
            lambda: html(_make_report(runs, ignore)).encode("utf-8", "replace"),
            f"{name}.html",
            "text/html",
            key=f"{key}_html",
            on_click="ignore",
            help="One file with all figures and picked sentences. It needs no network.",
        )
        st.download_button(
            "All tables (CSV and LaTeX)",
            lambda: _zipped(_make_report(runs, ignore)),
            f"{name}-tables.zip",
            "application/zip",
            key=f"{key}_tables",
            on_click="ignore",
        )


def _make_report(runs: Sequence[str], ignore: Sequence[str]) -> Report:
    run_group = stored_runs(store(), runs)
    return run_group.report(run_group.subject(ignore=frozenset(ignore)))


def _zipped(report: Report) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables(report):
            archive.writestr(name, text.encode("utf-8", "replace"))
    return file.getvalue()
