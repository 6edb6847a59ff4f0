"""Methods gather the right evidence, share their steps, and fail one sentence at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.fakes import CapitalTagger, WordAligner, WordTranslator, engine
from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.domain.errors import EngineError, LanguageError, XProjError
from xproj_core.methods import Edit, Mode, Steps, Task, methods

DE = Sentence(
    ("Lagos", "besuchte", "das", "alte", "werk"), "de", text="Lagos besuchte das alte werk"
)
EN = Sentence(("Lagos", "visited", "the", "old", "plant"), "en", text="Lagos visited the old plant")
LABEL = Task(Mode.LABEL, DE, source="en", target="de", pivot="fr")
TRANSLATE = Task(Mode.TRANSLATE, EN, "en", "de", "fr", labels=(Span(0, 1, "PER"),))


def gather(name: str, task: Task, steps: Steps | None = None, **options: Any) -> Evidence:
    """The evidence of one method for one task."""
    result = methods.create(name, **options).gather([task], steps or Steps(engine()))[0]
    assert isinstance(result, Evidence), result
    return result


@pytest.mark.parametrize("name", methods.names())
@pytest.mark.parametrize("task", [LABEL, TRANSLATE], ids=["label", "translate"])
def test_every_method_works_both_ways(name: str, task: Task) -> None:
    evidence = gather(name, task)
    assert evidence.method == name
    assert evidence.target.tokens == DE.tokens
    assert evidence.chain[-1] == evidence.target
    assert len(evidence.hops) == len(evidence.chain) - 1 == len(evidence.origins) - 1
    for hop, first, second in zip(evidence.hops, evidence.chain, evidence.chain[1:], strict=False):
        assert hop is None or hop.shape == (len(first), len(second))
    assert (evidence.alignment is None) == (evidence.placed is not None)


@pytest.mark.parametrize("name", ["direct", "pivot", "back_translation"])
@pytest.mark.parametrize("task", [LABEL, TRANSLATE], ids=["label", "translate"])
def test_perfect_steps_give_a_perfect_alignment(name: str, task: Task) -> None:
    evidence = gather(name, task)
    assert evidence.source.tokens == EN.tokens
    assert evidence.alignment is not None
    assert evidence.alignment.pairs() == [(i, i) for i in range(5)]


def test_given_labels_are_kept_and_missing_ones_are_tagged() -> None:
    assert gather("direct", TRANSLATE).source.spans == (Span(0, 1, "PER"),)
    untagged = replace(TRANSLATE, labels=None)
    assert gather("direct", untagged).source.spans == (Span(0, 1, "LOC"),)
    assert gather("direct", replace(TRANSLATE, labels=())).source.spans == ()


def test_typing_over_one_sentence_recomputes_only_what_hangs_on_it() -> None:
    fake = engine()
    steps = Steps(fake)
    names = ("direct", "pivot", "back_translation")
    for name in names:
        gather(name, LABEL, steps)
    before = dict(steps.work.computed)
    edited = Sentence(("Lagos", "visited", "the", "plant"), "en", text="Lagos visited the plant")
    task = replace(LABEL, edits={"source": Edit(edited)})
    sources = [gather(name, task, steps).source for name in names]
    assert sources[0].tokens == edited.tokens and sources[2].tokens == edited.tokens
    assert sources[1].tokens == EN.tokens
    anew = {kind: n - before[kind] for kind, n in steps.work.computed.items()}
    # The source is tagged and aligned with the target; it is translated back, and that
    # back-translation is aligned both ways. Nothing of the pivot is touched.
    assert anew == {"translate": 1, "align": 3, "tag": 1}


def test_labels_typed_over_replace_the_tagger() -> None:
    fake = engine()
    spans = (Span(3, 5, "ORG"),)
    task = replace(LABEL, edits={"source": Edit(EN, spans)})
    evidence = gather("direct", task, Steps(fake))
    assert evidence.source.spans == spans and evidence.origins == ("typed", "given")
    assert isinstance(fake.tagger, CapitalTagger) and not fake.tagger.calls


def test_the_same_step_is_never_done_twice() -> None:
    fake = engine()
    steps = Steps(fake)
    for _ in range(2):
        for name in methods.names():
            gather(name, LABEL, steps)
    assert isinstance(fake.translator, WordTranslator) and isinstance(fake.aligner, WordAligner)
    assert len(fake.translator.calls) == len(set(fake.translator.calls))
    assert len(fake.aligner.calls) == len(set(fake.aligner.calls))


def test_one_sentence_that_fails_leaves_the_others_alone() -> None:
    class Moody(WordTranslator):
        def _translate_sentence(self, sentence: Sentence, target: str) -> Any:
            if "Lagos" in sentence.tokens and len(sentence) == 1:
                raise EngineError("out of sorts")
            return super()._translate_sentence(sentence, target)

    tasks = [LABEL, replace(LABEL, sentence=Sentence(("Lagos",), "de")), LABEL]
    results = methods.create("direct").gather(tasks, Steps(engine(translator=Moody())))
    assert [isinstance(r, Evidence) for r in results] == [True, False, True]
    assert "out of sorts" in str(results[1])


def test_what_an_engine_lacks_is_said_in_a_sentence() -> None:
    def problem(name: str, task: Task, **changes: object) -> XProjError:
        result = methods.create(name).gather([task], Steps(engine(**changes)))[0]
        assert isinstance(result, XProjError)
        return result

    assert "Choose a pivot" in str(problem("pivot", replace(LABEL, pivot=None)))
    assert "no tagger" in str(problem("direct", LABEL, tagger=None))
    assert "no tagger for the target" in str(problem("model_transfer", LABEL, target_tagger=None))
    english_only = CapitalTagger(languages=frozenset({"en"}))
    wrong = problem("model_transfer", LABEL, target_tagger=english_only)
    assert isinstance(wrong, LanguageError) and "does not know German; it knows English" in str(
        wrong
    )


def test_interpolating_the_pivot_adds_direct_links() -> None:
    class Forgetful(WordAligner):
        def _align_pair(self, first: Sentence, second: Sentence) -> Any:
            alignment = super()._align_pair(first, second)
            if "fr" in (first.language, second.language):
                links = [(i, j) for i, j in alignment.pairs() if i != 4]
                return type(alignment).from_links(links, alignment.shape)
            return alignment

    steps = Steps(engine(aligner=Forgetful()), own_links="aligner")
    alone = gather("pivot", LABEL, steps).alignment
    mixed = gather("pivot", LABEL, steps, direct_share=0.5).alignment
    assert alone is not None and mixed is not None
    assert (4, 4) not in alone.pairs() and (4, 4) in mixed.pairs()
