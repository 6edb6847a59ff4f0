"""What went wrong, at which step, and in which entities' company."""

from __future__ import annotations

import math

import streamlit as st

from xproj_core.evaluate.analysis import flow
from xproj_core.evaluate.analysis.case_questions import NONE, SAME, Cases, Confused, Retried
from xproj_core.evaluate.analysis.confusion import MISSED, SPURIOUS, confusion
from xproj_core.evaluate.errors.taxonomy import ABOUT, STEPS, Kind
from xproj_core.text.strings import counted
from xproj_ui.analyse_page import charts
from xproj_ui.analyse_page.choose import system_of
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import Row, sentences_button, table

_RIGHT, _WRONG = "right with gold source entities", "still wrong"
_CORNER = "gold ↓  system →"


def kinds(evaluation: Data) -> None:
    """The error taxonomy, system by system."""
    counts, names = flow.errors(evaluation.analysis), evaluation.names
    error_classes = sorted(
        {piece for each in counts.values() for piece in each},
        key=lambda p: (list(Kind).index(p[1]), p[0]),
    )
    if not error_classes:
        st.success("Not a single wrong, missing or spurious entity.")
        return
    charts.show(
        charts.errors(counts, evaluation.names),
        "an_chart_errors",
        "Mistakes of each system by kind",
        lambda d: Cases(str(d[0]), step=str(d[1]), kind=str(d[2]), outcome="mistakes"),
    )
    rows: list[Row] = [
        {
            "step": step.value,
            "kind": ABOUT[kind].title,
            **{names[s]: each.get((step, kind), 0) for s, each in counts.items()},
            "meaning": ABOUT[kind].meaning,
        }
        for step, kind in error_classes
    ]

    def opens(row: int, column: str) -> Cases:
        step, kind = error_classes[row]
        system = next((s for s, name in names.items() if name == column), "")
        return Cases(system, step=step.value, kind=kind.value, outcome="mistakes")

    table("errors", rows, opens, alt="Mistakes by kind and system")
    _helped(evaluation)
    st.caption(
        "Every wrong, missing or spurious entity is in one class, that of the first step that"
        " failed. Where the source has no gold labels, the links decide what the tagger did, which"
        " is a guess; the sentences say so."
    )
    with st.expander("All classes, and what they mean"):
        st.markdown(_meanings())


def _meanings() -> str:
    """Every class by its step, whether it occurs here or not."""
    rows = [
        f"| {STEPS.get(kind, 'projection or earlier')} | {about.title} | {about.meaning} |"
        for kind, about in ABOUT.items()
        if kind is not Kind.CORRECT
    ]
    return "\n".join(["| step | class | what it means |", "|---|---|---|", *rows])


def _helped(evaluation: Data) -> None:
    """What gold source entities would have changed, where that was tried."""
    cases = evaluation.analysis.cases
    tried = cases[(cases.helped >= 0) & (cases.step == "tagging")]
    if not len(tried):
        return
    rows, systems = [], [s for s in evaluation.systems if (tried.system == s).any()]
    for system in systems:
        own = tried[tried.system == system]
        rows.append(
            {
                "system": evaluation.names[system],
                "tagging errors tried again": len(own),
                _RIGHT: int((own.helped == 1).sum()),
                _WRONG: int((own.helped == 0).sum()),
            }
        )
    st.markdown("##### Would a perfect tagger have helped?")

    def opens(row: int, column: str) -> Retried:
        result = {_RIGHT: "right", _WRONG: "wrong"}.get(column, "tried")
        return Retried(systems[row], "tagging", result)

    table("perfect_tagger", rows, opens, alt="Tagging errors tried again with gold source entities")


def matrix(evaluation: Data) -> None:
    """Which label is taken for which."""
    system = system_of(evaluation)
    confusion_matrix = confusion(evaluation.analysis, system)
    rows = [
        {
            _CORNER: gold if gold != SPURIOUS else "nothing (spurious)",
            **{
                c: None if (gold, c) == (SPURIOUS, MISSED) else int(n)
                for c, n in zip(confusion_matrix.columns, confusion_matrix.counts[i], strict=True)
            },
        }
        for i, gold in enumerate(confusion_matrix.rows)
    ]
    most = max(1, int(confusion_matrix.counts.max()))

    def shade(row: int, column: str) -> float:
        if column not in confusion_matrix.columns:
            return 0.0
        share = int(confusion_matrix.counts[row, confusion_matrix.columns.index(column)]) / most
        return math.sqrt(share)

    def opens(row: int, column: str) -> Confused | None:
        gold = NONE if confusion_matrix.rows[row] == SPURIOUS else confusion_matrix.rows[row]
        if column == _CORNER:
            return Confused(system, gold)
        predicted = NONE if column == MISSED else column
        return None if gold == predicted == NONE else Confused(system, gold, predicted)

    table("confusion", rows, opens, shade=shade, alt="Gold labels against the system's labels")
    wrong = int(confusion_matrix.counts[:-1, :-1].trace() - confusion_matrix.exact.trace())
    st.caption("Entities are paired one to one; a pair counts where the two share a word.")
    sentences_button(
        f"{counted(wrong, 'entity', 'entities')} on the diagonal with the right label and wrong"
        " ends",
        Confused(system, predicted=SAME, outcome="wrong"),
        "diagonal",
    )
