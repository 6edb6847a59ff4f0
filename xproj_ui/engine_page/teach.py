"""Teaching Mini a pair of languages from sentence pairs, and to tag one from labels."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from xproj_core import languages
from xproj_core.errors import InputError, XProjError
from xproj_ui.engine_page import teach_job
from xproj_ui.engine_page.overview import table, use
from xproj_ui.engine_page.teach_job import Job
from xproj_ui.engines import TAUGHT, shelf, taught_name
from xproj_ui.languages_menu import menu, name, named
from xproj_ui.say import say

if TYPE_CHECKING:
    from xproj_core.train.labelled import TaggerReport
    from xproj_core.train.teach import Taught

_SIDES = ("first column", "second column")


@st.cache_resource(show_spinner=False)
def jobs() -> list[Job]:
    """All runs of this process; everybody sees them."""
    return []


def section() -> None:
    """What it takes, the form, and the runs with their progress."""
    st.markdown(
        "A file of sentence pairs is enough: one pair a line, the two sentences separated by a"
        " tab. A few thousand pairs already help; training takes minutes on a laptop, and the"
        " new pair can be used at once. With a CoNLL file of labelled sentences in one of the two"
        " languages, Mini learns to tag that language as well."
    )
    busy = any(job.running for job in jobs())
    _form(busy)
    if jobs():
        st.fragment(_runs, run_every="1s" if busy else None)(busy)


def _form(busy: bool) -> None:
    with st.form("teach", border=False):
        pairs = st.file_uploader("Sentence pairs (TSV)", type=["tsv", "txt"], key="teach_pairs")
        with st.container(horizontal=True):
            source = st.selectbox("First column", menu(), index=menu().index("en"),
                                  format_func=named, accept_new_options=True, width=200,
                                  key="teach_source")  # fmt: skip
            target = st.selectbox("Second column", menu(), index=None, format_func=named,
                                  accept_new_options=True, width=200, key="teach_target",
                                  placeholder="Choose a language")  # fmt: skip
        labelled = st.file_uploader(
            "Labelled sentences (CoNLL), if you have some", type=["conll", "txt", "tsv", "iob"],
            key="teach_labelled",
            help="A token and its tag (B-PER, I-PER, O …) a line, a blank line after each sentence."
            " A few hundred sentences are a start.",
        )  # fmt: skip
        side = st.radio("They are in the language of the", _SIDES, index=1, horizontal=True,
                        key="teach_labelled_side")  # fmt: skip
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
    """Store the uploads and start the run."""
    if pairs is None:
        raise InputError("Choose a file of sentence pairs first.")
    if not source or not target:
        raise InputError("Choose the languages of both columns.")
    pair = languages.normalise(source), languages.normalise(target)
    if pair[0] == pair[1]:
        raise InputError(f"Both columns are {name(pair[0])}. Choose two languages.")
    try:
        output = _new_folder(TAUGHT, "-".join(pair))
        file = _stored(pairs, output, "pairs.tsv")
        tags = None if labelled is None else _stored(labelled, output, "labelled.conll")
    except OSError as error:
        raise InputError(f"The files could not be stored in {TAUGHT}: {error.strerror}.") from error
    job = Job(*pair, output, tags, pair[0] if side == _SIDES[0] else pair[1])
    jobs().append(job)
    at_hand = shelf()
    teach_job.begin(job, lambda j: _teach(j, file), lambda j: at_hand.offer(taught_name(j.output)))


def _stored(upload: Any, folder: Path, fallback: str) -> Path:
    """The upload as a file of its own name; where both have one name, the second is renamed."""
    name = re.sub(r"[^\w.-]", "_", Path(upload.name).name) or fallback
    file = folder / (f"labelled-{name}" if (folder / name).exists() else name)
    file.write_bytes(upload.getvalue())
    return file


def _new_folder(parent: Path, stem: str) -> Path:
    """A folder of its own for each run: an engine in use keeps the files it was loaded from."""
    for number in count(1):
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError("count never ends")


def _teach(job: Job, pairs: Path) -> Taught:
    from xproj_core.train.teach import teach

    def progress(fraction: float, step: str) -> None:
        job.fraction, job.step = min(max(fraction, 0.0), 1.0), step

    return teach(
        pairs, job.source, job.target, job.output, labelled=job.labelled,
        labelled_language=job.labelled_language, progress=progress,
    )  # fmt: skip


def _runs(busy: bool) -> None:
    """The runs; redrawn by themselves while one is on (`busy`), the whole page when it ends."""
    if busy and not any(job.running for job in jobs()):
        st.rerun()
    for number, job in reversed(list(enumerate(jobs()))):
        with st.container(border=True):
            _run(number, job)


def _run(number: int, job: Job) -> None:
    pair = f"{name(job.source)} and {name(job.target)}"
    if job.running:
        left = job.seconds_left
        rest = "" if left is None else f", about {_duration(left)} left"
        st.progress(job.fraction, text=f"{pair}: {job.step}{rest}")
    elif job.problem is not None:
        say(f"{pair}: {job.problem}")
    else:
        taken = _duration((job.ended or job.started) - job.started)
        st.markdown(f"**{pair}**: learnt in {taken}.")
        _report(job.report)
        if st.button("Use it", key=f"use_taught_{number}", type="primary"):
            use(taught_name(job.output))


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
                ("sentence", e.source), ("Mini", e.translation), ("reference", e.reference)
            )
        ]  # fmt: skip
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
        [(label, f"{100 * s.f1:.1f}", str(s.n_correct), str(s.n_predicted), str(s.n_gold))
         for label, s in rows.items()],
    )  # fmt: skip
    pairs = [pair for e in report.examples[:3] for pair in zip(("Mini", "you"), e.marked(),
                                                               strict=True)]  # fmt: skip
    table(("", "held-out sentences"), pairs)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
