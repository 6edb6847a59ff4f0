"""Whether confidence is a probability, and which threshold gives which precision and recall."""

from __future__ import annotations

import streamlit as st

from xproj_core.confidence import model_in_use
from xproj_core.evaluate.analysis.case_questions import Cases
from xproj_core.evaluate.calibration import Calibration
from xproj_core.evaluate.scores.reliability import Reliability
from xproj_core.text.strings import counted
from xproj_ui.analyse_page import charts, data, reliability_chart
from xproj_ui.analyse_page.choose import system_of
from xproj_ui.analyse_page.data import MOST_JUDGED, Data
from xproj_ui.analyse_page.table import Row, table
from xproj_ui.say import escaped


def show(evaluation: Data, runs: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    """The diagram and the figures of all systems, the thresholds of one."""
    judged = {s: b for s, b in data.calibrations(evaluation, runs, ignore).items() if b.values}
    if not judged:
        st.info(
            "No entity was projected onto a sentence with gold labels, so nobody can say how far"
            " confidence can be believed."
        )
        return
    names = {system: evaluation.names[system] for system in evaluation.systems if system in judged}
    charts.show(
        reliability_chart.diagram({s: judged[s].reliability for s in names}, names),
        "an_chart_reliability",
        "The share of entities that are right against the probability that was estimated",
        lambda d: Cases(str(d[0]), outcome="mistakes"),
    )
    systems = list(names)

    def opens(row: int, column: str) -> Cases:
        return _opens(systems[row], column)

    table(
        "confidence",
        [_row(names[system], judged[system]) for system in names],
        opens,
        percent=("right", "expected"),
        alt="How far the confidence of each system can be believed",
    )
    _what_it_is(max(judgement.sentences for judgement in judged.values()))
    _thresholds(evaluation, judged)


def _opens(system: str, column: str) -> Cases:
    """What is right where the column is about that, else the mistakes."""
    right = column in ("right", "precision", "recall")
    return Cases(system, outcome="correct" if right else "mistakes")


def _row(name: str, judgement: Calibration) -> Row:
    scores, links = judgement.reliability, judgement.reliability_of_links
    return {
        "system": name,
        "entities": scores.entities,
        "right": scores.right / scores.entities,
        "expected": sum(judgement.values) / scores.entities,
        "ECE": round(scores.ece, 3),
        "AUROC": _rounded(scores),
        "ECE, links alone": round(links.ece, 3),
        "AUROC, links alone": _rounded(links),
    }


def _rounded(scores: Reliability) -> float | None:
    return None if scores.auroc is None else round(scores.auroc, 3)


def _what_it_is(sentences: int) -> None:
    limit = f" (the first {MOST_JUDGED:,})" if sentences >= MOST_JUDGED else ""
    fitted = escaped(model_in_use().fitted_on)
    st.caption(
        f"Measured on {counted(sentences, 'sentence')} with gold labels{limit}. The probabilities"
        f" were fitted on {fitted}. ECE is how far the share of right entities is from what was"
        " expected, on average; AUROC how often a right entity has the higher probability of two."
        " On other data than it was fitted on, confidence orders entities better than it counts"
        " them: fit it to gold labels or corrections of your own with `xproj confidence`."
    )


def _thresholds(evaluation: Data, judged: dict[str, Calibration]) -> None:
    st.markdown("##### What a threshold gives")
    system = system_of(evaluation)
    if system not in judged:
        st.info("This system projected nothing onto sentences with gold labels.")
        return
    judgement = judged[system]
    rows: list[Row] = [
        {
            "probability at least": row.at,
            "entities": row.entities,
            "precision": row.precision,
            "recall": row.recall,
        }
        for row in judgement.thresholds
    ]
    table(
        "thresholds",
        rows,
        lambda row, column: _opens(system, column),
        percent=("precision", "recall"),
        alt="Precision and recall of the entities above each probability",
    )
    st.caption(
        f"Of {counted(judgement.gold, 'gold entity', 'gold entities')} in"
        f" {counted(judgement.sentences, 'sentence')}. A click lists the system's mistakes, or what"
        " it has right, whatever their probability."
    )
