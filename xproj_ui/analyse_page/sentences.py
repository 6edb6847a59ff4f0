"""The sentences behind a number, a page of them at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.answers.system import System
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.drawing import wording
from xproj_core.evaluate.analysis import stored_answers
from xproj_core.evaluate.analysis.answer_in_words import answer
from xproj_core.evaluate.analysis.answer_questions import Faulty
from xproj_core.evaluate.analysis.comparison_questions import Won
from xproj_core.evaluate.analysis.selection import Pick
from xproj_core.evaluate.analysis.sentence_features import FEATURES
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind
from xproj_core.runs import configuration as configurations
from xproj_core.text.strings import counted
from xproj_ui.address import links, query
from xproj_ui.analyse_page import state
from xproj_ui.analyse_page.case_strip import strip
from xproj_ui.analyse_page.data import Data
from xproj_ui.arrive import arrive
from xproj_ui.editor import show_read_only
from xproj_ui.resources import store
from xproj_ui.say import escaped, say

if TYPE_CHECKING:
    from xproj_core.store.runs import Run

SHOWN = 6
ANCHOR = "sentences"


def show(evaluation: Data, runs: tuple[Run, ...], ignore: tuple[str, ...]) -> None:
    """What the address picks; nothing where it picks nothing."""
    pick = state.view().pick(evaluation.systems)
    if pick is None:
        st.caption("Click a number, a bar or a cell to see its sentences here.")
        return
    rows = pick.rows(evaluation.analysis)
    arrive(state.times_opened(), key="an_arrive")
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(
            f"{_counted(len(rows))}: {_describe(pick, evaluation)}", anchor=ANCHOR, width="stretch"
        )
        st.button(
            "Close",
            key="an_close",
            icon=":material/close:",
            type="tertiary",
            on_click=state.open_list,
            args=(None,),
        )
    if not rows:
        st.info("No sentence is like that.")
        return
    pages = -(-len(rows) // SHOWN)
    page = _page(pages)
    chosen = rows[(page - 1) * SHOWN : page * SHOWN]
    numbers = [int(evaluation.analysis.sentences.number.iloc[row]) for row in chosen]
    # they come from the store by their place, whatever they are sorted by here
    stream = stored_answers.side_by_side(store(), [run.id for run in runs], numbers)
    answers = dict(zip(sorted(numbers), stream, strict=False))
    feature = pick.feature if isinstance(pick, Won) else ""
    for row, number in zip(chosen, numbers, strict=True):
        item, records = answers[number]
        with st.container(border=True, gap="small"):
            if feature:
                value = float(evaluation.analysis.sentences[feature].iloc[row])
                st.caption(f"{FEATURES[feature]}: {value:.2f}")
            _show_sentence(item, records, pick, evaluation.names, runs, ignore)
    _pager(page, pages)


def announce(evaluation: Data) -> None:
    """Above what was clicked, a way to the list below it."""
    pick = state.view().pick(evaluation.systems)
    if pick is not None:
        rows = pick.rows(evaluation.analysis)
        st.markdown(f"[{_counted(len(rows))} below](#{ANCHOR}): {_describe(pick, evaluation)}")


def _counted(n: int) -> str:
    return counted(n, "sentence")


def _describe(pick: Pick, evaluation: Data) -> str:
    """The pick in words, with systems as they are called here."""
    return escaped(", ".join(pick.words(evaluation.names)))


def _page(pages: int) -> int:
    return min(pages, state.view().page)


def _pager(page: int, pages: int) -> None:
    if pages < 2:
        return

    def turn(to: int) -> None:
        state.turn_to(to)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Earlier",
            key="an_earlier",
            icon=":material/arrow_back:",
            disabled=page == 1,
            on_click=turn,
            args=(page - 1,),
        )
        st.markdown(f"{page:,} of {pages:,}")
        st.button(
            "Later",
            key="an_later",
            icon=":material/arrow_forward:",
            disabled=page == pages,
            on_click=turn,
            args=(page + 1,),
        )


def _show_sentence(
    item: Item,
    records: Mapping[str, Record],
    pick: Pick,
    names: Mapping[str, str],
    runs: tuple[Run, ...],
    ignore: tuple[str, ...],
) -> None:
    named = pick.system or next(iter(records), "")  # whose links and mistakes are shown
    record = records.get(named)
    others = {names[s]: r.predicted for s, r in records.items() if s != named and r.problem is None}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"Sentence **{escaped(item.key)}** · {escaped(names.get(named, named))}",
            width="stretch",
        )
        _links(item, named, runs)
    if record is None or record.problem is not None:
        say(record.problem or "" if record else "The run holds no answer for it.", "note")
    else:
        for case in classify(item, record, ignore):
            if case.kind is not Kind.CORRECT or pick.about_correct:
                _case(case, record, meant=bool(pick.system) and pick.holds(case))
        if isinstance(pick, Faulty) and (statement := answer(item, record, pick.fault)):
            st.markdown(f"▸ {escaped(statement)}")
    show_read_only(item, record, tracks=others, key=f"an_sentence_{item.key}_{named}")


def _case(case: Case, record: Record, meant: bool) -> None:
    parts = []
    for side, span in (("gold", case.gold), ("system", case.predicted)):
        if span is not None:
            words = wording.words(record.target, span.start, span.end)
            parts.append(f"{side} “{words}” {span.label}")
    text = f"{ABOUT[case.kind].title}: {', '.join(parts)}. {case.message}"
    if case.with_gold_source is not None:
        right = "right" if case.with_gold_source else "wrong all the same"
        text += f" With gold source entities it is {right}."
    with st.container(gap=None):
        st.markdown(f"▸ {escaped(text)}" if meant else f":small[{escaped(text)}]")
        if case.kind is not Kind.CORRECT:
            st.html(strip(case, len(record.chain) == 1))


def _links(item: Item, named: str, runs: tuple[Run, ...]) -> None:
    system = System.parse(named)
    letters = ascii_uppercase[: len(runs)]  # an address may name any
    run = runs[letters.index(system.run)] if system.run in letters else runs[0]
    configuration = configurations.from_json(run.configuration)
    parameters = links.to_project(item, configuration)
    if parameters is not None:
        query.link("project", "Open", parameters, ":material/open_in_new:")
    review_parameters = links.to_review(run.dataset, item.key, run.id, str(replace(system, run="")))
    query.link("review", "Review", review_parameters, ":material/edit:")
