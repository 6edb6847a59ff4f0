"""The strip of steps marks exactly the step of a case, wherever it is drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xproj_core.domain import Span
from xproj_core.drawing.colours import STEPS, adaptive
from xproj_core.drawing.stages import VERBS, stages_of_case, verdict
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind, Step
from xproj_ui.analyse_page.case_strip import strip

SPAN = Span(0, 1, "PER")
CASES = [
    Case(kind, step, gold, predicted, None, "")
    for kind in Kind
    for step in Step
    for gold, predicted in ((SPAN, None), (SPAN, replace(SPAN, label="LOC")), (None, SPAN))
]


@pytest.mark.parametrize("alone", [False, True])
def test_one_step_is_marked_and_nothing_comes_after_it_where_nothing_arrived(alone: bool) -> None:
    for case in CASES:
        states = {s["step"]: s["state"] for s in stages_of_case(case, alone)}
        assert list(states) == [step.value for step in VERBS]
        failed = [step for step, state in states.items() if state == "failed"]
        assert failed == ([case.step] if case.step in VERBS else [])
        later = list(VERBS)[list(VERBS).index(case.step) + 1 :] if failed else []
        for step in VERBS:
            absent = alone and step is not Step.TAGGING and step != case.step
            reached = case.predicted is not None or step not in later
            other = "absent" if absent else "done" if reached else "open"
            assert states[step] == ("failed" if step == case.step else other)


def test_the_line_of_the_analyse_page_has_the_steps_colour_sign_and_class() -> None:
    for case in CASES:
        line = strip(case, alone=False)
        assert line.count('class="failed"') == (case.step in VERBS) == line.count("✕")
        if case.step in VERBS:
            assert adaptive(STEPS[case.step]) in line
            assert f"✕ {VERBS[case.step]}: {ABOUT[case.kind].title}" in line


def test_every_verdict_names_its_class_and_when() -> None:
    for case in CASES:
        said = verdict(case)
        if case.kind is Kind.CORRECT:
            assert said == "right"
            continue
        assert said.startswith(ABOUT[case.kind].title)
        assert (" when " in said) == (case.step in VERBS)
        if case.step in VERBS:
            assert ("lost when" in said) == (case.outcome == "missed")
