"""The tables add up, and agree with seqeval, scikit-learn and SciPy on the same input."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2
from sklearn.metrics import confusion_matrix, roc_auc_score

from tests.answers import SYSTEMS, answers
from xproj_core.domain import Span
from xproj_core.domain.languages import script_of
from xproj_core.evaluate.analysis import (
    disagreement,
    flow,
    predictors,
    sentence_features,
    slices,
)
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.collect import Collector, collect
from xproj_core.evaluate.analysis.confusion import confusion
from xproj_core.evaluate.errors.taxonomy import Kind
from xproj_core.evaluate.scores.entities import as_tagged, score_spans
from xproj_core.evaluate.scores.link_scores import score_links
from xproj_core.formats import iob

ANSWERS = answers(160)


@pytest.fixture(scope="module")
def made() -> Analysis:
    return collect(ANSWERS, SYSTEMS)


def _sides(system: str) -> tuple[list[tuple[Span, ...]], list[tuple[Span, ...]]]:
    gold = [item.target.spans for item, _ in ANSWERS if item.target]
    return gold, [records[system].predicted for _, records in ANSWERS]


def test_counts_are_those_of_strict_scoring_and_of_seqeval(made: Analysis) -> None:
    for k, system in enumerate(SYSTEMS):
        gold, predicted = _sides(system)
        scores = score_spans(gold, predicted)
        system_figures = slices.score_systems(made.counts(), trials=10)[k]
        assert system_figures.f1.value == pytest.approx(scores.overall.f1)
        assert system_figures.correct == scores.overall.n_correct
        assert system_figures.correct + system_figures.lacking == scores.overall.n_gold
        lengths = [len(item.target) for item, _ in ANSWERS if item.target]
        tags = [
            [list(iob.tags(s, n)) for s, n in zip(side, lengths, strict=True)]
            for side in (gold, predicted)
        ]
        report = classification_report(*tags, mode="strict", scheme=IOB2, output_dict=True)
        assert system_figures.f1.value == pytest.approx(report["micro avg"]["f1-score"])
        assert system_figures.precision.value == pytest.approx(report["micro avg"]["precision"])
        for part in slices.slices(made, "label", trials=10):
            assert part.scores[k].f1.value == pytest.approx(report[part.bucket]["f1-score"])
            assert part.n_gold == report[part.bucket]["support"]
        assert made.conll[system].overall.f1 == pytest.approx(scores.overall.f1)


def test_overlapping_entities_are_read_as_conlleval_reads_them() -> None:
    inner = (Span(0, 3, "LOC"), Span(1, 2, "PER"))
    assert as_tagged(inner, 4) == (Span(0, 1, "LOC"), Span(1, 2, "PER"), Span(2, 3, "LOC"))
    crossing = (Span(0, 2, "LOC"), Span(1, 3, "PER"))
    assert as_tagged(crossing, 4) == (Span(0, 1, "LOC"), Span(1, 3, "PER"))
    apart = (Span(0, 1, "A"), Span(1, 2, "A"))
    assert list(as_tagged(apart, 3)) == list(apart)


def test_slices_add_up(made: Analysis) -> None:
    totals = made.counts().sum(axis=0)
    for by in slices.LINES:
        parts = slices.slices(made, by, trials=10)
        for k in range(len(SYSTEMS)):
            assert sum(p.scores[k].correct for p in parts) == totals[k, 0]
            assert sum(p.scores[k].excess for p in parts) == totals[k, 1]
            assert sum(p.scores[k].lacking for p in parts) == totals[k, 2]


def test_confusion_is_that_of_scikit_learn_on_entities_of_the_same_place(made: Analysis) -> None:
    system = SYSTEMS[2]
    matrix = confusion(made, system)
    gold, predicted = _sides(system)
    pairs = [
        (g.label, p.label)
        for ours, reference in zip(gold, predicted, strict=True)
        for g in ours
        for p in reference
        if g.overlaps(p)
    ]  # entities of one sentence never touch two others here
    reference = confusion_matrix(*zip(*pairs, strict=True), labels=made.labels)
    assert (matrix.counts[:-1, :-1] == reference).all()
    assert matrix.counts[:-1].sum() == sum(map(len, gold))
    assert matrix.counts[:, :-1].sum() == sum(map(len, predicted))
    assert matrix.exact.sum() == score_spans(gold, predicted).overall.n_correct


def test_the_flow_loses_nothing(made: Analysis) -> None:
    for system in SYSTEMS:
        streams = flow.flow(made, system)
        n_gold = sum(len(g) for g in _sides(system)[0])
        ends = sum(s.count for s in streams if s.kind is not None or s.end == "correct")
        assert ends == n_gold
        for stage, _ in flow.STAGES[1:-1]:
            into = sum(s.count for s in streams if s.end == stage)
            assert into == sum(s.count for s in streams if s.start == stage)
    wrong = sum(flow.errors(made)[SYSTEMS[0]].values())
    assert wrong == (made.cases[made.cases.system == SYSTEMS[0]].outcome != "correct").sum()


def test_aer_is_that_of_all_sentences_together(made: Analysis) -> None:
    for system in SYSTEMS:
        links = [{(i, j) for i, j, _ in r[system].links} for _, r in ANSWERS]
        sure = [item.links.sure for item, _ in ANSWERS if item.links]
        assert made.links[system] == score_links(links, sure)


def test_duels_are_sign_tests(made: Analysis) -> None:
    comparisons = disagreement.duels(made)
    assert [(d.first, d.second) for d in comparisons] == [
        (SYSTEMS[0], SYSTEMS[1]),
        (SYSTEMS[0], SYSTEMS[2]),
        (SYSTEMS[1], SYSTEMS[2]),
    ]
    for duel in comparisons:
        assert duel.first_wins + duel.second_wins + duel.ties == len(ANSWERS)
        n = duel.first_wins + duel.second_wins
        assert duel.p == pytest.approx(stats.binomtest(duel.first_wins, n).pvalue)
        assert duel.corrected >= duel.p


def test_no_system_beats_the_oracle(made: Analysis) -> None:
    bound = disagreement.oracle(made)
    assert bound.f1 >= bound.best and bound.recall >= bound.best_recall
    sets = disagreement.system_sets(made)
    n_gold = sum(len(item.target.spans) for item, _ in ANSWERS if item.target)
    assert sum(s.entities for s in sets) == n_gold
    for k, system in enumerate(SYSTEMS):
        right = sum(s.entities for s in sets if system in s.systems)
        assert right == made.counts()[:, k, 0].sum()


def test_features_that_predict_are_found_and_others_are_not() -> None:
    rng = np.random.default_rng(0)
    collector = Collector(("a", "b"))
    for n, (item, records) in enumerate(answers(400, systems=("a", "b"))):
        right = records["a"]
        assert item.target is not None
        good = tuple(replace(p, target=p.source) for p in right.placements)
        bad = tuple(replace(p, target=None, reason="filtered") for p in right.placements)
        long = len(item.target) > 8 if rng.random() < 0.9 else len(item.target) <= 8
        pair = (bad, good) if long else (good, bad)
        collector.add(
            item, {s: replace(right, placements=p) for s, p in zip("ab", pair, strict=True)}, n
        )
    analysis = collector.done()
    prediction = predictors.predict(analysis, "a", "b")
    best = next(p for p in prediction.predictors if p.feature == "source_words")
    assert best.auc > 0.8 and best.corrected < 1e-6 and best.low > 1
    assert prediction.skill is not None and prediction.skill > 0.8
    counts = analysis.counts()
    gain = counts[:, 0, 1:].sum(axis=1) - counts[:, 1, 1:].sum(axis=1)
    scored = analysis.sentences[analysis.sentences.gold]
    expected = roc_auc_score(gain[gain != 0] > 0, scored.source_words[gain != 0])
    assert best.auc == pytest.approx(expected)
    assert {p.feature for p in prediction.predictors} <= set(sentence_features.FEATURES)


def test_too_few_decided_sentences_say_nothing() -> None:
    prediction = predictors.predict(collect(answers(20), SYSTEMS), SYSTEMS[0], SYSTEMS[1])
    assert prediction.skill is None and prediction.predictors == ()


def test_data_without_gold_and_runs_without_answers() -> None:
    item, records = ANSWERS[0]
    bare = replace(item, gold=frozenset())
    analysis = collect([(bare, records), (bare, {})], SYSTEMS)
    assert analysis.n_scored == 0 and len(analysis.cases) == 0
    assert analysis.problems == dict.fromkeys(SYSTEMS, 1)
    assert slices.score_systems(analysis.counts(), trials=5)[0].f1.value == 0
    assert slices.slices(analysis, "words") == [] and flow.flow(analysis, SYSTEMS[0]) == []
    assert disagreement.oracle(analysis).f1 == 0 and disagreement.system_sets(analysis) == []
    assert confusion(analysis, SYSTEMS[0]).counts.sum() == 0
    none = collect([], SYSTEMS)
    assert slices.score_systems(none.counts(), trials=5)[0].f1.value == 0
    failed = collect([(item, {})], SYSTEMS)
    assert set(failed.cases.kind) == {Kind.FAILED.value}


def test_ignored_labels_are_nowhere() -> None:
    analysis = collect(ANSWERS, SYSTEMS, ignore=("PER",))
    gold, predicted = _sides(SYSTEMS[0])
    scores = score_spans(gold, predicted, ignore=("PER",))
    assert slices.score_systems(analysis.counts(), trials=5)[0].f1.value == pytest.approx(
        scores.overall.f1
    )
    assert analysis.labels == ("LOC", "ORG")
    assert "PER" not in set(analysis.entities.label)


@pytest.mark.parametrize(
    ("text", "script"),
    [("Lagos", "Latin"), ("3 القاهرة", "Arabic"), ("北京", "Cjk"), ("?", "none")],
)
def test_the_script_of_a_name(text: str, script: str) -> None:
    assert script_of(text) == script
