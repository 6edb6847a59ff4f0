from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import CheckpointError, EngineError, LanguageError
from xproj_core.tag import spacy_pipeline
from xproj_core.tag.given_labels import GivenTagger

SENTENCE = Sentence(("Marie", "Curie", "paid", "5", "euros", "in", "Paris", "."), "en")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A saved spaCy pipeline with OntoNotes' labels, found by rules."""
    spacy = pytest.importorskip("spacy")
    nlp: Any = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PERSON", "pattern": "Marie Curie"},
            {"label": "GPE", "pattern": "Paris"},
            {"label": "MONEY", "pattern": "5 euros"},
        ]
    )
    folder = tmp_path_factory.mktemp("spacy") / "en_rules"
    nlp.to_disk(folder)
    return str(folder)


def test_spacy_entities_lie_on_our_tokens(pipeline: str) -> None:
    tagger = spacy_pipeline.load(pipeline)
    assert set(tagger.labels) == {"PER", "LOC"}
    assert tagger.languages == frozenset({"en"})
    expected = (Span(0, 2, "PER"), Span(6, 7, "LOC"))
    assert tagger.tag([SENTENCE, SENTENCE]) == [expected, expected]
    assert tagger.tag([]) == []


def test_spacy_labels_may_be_named_otherwise(pipeline: str) -> None:
    tagger = spacy_pipeline.load(pipeline, label_names={"GPE": None, "MONEY": "MONEY"})
    assert tagger.tag([SENTENCE]) == [(Span(0, 2, "PER"), Span(3, 5, "MONEY"))]


def test_spacy_speaks_one_language(pipeline: str) -> None:
    with pytest.raises(LanguageError, match="is for English, not for German"):
        spacy_pipeline.load(pipeline).tag([Sentence(("Paris",), "de")])


def test_spacy_pipelines_that_will_not_do(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    with pytest.raises(CheckpointError, match="no usable spaCy pipeline 'en_no_such_thing'"):
        spacy_pipeline.load("en_no_such_thing")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(CheckpointError, match="finds no entities"):
        spacy_pipeline.load(str(tmp_path / "blank"))


def test_given_labels_are_found_by_language_and_tokens() -> None:
    labelled = SENTENCE.labelled([Span(6, 7, "LOC"), Span(0, 2, "PER")])
    tagger = GivenTagger([labelled])
    assert tagger.labels == ("PER", "LOC")
    assert tagger.tag([SENTENCE]) == [(Span(0, 2, "PER"), Span(6, 7, "LOC"))]
    other = Sentence(SENTENCE.tokens, "fr", (Span(0, 1, "ORG"),))
    assert tagger.tag([other]) == [(Span(0, 1, "ORG"),)], "its own labels, where none were given"
    assert GivenTagger().tag([SENTENCE]) == [()]


def test_a_strict_tagger_asks_for_labels() -> None:
    with pytest.raises(EngineError, match="No labels were given for “Marie Curie paid"):
        GivenTagger(strict=True).tag([SENTENCE])
