"""Teaching Mini a pair of languages from sentence pairs, and to tag one from labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from xproj_core.domain.errors import InputError, XProjError
from xproj_core.jobs.progress import duration
from xproj_core.jobs.worker import Do
from xproj_core.mini.train.teaching_job import Given, Lesson, Lessons, in_child
from xproj_ui.engine_page.overview import table, use
from xproj_ui.engines import TAUGHT, taught_name
from xproj_ui.languages_menu import menu, name, named
from xproj_ui.say import say

if TYPE_CHECKING:
    from xproj_core.mini.train.labelled import TaggerReport
    from xproj_core.mini.train.teach import Taught

_SIDES = ("first column", "second column")


@st.cache_resource(show_spinner=False)
def lessons() -> Lessons:
    """One for the process; everybody sees them."""
    return Lessons(TAUGHT, way())


def way() -> Do:
    """How a language is taught: in a process of its own, so that pages stay quick."""
    return in_child(TAUGHT)


def section() -> None:
    """What it takes, the form, and the lessons with their progress."""
    st.markdown(
        "A file of sentence pairs is enough: one pair a line, the two sentences separated by a"
        " tab. A few thousand pairs already help; training takes minutes on a laptop, and the"
        " new pair can be used at once. With a CoNLL file of labelled sentences in one of the two"
        " languages, Mini learns to tag that language as well."
    )
    known = lessons().list()
    busy = any(lesson.busy for lesson in known)
    _form(busy)
    if known:
        st.fragment(_lessons, run_every="1s" if busy else None)(busy)


def _form(busy: bool) -> None:
    with st.form("teach", border=False):
        pairs = st.file_uploader("Sentence pairs (TSV)", type=["tsv", "txt"], key="teach_pairs")
        with st.container(horizontal=True):
            source = st.selectbox(
                "First column",
                menu(),
                index=menu().index("en"),
                format_func=named,
                accept_new_options=True,
                width=200,
                key="teach_source",
            )
            target = st.selectbox(
                "Second column",
                menu(),
                index=None,
                format_func=named,
                accept_new_options=True,
                width=200,
                key="teach_target",
                placeholder="Choose a language",
            )
        labelled = st.file_uploader(
            "Labelled sentences (CoNLL), if you have some",
            type=["conll", "txt", "tsv", "iob"],
            key="teach_labelled",
            help="A token and its tag (B-PER, I-PER, O …) a line, a blank line after each sentence."
            " A few hundred sentences are a start.",
        )
        side = st.radio(
            "They are in the language of the",
            _SIDES,
            index=1,
            horizontal=True,
            key="teach_labelled_side",
        )
        pressed = st.form_submit_button("Teach", type="primary", disabled=busy)
    if busy:
        st.caption("One language is taught at a time.")
    elif pressed:
        try:
            _begin(pairs, source, target, labelled, side)
        except XProjError as error:
            say(str(error))
        else:
            st.rerun()


def _begin(
    pairs: Any, source: str | None, target: str | None, labelled: Any = None, side: str = ""
) -> None:
    """Keep the uploads and start."""
    if pairs is None:
        raise InputError("Choose a file of sentence pairs first.")
    if not source or not target:
        raise InputError("Choose the languages of both columns.")
    lessons().begin(
        source,
        target,
        Given(pairs.name, pairs.getvalue()),
        None if labelled is None else Given(labelled.name, labelled.getvalue()),
        source if side == _SIDES[0] else target,
    )


def _lessons(busy: bool) -> None:
    """Newest first; redrawn by themselves while one is on (`busy`)."""
    known = lessons().list()
    if busy != any(lesson.busy for lesson in known):
        st.rerun()  # the whole page, which begins to look again, or stops
    for number, lesson in enumerate(reversed(known)):
        with st.container(border=True):
            _lesson(lesson, newest=not number)


def _lesson(lesson: Lesson, *, newest: bool) -> None:
    pair = f"{name(lesson.source)} and {name(lesson.target)}"
    if lesson.busy:
        _busy(lesson, pair)
    elif lesson.taught is None:
        _ended(lesson, pair)
    else:
        st.markdown(f"**{pair}**: learnt in {duration(lesson.seconds)}.")
        if newest:
            _report(lesson.taught)
        with st.container(horizontal=True):
            if st.button("Use it", key=f"use_taught_{lesson.name}", type="primary"):
                use(taught_name(lesson.folder))
            if not newest:
                with st.popover("How well", type="tertiary"):
                    _report(lesson.taught)


def _busy(lesson: Lesson, pair: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(lesson.progress.fraction, text=f"{pair}: {lesson.progress}")
        st.button(
            "Cancel",
            key=f"teach_cancel_{lesson.name}",
            on_click=lessons().cancel,
            args=(lesson.name,),
        )


def _ended(lesson: Lesson, pair: str) -> None:
    """Why nothing was learnt, and what can be done about it."""
    if lesson.problem:
        say(f"{pair}: {lesson.problem}")
    elif lesson.state == "interrupted":
        say(f"{pair}: XProj ended while this was being learnt. The files are kept.", "note")
    else:
        say(f"{pair}: cancelled. The files are kept.", "note")
    with st.container(horizontal=True):
        st.button(
            "Teach again",
            key=f"teach_again_{lesson.name}",
            on_click=lessons().again,
            args=(lesson.name,),
        )
        st.button(
            "Remove",
            key=f"teach_remove_{lesson.name}",
            on_click=lessons().remove,
            args=(lesson.name,),
            help="The files that were handed in go, too.",
            type="tertiary",
        )


def _report(taught: Taught) -> None:
    """Held-out scores and examples, direction by direction."""
    report = taught.report
    st.caption(f"{report.pairs:,} pairs, {report.held_out:,} of them held out for the scores.")
    for direction, chrf in report.chrf.items():
        source, _, target = direction.partition("-")
        st.markdown(f"{name(source)} → {name(target)}: chrF **{chrf:.1f}**")
        # Two columns: three do not fit a narrow screen.
        rows = [
            (what, text)
            for e in report.examples[direction][:3]
            for what, text in (
                ("sentence", e.source),
                ("Mini", e.translation),
                ("reference", e.reference),
            )
        ]
        table(("", "held-out sentences"), rows)
    if taught.tagger is not None:
        _tagger_report(taught.tagger)


def _tagger_report(report: TaggerReport) -> None:
    """Held-out F1 with its counts, and what the tagger sees in held-out sentences."""
    whole = report.scores.overall
    st.markdown(f"Tagger for {name(report.language)}: F1 **{100 * whole.f1:.1f}**")
    st.caption(
        f"{report.sentences:,} sentences with {report.entities:,} entities; scored on"
        f" {report.held_out:,} that a first tagger had not seen, then learnt from all of them."
    )
    rows = {**report.scores.per_label, "all": whole}
    table(
        ("label", "F1", "right", "found", "in the file"),
        [
            (label, f"{100 * s.f1:.1f}", str(s.n_correct), str(s.n_predicted), str(s.n_gold))
            for label, s in rows.items()
        ],
    )
    pairs = [
        pair for e in report.examples[:3] for pair in zip(("Mini", "you"), e.marked(), strict=True)
    ]
    table(("", "held-out sentences"), pairs)
