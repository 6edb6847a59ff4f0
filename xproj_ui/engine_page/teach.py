"""Teaching Mini a pair of languages from sentence pairs, and to tag one from labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from xproj_core.domain.errors import InputError, XProjError
from xproj_core.jobs.progress import duration
from xproj_core.learn.teaching_job import TeachingJob
from xproj_core.learn.teaching_report import HELD_OUT
from xproj_core.learn.uploads import Upload
from xproj_ui.engine_page.overview import table, use
from xproj_ui.engines import taught_name
from xproj_ui.languages_menu import menu, name, named
from xproj_ui.resources import teaching
from xproj_ui.say import safely, say

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from xproj_core.evaluate.scores.entities import EntityScores
    from xproj_core.learn.teaching_report import TaggerReport, Taught

_SIDES = ("first column", "second column")


def section() -> None:
    """What it takes, the form, and what is or was taught, with its progress."""
    st.markdown(
        "A file of sentence pairs is enough: one pair a line, the two sentences separated by a"
        " tab. A few thousand pairs already help; training takes minutes on a laptop, and the"
        " new pair can be used at once. With a CoNLL file of labelled sentences in one of the two"
        " languages, Mini learns to tag that language as well."
    )
    jobs = teaching().list()
    busy = any(job.busy for job in jobs)
    _form(busy)
    if jobs:
        st.fragment(_jobs, run_every="1s" if busy else None)(busy)


def _form(busy: bool) -> None:
    with st.form("teach", border=False):
        pairs = st.file_uploader("Sentence pairs (TSV)", type=["tsv", "txt"], key="teach_pairs")
        with st.container(horizontal=True):
            source = _language("First column", "teach_source", "en")
            target = _language("Second column", "teach_target")
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
        gold = st.file_uploader(
            "Others that a person labelled (CoNLL), to test the tagger on",
            type=["conll", "txt", "tsv", "iob"],
            key="teach_gold",
            help="In the same language, and none of them among those above. Without them the"
            " tagger is scored on a tenth of the labelled sentences, whoever labelled these.",
        )
        pressed = st.form_submit_button("Teach", type="primary", disabled=busy)
    if busy:
        st.caption("One language is taught at a time.")
    elif pressed:
        try:
            _begin(pairs, source, target, labelled, side, gold)
        except XProjError as error:
            say(str(error))
        else:
            st.rerun()


def _language(label: str, key: str, first: str | None = None) -> str | None:
    """A menu of languages, in which others may be typed; `first` is chosen to begin with."""
    return st.selectbox(
        label,
        menu(),
        index=None if first is None else menu().index(first),
        format_func=named,
        accept_new_options=True,
        width=200,
        key=key,
        placeholder="Choose a language",
    )


def _begin(
    pairs: UploadedFile | None,
    source: str | None,
    target: str | None,
    labelled: UploadedFile | None = None,
    side: str = "",
    gold: UploadedFile | None = None,
) -> None:
    """Keep the uploads and start."""
    if pairs is None:
        raise InputError("Choose a file of sentence pairs first.")
    if not source or not target:
        raise InputError("Choose the languages of both columns.")
    teaching().begin(
        source,
        target,
        Upload(pairs.name, pairs.getvalue()),
        None if labelled is None else Upload(labelled.name, labelled.getvalue()),
        source if side == _SIDES[0] else target,
        None if gold is None else Upload(gold.name, gold.getvalue()),
    )


def _jobs(busy: bool) -> None:
    """Newest first; redrawn by themselves while one is on (`busy`)."""
    jobs = teaching().list()
    if busy != any(job.busy for job in jobs):
        st.rerun()  # the whole page, which begins to look again, or stops
    for number, job in enumerate(jobs):
        with st.container(border=True):
            _job(job, newest=not number)


def _job(job: TeachingJob, *, newest: bool) -> None:
    pair = f"{name(job.source)} and {name(job.target)}"
    if job.busy:
        _busy(job, pair)
    elif job.taught is None:
        _ended(job, pair)
    else:
        st.markdown(f"**{pair}**: learnt in {duration(job.seconds)}.")
        if newest:
            _report(job.taught)
        with st.container(horizontal=True):
            if st.button("Use it", key=f"use_taught_{job.name}", type="primary"):
                use(taught_name(job.folder))
            if not newest:
                with st.popover("How well", type="tertiary"):
                    _report(job.taught)


def _busy(job: TeachingJob, pair: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.progress(job.progress.fraction, text=f"{pair}: {job.progress}")
        st.button(
            "Cancel",
            key=f"teach_cancel_{job.name}",
            on_click=teaching().cancel,
            args=(job.name,),
        )


def _ended(job: TeachingJob, pair: str) -> None:
    """Why nothing was learnt, and what can be done about it."""
    if job.problem:
        say(f"{pair}: {job.problem}")
    elif job.state == "interrupted":
        say(f"{pair}: XProj ended while this was being learnt. The files are kept.", "note")
    else:
        say(f"{pair}: cancelled. The files are kept.", "note")
    with st.container(horizontal=True):
        st.button(
            "Teach again",
            key=f"teach_again_{job.name}",
            on_click=safely(teaching().again),
            args=(job.name,),
        )
        st.button(
            "Remove",
            key=f"teach_remove_{job.name}",
            on_click=teaching().remove,
            args=(job.name,),
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
    overall = report.scores.overall
    st.markdown(f"Tagger for {name(report.language)}: F1 **{100 * overall.f1:.1f}**")
    st.caption(
        f"{report.sentences:,} sentences with {report.entities:,} entities; scored on"
        f" {report.held_out:,} that a first tagger had not seen, then learnt from all of them."
    )
    _scores(report.scores)
    if report.gold is None:
        st.caption(HELD_OUT)
    else:
        f1 = 100 * report.gold.scores.overall.f1
        st.markdown(f"On {report.gold.sentences:,} sentences that people labelled: F1 **{f1:.1f}**")
        _scores(report.gold.scores)
    pairs = [
        pair for e in report.examples[:3] for pair in zip(("Mini", "you"), e.marked(), strict=True)
    ]
    table(("", "held-out sentences"), pairs)


def _scores(scores: EntityScores) -> None:
    table(
        ("label", "F1", "right", "found", "in the file"),
        [
            (label, f"{100 * s.f1:.1f}", str(s.n_correct), str(s.n_predicted), str(s.n_gold))
            for label, s in {**scores.per_label, "all": scores.overall}.items()
        ],
    )
