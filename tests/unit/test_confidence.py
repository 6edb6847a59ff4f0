"""Confidence is a probability: of what it is made, that it is one, and that it can be learnt."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.answers import SYSTEMS, answers, stored
from tests.fakes import engine
from tests.published import bambara, needs, opinions
from tests.unit.test_projector_laws import NAMES, any_evidence
from xproj_core.annotation.filter import Filter
from xproj_core.annotation.settings import SHARED, Settings
from xproj_core.answers.many_items import Job, items_of
from xproj_core.answers.sure_records import sure_batch
from xproj_core.cli import main
from xproj_core.confidence import (
    FEATURES,
    CalibrationModel,
    estimated,
    model_in_use,
    probabilities,
    shipped_model,
)
from xproj_core.confidence.calibration_model import CONFIDENCE, SHIPPED, load, loads, sigmoid
from xproj_core.confidence.estimate import feature_table
from xproj_core.confidence.fitting import FEWEST_OWN, Rows, fit, held_out, logistic, refit
from xproj_core.domain import Evidence, Sentence
from xproj_core.domain.arrays import Vector
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.errors import InputError
from xproj_core.evaluate import calibration
from xproj_core.evaluate.scores.reliability import Reliability, reliability
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_core.review.corrections import corrected
from xproj_core.review.desk import Desk
from xproj_core.review.own_confidence import fit_to_corrections, forget
from xproj_core.review.signals import prepare
from xproj_core.store import open_store
from xproj_core.store.queue import Queue


@settings(deadline=None)
@given(st.lists(any_evidence(), min_size=1, max_size=4), st.sampled_from(NAMES))
def test_every_entity_has_a_probability_and_a_batch_gives_what_each_gives_alone(
    evidence: list[Evidence], name: str
) -> None:
    projections = projectors.create(name).project(evidence)
    others = [[projection] for projection in projectors.create(DEFAULT_PROJECTOR).project(evidence)]
    tables = feature_table(evidence, projections, others)
    values = probabilities(evidence, projections, others)
    for k, (projection, table, own) in enumerate(zip(projections, tables, values, strict=True)):
        assert table.shape == (len(projection.entities), len(FEATURES))
        assert np.isfinite(table).all()
        assert len(own) == len(projection.entities) and all(0 <= p <= 1 for p in own)
        alone = probabilities([evidence[k]], [projection], [others[k]])[0]
        assert np.allclose(own, alone, rtol=0, atol=1e-12)


@settings(deadline=None)
@given(any_evidence(), st.sampled_from(NAMES))
def test_to_estimate_changes_nothing_but_what_is_believed(evidence: Evidence, name: str) -> None:
    [projection] = projectors.create(name).project([evidence])
    [sure] = estimated([evidence], [projection])
    assert (
        type(sure) is type(projection)
        and sure.spans == projection.spans
        and sure.lost == projection.lost
    )
    for before, after in zip(projection.entities, sure.entities, strict=True):
        assert after.span.score == after.trace.probability == after.trace.certainty
        assert replace(after.trace, probability=None) == before.trace
    [again] = estimated([evidence], [sure])
    assert again == sure, "estimated twice is estimated once"


def test_records_say_what_evidence_says() -> None:
    """So a probability is never older than the model that is in use."""
    job = Job(
        engine(),
        [methods.create(name) for name in ("direct", "pivot", "model_transfer", "markers")],
        [projectors.create(name) for name in ("match-exact", "min-max")],
        *(Mode.LABEL, "en", "de", "fr"),
        confidence=shipped_model(),
    )
    texts = ["Lagos besuchte das alte werk", "das werk besuchte Lagos", "werk"]
    items = list(items_of([Sentence(tuple(text.split()), "de") for text in texts]))
    at_once = [{r.system: r for r in answer.records()} for answer in job.run(items)]
    job.confidence = None
    bare = [{r.system: r for r in answer.records()} for answer in job.run(items)]
    placed = [p for some in bare for r in some.values() for p in r.placements if p.target]
    assert placed and all(p.probability is None for p in placed)
    for some, later in zip(at_once, sure_batch(bare, shipped_model()), strict=True):
        assert some.keys() == later.keys()
        for system, record in some.items():
            for placement, other in zip(record.placements, later[system].placements, strict=True):
                assert placement.target == other.target
                assert placement.probability == pytest.approx(other.probability, abs=1e-4), system


def rows_of(seed: int, count: int, weights: Vector[np.float64], bias: float) -> Rows:
    """Entities whose truth follows a logistic law over random features."""
    rng = np.random.RandomState(seed)
    values = rng.normal(size=(count, len(FEATURES)))
    right = rng.random_sample(count) < sigmoid(values @ weights + bias)
    return Rows(values, right, np.arange(count) // 2)


WEIGHTS = np.where(np.arange(len(FEATURES)) < 6, [1.5, -1.0] * (len(FEATURES) // 2) + [1.5], 0.0)[
    : len(FEATURES)
]


def test_a_fit_finds_the_weights_that_made_the_data() -> None:
    rows = rows_of(1, 40_000, WEIGHTS, -0.5)
    solution = logistic(rows.values, rows.right, rows.counts, np.array([1e-6]))
    assert solution[0] == pytest.approx(-0.5, abs=0.06)
    assert np.allclose(solution[1:], WEIGHTS, atol=0.08)


def test_a_fitted_model_is_calibrated_on_entities_it_has_not_seen() -> None:
    model = fit(rows_of(2, 4000, WEIGHTS, 0.3), "drawn")
    fresh = rows_of(3, 20_000, WEIGHTS, 0.3)
    scores = reliability(model.probabilities(fresh.values), fresh.right)
    best = reliability(sigmoid(fresh.values @ WEIGHTS + 0.3), fresh.right)
    assert scores.ece < 0.02
    assert scores.auroc and best.auroc and scores.auroc > best.auroc - 0.01


def test_a_model_moves_as_far_as_there_is_reason_to() -> None:
    model = fit(rows_of(4, 3000, WEIGHTS, 0.0), "drawn")
    others = rows_of(5, 4000, -0.5 * WEIGHTS, -1.0)
    few = others.where(np.arange(len(others.right)) < FEWEST_OWN)
    fresh = rows_of(6, 8000, -0.5 * WEIGHTS, -1.0)

    def loss(candidate: CalibrationModel) -> float:
        p = candidate.probabilities(fresh.values).clip(1e-9, 1 - 1e-9)
        return float(-np.where(fresh.right, np.log(p), np.log(1 - p)).mean())

    before, little, much = loss(model), loss(refit(model, few, "")), loss(refit(model, others, ""))
    assert much < little < before
    firm = refit(model, few, "", strength=1e9)
    assert np.allclose(
        np.array(firm.weights), model.slope * np.array(model.weights), rtol=1e-3, atol=1e-4
    )
    assert held_out(model, others).shape == (4000,)


def test_too_few_entities_are_said_to_be_too_few() -> None:
    rows = rows_of(7, 30, WEIGHTS, 0.0)
    with pytest.raises(InputError, match="too few to fit confidence on: at least 40"):
        fit(rows, "drawn")
    with pytest.raises(InputError, match=f"at least {FEWEST_OWN}"):
        refit(shipped_model(), rows.where(np.arange(30) < 5), "drawn")


def test_a_model_is_written_and_read_and_another_format_is_refused() -> None:
    model = shipped_model()
    assert loads(model.dumps()) == model
    plain = json.loads(model.dumps())
    for wrong in ({"format": 99}, {"names": ["a"]}, {"scales": [0.0] * len(FEATURES)}):
        with pytest.raises(InputError, match="onfidence model"):
            loads(json.dumps(plain | wrong))
    with pytest.raises(InputError, match="no confidence model"):
        loads("{")


def test_the_card_says_what_the_model_was_fitted_on() -> None:
    model, card = shipped_model(), SHIPPED.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    text = " ".join(card.split())
    assert f"{model.entities:,} entities of {model.sentences:,} sentences" in text
    assert not any(name in model.fitted_on for name in ("Bambara", "ABSA", "PUD", "MAFAND"))


def test_the_model_in_use_is_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(CONFIDENCE, raising=False)
    assert model_in_use() == shipped_model()
    file = tmp_path / "own.json"
    monkeypatch.setenv(CONFIDENCE, str(file))
    with pytest.raises(InputError, match=r"own\.json cannot be read"):
        model_in_use()
    own = replace(shipped_model(), bias=-3.0, fitted_on="mine")
    file.write_text(own.dumps(), encoding="utf-8")
    assert model_in_use() == own != shipped_model()


def test_a_command_fits_to_a_run_with_gold_labels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv(CONFIDENCE, raising=False)
    with open_store() as store:
        run = stored(store, answers(80))
    assert main(["confidence", "--run", run, "--output", str(tmp_path / "own.json")]) == 0
    output = capsys.readouterr().out
    assert "before: " in output and "held out" in output and "XPROJ_CONFIDENCE=" in output
    own, fresh = load(tmp_path / "own.json"), answers(80, seed=2)
    before, after = (
        calibration.calibrations(fresh, model)["back_translation/match-exact"].reliability
        for model in (shipped_model(), own)
    )
    assert after.ece < before.ece, "what was learnt holds for other sentences of the kind"
    assert main(["confidence", "--run", run, "--ignore", "PER,LOC,ORG"]) == 2
    assert "nothing to fit" in capsys.readouterr().err


@needs("bambara-chain")
def test_the_shipped_model_knows_more_than_links_where_links_say_nothing() -> None:
    """The Bambara chain with its hard links: .97 was said of entities of which half are right."""
    evidence, gold = bambara()
    projections = projectors.create(DEFAULT_PROJECTOR).project(evidence)
    sure = estimated(evidence, projections)
    entries = [
        (e.trace.probability or 0.0, e.trace.confidence, e.span in spans)
        for projection, spans in zip(sure, gold, strict=True)
        for e in projection.entities
        if e.span.label not in ("DATE", "MISC")
    ]
    ours, links = (reliability([k[n] for k in entries], [k[2] for k in entries]) for n in (0, 1))
    assert links.ece > 0.45 and links.auroc and links.auroc < 0.62
    assert ours.ece < min(0.3, links.ece - 0.15) and ours.auroc and ours.auroc > 0.78


@needs("bambara-chain")
@needs("absa-en-es")
@pytest.mark.parametrize("name", ["bambara", "opinions"])
def test_half_of_a_data_set_calibrates_the_other(name: str) -> None:
    evidence, gold = bambara() if name == "bambara" else opinions("simalign", "train")
    projections = projectors.create(DEFAULT_PROJECTOR).project(evidence)
    tables = feature_table(evidence, projections)
    entries = [
        (row, e.span in spans, k)
        for k, (projection, table, spans) in enumerate(zip(projections, tables, gold, strict=True))
        for e, row in zip(projection.entities, table, strict=True)
        if e.span.label not in ("DATE", "MISC")
    ]
    rows = Rows(*(np.array(column) for column in zip(*entries, strict=True)))
    half = np.random.RandomState(1).permutation(len(evidence))[rows.groups] % 2 == 1
    own = refit(shipped_model(), rows.where(~half), "the other half")
    test = rows.where(half)
    scores = reliability(own.probabilities(test.values), test.right)
    assert scores.ece <= 0.05 and scores.auroc and scores.auroc >= 0.85


def test_what_was_corrected_moves_the_queue_of_its_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv(CONFIDENCE, raising=False)
    with open_store() as store:
        run = stored(store, answers(60))
        dataset = store.runs.get(run).dataset
        store.reviews.set(dataset, Settings(run, SYSTEMS[2]))
        desk = Desk(store, dataset)
        with pytest.raises(InputError, match="0 entities are too few"):
            fit_to_corrections(desk)
        before = least_certain(desk)
        for number in range(40):
            desk.do(number, "Ana", sent(number, "done", {"done": True}))
        model = fit_to_corrections(desk)
        assert model.sentences <= 40 and "finished sentences" in model.fitted_on
        again = Desk(store, dataset)
        assert again.model == model != model_in_use()
        after = least_certain(again)
        assert after != before
        was, now = (
            pooled(calibration.calibrations(corrected(again), candidate))
            for candidate in (shipped_model(), model)
        )
        assert now.ece < was.ece
        spans = again.start(50).on("target")
        scores = [span.mark.score for span in spans if span.mark.score is not None]
        assert min(scores, default=1.0) == pytest.approx(after[50], abs=1e-4)
        forget(again)
        assert Desk(store, dataset).model == model_in_use() and least_certain(again) == before


def pooled(judgements: dict[str, calibration.Calibration]) -> Reliability:
    """Of all systems together."""
    values = [p for judgement in judgements.values() for p in judgement.values]
    return reliability(values, [y for judgement in judgements.values() for y in judgement.right])


def sent(number: int, op: str, args: dict[str, object]) -> dict[str, object]:
    return {"id": f"{number}:{op}", "base_revision": 0, "op": op, "args": args}


def least_certain(desk: Desk) -> list[float]:
    """What the queue is ordered by, once it is prepared anew."""
    prepare(desk)
    rows = Queue(desk.store.database, desk.dataset.id, SHARED).page(Filter("number"), 0, 100)
    return [row.confidence if row.confidence is not None else -1.0 for row in rows]
