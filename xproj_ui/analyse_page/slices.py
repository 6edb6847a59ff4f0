"""The figures along a line: by length, frequency, script."""

from __future__ import annotations

import streamlit as st

from xproj_core.evaluate.analysis.case_questions import Slice
from xproj_core.evaluate.analysis.slices import LINES
from xproj_ui.analyse_page import charts, data, scores, widgets
from xproj_ui.analyse_page.data import Data


def show(evaluation: Data) -> None:
    """One line at a time."""
    titles = {"label": "label", **{name: line.title for name, line in LINES.items()}}
    by = widgets.choice(
        st.selectbox,
        "along",
        "Broken up by",
        tuple(titles),
        "words",
        forget=True,
        format_func=lambda name: titles[name],
    )
    parts = data.slices(evaluation, by)
    if not parts:
        st.info("There are no entities to break up.")
        return
    dots = [
        charts.Dot(f"{part.bucket} ({part.n_gold:,})", system, f.f1)
        for part in parts
        for system, f in zip(evaluation.systems, part.scores, strict=True)
    ]
    buckets = {f"{part.bucket} ({part.n_gold:,})": part.bucket for part in parts}
    charts.show(
        charts.dots(dots, evaluation.names, (), lambda d: [buckets[d.line], d.system]),
        "an_chart_slices",
        f"F1 by {titles[by]}, with 95 % intervals",
        lambda d: Slice(str(d[1]), by, str(d[0]), "mistakes"),
    )
    scores.slice_table(evaluation, by, titles[by])
    st.caption("In brackets: gold entities. A spurious entity counts by its own length and script.")
