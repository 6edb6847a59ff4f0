"""Every number opens the sentences that it counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import SYSTEMS, answers, stored
from xproj_core.domain.errors import InputError, StoreError
from xproj_core.evaluate.analysis import disagreement, flow, slices, stored_answers
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.answer_questions import Faulty, Matches
from xproj_core.evaluate.analysis.case_questions import (
    NONE,
    SAME,
    Cases,
    Confused,
    Reached,
    Retried,
    Slice,
)
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.analysis.comparison_questions import ANY, RightFor, Tied, Won
from xproj_core.evaluate.analysis.confusion import confusion
from xproj_core.evaluate.analysis.selection import (
    BETWEEN,
    PARAMETERS,
    Pick,
    from_address,
    part_systems,
    to_address,
)
from xproj_core.evaluate.errors.classify import classify
from xproj_core.store import open_store
from xproj_core.store.store import Store

ANSWERS = answers(120)


@pytest.fixture(scope="module")
def made() -> Analysis:
    return collect(ANSWERS, SYSTEMS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "x.sqlite")) as opened:
        yield opened


def _cases(pick: Pick, rows: list[int]) -> int:
    """How many cases of those sentences are meant, told from the sentences themselves."""
    case_lists = (classify(ANSWERS[r][0], ANSWERS[r][1][pick.system]) for r in rows)
    return sum(pick.holds(case) for cases in case_lists for case in cases)


def test_names_of_systems_may_hold_what_stands_between_them() -> None:
    long_name, short_name = "mini|own|mini/direct/x", "mini/direct/x"
    for some in ((long_name, short_name), (short_name, long_name), (long_name,)):
        assert part_systems(BETWEEN.join(some), (short_name, long_name)) == list(some)
    assert (
        part_systems(f"{long_name}|else", (short_name, long_name))
        == part_systems(NONE, (short_name, long_name))
        == []
    )


def test_kinds_of_errors(made: Analysis) -> None:
    for system, kinds in flow.errors(made).items():
        for (step, kind), n in kinds.items():
            pick = Cases(system, kind, step, "mistakes")
            rows = pick.rows(made)
            assert rows == sorted(set(rows))
            assert _cases(pick, rows) == n


def test_cells_of_the_confusion_matrix(made: Analysis) -> None:
    for system in SYSTEMS:
        matrix = confusion(made, system)
        for i, gold in enumerate(matrix.rows):
            for j, predicted in enumerate(matrix.columns):
                pick = Confused(
                    system,
                    gold=NONE if gold == "spurious" else gold,
                    predicted=NONE if predicted == "missed" else predicted,
                )
                if matrix.counts[i, j]:
                    assert len(pick.rows(made)) <= matrix.counts[i, j]
                elif (gold, predicted) != ("spurious", "missed"):
                    assert pick.rows(made) == []


def test_slices_and_outcomes(made: Analysis) -> None:
    for by in ("label", *slices.LINES):
        for part in slices.slices(made, by, trials=2):
            for k, system in enumerate(SYSTEMS):
                pick = Slice(system, by, part.bucket, "lacking")
                rows = pick.rows(made)
                assert bool(rows) >= bool(part.scores[k].lacking)
    assert Slice(by="words", bucket="no such").rows(made) == []
    assert Slice(by="no such", bucket="1 word").rows(made) == []
    assert Cases("no such", outcome="wrong").rows(made) == []
    assert Cases(outcome="no such").rows(made) == []


def test_duels_and_sets_of_systems(made: Analysis) -> None:
    for duel in disagreement.duels(made):
        assert len(Won(duel.first, duel.second).rows(made)) == duel.first_wins
        assert len(Won(duel.second, duel.first).rows(made)) == duel.second_wins
    right, sentences = made.recalled
    for system_set in disagreement.system_sets(made):
        rows = RightFor(system_set.systems).rows(made)
        expected = np.array([s in system_set.systems for s in SYSTEMS])
        assert rows == sorted({int(s) for s in sentences[(right == expected).all(axis=1)]})
    assert Won("no such", SYSTEMS[0]).rows(made) == []


@pytest.mark.parametrize(
    ("pick", "text"),
    [
        (
            Cases("direct/x", "short", "alignment", "mistakes"),
            "too short, direct/x",
        ),
        (Confused(gold="LOC", predicted=NONE), "LOC → missed"),
        (Confused(gold=NONE, predicted="PER"), "nothing in the gold standard → PER"),
        (
            Slice(by="words", bucket="1 word", outcome="excess"),
            "wrong or spurious, entity length: 1 word",
        ),
        (RightFor(("a", "b")), "right for a and b only"),
        (Cases(step="tagging"), "lost in tagging"),
    ],
)
def test_what_was_picked_in_words(pick: Pick, text: str) -> None:
    assert str(pick) == text and from_address(to_address(pick), ("a", "b")) == pick


_NAMES = st.sampled_from(("mini|own|mini/direct/x", "mini/direct/x", "A pivot/y", "none of them"))
_LABELS = st.sampled_from(("PER", "LOC"))
_OUTCOMES = st.sampled_from(("wrong", "lacking", "correct"))
_QUESTIONS = st.one_of(
    st.builds(Cases, _NAMES, st.sampled_from(("short", "")), st.just("alignment"), _OUTCOMES),
    st.builds(Confused, _NAMES, _LABELS | st.just(NONE), _LABELS | st.just(SAME), _OUTCOMES),
    st.builds(Slice, _NAMES, st.sampled_from(("label", "words")), _LABELS, _OUTCOMES),
    st.builds(Reached, _NAMES, st.just("linked")),
    st.builds(Retried, _NAMES, st.just("tagging"), st.sampled_from(("tried", "right"))),
    st.builds(Matches, _NAMES, st.just("strict"), _OUTCOMES, _LABELS | st.just("")),
    st.builds(Faulty, _NAMES, st.just("links"), _LABELS | st.just("")),
    st.builds(Won, _NAMES | st.just(ANY), _NAMES, st.sampled_from(("", "-source_words"))),
    st.builds(Tied, st.tuples(_NAMES, _NAMES), st.booleans()),
    st.builds(RightFor, st.lists(_NAMES, unique=True).map(tuple)),
)


@given(_QUESTIONS)
def test_addresses_hold_every_question(pick: Pick) -> None:
    known = ("mini|own|mini/direct/x", "mini/direct/x", "A pivot/y", "none of them")
    values = to_address(pick)
    assert tuple(values) == PARAMETERS and from_address(values, known) == pick
    assert from_address({k: v for k, v in values.items() if v}, known) == pick


def test_addresses_that_ask_nothing(made: Analysis) -> None:
    assert set(to_address(None).values()) == {""}
    for values in ({}, {"system": SYSTEMS[0]}, {"better": SYSTEMS[0]}, {"sort": "-source_words"}):
        assert from_address(values, SYSTEMS) is None
    unknown = from_address({"unlike": f"{SYSTEMS[0]}|gone"}, SYSTEMS)
    assert unknown == Tied((SYSTEMS[0], "gone"), tied=False) and unknown.rows(made) == []
    assert str(unknown) == f"{SYSTEMS[0]} and gone not equally good"
    assert list(unknown.words({SYSTEMS[0]: "Direct"})) == ["Direct and gone not equally good"]


def test_runs_of_the_store(store: Store, made: Analysis) -> None:
    run = stored(store, ANSWERS)
    moments: list[tuple[int, int]] = []
    result = stored_answers.analyse(
        store, [run], on_progress=lambda *moment: moments.append(moment)
    )
    assert result.systems == SYSTEMS and moments == [(0, 120)]
    assert result.cases.equals(made.cases) and result.sentences.equals(made.sentences)
    dataset = store.runs.get(run).dataset
    other = stored(store, answers(120, systems=SYSTEMS[:1]), dataset=dataset)
    both = stored_answers.analyse(store, [run, other], ignore=["PER"])
    assert both.systems == (*(f"A {s}" for s in SYSTEMS), f"B {SYSTEMS[0]}")
    assert both.labels == ("LOC", "ORG") and both.n_scored == 120
    (sentence_answer,) = stored_answers.side_by_side(store, [run, other], numbers=[7])
    assert sentence_answer[0].key == "s7" and set(sentence_answer[1]) == set(both.systems)


def test_runs_that_cannot_be_compared(store: Store) -> None:
    first, second = stored(store, ANSWERS[:3]), stored(store, ANSWERS[:3], name="other")
    with pytest.raises(InputError, match="different datasets"):
        stored_answers.analyse(store, [first, second])
    with pytest.raises(InputError, match="between one run and"):
        stored_answers.analyse(store, [])
    with pytest.raises(StoreError, match="no run"):
        stored_answers.analyse(store, ["nonsense"])
