"""The translation memory finds what it holds and passes on what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import WordTranslator
from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError, InputError, LanguageError
from xproj_core.models.protocols import Translation
from xproj_core.text.tokenise import tokenise
from xproj_core.translate import translators
from xproj_core.translate.translation_memory import TranslationMemory, load

GROUP = {
    "en": tokenise("Bola lives in Ibadan.", "en"),
    "yo": tokenise("Bọ́lá ń gbé ní Ìbàdàn.", "yo"),
}


def test_finds_both_ways_whatever_the_spacing_case_or_unicode_form() -> None:
    memory = TranslationMemory([GROUP])
    assert memory.supports("yo", "en") and not memory.supports("yo", "fr")
    for typed in ("Bola lives in Ibadan .", "bola LIVES in ibadan.", " Bola  lives in Ibadan."):
        translation = memory.translate([tokenise(typed, "en")], "yo")[0]
        assert translation.sentence == GROUP["yo"] and translation.origin == "memory"
    decomposed = tokenise(
        "Bo\u0323\u0301la\u0301 n\u0301 gbe\u0301 ni\u0301 I\u0300ba\u0300da\u0300n.", "yo"
    )
    assert memory.translate([decomposed], "en")[0].sentence == GROUP["en"]
    conll = Sentence(("Bola", "lives", "in", "Ibadan", "."), "en")
    assert memory.translate([conll], "yo")[0].origin == "memory"


def test_the_first_group_with_the_language_counts() -> None:
    other = {**GROUP, "yo": tokenise("Ìbàdàn ni Bọ́lá ń gbé.", "yo")}
    memory = TranslationMemory([{"en": GROUP["en"], "fr": GROUP["en"]}, other, GROUP])
    assert memory.translate([GROUP["en"]], "yo")[0].sentence == other["yo"]


def test_unknown_sentences_go_to_the_fallback_and_one_failure_stays_alone() -> None:
    memory = TranslationMemory([GROUP], fallback=WordTranslator())
    assert memory.supports("en", "de")
    results = memory.translate_each([GROUP["en"], tokenise("the plant", "en")], "de")
    assert [r.origin for r in results if isinstance(r, Translation)] == ["words", "words"]
    known, unknown = memory.translate_each([GROUP["en"], tokenise("Something else", "en")], "yo")
    assert isinstance(known, Translation)
    assert isinstance(unknown, LanguageError) and "English into Yoruba" in str(unknown)
    with pytest.raises(LanguageError, match="Type the translation in"):
        memory.translate([tokenise("Something else", "en")], "yo")


def test_a_file_of_parallel_text(tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("eng\tswa\nGood morning\tHabari ya asubuhi\nThanks\t\n", encoding="utf-8")
    memory = translators.create(f"memory:{file}")
    translations = memory.translate([tokenise("good morning", "en")], "sw")
    assert translations[0].sentence.tokens == ("Habari", "ya", "asubuhi")
    file.write_text("eng\tswa\na\tb\tc\n")
    with pytest.raises(FormatError, match=r"pairs\.tsv, line 2: 3 columns"):
        load(str(file))


def test_a_missing_file_and_a_cell_without_a_word_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.tsv cannot be read"):
        load(str(tmp_path / "no.tsv"))
    (tmp_path / "m.tsv").write_text("en\tsw\nHello\t\u200b\n")
    with pytest.raises(FormatError, match="line 2: There is no word"):
        load(str(tmp_path / "m.tsv"))


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    names = set()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "m.tsv").write_text("en\tsw\nHello\tHujambo\n")
        names.add(load(str(tmp_path / folder / "m.tsv")).name)
    assert len(names) == 2, "or what one said would be remembered for the other"
