"""Agreement: published worked examples, scikit-learn, and figures that are undefined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.annotation.settings import Settings
from xproj_core.domain import Sentence
from xproj_core.domain.item import Item
from xproj_core.review.agreement import (
    cohens_kappa,
    krippendorffs_alpha,
    measure_agreement,
    span_f1,
)
from xproj_core.review.desk import Desk
from xproj_core.store.store import Store


def units(*observers: str) -> list[list[str]]:
    """Columns of a table of observers by units; "." is a missing value."""
    return [[v for v in column if v != "."] for column in zip(*observers, strict=True)]


@pytest.mark.parametrize(
    ("table", "alpha"),
    [
        # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A, B and C
        (units("0100000010", "1110010000"), 0.095),
        (units("aabbdcccedda", "babbbccceddd"), 0.692),
        (units("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_of_the_published_examples(table: list[list[str]], alpha: float) -> None:
    estimate = krippendorffs_alpha(table)
    assert estimate.value == pytest.approx(alpha, abs=0.0005)


def test_kappa_of_a_published_example() -> None:
    """Twenty and fifteen agreements of fifty, five and ten disagreements: kappa 0.4."""
    first = ["y"] * 20 + ["y"] * 5 + ["n"] * 10 + ["n"] * 15
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohens_kappa(first, second).value == pytest.approx(0.4)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2))
def test_alpha_and_kappa_are_1_only_for_the_same(pairs: list[tuple[str, str]]) -> None:
    alpha = krippendorffs_alpha(pairs)
    kappa = cohens_kappa([a for a, _ in pairs], [b for _, b in pairs])
    same = all(a == b for a, b in pairs)
    if len({value for pair in pairs for value in pair}) == 1:
        assert alpha.value is None and "nothing can be told" in alpha.reason
        assert kappa.value is None and "nothing can be told" in kappa.reason
    else:
        assert alpha.value is not None and kappa.value is not None
        assert (alpha.value == pytest.approx(1)) is same
        assert (kappa.value == pytest.approx(1)) is same


def test_undefined_figures_say_why() -> None:
    assert span_f1([(set(), set())]).reason == "Neither has labelled anything."
    assert "no token" in cohens_kappa([], []).reason
    assert "no token" in krippendorffs_alpha([["a"], []]).reason
    assert "unlabelled" in krippendorffs_alpha([["O", "O"]]).reason


def label(desk: Desk, number: int, by: str, *spans: tuple[int, int, str], text: str = "") -> None:
    """Gives a sentence of somebody's layer exactly these labels, and calls it done."""
    commands = [
        ("add_span", {"side": "target", "start": a, "end": b, "label": s}) for a, b, s in spans
    ]
    if text:
        commands.append(("retext", {"side": "target", "text": text}))
    commands.append(("done", {"done": True}))
    for n, (op, args) in enumerate(commands):
        sent = {"id": f"{by}{number}.{n}", "base_revision": n, "op": op, "args": args}
        desk.do(number, by, sent)


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    items = [Item(str(n), target=Sentence(("Ada", "Obi", "in", "Lagos"), "de")) for n in range(5)]
    id = sqlite_store.datasets.add("Demo", items, "en", "de", ["PER", "LOC"])
    sqlite_store.reviews.set(id, Settings(double=True))
    return Desk(sqlite_store, id)


def test_agreement_over_what_two_people_have_finished(desk: Desk) -> None:
    label(desk, 0, "Ana", (0, 2, "PER"), (3, 4, "LOC"))
    label(desk, 0, "Ben", (0, 2, "PER"), (3, 4, "LOC"))
    label(desk, 1, "Ana", (0, 2, "PER"))
    label(desk, 1, "Ben", (0, 1, "PER"))
    label(desk, 2, "Ana", (3, 4, "LOC"))  # Ben has not finished it
    label(desk, 3, "Ana", (3, 4, "LOC"))
    label(desk, 3, "Ben", text="Ada in Lagos")
    summary = measure_agreement(desk)
    assert (summary.people, summary.sentences, summary.other_words) == (("Ana", "Ben"), 3, 1)
    assert summary.numbers == (1,)
    [pair] = summary.pairs
    assert pair.sentences == 2
    assert pair.f1.value == pytest.approx(2 * 2 / 6) and pair.f1.n == 6
    first = ["B-PER", "I-PER", "O", "B-LOC", "B-PER", "I-PER", "O", "O"]
    second = ["B-PER", "I-PER", "O", "B-LOC", "B-PER", "O", "O", "O"]
    assert pair.kappa == cohens_kappa(first, second)
    assert summary.alpha == krippendorffs_alpha(list(zip(first, second, strict=True)))


def test_nested_spans_count(desk: Desk) -> None:
    label(desk, 0, "Ana", (0, 2, "PER"), (0, 1, "LOC"))
    label(desk, 0, "Ben", (0, 2, "PER"))
    [pair] = measure_agreement(desk).pairs
    assert pair.f1.value == pytest.approx(2 / 3)
    assert pair.kappa.value is not None and pair.kappa.value < 1


def test_nobody_to_agree_with(desk: Desk) -> None:
    label(desk, 0, "Ana", (0, 2, "PER"))
    summary = measure_agreement(desk)
    assert summary.pairs == () and summary.sentences == 0
    assert summary.alpha.value is None and summary.alpha.reason
