"""Every number opens the sentences that it counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.answers import SYSTEMS, answers, stored
from xproj_core.domain.errors import InputError, StoreError
from xproj_core.evaluate.analysis import disagreement, flow, slices, stored_answers
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.analysis.confusion import confusion
from xproj_core.evaluate.analysis.selection import BETWEEN, NONE, Pick, parted
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
    found = (classify(ANSWERS[r][0], ANSWERS[r][1][pick.system]) for r in rows)
    return sum(pick.holds(case) for cases in found for case in cases)


def test_names_of_systems_may_hold_what_stands_between_them() -> None:
    one, two = "mini|own|mini/direct/x", "mini/direct/x"
    for some in ((one, two), (two, one), (one,)):
        assert parted(BETWEEN.join(some), (two, one)) == list(some)
    assert parted(f"{one}|else", (two, one)) == parted(NONE, (two, one)) == []


def test_kinds_of_errors(made: Analysis) -> None:
    for system, kinds in flow.errors(made).items():
        for (step, kind), n in kinds.items():
            pick = Pick(system=system, step=step, kind=kind, outcome="mistakes")
            rows = pick.rows(made)
            assert rows == sorted(set(rows))
            assert _cases(pick, rows) == n


def test_cells_of_the_confusion_matrix(made: Analysis) -> None:
    for system in SYSTEMS:
        found = confusion(made, system)
        for i, gold in enumerate(found.rows):
            for j, predicted in enumerate(found.columns):
                pick = Pick(
                    system=system,
                    gold=NONE if gold == "spurious" else gold,
                    predicted=NONE if predicted == "missed" else predicted,
                )
                if found.counts[i, j]:
                    assert len(pick.rows(made)) <= found.counts[i, j]
                elif (gold, predicted) != ("spurious", "missed"):
                    assert pick.rows(made) == []


def test_slices_and_outcomes(made: Analysis) -> None:
    for by in ("label", *slices.LINES):
        for part in slices.slices(made, by, trials=2):
            for k, system in enumerate(SYSTEMS):
                pick = Pick(system=system, by=by, bucket=part.bucket, outcome="lacking")
                rows = pick.rows(made)
                assert bool(rows) >= bool(part.figures[k].lacking)
    assert Pick(by="words", bucket="no such").rows(made) == []
    assert Pick(by="no such", bucket="1 word").rows(made) == []
    assert Pick(system="no such", outcome="wrong").rows(made) == []
    assert Pick(outcome="no such").rows(made) == []


def test_duels_and_sets_of_systems(made: Analysis) -> None:
    for duel in disagreement.duels(made):
        assert len(Pick(better=duel.first, worse=duel.second).rows(made)) == duel.first_wins
        assert len(Pick(better=duel.second, worse=duel.first).rows(made)) == duel.second_wins
    right, sentences = made.found
    for one in disagreement.together(made):
        rows = Pick(found=BETWEEN.join(one.systems) or NONE).rows(made)
        wanted = np.array([s in one.systems for s in SYSTEMS])
        assert rows == sorted({int(s) for s in sentences[(right == wanted).all(axis=1)]})
    assert Pick(better="no such", worse=SYSTEMS[0]).rows(made) == []


@pytest.mark.parametrize(
    ("pick", "text"),
    [
        (
            Pick(system="direct/x", kind="short", step="alignment", outcome="mistakes"),
            "too short, direct/x",
        ),
        (Pick(gold="LOC", predicted=NONE), "LOC → missed"),
        (Pick(gold=NONE, predicted="PER"), "nothing in the gold standard → PER"),
        (
            Pick(by="words", bucket="1 word", outcome="excess"),
            "wrong or spurious, entity length: 1 word",
        ),
        (Pick(found="a|b"), "right for a and b only"),
        (Pick(step="tagging"), "lost in tagging"),
    ],
)
def test_what_was_picked_in_words(pick: Pick, text: str) -> None:
    assert str(pick) == text and pick.asks


def test_runs_of_the_store(store: Store, made: Analysis) -> None:
    run = stored(store, ANSWERS)
    told: list[tuple[int, int]] = []
    found = stored_answers.analyse(store, [run], told=lambda *moment: told.append(moment))
    assert found.systems == SYSTEMS and told == [(0, 120)]
    assert found.cases.equals(made.cases) and found.sentences.equals(made.sentences)
    dataset = store.runs.get(run).dataset
    other = stored(store, answers(120, systems=SYSTEMS[:1]), dataset=dataset)
    both = stored_answers.analyse(store, [run, other], ignore=["PER"])
    assert both.systems == (*(f"A {s}" for s in SYSTEMS), f"B {SYSTEMS[0]}")
    assert both.labels == ("LOC", "ORG") and both.n_scored == 120
    (one,) = stored_answers.side_by_side(store, [run, other], numbers=[7])
    assert one[0].key == "s7" and set(one[1]) == set(both.systems)


def test_runs_that_cannot_be_compared(store: Store) -> None:
    first, second = stored(store, ANSWERS[:3]), stored(store, ANSWERS[:3], name="other")
    with pytest.raises(InputError, match="different datasets"):
        stored_answers.analyse(store, [first, second])
    with pytest.raises(InputError, match="between one run and"):
        stored_answers.analyse(store, [])
    with pytest.raises(StoreError, match="no run"):
        stored_answers.analyse(store, ["nonsense"])
