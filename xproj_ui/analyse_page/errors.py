"""What went wrong, at which step, and in which entities' company."""

from __future__ import annotations

import math
from typing import Any

import streamlit as st

from xproj_core.evaluate import flow
from xproj_core.evaluate.confusion import MISSED, SPURIOUS, confusion
from xproj_core.evaluate.kinds import ABOUT, Kind
from xproj_core.evaluate.pick import NONE, Pick
from xproj_ui.analyse_page import address, charts
from xproj_ui.analyse_page.data import Data
from xproj_ui.analyse_page.table import table


def kinds(found: Data) -> None:
    """The error taxonomy, system by system."""
    counts, names = flow.errors(found.analysis), found.names
    pieces = sorted({piece for each in counts.values() for piece in each},
                    key=lambda p: (list(Kind).index(p[1]), p[0]))  # fmt: skip
    if not pieces:
        st.success("Not a single wrong, missing or spurious entity.")
        return
    charts.show(
        charts.errors(counts, found.names),
        "an_chart_errors",
        "Mistakes of each system by kind",
        lambda d: Pick(system=str(d[0]), step=str(d[1]), kind=str(d[2]), outcome="mistakes"),
    )
    rows: list[dict[str, Any]] = [
        {"step": step.value, "kind": ABOUT[kind].title,
         **{names[s]: each.get((step, kind), 0) for s, each in counts.items()},
         "meaning": ABOUT[kind].meaning}
        for step, kind in pieces
    ]  # fmt: skip

    def opens(row: int, column: str) -> Pick | None:
        step, kind = pieces[row]
        system = next((s for s, name in names.items() if name == column), "")
        return Pick(system=system, step=step.value, kind=kind.value, outcome="mistakes")

    table("errors", rows, opens, alt="Mistakes by kind and system")
    _helped(found)
    st.caption(
        "Every wrong, missing or spurious entity is in one class, that of the first step that"
        " failed. Where the source has no gold labels, the links decide what the tagger did, which"
        " is a guess; the sentences say so."
    )


def _helped(found: Data) -> None:
    """What gold source entities would have changed, where that was tried."""
    cases: Any = found.analysis.cases
    tried = cases[(cases.helped >= 0) & (cases.step == "tagging")]
    if not len(tried):
        return
    rows = []
    for system in found.systems:
        own = tried[tried.system == system]
        if len(own):
            rows.append({"system": found.names[system], "tagging errors tried again": len(own),
                         "right with gold source entities": int((own.helped == 1).sum()),
                         "still wrong": int((own.helped == 0).sum())})  # fmt: skip
    st.markdown("##### Would a perfect tagger have helped?")
    table("perfect_tagger", rows, alt="Tagging errors tried again with gold source entities")


def streams(found: Data) -> None:
    """From the gold entities to what arrived."""
    system = _system(found)
    parts = flow.flow(found.analysis, system)
    if not parts:
        st.info("There are no gold entities to follow.")
        return
    # On a narrow screen the picture scrolls: its labels would run into one another.
    st.html("<style>.st-key-an_flow{overflow-x:auto}.st-key-an_flow>div{min-width:680px}</style>")
    with st.container(key="an_flow"):
        charts.show(charts.sankey(parts), "an_chart_flow", "Gold entities from step to step")
    lost = [p for p in parts if p.kind is not None]
    total = sum(p.count for p in parts if p.start == flow.STAGES[0][0])
    rows = [
        {"lost after": p.start, "kind": ABOUT[p.kind].title, "gold entities": p.count,
         "share": p.count / total}
        for p in lost if p.kind is not None
    ]  # fmt: skip

    def opens(row: int, column: str) -> Pick | None:
        kind = lost[row].kind
        step = {s.value for name, steps in flow.STAGES for s in steps if name == lost[row].start}
        one = step.pop() if len(step) == 1 else ""
        return Pick(system=system, kind=kind.value if kind else "", step=one, outcome="lacking")

    table("flow", rows, opens, percent=("share",), alt="Gold entities lost at each step")
    st.caption("Spurious entities have no gold entity to follow; they are under Errors.")


def _system(found: Data) -> str:
    return address.choice(
        st.selectbox, "of", "System", found.systems, forget=True,
        format_func=lambda s: found.names[s],
    )  # fmt: skip


def matrix(found: Data) -> None:
    """Which label is taken for which."""
    system = _system(found)
    made = confusion(found.analysis, system)
    rows = [
        {"gold ↓  system →": gold if gold != SPURIOUS else "nothing (spurious)",
         **{c: int(n) for c, n in zip(made.columns, made.counts[i], strict=True)}}
        for i, gold in enumerate(made.rows)
    ]  # fmt: skip
    most = max(1, int(made.counts.max()))

    def shade(row: int, column: str) -> float:
        if column not in made.columns:
            return 0.0
        share = int(made.counts[row, made.columns.index(column)]) / most
        return math.sqrt(share)

    def opens(row: int, column: str) -> Pick | None:
        if column not in made.columns:
            return None
        gold = NONE if made.rows[row] == SPURIOUS else made.rows[row]
        predicted = NONE if column == MISSED else column
        return None if gold == predicted == NONE else Pick(system, gold=gold, predicted=predicted)

    table("confusion", rows, opens, shade=shade, alt="Gold labels against the system's labels")
    wrong = int(made.counts[:-1, :-1].trace() - made.exact.trace())
    st.caption(
        "Entities are paired one to one; a pair counts where the two share a word, so"
        f" {wrong:,} on the diagonal have the right label and wrong ends."
    )
