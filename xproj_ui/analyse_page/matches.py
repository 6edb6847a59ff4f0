"""Other ways of counting: partial, exact and type matches, and the rates of the literature."""

from __future__ import annotations

import streamlit as st

from xproj_core.evaluate.analysis.answer_questions import Faulty, Matches
from xproj_core.evaluate.scores.rates import ALL, NAMES
from xproj_core.evaluate.scores.views import RESULTS, VIEWS
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import table

_RATES = {title: name for name, title in NAMES.items()}


def _labels(evaluation: Data) -> list[tuple[str, str]]:
    """Every system with every label, all labels together first."""
    return [(s, label) for s in evaluation.systems for label in (ALL, *evaluation.analysis.labels)]


def views(evaluation: Data) -> None:
    """nervaluate's views of the same entities."""
    places = [(s, label, name) for s, label in _labels(evaluation) for name in VIEWS]
    rows = []
    for system, label, name in places:
        view = evaluation.analysis.views(system, label)[name]
        rows.append(
            {
                "system": evaluation.names[system],
                "label": label or "all",
                "match": VIEWS[name],
                "F1": view.f1,
                "precision": view.precision,
                "recall": view.recall,
                **{result: getattr(view, result) for result in RESULTS},
            }
        )

    def opens(row: int, column: str) -> Matches:
        system, label, name = places[row]
        outcome = {"precision": "excess", "recall": "lacking"}.get(column, "mistakes")
        return Matches(system, name, column if column in RESULTS else outcome, label)

    table(
        "matches", rows, opens, percent=("F1", "precision", "recall"), alt="nervaluate's four views"
    )
    st.caption(
        "Strict: ends and label. Exact ends: whatever the label. Partial: any overlap, half a"
        " point. Type: any overlap with the right label. Entities that match exactly are paired"
        " first, so that the figures do not hang on an order."
    )


def rates(evaluation: Data) -> None:
    """What the literature calls projection rates."""
    places = _labels(evaluation)
    rows = []
    for system, label in places:
        values = evaluation.analysis.rates[system].of(label)
        rows.append(
            {
                "system": evaluation.names[system],
                "label": label or "all",
                **{title: values[name] for title, name in _RATES.items()},
            }
        )

    def opens(row: int, column: str) -> Faulty:
        system, label = places[row]
        return Faulty(system, _RATES.get(column, "entities_placed"), label)

    table("projection_rates", rows, opens, percent=tuple(_RATES), alt="Projection rates")
    st.caption(
        "The literature calls three things projection rate: target over source entities"
        " (EasyProject), sentences all of whose entities landed (kept, or recovered), and the mean"
        " per sentence of predicted over gold entities (arXiv 2501.18750). A click lists the"
        " sentences that keep a rate from being 100 %."
    )
