"""Methods and source languages vote: who has a vote, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes import engine
from xproj_core.answers.many_items import Given, Job
from xproj_core.answers.one_sentence import Question, answer
from xproj_core.domain import Evidence, Projection, Sentence, Span
from xproj_core.domain.errors import InputError, ProjectionError, XProjError
from xproj_core.domain.item import Item, Side
from xproj_core.methods import Edit, Memo, Mode, Steps, Task, methods
from xproj_core.project import projectors
from xproj_core.project.elections import projections

DE = Sentence(("Lagos", "besuchte", "das", "alte", "werk"), "de")
EN = Sentence(("Lagos", "visited", "the", "old", "plant"), "en")
FR = Sentence(("Lagos", "visita", "l", "vieille", "usine"), "fr")
LABEL = Task(Mode.LABEL, DE, source="en", target="de", pivot="fr")
TRANSLATE = Task(Mode.TRANSLATE, EN, "en", "de", "fr", labels=(Span(0, 1, "PER"),))
MATCH = projectors.create("match-exact")


def gather(task: Task, **options: Any) -> Evidence | XProjError:
    """The ensemble's evidence for one task."""
    return methods.create("ensemble", **options).gather([task], Steps(engine()))[0]


def voted(task: Task, **options: Any) -> Projection:
    """What is chosen from it by matching."""
    evidence = gather(task, **options)
    assert isinstance(evidence, Evidence), evidence
    return projections(MATCH, [evidence])[0]


def voters(evidence: Evidence | XProjError) -> list[str]:
    """The names of those that vote."""
    assert isinstance(evidence, Evidence) and evidence.election is not None
    return [name for name, _ in evidence.election.voters]


@pytest.mark.parametrize("task", [LABEL, TRANSLATE], ids=["label", "translate"])
def test_one_method_alone_gives_what_it_gives_by_itself(task: Task) -> None:
    direct = methods.create("direct").gather([task], Steps(engine()))[0]
    assert isinstance(direct, Evidence)
    (alone,) = MATCH.project([direct])
    for how in ("majority", "unanimous", "weighted"):
        joint = voted(task, methods="direct", how=how)
        assert joint.spans == alone.spans
        assert [e.trace.source for e in joint.entities] == [e.trace.source for e in alone.entities]
        assert [e.trace.links for e in joint.entities] == [e.trace.links for e in alone.entities]


@pytest.mark.parametrize("task", [LABEL, TRANSLATE], ids=["label", "translate"])
def test_every_method_and_every_source_language_votes(task: Task) -> None:
    evidence = gather(task, methods="direct+back_translation", sources="fr")
    assert voters(evidence) == [
        "direct",
        "back_translation",
        "direct from French",
        "back_translation from French",
    ]
    assert isinstance(evidence, Evidence) and evidence.election is not None
    languages = [e.source.language for _, e in evidence.election.voters]
    assert languages == ["en", "en", "fr", "fr"]
    assert {e.target.tokens for _, e in evidence.election.voters} == {DE.tokens}


def test_sentences_and_labels_of_the_data_are_taken() -> None:
    others = {"fr": Edit(FR, (Span(0, 1, "ORG"),))}
    for task in (LABEL, TRANSLATE):
        evidence = gather(replace(task, others=others), methods="direct", sources="fr")
        assert isinstance(evidence, Evidence) and evidence.election is not None
        (_, first), (_, second) = evidence.election.voters
        assert second.source.tokens == FR.tokens
        assert second.source.spans == (Span(0, 1, "ORG"),)
        assert first.source.language == "en"
        # two voters of two minds: neither has more than half
        assert projections(MATCH, [evidence])[0].spans == ()


def test_who_fails_does_not_vote_and_a_note_says_why() -> None:
    evidence = gather(
        replace(LABEL, pivot=None), methods="pivot+direct", weights="5+1", how="weighted"
    )
    assert voters(evidence) == ["direct"]
    assert isinstance(evidence, Evidence) and evidence.election is not None
    assert evidence.election.rule.weights == (1.0,)
    assert any(n.startswith("pivot does not vote: Choose a pivot") for n in evidence.notes)
    failed = gather(replace(LABEL, pivot=None), methods="pivot")
    assert isinstance(failed, XProjError) and "pivot" in str(failed)


def test_a_further_language_that_is_there_already_has_no_second_vote() -> None:
    assert voters(gather(LABEL, methods="direct", sources="en+de+fr")) == [
        "direct",
        "direct from French",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"methods": ""}, "Nobody votes"),
        ({"methods": "ensemble"}, "cannot vote in an ensemble"),
        ({"methods": "teleport"}, "no method called 'teleport'"),
        ({"weights": "1+2", "how": "weighted"}, "Give 3 weights"),
        ({"weights": "1+2+3"}, "weighted votes only"),
    ],
)
def test_what_cannot_vote_is_said(options: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        methods.create("ensemble", **options)


def test_a_projector_alone_does_not_pass_one_voter_off_as_all() -> None:
    evidence = gather(LABEL)
    assert isinstance(evidence, Evidence)
    for name in projectors.names():
        with pytest.raises(ProjectionError, match="lets several vote"):
            projectors.create(name).project([evidence])


def test_the_trace_says_who_wanted_what() -> None:
    others = {"fr": Edit(FR, (Span(0, 1, "ORG"),))}
    options = {"methods": "direct", "sources": "fr", "how": "weighted", "weights": "3+1"}
    joint = voted(replace(TRANSLATE, others=others), **options)
    (entity,) = joint.entities
    assert entity.span == Span(0, 1, "PER")
    assert entity.trace.candidates[0].parts == {"direct": 0.75}
    assert entity.trace.steps == (
        "Wanted by direct (1.00); the confidence of each in brackets.",
        "direct from French has 'Lagos' ORG there.",
    )
    turned = voted(replace(TRANSLATE, others=others), **{**options, "weights": "1+3"})
    (entity,), (lost,) = turned.entities, turned.lost
    assert (entity.span.label, entity.trace.source) == ("ORG", None)
    assert lost.reason == "collision"
    assert lost.message == "'Lagos' ORG took its words: 'Lagos' had 1 of 2 votes (0.25)."


def test_it_is_a_row_beside_the_others() -> None:
    question = Question(
        Mode.LABEL, "Lagos besuchte das alte werk", "en", "de", "fr", methods=("direct", "ensemble")
    )
    columns = answer(question, engine(), Memo()).columns
    assert [c.problem for c in columns] == [None, None]
    spans = [c.projection.spans for c in columns if c.projection]
    assert spans[0] == spans[1] == (Span(0, 1, "LOC"),)


def test_a_run_takes_gold_of_further_languages() -> None:
    both: frozenset[Side] = frozenset({"source", "target"})
    items = [
        Item(
            "1",
            EN.labelled([Span(0, 1, "LOC")]),
            DE.labelled([Span(0, 1, "LOC")]),
            both,
            others={"fr": FR.labelled([Span(0, 1, "LOC")])},
        ),
        Item("2", EN, DE, both, others={"fr": FR}),
    ]
    ensemble = methods.create("ensemble", methods="direct", sources="fr", how="unanimous")
    job = Job(engine(), [ensemble], [MATCH], Mode.LABEL, "en", "de", given=Given())
    answers = list(job.run(items))
    chosen = [p.spans for a in answers for p in a.projections.values() if isinstance(p, Projection)]
    # the second sentence is known to hold no entity, so its French is not tagged
    assert chosen == [(Span(0, 1, "LOC"),), ()]
    assert [r.system for a in answers for r in a.records()] == ["ensemble/match-exact"] * 2
