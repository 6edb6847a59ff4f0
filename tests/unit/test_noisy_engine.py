"""Noise in what an engine makes: the same in any batch, links and labels still right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests import fakes
from tests.unit.test_noise import ALIGNMENT, LABELS, TRANSLATION
from xproj_core.domain import Sentence, Span
from xproj_core.methods import Memo, Steps
from xproj_core.models.protocols import Translation
from xproj_core.noise import Change, make
from xproj_core.noise.engine import noisy

SOURCES = [Sentence(("Lagos", "visited", "the", "old", "plant", str(k)), "en") for k in range(12)]


def test_a_noisy_engine_says_so_in_its_names() -> None:
    clean = fakes.engine()
    engine = noisy(clean, [make("drop-links", 0.3, 1), make("miss-labels", 0.2, 2)])
    assert engine.aligner.name == "exact~drop-links=0.3,seed=1"
    assert engine.translator.name == "words~drop-links=0.3,seed=1", "it gives links as well"
    assert engine.tagger is not None
    assert engine.tagger.name == "capitals~miss-labels=0.2,seed=2"
    assert noisy(clean, [make("drop-links", 0.0), make("characters", 0.5)]) is clean


@pytest.mark.parametrize("name", [*TRANSLATION, *ALIGNMENT, *LABELS])
def test_batches_do_not_matter(name: str) -> None:
    engine = noisy(fakes.engine(), [make(name, 0.4, 3)])

    def results(sentences: Sequence[Sentence]) -> list[tuple[object, ...]]:
        steps = Steps(engine)
        translated = steps.translate(sentences, "de")
        targets = [t.sentence for t in translated if isinstance(t, Translation)]
        aligned = steps.align(sentences, targets)
        return list(zip(translated, aligned, steps.tag(sentences), strict=True))

    together = results(SOURCES)
    alone = [results([s])[0] for s in reversed(SOURCES)]
    assert together == alone[::-1]


@pytest.mark.parametrize("name", TRANSLATION)
def test_a_noisy_translation_keeps_its_alignment_right(name: str) -> None:
    clean = fakes.engine()
    engine = noisy(clean, [make(name, 0.5, 4)])
    changed = 0
    before = clean.translator.translate(SOURCES, "de")
    after = engine.translator.translate(SOURCES, "de")
    for source, old, new in zip(SOURCES, before, after, strict=True):
        changed += new.sentence.tokens != old.sentence.tokens
        assert new.alignment is not None
        assert new.alignment.shape == (len(source), len(new.sentence))
        known = fakes.word_list("en", "de") or {}
        for i, j in new.alignment.pairs():
            word = source.tokens[i]
            assert new.sentence.tokens[j] in {known.get(word, word), word}
    assert changed


def test_names_that_are_dropped_are_the_taggers() -> None:
    engine = noisy(fakes.engine(), [make("drop-entities", 1.0)])
    translation = engine.translator.translate(SOURCES[:1], "de")[0]
    assert translation.sentence.tokens == ("besuchte", "das", "alte", "werk", "0")


def test_links_are_the_same_from_either_side() -> None:
    engine = noisy(fakes.engine(), [make("drop-links", 0.5, 1)], order=("en", "fr", "de"))
    targets = [t.sentence for t in fakes.engine().translator.translate(SOURCES, "de")]
    forward = engine.aligner.align(list(zip(SOURCES, targets, strict=True)))
    backward = engine.aligner.align(list(zip(targets, SOURCES, strict=True)))
    assert forward == [a.transposed() for a in backward]
    own = engine.translator.translate(SOURCES, "de")
    assert [t.alignment for t in own] == forward, "the same links are lost in both"


def test_a_shared_memory_saves_the_engine_its_work() -> None:
    clean, memo = fakes.engine(), Memo()
    Steps(clean, memo).translate(SOURCES, "de")
    request_count = len(fakes.translated(clean))
    for seed in range(3):
        Steps(noisy(clean, [make("drop-words", 0.3, seed)], memo=memo), memo).translate(
            SOURCES, "de"
        )
    assert len(fakes.translated(clean)) == request_count


def test_what_was_done_is_told() -> None:
    changes: list[Change] = []
    engine = noisy(fakes.engine(), [make("drop-links", 1.0)], record=changes.append)
    engine.aligner.align([(SOURCES[0], SOURCES[0])])
    assert [c.removed for c in changes] == [(k, k) for k in range(6)]
    assert changes[0].message == "The link Lagos – Lagos was dropped."


def test_labels_that_came_with_a_translation_follow_its_words() -> None:
    class Labelled(fakes.WordTranslator):
        def _translate_sentence(self, sentence: Sentence, target: str) -> Translation:
            translation = super()._translate_sentence(sentence, target)
            return Translation(
                translation.sentence.labelled([Span(0, 1, "LOC"), Span(4, 5, "ORG")]),
                "memory",
                translation.alignment,
            )

    engine = noisy(fakes.engine(translator=Labelled()), [make("repeat-words", 1.0)])
    noisy_sentence = engine.translator.translate(SOURCES[:1], "de")[0].sentence
    assert [noisy_sentence.words(s) for s in noisy_sentence.spans] == [
        ("Lagos", "Lagos"),
        ("werk", "werk"),
    ]
