"""What becomes of words that no table has: other forms of known ones, names, common nouns."""

from __future__ import annotations

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.tag.not_names import is_edited, is_small
from xproj_core.text.tokenise import tokenise
from xproj_core.translate.phrase_based import load
from xproj_core.translate.phrase_based.compounds import is_common_noun
from xproj_core.translate.phrase_based.source import analyse
from xproj_core.translate.phrase_based.translator import PhraseBasedTranslator
from xproj_core.translate.phrase_based.variants import variant
from xproj_core.translate.phrase_based.words import SPECIAL, Vocabulary

WORDS = Vocabulary([*SPECIAL, "der", "dass", "Beschluss", "schnell", "Koch", "Österreich", "en",
                    "comisión", "la", "maison", "ist", "da", "wohnt", "Herr"])  # fmt: skip


@pytest.fixture(scope="module")
def mini() -> PhraseBasedTranslator:
    return load()


@pytest.mark.parametrize(
    ("form", "language", "known"),
    [
        ("daß", "de", "dass"),
        ("Beschlüsse", "de", "Beschluss"),
        ("Beschlusses", "de", "Beschluss"),
        ("schnellen", "de", "schnell"),
        ("maisons", "fr", "maison"),
        ("maisons", "sw", ""),
        ("Hansen", "de", ""),
        ("das", "de", ""),
    ],
)
def test_another_form_of_a_known_word(form: str, language: str, known: str) -> None:
    found = variant(form, WORDS, language)
    assert (WORDS.words[found] if found else "") == known


@pytest.mark.parametrize(
    ("text", "common"),
    [
        ("wir fordern die Umsetzung", True),
        ("er braucht Unterstützung", True),
        ("das ist ein Vorbehalt", True),
        ("die Velmora AG", False),
        ("im Kosovo", False),
        ("aus Oberhausen", False),
        ("die Kommission", False),
        ("für Samsung", False),
    ],
)
def test_a_german_noun_is_told_from_a_name(text: str, common: bool) -> None:
    forms = text.split()
    place = next(i for i, f in enumerate(forms) if f[0].isupper())
    assert is_common_noun(forms, place) is common


def parts(text: str, language: str) -> tuple[set[str], set[str], set[str]]:
    """The words that lose their capital, that pass one on, that are carried over as names."""
    forms = text.split()
    found = analyse(forms, forms, WORDS, language)
    blocks = {forms[i] for start, stop in found.blocks for i in range(start, stop)}
    return {forms[i] for i in found.small}, {forms[i] for i in found.large}, blocks


def test_a_surname_is_a_name_although_it_is_a_word() -> None:
    assert parts("da ist Herr Koch", "de")[2] == {"Koch"}
    assert parts("da ist der Koch", "de")[2] == set()
    assert parts("da ist Herr Kommissar", "de")[2] == {"Kommissar"}, "an unknown word"


def test_a_genitive_is_its_name() -> None:
    forms = "da ist Österreichs Koch".split()
    assert analyse(forms, forms, WORDS, "de").ids[2] == WORDS.ids["Österreich"]


def test_a_capital_of_ones_own_is_passed_on() -> None:
    assert parts("en la Comisión", "es")[1] == {"Comisión"}
    assert parts("Comisión en la Comisión", "es")[1] == {"Comisión"}
    assert not analyse(["Comisión"], ["Comisión"], WORDS, "es").large, "due to the place"


def test_copied_common_nouns_are_small_and_names_are_not(mini: PhraseBasedTranslator) -> None:
    text = "Wir sprechen über die Quorrbeltung und über Quorrbelt."
    (found,) = mini.translate([tokenise(text, "de")], "en")
    assert "quorrbeltung" in found.sentence.tokens and "Quorrbelt" in found.sentence.tokens


def test_a_span_without_a_capital_is_no_name_in_edited_text() -> None:
    words = tuple("We discuss the umsetzung of it in Paris .".split())
    assert is_edited(words) and is_small(words, Span(3, 4, "LOC"))
    assert not is_small(words, Span(7, 8, "LOC"))
    assert not is_edited(("we", "met", "justin", "bieber", "."))
    assert not is_edited(("We", "met", "@someone", "."))
    assert not is_edited(()) and not is_edited(("We", "met"))
    assert Sentence(words, "en").words(Span(3, 4, "LOC")) == ("umsetzung",)
