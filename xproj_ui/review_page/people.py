"""Who did how much, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from xproj_core.domain.item import Side
from xproj_core.jobs.progress import duration
from xproj_core.review.agreement import Score, measure_agreement
from xproj_core.review.completion import progress
from xproj_core.review.desk import GOLD, Desk
from xproj_core.text.strings import counted
from xproj_ui.clock import day_and_clock
from xproj_ui.review_page import state
from xproj_ui.say import escaped, say

_SHOWN = 30


def panel(desk: Desk, number: int | None) -> None:
    """Progress by person, agreement where there are two versions, and adjudication."""
    review_progress = progress(desk.store, desk.dataset.id, desk.settings)
    if not review_progress.people:
        say("Nobody has corrected anything here yet.", "quiet")
    else:
        rows = ["| who | sentences done | actions | pace | last |", "|---|--:|--:|--:|---|"]
        for name, person in review_progress.people.items():
            pace = "" if person.pace is None else f"{duration(person.pace)} a sentence"
            rows.append(
                f"| {escaped(name)} | {person.done:,} | {person.actions:,} | {pace} |"
                f" {day_and_clock(person.last)} |"
            )
        st.markdown("\n".join(rows))
    if not desk.settings.double:
        say(
            "Agreement needs versions that people make apart from each other: switch double"
            " annotation on under “How it is reviewed”.",
            "quiet",
        )
        return
    _show_agreement(desk)
    if number is not None and state.view().layer != GOLD:
        st.button(
            "Adjudicate this sentence",
            icon=":material/balance:",
            key="review_adjudicate",
            on_click=state.change,
            kwargs={"layer": GOLD},
        )


def _show_agreement(desk: Desk) -> None:
    side: Side = "target"
    if st.toggle("Source side", key="review_agreement_side"):
        side = "source"
    agreement_scores = measure_agreement(desk, side)
    if not agreement_scores.sentences:
        say("No sentence has been finished by two people yet.", "quiet")
        return
    n = agreement_scores.sentences
    st.markdown(
        f"**Agreement** on {counted(n, 'sentence')} that two or more people finished:"
        f" Krippendorff's alpha {_score(agreement_scores.alpha)} over tokens"
    )
    lines = ["| | sentences | span F1 | Cohen's kappa over tokens |", "|---|--:|---|---|"]
    lines += [
        f"| {escaped(pair.first)} and {escaped(pair.second)} | {pair.sentences:,} |"
        f" {_score(pair.f1)} | {_score(pair.kappa)} |"
        for pair in agreement_scores.pairs
    ]
    st.markdown("\n".join(lines))
    if agreement_scores.other_words:
        say(
            f"{agreement_scores.other_words:,} more were left out, as somebody edited their text.",
            "quiet",
        )
    if agreement_scores.numbers:
        _disagreeing(desk, agreement_scores.numbers)


def _score(score: Score) -> str:
    return escaped(score.reason) if score.value is None else f"**{score.value:.3f}**"


def _disagreeing(desk: Desk, numbers: Sequence[int]) -> None:
    """A button for each sentence that somebody has to decide about."""
    st.markdown(f"**They differ on {len(numbers):,}**; open one to adjudicate it:")
    with st.container(horizontal=True):
        for number in numbers[:_SHOWN]:
            key = desk.store.datasets.at(desk.dataset.id, number).key
            st.button(
                f"no. {number + 1}",
                key=f"review_differ_{number}",
                on_click=state.change,
                kwargs={"item": key, "layer": GOLD},
            )
