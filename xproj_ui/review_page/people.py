"""Who did how much, and how far they agree."""

from __future__ import annotations

import streamlit as st

from xproj_core.review.desk import GOLD, Desk
from xproj_core.review.progress import progress
from xproj_ui.review_page import address
from xproj_ui.review_page.clock import day_and_clock, duration
from xproj_ui.say import escaped, say


def panel(desk: Desk, number: int | None) -> None:
    """Progress by person, agreement where there are two versions, and adjudication."""
    found = progress(desk.store, desk.dataset.id, desk.settings)
    if not found.people:
        say("Nobody has corrected anything here yet.", "quiet")
    else:
        rows = ["| who | sentences done | actions | pace | last |", "|---|--:|--:|--:|---|"]
        for name, person in found.people.items():
            pace = "" if person.pace is None else f"{duration(person.pace)} a sentence"
            rows.append(f"| {escaped(name)} | {person.done:,} | {person.actions:,} | {pace} |"
                        f" {day_and_clock(person.last)} |")  # fmt: skip
        st.markdown("\n".join(rows))
    if not desk.settings.double:
        say("Agreement needs versions that people make apart from each other: switch double"
            " annotation on under “How it is reviewed”.", "quiet")  # fmt: skip
        return
    if number is not None and address.view().get("layer") != GOLD:
        st.button("Adjudicate this sentence", icon=":material/balance:", key="review_adjudicate",
                  on_click=address.change, kwargs={"layer": GOLD})  # fmt: skip
