"""What becomes of words that no table has: other forms of known ones, names, common nouns."""

from __future__ import annotations

from pathlib import Path

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import CheckpointError
from xproj_core.mini.tagger.not_names import is_edited, tidied
from xproj_core.mini.translator import SHIPPED, array_archive, load
from xproj_core.mini.translator.compounds import split
from xproj_core.mini.translator.known_words import SPECIAL, Entries, Vocabulary
from xproj_core.mini.translator.nouns import Judge, NounModel
from xproj_core.mini.translator.source import analyse
from xproj_core.mini.translator.translator import PhraseBasedTranslator
from xproj_core.mini.translator.variants import variant
from xproj_core.text.tokenise import tokenise

WORDS = Vocabulary(
    [
        *SPECIAL,
        "der",
        "dass",
        "Beschluss",
        "schnell",
        "Koch",
        "Österreich",
        "en",
        "comisión",
        "la",
        "maison",
        "ist",
        "da",
        "wohnt",
        "Herr",
        "Haus",
        "Steuer",
    ]
)
ENTRIES = Entries(WORDS)


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
    word_id = variant(form, ENTRIES, language)
    assert (WORDS.words[word_id] if word_id else "") == known


@pytest.fixture(scope="module")
def nouns() -> NounModel:
    return NounModel.load(SHIPPED / "de.nouns.npz")


@pytest.fixture(scope="module")
def german() -> Vocabulary:
    return Vocabulary(array_archive.read_lines(SHIPPED / "de.words.xz"))


@pytest.mark.parametrize(
    ("text", "common"),
    [
        ("wir fordern die Umsetzung", True),
        ("er braucht Unterstützung", True),
        ("das ist ein Vorbehalt", True),
        ("die Velmora AG", False),
        ("im Kosovo", False),
        ("aus Oberhausen", False),
        ("mit Frau Velthoven", False),
    ],
)
def test_a_german_noun_is_told_from_a_name(
    text: str, common: bool, nouns: NounModel, german: Vocabulary
) -> None:
    forms = text.split()
    place = 3 if "Frau" in forms else next(i for i, f in enumerate(forms) if f[0].isupper())
    assert Judge(forms, german, nouns).is_noun(place, known=False) is common


def test_where_capitals_say_enough_no_word_is_judged(german: Vocabulary) -> None:
    assert not Judge(["die", "Umsetzung"], german, None).is_noun(1, known=False)


def test_a_damaged_model_of_nouns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "de.nouns.npz").write_bytes(b"nothing")
    with pytest.raises(CheckpointError, match=r"de\.nouns\.npz"):
        NounModel.load(tmp_path / "de.nouns.npz")


@pytest.mark.parametrize(
    ("form", "known"),
    [
        ("Haussteuer", ["Haus", "Steuer"]),
        ("Steuerhaus", ["Steuer", "Haus"]),
        ("Kochshaus", ["Koch", "Haus"]),
        ("Quorrhaus", []),
        ("Haus", []),
        ("Haus-Steuer", []),
    ],
)
def test_compounds_are_split_into_known_words(form: str, known: list[str]) -> None:
    assert [WORDS.words[i] for i in split(form, ENTRIES)] == known


def test_words_without_an_entry_of_their_own_are_nobodys_parts() -> None:
    own = bytes(w != "Steuer" for w in WORDS.words)
    assert not split("Steuerhaus", Entries(WORDS, own))
    assert not variant("Steuern", Entries(WORDS, own), "de")
    assert variant("Steuern", ENTRIES, "de")


def test_a_known_word_without_a_translation_is_looked_up_in_another_form() -> None:
    words = Vocabulary([*SPECIAL, "schnell", "schnelle", "das", "ist"])
    entries = Entries(words, bytes(w != "schnelle" for w in words.words))
    forms = "das ist schnelle".split()
    analysis = analyse(forms, forms, entries, "de")
    assert analysis.ids[2] == words.ids["schnelle"], "phrases that hold it are still found"
    assert analysis.parts == {2: (words.ids["schnell"],)} and not analysis.copies[2]


