"""Tokens in many scripts, their offsets, and the way back to text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain.errors import InputError, LanguageError, TooLongError
from xproj_core.domain.limits import MAX_CHARACTERS, MAX_TOKENS
from xproj_core.text import unspaced
from xproj_core.text.detokenise import detokenise, text_of
from xproj_core.text.tokenise import spans_of_words, tokenise

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
    ("en", "<b>x</b> 👩‍👩‍👧 🇰🇪", "<|b|>|x|<|/|b|>|👩‍👩‍👧|🇰🇪"),
    ("en", "1️⃣ #️⃣ 👨🏽‍🚀👍🏽 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣|#️⃣|👨🏽‍🚀|👍🏽|🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    ("en", "3M and 5G", "3M|and|5G"),
    ("en", "An F-35A, a G20 at 7.55am, B2B.", "An|F-35A|,|a|G20|at|7.55am|,|B2B|."),
    ("en", "‘Yes’, he didn‘t", "‘|Yes|’|,|he|did|n‘t"),
    ("de", "Die 1980er, die 1930er-Jahre", "Die|1980er|,|die|1930er-Jahre"),
    ("de", "Donau\u00addampf\u00ad, so", "Donau\u00addampf|,|so"),
    ("fr", "L’A320neo à 14h30, 2e", "L’|A320neo|à|14h30|,|2e"),
    ("ca", "col·legi Paral·lel d'intel·ligència", "col·legi|Paral·lel|d'|intel·ligència"),
    ("ca", "L'Hospitalet, F-35A", "L'|Hospitalet|,|F-35A"),
    ("uz", "O‘zbekiston tog‘ ‘so‘z’ F-35A", "O‘zbekiston|tog‘|‘|so‘z|’|F-35A"),
    ("haw", "Hawai‘i, ‘Iolani", "Hawai‘i|,|‘Iolani"),
    ("ha", "‘Yan sanda", "‘Yan|sanda"),
    ("he", 'צה"ל הודיע ל"הארץ" כי ד"ר', 'צה"ל|הודיע|ל|"|הארץ|"|כי|ד"ר'),
    ("bo", "བོད་ཡིག་གི་སྐད།", "བོད་|ཡིག་|གི་|སྐད|།"),
    ("th", "๒๕๖๗", "๒๕๖๗"),
]
# Where no segmenter is installed, clusters.
CLUSTERS = [
    ("km", "ខ្មែរ។", "ខ្មែ|រ|។"),
    ("th", "กำ", "กำ"),
    ("my", "မန္တလေး", "မ|န္တ|လေ|း"),
    ("lo", "ຂ້ອຍ", "ຂ້|ອ|ຍ"),
    ("zh", "他在Siemens AG。", "他|在|Siemens|AG|。"),
    ("ja", "東京タワー", "東|京|タ|ワ|ー"),
]
WORDS = [
    ("th", "ฉันไปกรุงเทพมหานคร", "ฉัน|ไป|กรุงเทพมหานคร"),
    ("km", "ខ្ញុំរស់នៅភ្នំពេញ។", "ខ្ញុំ|រស់នៅ|ភ្នំពេញ|។"),
    ("lo", "ຂ້ອຍຢູ່ນະຄອນ", "ຂ້ອຍ|ຢູ່|ນະຄອນ"),
    ("my", "ရန်ကုန်မြို့။", "ရန်|ကုန်|မြို့|။"),
    ("zh", "昨天从北京大学来到Siemens上海。", "昨天|从|北京|大学|来到|Siemens|上海|。"),
    ("zh", "𠮷北京", "𠮷|北京"),
    ("ja", "東京でコーヒーを飲む", "東京|で|コーヒー|を|飲む"),
]
SCRIPTS = (
    "aé\u0301 .-'\u2018\u2019\"\u00b7\u00ad1٣%\u200d\u200b\ufe0f\u20e3👩🏽🇰#@_\u0600"
    "กำไป\u0e48ខ្មែរមြန်ຂ້ກཀྱི་中ター각क्षאבל"
)


@pytest.mark.parametrize(("language", "text", "expected"), SAMPLES)
def test_tokens(language: str, text: str, expected: str) -> None:
    assert tokenise(text, language).tokens == tuple(expected.split("|"))


@pytest.mark.parametrize(("language", "text", "expected"), CLUSTERS)
def test_clusters_are_tokens_where_nothing_knows_words(
    language: str, text: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unspaced, "segmenter", str)
    assert tokenise(text, language).tokens == tuple(expected.split("|"))


@pytest.mark.skipif(not unspaced.segmenter(), reason=f"{unspaced.PACKAGE} is not installed")
@pytest.mark.parametrize(("language", "text", "expected"), WORDS)
def test_a_dictionary_knows_the_words(language: str, text: str, expected: str) -> None:
    assert tokenise(text, language).tokens == tuple(expected.split("|"))


@given(st.text(SCRIPTS, max_size=30), st.sampled_from("en fr ca uz haw he km th zh bo".split()))
def test_no_cluster_is_cut(text: str, language: str) -> None:
    edges = {0, *(m.end() for m in regex.finditer(r"\X", text))}
    assert all(end in edges for _, end in spans_of_words(text, language)), text


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
