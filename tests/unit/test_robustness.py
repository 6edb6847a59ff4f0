"""Sweeps: clean work is done once, figures agree with a plain count, curves cross where they do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from tests import fakes
from tests.published import bambara, needs
from xproj_core.answers.many_items import Given, Job
from xproj_core.domain import Sentence, Span, codec
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.methods import Memo, Mode, methods
from xproj_core.models.protocols import Engine
from xproj_core.noise import parse
from xproj_core.noise.engine import noisy
from xproj_core.project import projectors
from xproj_core.robustness.clean_and_noisy import pair
from xproj_core.robustness.counts import CLEAN, Condition, Tally, counted, f1
from xproj_core.robustness.curves import baseline, crossing, curves, overtakings
from xproj_core.robustness.results import INDEPENDENT, Results, as_csv, as_table, results
from xproj_core.robustness.sweep import Sweep

GOLD = (Span(0, 1, "LOC"), Span(4, 5, "LOC"))


def dataset(n: int = 40) -> list[Item]:
    return [
        Item(
            str(k),
            target=Sentence(("Lagos", "besuchte", "das", "alte", "werk", f"n{k}"), "de", GOLD[:1]),
            gold=frozenset({"target"}),
        )
        for k in range(n)
    ]


def job(
    engine: Engine | None = None,
    names: Sequence[str] = ("direct", "pivot", "back_translation"),
    **options: Any,
) -> Job:
    return Job(
        engine or fakes.engine(),
        [methods.create(n) for n in names],
        [projectors.create("match-exact")],
        Mode.LABEL,
        "en",
        "de",
        "fr",
        **options,
    )


def swept(sweep: Sweep, items: list[Item]) -> Tally:
    (*_, tally) = sweep.run(items)
    return tally


def test_the_engine_is_asked_once_for_what_no_noise_touches() -> None:
    engine = fakes.engine()
    clean = fakes.engine()
    items = dataset(10)
    list(job(clean).run(items))
    noises = ["drop-links", "miss-labels", "drop-words"]
    swept(Sweep(job(engine), noises, (0.5,), (1, 2, 3)), items)
    assert len(fakes.translated(clean)) < len(fakes.translated(engine))  # from noisy translations
    links = fakes.engine()
    swept(Sweep(job(links), ["drop-links", "miss-labels"], (0.1, 0.5), (1, 2, 3)), items)
    assert fakes.translated(links) == fakes.translated(clean)
    assert isinstance(links.aligner, fakes.WordAligner)
    assert isinstance(clean.aligner, fakes.WordAligner)
    assert len(links.aligner.calls) == len(clean.aligner.calls)
    assert isinstance(links.tagger, fakes.CapitalTagger)
    assert isinstance(clean.tagger, fakes.CapitalTagger)
    assert links.tagger.calls == clean.tagger.calls


def test_figures_are_those_of_a_plain_run() -> None:
    items = dataset(30)
    tally = swept(Sweep(job(), ["drop-links"], (0.4,), (7,)), items)
    curve = {c.system: c for c in curves(tally)}["direct/match-exact"]
    plain = job(noisy(fakes.engine(), [parse("drop-links=0.4,seed=7")], order=("en", "fr", "de")))
    spans = [a.projections["direct/match-exact"].spans for a in plain.run(items)]  # type: ignore[union-attr]
    score = score_spans([i.target.spans for i in items], spans).overall  # type: ignore[union-attr]
    point = curve.points[1]
    assert (point.f1.value, point.precision, point.recall) == pytest.approx(
        (score.f1, score.precision, score.recall)
    )
    assert point.f1.low <= point.f1.value <= point.f1.high
    assert point.gain is None and curve.points[0].f1.value > point.f1.value


def test_noise_in_given_data_and_in_the_engine() -> None:
    tokens = ("Lagos", "visited", "the", "old", "plant")
    items = [
        Item(
            str(k),
            Sentence((*tokens, str(k)), "en", GOLD),
            Sentence(("Lagos", "besuchte", "das", "alte", "werk", str(k)), "de", GOLD),
            frozenset({"source", "target"}),
        )
        for k in range(20)
    ]
    noises = ["miss-labels", "characters,where=entities", "drop-words+shift-links"]
    tally = swept(Sweep(job(names=("direct",)), noises, (0.5, 1.0), (1,)), items)
    system = "direct/match-exact"
    clean, missed, _, hit, worst, *_ = (f1(c[system][0]) for c in tally.counts.values())
    assert (
        clean == 1.0 > missed > 0 == f1(tally.counts[Condition("miss-labels", 1.0, 1)][system][0])
    )
    assert clean > hit >= worst, "the aligner goes by spelling"
    assert f1(tally.counts[Condition("drop-words+shift-links", 0.5, 1)][system][0]) < 1


def test_results_do_not_depend_on_chunks_and_are_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    from xproj_core.robustness import sweep as module

    items = dataset(30)
    tally = swept(Sweep(job(), ["drop-links"], (0.4,), (1,)), items)
    monkeypatch.setattr(module, "chunks", lambda sequence: ([item] for item in sequence))
    sentence_counts: list[int] = []
    pieces = Sweep(job(), ["drop-links"], (0.4,), (1,), progress=sentence_counts.append)
    first = next(pieces.run(iter(items)))
    assert first.sentences == 1 and len(sentence_counts) == pieces.conditions == 2
    apart = swept(Sweep(job(), ["drop-links"], (0.4,), (1,)), items)
    for condition, systems in tally.counts.items():
        for system, counts in systems.items():
            np.testing.assert_allclose(counts, apart.counts[condition][system])


def test_the_poisson_bootstrap_agrees_with_the_ordinary_one() -> None:
    random = np.random.default_rng(1)
    rows = [(2, 2, int(random.integers(0, 3))) for _ in range(200)]
    tally = Tally(replicates=2000)
    tally.add(CLEAN, "direct/x", rows, tally.weights(range(200)))
    poisson = f1(tally.counts[CLEAN]["direct/x"][1:])
    data = np.array(rows, float)
    ordinary = f1(np.stack([data[random.integers(0, 200, 200)].sum(axis=0) for _ in range(2000)]))
    assert poisson.mean() == pytest.approx(ordinary.mean(), abs=0.005)
    assert poisson.std() == pytest.approx(ordinary.std(), rel=0.1)


def test_counts() -> None:
    a, b, date = Span(0, 1, "PER"), Span(2, 3, "LOC"), Span(4, 5, "DATE")
    assert counted([a, b, date], [a, Span(2, 4, "LOC"), date], ("DATE",)) == (2, 2, 1)
    np.testing.assert_allclose(f1(np.array([[2.0, 2, 1], [0, 0, 0]])), [0.5, 0.0])


@pytest.mark.parametrize(
    ("lead", "at"),
    [
        ([-0.2, 0.2, 0.3], 0.1),
        ([0.1, -0.1, -0.1], 0.0),
        ([-0.1, -0.1, -0.1], float("inf")),
        ([-0.3, -0.1, 0.1], 0.35),
        ([0.0, 0.0, 0.0], float("inf")),
    ],
)
def test_where_curves_cross(lead: list[float], at: float) -> None:
    assert crossing([0.0, 0.2, 0.5], np.array(lead)) == pytest.approx(at)


def test_a_method_that_survives_overtakes() -> None:
    tally = Tally(replicates=100)
    weights = tally.weights(range(100))

    def rows(right: int) -> list[tuple[int, int, int]]:
        return [(1, 1, int(k < right)) for k in range(100)]

    for rate, direct, pivot in ((0.0, 90, 80), (0.2, 70, 70), (0.4, 30, 60)):
        for seed in (1, 2) if rate else (0,):
            condition = Condition("drop-links" if rate else "", rate, seed)
            tally.add(condition, "direct/x", rows(direct), weights)
            tally.add(condition, "pivot/x", rows(pivot), weights)
    (overtaking,) = overtakings(tally)
    assert (overtaking.system, overtaking.baseline) == ("pivot/x", "direct/x")
    assert (
        overtaking.rate == pytest.approx(0.2)
        and overtaking.share == 1.0
        and overtaking.ahead == 0.0
    )
    assert overtaking.low is not None and 0.1 < overtaking.low <= 0.2
    first, second = curves(tally)
    assert first.area.value == pytest.approx((0.9 + 0.7) / 4 + (0.7 + 0.3) / 4)
    assert first.relative.value == pytest.approx(first.area.value / 0.9)
    assert second.points[2].gain is not None
    assert second.points[2].gain.value == pytest.approx(0.3)
    assert second.points[2].gain.low > 0.1


def test_baselines() -> None:
    systems = ("direct/a", "pivot/a", "pivot/b", "mini/x/direct/a", "mini/x/pivot/a")
    assert [baseline(s, systems) for s in systems] == [
        None,
        "direct/a",
        None,
        None,
        "mini/x/direct/a",
    ]


def test_results_are_written_and_read() -> None:
    tally = swept(Sweep(job(), ["drop-links", "add-links"], (0.3, 0.6), (1, 2)), dataset(12))
    summary = results(tally, "signature, with a comma")
    assert codec.from_json(Results, json.loads(json.dumps(codec.to_json(summary)))) == summary
    table = as_csv(summary).splitlines()
    assert len(table) == 1 + 2 * 3 * 3 and table[0].startswith("noise,system,rate,f1")
    assert '"signature, with a comma"' in table[1]
    shown = as_table(summary)
    assert "### drop-links" in shown and "| pivot/match-exact |" in shown
    assert "overtake" in shown or "leads" in shown
    assert INDEPENDENT in shown, "no crossing without what it is worth"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"noises": []}, "at least one noise"),
        ({"noises": ["drop-links"], "rates": (0,)}, "one rate above 0"),
        ({"noises": ["drop-links=0.1"]}, "a rate of its own"),
        ({"noises": ["fog"]}, "no noise called"),
        ({"noises": ["drop-links"], "rates": (1.2,)}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_run_is_said(options: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        Sweep(job(), **options)


def test_data_without_gold_cannot_be_scored() -> None:
    bare = [Item("1", target=Sentence(("Lagos",), "de"))]
    with pytest.raises(InputError, match="gold labels on its target"):
        swept(Sweep(job(), ["drop-links"]), bare)
    translating = job(given=Given(translations=False))
    translating.mode = Mode.TRANSLATE
    with pytest.raises(InputError, match="no gold labels to be scored by"):
        Sweep(translating, ["drop-links"])


@needs("bambara-chain")
def test_links_dropped_cost_what_they_were_measured_to_cost() -> None:
    """Reference figures: .3 of the links dropped, 44.6 for the seed heuristic; 39.2 for min-max."""
    from xproj_core.noise.alignment import DropLinks

    evidence, gold = bambara()
    for name, figure in (("seed-heuristic", 44.6), ("min-max", 39.2)):
        scores = []
        for seed in (1, 2, 3):
            noise = DropLinks(0.3, seed)
            noisy_evidence = [
                type(e)(
                    e.method,
                    e.source,
                    e.target,
                    noise.apply(e.source, e.target, alignment)[0],
                    e.chain,
                    e.hops,
                )
                for e in evidence
                if (alignment := e.alignment) is not None
            ]
            assert len(noisy_evidence) == len(evidence)
            projections = projectors.create(name).project(noisy_evidence)
            spans = [p.spans for p in projections]
            scores.append(100 * score_spans(gold, spans, ("DATE", "MISC")).overall.f1)
        assert np.mean(scores) == pytest.approx(figure, abs=1.5)


# -- one sentence -------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", ["drop-links", "miss-labels", "drop-entities", "characters"])
def test_a_sentence_without_and_with_noise(noise: str) -> None:
    item = dataset(1)[0]
    comparison = pair(job(), item, [parse(f"{noise}=1,seed=1")], "direct/match-exact", Memo())
    assert comparison.clean.spans == {GOLD[0]} and comparison.mended == [] and comparison.changes
    assert comparison.lost == ([] if noise == "characters" else [GOLD[0]]), (
        "spelling is the same still"
    )
    assert {c.noise for c in comparison.changes} == {noise}
    with pytest.raises(InputError, match="Choose one of: direct/match-exact, pivot"):
        pair(job(), item, [], "fog/match-exact", Memo())


def test_what_is_shown_of_a_sentence_is_what_the_sweep_counted() -> None:
    items = dataset(30)
    tally = swept(Sweep(job(), ["drop-links"], (0.5,), (1,)), items)
    broken = tally.broken[Condition("drop-links", 0.5, 1)]["pivot/match-exact"]
    assert broken and all(right == -1 for _, right, _ in broken)
    for number, item in enumerate(items):
        comparison = pair(
            job(), item, [parse("drop-links=0.5,seed=1")], "pivot/match-exact", Memo()
        )
        assert bool(comparison.lost) == (number in {n for n, _, _ in broken})
