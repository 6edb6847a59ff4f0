"""How good each system is, how sure that is, and what has been published."""

from __future__ import annotations

import streamlit as st

from xproj_core.evaluate import literature
from xproj_core.evaluate.analysis.answer_questions import Faulty
from xproj_core.evaluate.analysis.case_questions import Cases, Slice
from xproj_core.evaluate.analysis.comparison_questions import Tied, Won
from xproj_core.evaluate.analysis.selection import Pick
from xproj_core.evaluate.analysis.slices import Figures
from xproj_ui.analyse_page import charts, data, matches, state, widgets
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import Row, table
from xproj_ui.say import escaped

_OUTCOMES = {
    "precision": "excess",
    "recall": "lacking",
    "correct": "correct",
    "wrong or spurious": "excess",
    "wrong or missed": "lacking",
    "gold entities": "gold",
}
_FAULTS = {"AER": "links", "without answer": "failed"}
_LINES = 2  # published figures in the picture


def show(evaluation: Data, dataset: str, language: str) -> None:
    """All figures.

    Args:
        dataset: its name, by which that of the literature is guessed.
        language: of the target.
    """
    scores = data.system_scores(evaluation)
    published = _published(dataset, language)
    names = evaluation.names
    dots = [charts.Dot(names[s], s, f.f1) for s, f in zip(evaluation.systems, scores, strict=True)]
    charts.show(
        charts.dots(dots, names, _lines(published), lambda d: [d.system]),
        "an_chart_scores",
        "Strict F1 of each system with its 95 % interval",
        lambda d: Cases(str(d[0]), outcome="mistakes"),
    )
    _main(evaluation)
    _differences(evaluation)
    with st.expander("By label"):
        _by_label(evaluation)
    with st.expander("Partial, exact and type matches (nervaluate)"):
        matches.views(evaluation)
    with st.expander("Projection rates"):
        matches.rates(evaluation)
    with st.expander("Published figures, to compare with", expanded=bool(published)):
        _choose_published(dataset, published)


def _row(evaluation: Data, system: str, f: Figures) -> Row:
    analysis = evaluation.analysis
    row: dict[str, object] = {
        "system": evaluation.names[system],
        "F1": f.f1.value,
        "95 % interval": f"{f.f1.low * 100:.1f} – {f.f1.high * 100:.1f}",
        "precision": f.precision.value,
        "recall": f.recall.value,
        "conlleval F1": analysis.conll[system].overall.f1,
        "correct": f.correct,
        "wrong or spurious": f.excess,
        "wrong or missed": f.lacking,
    }
    if system in analysis.links:
        row["AER"] = analysis.links[system].aer
    if any(analysis.problems.values()):
        row["without answer"] = analysis.problems[system]
    return row


def _main(evaluation: Data) -> None:
    analysis = evaluation.analysis
    rows: list[Row] = [
        _row(evaluation, system, f)
        for system, f in zip(evaluation.systems, data.system_scores(evaluation), strict=True)
    ]
    rows += [
        {"system": evaluation.names[system], "without answer": len(analysis.sentences)}
        for system in analysis.silent
    ]

    def opens(row: int, column: str) -> Pick | None:
        if row >= len(evaluation.systems):
            return None
        if column in _FAULTS:
            return Faulty(evaluation.systems[row], _FAULTS[column])
        return Cases(evaluation.systems[row], outcome=_OUTCOMES.get(column, "mistakes"))

    table(
        "scores",
        rows,
        opens,
        percent=("F1", "precision", "recall", "conlleval F1", "AER"),
        alt="Strict scores of each system",
    )
    st.caption(
        f"{analysis.n_scored:,} sentences with gold labels. F1, precision and recall are strict:"
        " an entity counts when both ends and the label match. The conlleval figure is what that"
        " script, and seqeval by default, makes of the same entities written as one tag a word."
        " Intervals are bootstrapped over sentences (10,000 times). A click on a number lists its"
        " sentences."
    )


