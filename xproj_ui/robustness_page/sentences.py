"""One sentence without and with noise: what the noise did, and what it broke."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.domain.errors import XProjError
from xproj_core.domain.overlap import disagreements
from xproj_core.drawing.payload import payload
from xproj_core.drawing.payload_types import Payload
from xproj_core.methods import Mode
from xproj_core.robustness.clean_and_noisy import Outcome, Pair, pair
from xproj_core.robustness.results import Results, place
from xproj_core.robustness.sweep import combined
from xproj_core.robustness.sweep_job import SweepJob
from xproj_ui import engines
from xproj_ui.address import links, query
from xproj_ui.address.robustness_view import At, View
from xproj_ui.comparison.component import show
from xproj_ui.robustness_page import marks, state
from xproj_ui.robustness_page.charts import system_title
from xproj_ui.robustness_page.controls import noise_title
from xproj_ui.robustness_page.data import Source, item
from xproj_ui.say import escaped, say


def section(view: View, source: Source, sweep: SweepJob, results: Results) -> None:
    """Choose a condition, then a sentence that it changed, and look."""
    st.subheader("What it did to a sentence")
    at = _at(view, results)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = _choose(at, results)
    changed = results.broken.get(str(at), ())
    known = [number for number, _, _ in changed]
    if not known:
        look(view, at, None)
        say("No sentence is answered otherwise here. Choose a higher rate.", "quiet")
        return
    number = view.sentence if view.at == at and view.sentence in known else known[0]
    number = _step(known, {n: _effect(right, wrong) for n, right, wrong in changed}, number)
    look(view, at, number)
    outcomes = _pair(view, source, sweep, at, number)
    if outcomes is not None:
        _did(outcomes)
        _drawn(drawing(outcomes, sweep.plan.configuration.mode))
        _links(outcomes, sweep)


def look(view: View, at: At, number: int | None) -> None:
    """Put what is looked at into the address."""
    state.look(replace(view, at=at, sentence=number))


def _at(view: View, results: Results) -> At:
    """The condition in the address, else the first one in which something broke."""
    if (
        view.at is not None
        and view.at.noise in results.noises
        and view.at.system in results.systems
    ):
        return view.at
    for name in results.noises:
        for system in results.systems:
            for rate in [p.rate for p in results.curve(name, system).points][1:]:
                if results.broken.get(place(name, rate, 1, system)):
                    return At(name, rate, 1, system)
    points = results.curve(results.noises[0], results.systems[0]).points
    return At(results.noises[0], points[-1].rate, 1, results.systems[0])


def _choose(at: At, results: Results) -> At:
    """Menus. What comes from elsewhere (a link, a click on a curve) moves them."""
    points = results.curve(at.noise, at.system).points[1:]
    options: dict[str, list[Any]] = {
        "noise": list(results.noises),
        "rate": [p.rate for p in points],
        "seed": list(range(1, len(points[0].seeds) + 1)),
        "system": list(results.systems),
    }
    named: dict[str, Callable[[Any], str]] = {
        "noise": noise_title,
        "rate": "{:g}".format,
        "seed": str,
        "system": lambda s: system_title(s, results.systems),
    }
    labels = {"noise": "Noise", "rate": "Rate", "seed": "Seed", "system": "Method"}
    widths = {"noise": 300, "rate": 90, "seed": 90, "system": 220}
    values = {n: v if (v := getattr(at, n)) in options[n] else options[n][0] for n in options}
    _seed("rb_at", values, {n: f"rb_at_{n}" for n in options}, options)
    chosen = {
        n: st.selectbox(
            labels[n], options[n], key=f"rb_at_{n}", width=widths[n], format_func=named[n]
        )
        for n in options
    }
    st.session_state["rb_at_drawn"] = chosen
    return At(**chosen)


def _step(known: list[int], changed: dict[int, str], number: int) -> int:
    """Which of the changed sentences; arrows go to the next."""
    _seed("rb_number", {"number": number}, {"number": "rb_number"}, {"number": known})
    here = known.index(st.session_state["rb_number"])

    def go(step: int) -> None:
        st.session_state["rb_number"] = known[here + step]

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            "",
            icon=":material/arrow_back:",
            key="rb_before",
            disabled=not here,
            help="The one before",
            on_click=go,
            args=(-1,),
        )
        st.button(
            "",
            icon=":material/arrow_forward:",
            key="rb_after",
            help="The next one",
            disabled=here == len(known) - 1,
            on_click=go,
            args=(1,),
        )
        chosen = st.selectbox(
            "Sentence",
            known,
            key="rb_number",
            width=300,
            format_func=lambda n: f"{n + 1}: {changed[n]}",
        )
        st.caption(f"{len(known)} changed" + (" (the first ones)" if len(known) >= 60 else ""))
    st.session_state["rb_number_drawn"] = {"number": chosen}
    return int(chosen)


def _seed(
    name: str, values: dict[str, Any], keys: dict[str, str], options: dict[str, list[Any]]
) -> None:
    """Put what is wanted into the menus, unless it is what they themselves said last."""
    state = st.session_state
    moved = state.get(f"{name}_drawn") != values
    for part, key in keys.items():
        if moved or state.get(key) not in options[part]:
            state[key] = values[part]


def _effect(right: int, wrong: int) -> str:
    """ "1 lost, 2 more wrong"."""
    parts = [f"{abs(right)} {'lost' if right < 0 else 'gained'}"] if right else []
    if wrong:
        parts.append(f"{abs(wrong)} {'more' if wrong > 0 else 'fewer'} wrong")
    return ", ".join(parts)


def _pair(view: View, source: Source, sweep: SweepJob, at: At, number: int) -> Pair | None:
    try:
        dataset_item = item(source, number)
        if dataset_item is None:
            say("This sentence is no longer in the dataset.", "note")
            return None
        at_hand = view.engine in engines.shelf().loaded() or view.engine == engines.DEFAULT
        label = f"Load {escaped(engines.title(view.engine))} to see the sentence"
        if not at_hand and not st.button(label):
            return None
        configuration = sweep.plan.configuration
        (job,) = configuration.jobs(engines.shelf().get)
        noises = combined(at.noise, at.rate, at.seed)
        used = sweep.plan.sweep(engines.shelf().get, source.labels).labels
        memo = engines.shelf().memo
        return pair(job, configuration.item(dataset_item), noises, at.system, memo, used)
    except XProjError as error:
        say(str(error))
        return None


def _did(outcomes: Pair) -> None:
    """In words."""
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("**What the noise did**")
        st.html(marks.changed_sentences(outcomes.changes) + marks.listed(outcomes.changes))
    with right:
        st.markdown("**What it broke**")
        target = outcomes.noisy.item.target
        assert target is not None
        lines = [
            f"{label}: {marks.entities(target, spans)}"
            for label, spans in (
                ("Lost", outcomes.lost),
                ("Wrong now", outcomes.spurious),
                ("Mended", outcomes.mended),
            )
            if spans
        ]
        for problem in (outcomes.clean.problem, outcomes.noisy.problem):
            if problem:
                lines.append(problem)
        lines += [
            f"“{' '.join(outcomes.noisy.evidence.source.words(x.source))}” {x.source.label} landed"
            f" nowhere: {x.message}"
            for x in (outcomes.noisy.projection.lost if outcomes.noisy.projection else ())
            if outcomes.noisy.evidence is not None
        ]
        st.markdown("\n".join(f"- {escaped(line)}" for line in lines) or "- Nothing.")


def _links(outcomes: Pair, sweep: SweepJob) -> None:
    """To the main page, with the sentence as it was and as it is."""
    configuration = sweep.plan.configuration
    with st.container(horizontal=True):
        for label, outcome in (
            ("Open", outcomes.clean),
            ("Open with the noise in it", outcomes.noisy),
        ):
            if outcome is outcomes.noisy and outcome.item == outcomes.clean.item:
                continue
            parameters = links.to_project(outcome.item, configuration)
            if parameters is not None:
                query.link("project", label, parameters, ":material/open_in_new:")


@st.fragment
def _drawn(data: Payload) -> None:
    """Looking around in it does not draw the page anew."""
    show(data, key="rb_drawing")


def drawing(outcomes: Pair, mode: Mode) -> Payload:
    """Both answers in two columns that cannot be typed over."""
    clean, noisy = outcomes.clean, outcomes.noisy
    target = clean.item.target
    same = (
        target is not None
        and noisy.item.target is not None
        and (target.tokens == noisy.item.target.tokens)
    )
    columns = (_column("clean", clean), _column("noisy", noisy))
    gold = tuple(sorted(clean.gold)) if same else None
    tracks = {"clean": sorted(clean.spans), "noisy": sorted(noisy.spans)}
    if gold is not None:
        tracks["gold"] = list(gold)
    data = payload(
        Comparison(
            columns,
            target.labelled(()) if same and target is not None else None,
            gold,
            disagreements(tracks, len(target)) if same and target is not None else frozenset(),
            {},
            {},
            0.0,
        ),
        mode=mode,
    )
    for column in data["columns"]:
        for row in column["rows"]:
            row["slot"] = None
    return data


def _column(name: str, outcome: Outcome) -> Column:
    if outcome.evidence is None or outcome.projection is None:
        return Column(name, problem=outcome.problem or "There is no answer.")
    return Column(name, replace(outcome.evidence, method=name), outcome.projection)
