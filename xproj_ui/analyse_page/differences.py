"""Where the systems differ, who is right, and whether one could have known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from xproj_core.evaluate.analysis import disagreement
from xproj_core.evaluate.analysis.case_questions import Cases
from xproj_core.evaluate.analysis.comparison_questions import ANY, RightFor, Tied, Won
from xproj_core.evaluate.analysis.disagreement import Duel, Oracle
from xproj_core.evaluate.analysis.predictors import FEWEST, Prediction
from xproj_core.evaluate.analysis.selection import Pick
from xproj_core.evaluate.analysis.sentence_features import FEATURES
from xproj_ui.analyse_page import charts, data, widgets
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import Row, table

_SETS = 12


def show(evaluation: Data) -> None:
    """All of it; needs two systems."""
    if len(evaluation.systems) < 2:
        st.info("There is only one system. Choose a run with several methods, or a second run.")
        return
    _wins(evaluation)
    _sets(evaluation)
    _beforehand(evaluation)


def _wins(evaluation: Data) -> None:
    st.markdown("##### Sentences won")
    names = evaluation.names
    systems = {name: system for system, name in names.items()}
    wins: dict[tuple[str, str], int] = {}
    duels = disagreement.duels(evaluation.analysis)
    for duel in duels:
        wins[duel.first, duel.second] = duel.first_wins
        wins[duel.second, duel.first] = duel.second_wins
    rows = [
        {"better ↓  than →": names[a], **{names[b]: wins.get((a, b)) for b in evaluation.systems}}
        for a in evaluation.systems
    ]
    most = max(1, *wins.values())

    def shade(row: int, column: str) -> float:
        return (wins.get((evaluation.systems[row], systems.get(column, ""))) or 0) / most

    def opens(row: int, column: str) -> Pick | None:
        pair = evaluation.systems[row], systems.get(column, "")
        if pair in wins:
            return Won(*pair)
        return None if column in systems else Cases(pair[0], outcome="mistakes")

    table("wins", rows, opens, shade=shade, alt="Sentences on which one system beats another")
    st.caption("A sentence is won by the system with fewer wrong, missed and spurious entities.")
    _duels(evaluation, duels)


def _duels(evaluation: Data, duels: Sequence[Duel]) -> None:
    """The same pair by pair, with a test."""
    names = evaluation.names
    rows = [
        {
            "first": names[d.first],
            "second": names[d.second],
            "first better": d.first_wins,
            "second better": d.second_wins,
            "alike": d.ties,
            "p": d.p,
            "p, corrected": d.corrected,
        }
        for d in duels
    ]

    def opens(row: int, column: str) -> Pick:
        duel = duels[row]
        if column in ("first", "first better"):
            return Won(duel.first, duel.second)
        if column in ("second", "second better"):
            return Won(duel.second, duel.first)
        return Tied((duel.first, duel.second), tied=column == "alike")

    table("duels", rows, opens, alt="Sentences that each of two systems wins")
    st.caption("Two-sided sign tests, corrected for all comparisons in the table (Holm).")


def _sets(evaluation: Data) -> None:
    st.markdown("##### Gold entities by who has them right")
    sets = disagreement.system_sets(evaluation.analysis)[:_SETS]
    if not sets:
        st.info("There are no gold entities.")
        return
    every = set(evaluation.systems)

    def called(systems: tuple[str, ...]) -> str:
        if not systems:
            return "no system"
        others = [evaluation.names[s] for s in evaluation.systems if s not in systems]
        if not others:
            return "all systems"
        if len(others) < len(systems) and len(every) > 3:
            return f"all but {' and '.join(others)}"
        return " + ".join(evaluation.names[s] for s in systems)

    charts.show(
        charts.bars(
            [called(s.systems) for s in sets],
            [s.entities for s in sets],
            "gold entities",
            [[k] for k in range(len(sets))],
        ),
        "an_chart_sets",
        "Gold entities by the set of systems that have them right",
        lambda d: RightFor(sets[int(d[0])].systems),
    )
    rows = [{"right for": called(s.systems), "gold entities": s.entities} for s in sets]
    table("sets", rows, lambda row, _: RightFor(sets[row].systems), alt="The same as a table")
    _bounds(evaluation)


def _bounds(evaluation: Data) -> None:
    """What the best choice between the systems could reach."""
    st.markdown("##### If one always chose the best system")
    bound = disagreement.oracle(evaluation.analysis)
    opened: list[Pick] = [
        Cases(bound.single, outcome="mistakes"),
        Won(ANY, bound.single),
        Cases(bound.finder, outcome="lacking"),
        RightFor(()),
    ]
    table(
        "bounds",
        _bound_rows(bound, evaluation.names),
        lambda row, _: opened[row],
        percent=("value",),
        alt="What a perfect choice between the systems would reach",
    )


def _bound_rows(bound: Oracle, names: Mapping[str, str]) -> list[Row]:
    return [
        {
            "measure": "F1",
            "of": f"the best single system, {names[bound.single]}",
            "value": bound.best,
            "a click lists": "its mistakes",
        },
        {
            "measure": "F1",
            "of": "the best system for every sentence",
            "value": bound.f1,
            "a click lists": "sentences on which another system is better",
        },
        {
            "measure": "recall",
            "of": f"the best single system, {names[bound.finder]}",
            "value": bound.best_recall,
            "a click lists": "gold entities that it lacks",
        },
        {
            "measure": "recall",
            "of": "all systems together",
            "value": bound.recall,
            "a click lists": "gold entities that no system has right",
        },
    ]


def _beforehand(evaluation: Data) -> None:
    st.markdown("##### Could one have known beforehand?")
    baseline, other = _pair(evaluation)
    prediction = data.prediction(evaluation, baseline, other)
    _decided(evaluation, baseline, other, prediction)
    if prediction.skill is None:
        st.info(f"That is too few to learn from: at least {FEWEST} of each are needed.")
        return
    _predictors(baseline, other, prediction)
    st.caption(
        "A click lists the sentences on which the second is better, those with the most telling"
        " value of the feature first. All features together tell an unseen sentence right with an"
        f" area of {prediction.skill:.2f} (cross-validated logistic regression; .50 is chance)."
        " Areas and p-values are of each feature alone (Mann–Whitney, Holm); odds ratios, for one"
        " standard deviation, of all together, with bootstrap intervals. The sentence's links and"
        f" source labels are those of {evaluation.names[evaluation.systems[0]]}."
    )


def _pair(evaluation: Data) -> tuple[str, str]:
    """The system that one has, and the one that one would rather take."""
    with st.container(horizontal=True):
        baseline = widgets.choice(
            st.selectbox,
            "of",
            "Instead of",
            evaluation.systems,
            format_func=lambda s: evaluation.names[s],
        )
        others = tuple(s for s in evaluation.systems if s != baseline)
        other = widgets.choice(
            st.selectbox,
            "other",
            "would one rather take",
            others,
            format_func=lambda s: evaluation.names[s],
        )
    return baseline, other


def _decided(evaluation: Data, baseline: str, other: str, prediction: Prediction) -> None:
    """On how many sentences either is better."""
    picks: list[Pick] = [
        Won(other, baseline),
        Won(baseline, other),
        Tied((baseline, other)),
    ]
    alike = evaluation.analysis.n_scored - prediction.better - prediction.worse
    counts = (prediction.better, prediction.worse, alike)
    rows = [
        {"with the second": name, "sentences": n}
        for name, n in zip(("better", "worse", "alike"), counts, strict=True)
    ]
    table(
        "decided",
        rows,
        lambda row, _: picks[row],
        alt="Sentences on which the second system is better, worse, or as good",
    )


def _predictors(baseline: str, other: str, prediction: Prediction) -> None:
    """What each feature of a sentence says about the better system."""
    rows = [
        {
            "feature": FEATURES[p.feature],
            "area under the curve": round(p.auc, 3),
            "p": p.p,
            "p, corrected": p.corrected,
            "odds ratio": round(p.odds, 2),
            "95 % interval": f"{p.low:.2f} – {p.high:.2f}",
            "verdict": ("higher: take the second" if p.auc > 0.5 else "higher: keep the first")
            if p.corrected < 0.05
            else "says nothing",
        }
        for p in prediction.predictors
    ]

    def opens(row: int, column: str) -> Pick:
        predictor = prediction.predictors[row]
        return Won(
            other, baseline, f"-{predictor.feature}" if predictor.auc > 0.5 else predictor.feature
        )

    table("predictors", rows, opens, alt="Which features of a sentence predict the better system")
