"""Tokens in many scripts, their offsets, and the way back to text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain.errors import InputError, LanguageError, TooLongError
from xproj_core.text.detokenise import detokenise, text_of
from xproj_core.text.tokenise import MAX_CHARACTERS, MAX_TOKENS, spans_of_words, tokenise

SAMPLES = [
    (
        "en",
        "The U.S. didn't visit Dr. Smith's plant.",
        "The|U.S.|did|n't|visit|Dr.|Smith|'s|plant|.",
    ),
    (
        "en",
        "It cost $3,000.50 at 10:30, e-mail a@b.co!",
        "It|cost|$|3,000.50|at|10:30|,|e-mail|a@b.co|!",
    ),
    ("de", "Am 3. Mai war Dr. Vogt im Bosch-Werk.", "Am|3.|Mai|war|Dr.|Vogt|im|Bosch-Werk|."),
    ("fr", "L'usine n'est pas là aujourd'hui.", "L'|usine|n'|est|pas|là|aujourd'hui|."),
    ("es", "¿Dónde está el Sr. Pérez?", "¿|Dónde|está|el|Sr.|Pérez|?"),
    ("sw", "Ng'ombe wako Nairobi.", "Ng'ombe|wako|Nairobi|."),
    ("ha", "'Yan sanda sun ƙi.", "'Yan|sanda|sun|ƙi|."),
    ("yo", "Bọ́lá ń gbé ní Ìbàdàn.", "Bọ́lá|ń|gbé|ní|Ìbàdàn|."),
    ("ar", "زارت القاهرة، أمس.", "زارت|القاهرة|،|أمس|."),
    ("hi", "दिल्ली में कहा।", "दिल्ली|में|कहा|।"),
    ("zh", "他在Siemens AG。", "他|在|Siemens|AG|。"),
    ("en", "<b>x</b> 👩‍👩‍👧 🇰🇪", "<|b|>|x|<|/|b|>|👩‍👩‍👧|🇰🇪"),
]


@pytest.mark.parametrize(("language", "text", "expected"), SAMPLES)
def test_tokens(language: str, text: str, expected: str) -> None:
    assert tokenise(text, language).tokens == tuple(expected.split("|"))


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "de", "ha", "zh", "ar"]))
def test_offsets_cut_the_text_and_leave_nothing_visible_out(text: str, language: str) -> None:
    spans = spans_of_words(text, language)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    inside = {i for a, b in spans for i in range(a, b)}
    for i, character in enumerate(text):
        category = unicodedata.category(character)
        if not character.isspace() and category[0] not in "CMZ":
            assert i in inside, (text, character)
    for a, b in spans:
        assert not any(c.isspace() for c in text[a:b])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He said: \"I won't (ever) go to O'Hare, Chicago.\""),
        ("fr", "« Oui », dit-elle : l'usine est là !"),
        ("de", "Das Werk (seit 1990) liegt in Köln."),
        ("es", "¿Quién vive en «La Paz»?"),
        ("zh", "他说，北京在Siemens AG旁边。"),
        ("hi", "दिल्ली में कहा।"),
        ("sw", "Rais, William Ruto, yuko Nairobi."),
    ],
)
def test_detokenising_puts_the_text_back(language: str, text: str) -> None:
    assert detokenise(tokenise(text, language).tokens, language) == text
    assert text_of(tokenise(text, language)) == text


def test_what_is_no_sentence_is_said() -> None:
    for empty in ("", "  \n", "\u0000\u0007", "\u202e\u200f"):
        with pytest.raises(InputError, match="no word"):
            tokenise(empty, "en")
    with pytest.raises(TooLongError, match="one sentence may have"):
        tokenise("x" * (MAX_CHARACTERS + 1), "en")
    with pytest.raises(TooLongError, match="tokens"):
        tokenise("a " * (MAX_TOKENS + 1), "en")
    with pytest.raises(LanguageError, match="not a language code"):
        tokenise("hello", "klingonish")
