"""The names of systems: written as they are read, and in one place."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.answers.choice import Choice, distinguish
from xproj_core.answers.system import System, evidence_name, signature_line
from xproj_core.methods import methods
from xproj_core.project import projectors

ROOT = Path(__file__).resolve().parents[2]
_WORDS = st.from_regex(r"[\w.-]+", fullmatch=True)
_VALUES = (
    st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.from_regex(r"[a-z]+([/ =:-][a-z]+)*", fullmatch=True).filter(
        lambda word: word not in ("inf", "nan")
    )
)
_CHOICES = st.builds(Choice, _WORDS, st.dictionaries(_WORDS, _VALUES, max_size=3))
_ENGINES = st.text(max_size=20).filter(lambda name: not re.match("[A-Z] ", name))
_RUNS = st.sampled_from(["", "A", "H"])
_SYSTEMS = st.builds(System, _CHOICES, _CHOICES, _ENGINES, _RUNS)


@given(_SYSTEMS)
def test_systems_are_read_as_they_are_written(system: System) -> None:
    assert System.parse(str(system)) == system
    assert str(system) == f"{system.evidence}/{system.projector}"
    assert system.evidence == evidence_name(system.method, system.engine, system.run)


@given(_SYSTEMS)
def test_runs_and_methods_are_exchanged_without_touching_the_rest(system: System) -> None:
    alone = replace(system, run="")
    assert str(replace(system, run="C")) == f"C {alone}"
    assert System.parse(str(replace(system, method=Choice("direct")))).engine == system.engine


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5).map("/".join))
def test_no_text_is_refused_and_none_is_changed(text: str) -> None:
    if "" not in text.split("/"):  # an empty part says nothing, and goes
        assert str(System.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("direct/min-max", System(Choice("direct"), Choice("min-max"))),
        (
            "mini|own/x|mini/pivot(direct_share=0.5)/match-exact(soft=True,max_words=3)",
            System(
                Choice("pivot", {"direct_share": 0.5}),
                Choice("match-exact", {"soft": True, "max_words": 3}),
                "mini|own/x|mini",
            ),
        ),
        ("B mini/direct/x", System(Choice("direct"), Choice("x"), "mini", "B")),
        ("A direct/x(k=a/b)", System(Choice("direct"), Choice("x", {"k": "a/b"}), "", "A")),
        ("by hand", System(Choice(""), Choice("by hand"))),
    ],
)
def test_names_of_stored_records_are_understood(text: str, system: System) -> None:
    assert System.parse(text) == system and str(system) == text


@given(st.permutations([0.0, 0.25, 0.5]), st.booleans())
def test_only_options_in_which_things_differ_are_named(shares: list[float], more: bool) -> None:
    pivots = [methods.create("pivot", direct_share=share) for share in shares]
    others = [methods.create("direct")] if more else []
    choices = distinguish([*pivots, *others])
    assert list(choices.values()) == [*pivots, *others]
    assert list(map(str, choices)) == [
        *(f"pivot(direct_share={share})" for share in shares),
        *["direct"] * more,
    ]
    assert list(map(str, distinguish(pivots[:1]))) == ["pivot"]


def test_a_choice_of_what_was_created_creates_it_again() -> None:
    for name in projectors.names():
        projector = projectors.create(name)
        assert Choice.of(projector) == Choice(name).full("projector")
        assert Choice.of(projector).create("projector") == projector


def test_the_printed_line_leaves_out_what_says_nothing() -> None:
    line = signature_line({"engine": {"aligner": "a", "tagger": "b"}, "none": None, "n": 0, "": ""})
    assert re.fullmatch(r"engine:aligner=a,tagger=b\|n:0\|version:\S+", line)


# -- one place that takes names apart --------------------------------------------------------------

OTHERS = {
    "xproj_core/drawing/wording.py:origin": "a translator's name, of which the last part is shown",
    "xproj_ui/address/robustness.py:_at": "a condition, a seed and a system's whole name",
}
"""Who else takes text apart at a slash or a bracket, and what."""
_SPLITTERS = {"split", "rsplit", "partition", "rpartition"}


def _splits_names(call: ast.AST) -> bool:
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in _SPLITTERS
        and any(isinstance(a, ast.Constant) and a.value in ("/", "(") for a in call.args)
    )


def _takes_apart(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    place = file.relative_to(ROOT).as_posix()
    return {
        f"{place}:{function.name}"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and any(_splits_names(node) for node in ast.walk(function))
    }


def test_no_other_module_takes_a_systems_name_apart() -> None:
    files = [f for folder in ("xproj_core", "xproj_ui", "benchmarks") for f in _sources(folder)]
    assert len(files) > 200
    assert set().union(*map(_takes_apart, files)) == set(OTHERS)


def _sources(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))
