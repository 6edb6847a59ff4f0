"""Records hold what came out of a system, and survive being written down."""

from __future__ import annotations

import json

from tests.fakes import engine
from xproj_core.answers.many_items import Given, Job, items_of
from xproj_core.domain import Sentence, Span, codec, record
from xproj_core.domain.item import Item
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors


def _job(**changes: object) -> Job:
    parts: dict[str, object] = {
        "engine": engine(),
        "methods": [methods.create("direct"), methods.create("pivot")],
        "projectors": [projectors.create("match-exact"), projectors.create("min-max")],
        "mode": Mode.LABEL,
        "source": "en",
        "target": "de",
        "pivot": "fr",
        **changes,
    }
    return Job(**parts)  # type: ignore[arg-type]


def test_every_system_has_a_record_that_survives_json() -> None:
    sentences = [Sentence(("Lagos", "besuchte", "das", "werk"), "de"), Sentence((), "de")]
    answers = list(_job().run(items_of(sentences)))
    records = [r for answer in answers for r in answer.records()]
    assert [r.system for r in records] == [
        "direct/match-exact",
        "direct/min-max",
        "pivot/match-exact",
        "pivot/min-max",
    ]
    assert all(r.predicted == (Span(0, 1, "LOC"),) for r in records)
    assert [len(r.chain) for r in records] == [2, 2, 3, 3]
    for system_record in records:
        assert (
            codec.from_json(record.Record, json.loads(json.dumps(codec.to_json(system_record))))
            == system_record
        )


def test_a_method_without_an_answer_leaves_its_problem() -> None:
    answers = list(_job(pivot=None).run(items_of([Sentence(("Lagos",), "de")])))
    (problem,) = {r.problem for r in answers[0].records() if r.system.startswith("pivot")}
    assert problem and "pivot" in problem


def test_gold_labels_that_were_not_used_are_projected_beside_the_taggers() -> None:
    source = Sentence(("the", "Old", "plant"), "en", (Span(2, 3, "ORG"),))
    item = Item("a", source, Sentence(("das", "Old", "werk"), "de"), frozenset({"source"}))
    (answer,) = _job(given=Given(labels=False)).run([item])
    system_record = answer.records()[0]
    assert system_record.predicted == (Span(1, 2, "LOC"),) and system_record.origins == (
        "given",
        "given",
    )
    assert (
        codec.from_json(record.Record, json.loads(json.dumps(codec.to_json(system_record))))
        == system_record
    )
    assert system_record.oracle is not None and record.predicted(system_record.oracle) == (
        Span(2, 3, "ORG"),
    )
    (answer,) = _job().run([item])
    assert answer.records()[0].predicted == (Span(2, 3, "ORG"),)
    assert answer.records()[0].oracle is None