def parts(text: str, language: str) -> tuple[set[str], set[str], set[str]]:
    """The words that lose their capital, that pass one on, that are carried over as names."""
    forms = text.split()
    analysis = analyse(forms, forms, ENTRIES, language)
    blocks = {forms[i] for start, stop in analysis.blocks for i in range(start, stop)}
    return {forms[i] for i in analysis.small}, {forms[i] for i in analysis.large}, blocks


def test_a_surname_is_a_name_although_it_is_a_word() -> None:
    assert parts("da ist Herr Koch", "de")[2] == {"Koch"}
    assert parts("da ist der Koch", "de")[2] == set()
    assert parts("da ist Herr Kommissar", "de")[2] == {"Kommissar"}, "an unknown word"


def test_a_genitive_is_its_name() -> None:
    forms = "da ist Österreichs Koch".split()
    assert analyse(forms, forms, ENTRIES, "de").ids[2] == WORDS.ids["Österreich"]


def test_a_capital_of_ones_own_is_passed_on() -> None:
    assert parts("en la Comisión", "es")[1] == {"Comisión"}
    assert parts("Comisión en la Comisión", "es")[1] == {"Comisión"}
    assert not analyse(["Comisión"], ["Comisión"], ENTRIES, "es").large, "due to the place"


def test_copied_common_nouns_are_small_and_names_are_not(mini: PhraseBasedTranslator) -> None:
    text = "Wir sprechen über die Quorrbeltung und über Quorrbelt."
    (translation,) = mini.translate([tokenise(text, "de")], "en")
    assert (
        "quorrbeltung" in translation.sentence.tokens and "Quorrbelt" in translation.sentence.tokens
    )


def test_a_name_in_the_genitive_owns_what_follows(mini: PhraseBasedTranslator) -> None:
    sentence = tokenise("Das ist Tarviks Entscheidung.", "de")
    (translation,) = mini.translate([sentence], "en")
    tokens = translation.sentence.tokens
    at = tokens.index("Tarvik")
    assert tokens[at + 1 : at + 3] == ("'s", "decision") and translation.alignment is not None
    name = sentence.tokens.index("Tarviks")
    assert translation.alignment.links[name].nonzero()[0].tolist() == [at, at + 1]
    (translation,) = mini.translate([tokenise("Das ist Tarviks.", "de")], "en")
    assert "Tarviks" in translation.sentence.tokens


def test_a_span_without_a_capital_is_no_name_in_edited_text() -> None:
    words = tuple("We discuss the umsetzung of it in Paris .".split())
    assert is_edited(words) and tidied(words, Span(3, 4, "LOC")) is None
    assert tidied(words, Span(7, 8, "LOC")) == Span(7, 8, "LOC")
    assert not is_edited(("we", "met", "justin", "bieber", "."))
    assert not is_edited(("We", "met", "@someone", "."))
    assert not is_edited(()) and not is_edited(("We", "met"))
    assert Sentence(words, "en").words(Span(3, 4, "LOC")) == ("umsetzung",)


@pytest.mark.parametrize(
    ("text", "label", "left"),
    [
        ("Flake ließt", "PER", "Flake"),
        ("kenny Miler übernahme", "PER", "Miler"),
        ("de Gaulle", "PER", "de Gaulle"),
        ("the Hague of", "LOC", "the Hague"),
        ("Route 66", "LOC", "Route 66"),
        ("Bank of England", "ORG", "Bank of England"),
        ("umsetzung", "ORG", ""),
    ],
)
def test_small_words_at_its_edges_are_no_part_of_a_name(text: str, label: str, left: str) -> None:
    words = ("We", *text.split(), "!")
    span = tidied(words, Span(1, len(words) - 1, label))
    assert (" ".join(words[span.start : span.end]) if span else "") == left
