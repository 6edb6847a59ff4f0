"""nervaluate's views and the three projection rates, against their definitions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator

from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.evaluate.scores.rates import NAMES, Rates
from xproj_core.evaluate.scores.views import (
    RESULTS,
    VIEWS,
    View,
    exact_first,
    matches,
    view,
)

spans = st.lists(
    st.builds(
        lambda start, size, label: Span(start, start + size, label),
        st.integers(0, 8),
        st.integers(1, 3),
        st.sampled_from("AB"),
    ),
    max_size=4,
    unique=True,
)


def of(label: str, *pairs: tuple[list[Span], list[Span]]) -> dict[str, View]:
    """The views of a whole corpus."""
    sums = {name: [0] * len(RESULTS) for name in VIEWS}
    for gold, predicted in pairs:
        for name, match_label, counts in matches(gold, predicted):
            if match_label == label:
                sums[name] = [a + b for a, b in zip(sums[name], counts, strict=True)]
    return {name: view(name, counts) for name, counts in sums.items()}


def test_adjacent_entities_do_not_overlap() -> None:
    partial = of("", ([Span(0, 2, "PER")], [Span(2, 4, "PER")]))["partial"]
    assert (partial.partial, partial.missed, partial.spurious) == (0, 1, 1)


def test_no_figure_hangs_on_the_order_of_predictions() -> None:
    strict = of("", ([Span(1, 3, "A")], [Span(0, 2, "A"), Span(1, 3, "A")]))["strict"]
    assert (strict.correct, strict.spurious, strict.incorrect) == (1, 1, 0)


@given(st.lists(st.tuples(spans, spans), min_size=1, max_size=6))
def test_views_are_nervaluates_and_strict_is_ours(
    pairs: list[tuple[list[Span], list[Span]]],
) -> None:
    def plain(side: list[Span]) -> list[dict[str, object]]:
        return [{"label": s.label, "start": s.start, "end": s.end - 1} for s in side]

    reference = Evaluator(
        [plain(sorted(g)) for g, _ in pairs],
        [plain(exact_first(g, p)) for g, p in pairs],
        tags=["A", "B"],
        loader="dict",
    ).evaluate()
    for label, views in [("", reference["overall"]), *reference["entities"].items()]:
        for name, reference_view in views.items():
            ours = of(label, *pairs)[name]
            for figure in ("correct", "partial", "missed", "spurious", "precision", "recall", "f1"):
                assert getattr(ours, figure) == pytest.approx(getattr(reference_view, figure)), (
                    label,
                    name,
                )
    scores = score_spans([g for g, _ in pairs], [p for _, p in pairs]).overall
    strict = of("", *pairs)["strict"]
    assert strict.correct == scores.n_correct
    assert (strict.possible, strict.actual) == (scores.n_gold, scores.n_predicted)


def _record(used: list[Span], placed: list[tuple[Span, Span | None]]) -> Record:
    source, target = Sentence(("a",) * 9, "en", tuple(used)), Sentence(("b",) * 9, "de")
    placements = tuple(Placement(s, t) for s, t in placed)
    return Record("1", 0, "direct/x", source, target, (source, target), placements=placements)


def rates(*answers: tuple[Record, list[Span] | None], ignore: tuple[str, ...] = ()) -> Rates:
    """The rates of one system; gold entities, or None where they are not known."""
    rows = []
    for record, gold in answers:
        target = record.target.labelled(gold or ())
        known = frozenset({"target"}) if gold is not None else frozenset()
        rows.append((Item("1", None, target, known), {record.system: record}))  # type: ignore[arg-type]
    system = answers[0][0].system
    return collect(rows, [system], ignore).rates[system]


def test_the_three_rates() -> None:
    a, b, c = Span(0, 1, "PER"), Span(2, 3, "PER"), Span(4, 5, "LOC")
    result = rates(
        (_record([a, b, c], [(a, a), (b, None), (c, c), (c, Span(6, 7, "LOC"))]), [a, c]),
        (_record([a], [(a, a)]), []),
        (_record([], []), []),
    )
    assert result.of() == {
        "entities_rate": 4 / 4,
        "sentences_kept": 1 / 2,
        "mean_ratio": (3 / 2 + 0 + 1) / 3,
        "entities_placed": 3 / 4,
    }
    assert result.of("LOC") == {
        "entities_rate": 2,
        "sentences_kept": 1,
        "mean_ratio": (2 + 1 + 1) / 3,
        "entities_placed": 1,
    }
    assert result.of("PER")["entities_placed"] == 2 / 3
    assert [list(result.lowering(name)) for name in NAMES] == [
        [False] * 3,
        [True, False, False],
        [True, True, False],
        [True, False, False],
    ]
    assert list(result.lowering("entities_rate", "LOC")) == [True, False, False]
    assert rates((_record([], []), None)).of() == dict.fromkeys(NAMES)


def test_labels_that_do_not_count_and_taggers_on_the_target() -> None:
    a, c = Span(0, 1, "PER"), Span(4, 5, "MISC")
    result = rates((_record([a, c], [(a, a), (c, None)]), None), ignore=("MISC",))
    assert result.of()["sentences_kept"] == 1 and result.of()["mean_ratio"] is None
    target = Sentence(("b",), "de", (a,))
    result = rates((Record("1", 0, "model_transfer/x", target, target, (target,)), [a]))
    assert result.of()["entities_rate"] is None and result.of()["mean_ratio"] == 0
