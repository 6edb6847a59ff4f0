"""The tagger that reads sentences word by word in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Sentence
from xproj_core.domain.errors import LanguageError
from xproj_core.mini.tagger.ct2_token_classifier import load as load_english
from xproj_core.mini.tagger.glossed import GlossedTagger
from xproj_core.mini.tagger.glossed import load as load_glossed
from xproj_core.mini.tagger.tagger import ALIGNER, ENGLISH
from xproj_core.models.protocols import ProbabilisticTagger
from xproj_core.tag import taggers


@pytest.fixture(scope="module")
def tagger() -> GlossedTagger:
    return load_glossed(load_english(), [ALIGNER], ENGLISH)


def words(tagger: GlossedTagger, text: str, language: str) -> list[str]:
    return list(tagger.gloss(Sentence(tuple(text.split()), language)).tokens)


def test_words_become_english_and_names_stay(tagger: GlossedTagger) -> None:
    assert words(tagger, "Mi hermana trabaja en Velmora .", "es") == [
        "My",
        "sister",
        "works",
        "in",
        "Velmora",
        ".",
    ]
    assert words(tagger, "Sie wohnt in Frankreich .", "de")[3] == "France"


def test_a_capital_is_kept_unless_every_noun_has_one(tagger: GlossedTagger) -> None:
    assert words(tagger, "Ayer la Escuela cerró .", "es")[2] == "School"
    assert words(tagger, "Gestern hat die Schule geschlossen .", "de")[3] == "school"


def test_an_unknown_compound_is_read_by_its_parts_and_is_no_name(tagger: GlossedTagger) -> None:
    (gloss,) = words(tagger, "Wir mögen Apfelkuchenrezept", "de")[2:]
    assert gloss.islower() and gloss != "apfelkuchenrezept"


def test_spans_stand_on_the_tokens_of_the_sentence_itself(tagger: GlossedTagger) -> None:
    sentence = Sentence(tuple("Ayer Lena Berger llegó a Madrid .".split()), "es")
    (spans,) = tagger.tag([sentence])
    assert [(sentence.words(s), s.label) for s in spans] == [
        (("Lena", "Berger"), "PER"),
        (("Madrid",), "LOC"),
    ]


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_half_a_character_stops_nobody(language: str) -> None:
    sentence = Sentence(("Lena", "Haub\ud83d", "\ude00", "singt", "."), language)
    (spans,) = taggers.create("mini").tag([sentence])
    assert all(s.end <= len(sentence) for s in spans)


def test_a_language_without_a_lexicon_is_refused_with_those_that_have_one(
    tagger: GlossedTagger,
) -> None:
    with pytest.raises(LanguageError, match=r"knows .*German.*, not Finnish"):
        tagger.tag([Sentence(("Hei",), "fi")])


tokens = st.text(
    st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cs"]), min_size=1, max_size=12
)


@given(st.lists(tokens, min_size=1, max_size=8), st.sampled_from(["de", "es", "sw"]))
def test_every_token_has_one_gloss(
    tagger: GlossedTagger, token_texts: list[str], language: str
) -> None:
    sentence = Sentence(tuple(token_texts), language)
    gloss = tagger.gloss(sentence)
    assert len(gloss) == len(token_texts) and all(gloss.tokens) and gloss.language == "en"
    (probabilities,) = tagger.probabilities([sentence])
    assert probabilities.matrix.shape[0] == len(token_texts)


def test_mini_tags_english_and_every_language_that_it_has_a_lexicon_for() -> None:
    mini = taggers.create("mini")
    assert mini.languages == frozenset({"en", "de", "es", "fr", "ha", "sw", "zu"})
    english = Sentence(("Lena", "Berger", "lives", "in", "Oslo", "."), "en")
    german = Sentence(("Lena", "Berger", "wohnt", "in", "Oslo", "."), "de")
    assert isinstance(mini, ProbabilisticTagger)
    for spans in mini.tag([english, german]):
        assert [(s.start, s.end, s.label) for s in spans] == [(0, 2, "PER"), (4, 5, "LOC")]