def _differences(evaluation: Data) -> None:
    if len(evaluation.systems) < 2:
        return
    st.markdown("##### Are the differences more than chance?")
    differences = data.differences(evaluation)
    rows = [
        {
            "system": evaluation.names[d.first],
            "against": evaluation.names[d.second],
            "difference in F1": f"{d.difference * 100:+.1f}",
            "95 % interval": f"{d.low * 100:+.1f} – {d.high * 100:+.1f}",
            "p": d.p,
            "p, corrected": d.corrected,
            "verdict": _verdict(d.corrected),
        }
        for d in differences
    ]

    def opens(row: int, column: str) -> Pick:
        first, second = differences[row].first, differences[row].second
        if column == "system":
            return Won(first, second)
        if column == "against":
            return Won(second, first)
        return Tied((first, second), tied=False)

    table("significance", rows, opens, alt="Every system against every other")
    st.caption(
        "Two-sided approximate randomisation over sentences (10,000 times), corrected for all"
        " comparisons in the table (Holm). A click on a system lists the sentences on which it is"
        " better, a click on a number all on which the two are not equally good."
    )


def _verdict(p: float) -> str:
    return "differs (p < .05)" if p < 0.05 else "no difference shown"


def _by_label(evaluation: Data) -> None:
    parts = data.slices(evaluation, "label")
    dots = [
        charts.Dot(part.bucket, system, f.f1)
        for part in parts
        for system, f in zip(evaluation.systems, part.scores, strict=True)
    ]
    charts.show(
        charts.dots(dots, evaluation.names, (), lambda d: [d.line, d.system]),
        "an_chart_labels",
        "F1 by label",
        lambda d: Slice(str(d[1]), "label", str(d[0]), "mistakes"),
    )
    slice_table(evaluation, "label", "label")


def slice_table(evaluation: Data, by: str, title: str) -> None:
    """The figures along a line, as a table."""
    rows = [
        {
            title: part.bucket,
            "system": evaluation.names[system],
            "gold entities": part.n_gold,
            "F1": f.f1.value,
            "95 % interval": f"{f.f1.low * 100:.1f} – {f.f1.high * 100:.1f}",
            "precision": f.precision.value,
            "recall": f.recall.value,
            "correct": f.correct,
            "wrong or spurious": f.excess,
            "wrong or missed": f.lacking,
        }
        for part in data.slices(evaluation, by)
        for system, f in zip(evaluation.systems, part.scores, strict=True)
    ]

    def opens(row: int, column: str) -> Slice:
        system = evaluation.systems[row % len(evaluation.systems)]
        return Slice(system, by, str(rows[row][title]), _OUTCOMES.get(column, "mistakes"))

    table(f"by_{by}", rows, opens, percent=("F1", "precision", "recall"), alt=f"Scores by {title}")


# -- published figures ----------------------------------------------------------------------------


def _published(dataset: str, language: str) -> tuple[literature.Reference, ...]:
    chosen = state.view().ref or literature.guess(dataset) or ""
    return literature.references(chosen, language) if chosen in literature.DATASETS else ()


def _lines(published: tuple[literature.Reference, ...]) -> list[literature.Reference]:
    """The best of each setting; error rates have no place among F1 figures."""
    best: dict[str, literature.Reference] = {}
    for reference in published:
        if not reference.is_error_rate:
            best.setdefault(reference.setting, reference)
    return list(best.values())[:_LINES]


def _choose_published(dataset: str, published: tuple[literature.Reference, ...]) -> None:
    options = ("none", *literature.DATASETS)
    widgets.choice(
        st.selectbox,
        "ref",
        "Figures for",
        options,
        literature.guess(dataset) or "none",
        format_func=lambda d: literature.DATASETS.get(d, "none"),
    )
    if not published:
        st.caption("Nothing is known here for this dataset and language.")
        return
    rows = [
        {
            "system": r.system,
            "figure": r.value,
            "metric": r.metric,
            "setting": r.setting,
            "source": r.source,
            "bear in mind": r.note,
        }
        for r in published
    ]
    table("published", rows, None, percent=("figure",), alt="Published figures, not measured here")
    st.caption(escaped("Printed by others, in their settings; none of it was measured here."))
