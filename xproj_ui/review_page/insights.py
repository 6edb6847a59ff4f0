"""What corrections teach: how often people changed what each system made, and what was wrong."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xproj_core.evaluate.errors.taxonomy import ABOUT, Kind
from xproj_core.review.desk import Desk
from xproj_core.review.insights import Lessons, Row, collect_lessons, rows
from xproj_core.text.strings import counted
from xproj_ui.languages_menu import name as language_name
from xproj_ui.review_page import confidence
from xproj_ui.say import escaped, say

_BY = {"system": 0, "language": 1, "label": 2}
_OUTCOMES = {
    "kept": "kept",
    "label": "relabelled",
    "place": "moved",
    "label and place": "both",
    "rejected": "rejected",
    "added": "missing",
}
_KEY = "review_lessons_by"


def panel(desk: Desk) -> None:
    """Two tables over the finished sentences, by system, language and label as asked for."""
    counts = collect_lessons(desk)
    if not counts.sentences:
        say(
            "Nothing is done yet. Once sentences are marked as done (D), this shows how often"
            " people changed what each system made, by system, language, label and kind of"
            " error: your corrections are an evaluation.",
            "quiet",
        )
        return
    chosen = st.segmented_control(
        "By", list(_BY), default=["system", "label"], key=_KEY, selection_mode="multi"
    )
    by = [_BY[dimension] for dimension in _BY if dimension in chosen] or [0]
    n = counts.sentences
    st.markdown(f"**What people changed**, over {counted(n, 'finished sentence')}")
    _outcomes(rows(counts.outcomes.items(), by), by)
    _links(counts)
    if counts.kinds:
        st.markdown("**What was wrong with each system's labels**, the corrections taken as gold")
        _kinds(rows(counts.kinds.items(), by), by)
    if counts.other_words:
        say(
            f"{counts.other_words:,} of them had their text edited, so no system's labels can be"
            " compared with them.",
            "quiet",
        )

    confidence.panel(desk)


def _names(row: Row, by: Sequence[int]) -> list[str]:
    return [
        escaped(language_name(value) if part == 1 else value)
        for value, part in zip(row.names, by, strict=True)
    ]


def _head(by: Sequence[int]) -> list[str]:
    return [list(_BY)[part] for part in by]


def _table(head: Sequence[str], texts: int, lines: Sequence[Sequence[str]]) -> None:
    rule = ["---"] * texts + ["--:"] * (len(head) - texts)
    table_lines = ["| " + " | ".join(cells) + " |" for cells in (head, rule, *lines)]
    st.markdown("\n".join(table_lines))


def _outcomes(table_rows: Sequence[Row], by: Sequence[int]) -> None:
    head = [*_head(by), "labels", "changed", *_OUTCOMES.values()]
    lines = [
        [
            *_names(row, by),
            f"{row.total:,}",
            f"{row.share('kept'):.0%}",
            *(f"{row.counts.get(what, 0):,}" for what in _OUTCOMES),
        ]
        for row in table_rows
    ]
    _table(head, len(by), lines)


def _links(counts: Lessons) -> None:
    for system, language in dict.fromkeys((s, x) for s, x, _ in counts.links):
        kept, removed, added = (
            counts.links[system, language, what] for what in ("kept", "removed", "added")
        )
        if removed or added:
            say(
                f"Links of {system} in {language_name(language)}: {kept:,} kept, {removed:,}"
                f" removed, {added:,} added.",
                "quiet",
            )


def _kinds(table_rows: Sequence[Row], by: Sequence[int]) -> None:
    used = [kind for kind in Kind if any(row.counts.get(kind.value) for row in table_rows)]
    head = [*_head(by), "wrong", *(ABOUT[kind].title for kind in used)]
    lines = [
        [
            *_names(row, by),
            f"{row.share(Kind.CORRECT.value):.0%}",
            *(f"{row.counts.get(kind.value, 0):,}" for kind in used),
        ]
        for row in table_rows
    ]
    _table(head, len(by), lines)
