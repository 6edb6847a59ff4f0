"""Where sentences begin and end, in many scripts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.text.sentence_boundaries import has_full_stops, sentences

CASES = [
    ("en", "Ms. Holm came at 5 p.m. today.|Dr. Bello left the U.S. in May."),
    ("en", "“Go away.|I am here.”|Then he left.|(It was late.|Very late.)|The end."),
    ("en", "“Why?” she asked.|He said: “No!” and went."),
    ("en", "It cost 3.50 at xproj.example today.|Yes!?|Good..."),
    ("en", "hello there.|how are you?"),
    ("de", "Am 3. Mai kam Frau Dr. Vogt.|Sie blieb bis zum 19. Juni."),
    ("fr", "M. Diop est là.|« Je viens. »|Il part."),
    ("es", "¿Quién es?|¡Es Ana!|Vive en Quito."),
    ("zh", "他来了。|1994年，她走了！|「文化」很好。|《西城》是书。"),
    ("ja", "東京です。|2020年に来た。"),
    ("hi", "वह दिल्ली में है।|मैं यहाँ हूँ।"),
    ("ar", "هل جاء؟|نعم جاء.|ذهب إلى القاهرة."),
    ("ur", "وہ لاہور میں ہے۔|میں یہاں ہوں۔"),
    ("am", "እሱ መጣ።|እሷ ሄደች።"),
    ("my", "သူလာသည်။|သူမသွားသည်။"),
    ("km", "គាត់មក។|នាងទៅ។"),
    ("hy", "Նա եկավ։|Նա գնաց։"),
    ("el", "Τι είναι αυτό;|Είναι η Αθήνα."),
    ("th", "เขามา กรุงเทพ"),
]


@pytest.mark.parametrize(("language", "marked"), CASES)
def test_cuts(language: str, marked: str) -> None:
    glue = "" if language in ("zh", "ja", "my", "km") else " "
    text = marked.replace("|", glue)
    assert [text[a:b] for a, b in sentences(text, language)] == marked.split("|")


def test_blank_lines_part_sentences_and_lines_do_not() -> None:
    text = "A headline\n\nIt is one\nsentence.\n \nAnother headline"
    texts = [text[a:b] for a, b in sentences(text, "en")]
    assert texts == ["A headline", "It is one\nsentence.", "Another headline"]


def test_which_languages_have_no_mark() -> None:
    assert not has_full_stops("th") and not has_full_stops("lo")
    assert has_full_stops("my") and has_full_stops("zh") and has_full_stops("en")


LETTERS = "aB .?!\n\"'«»“”„()。「」।1é\u0301😀\u00a0\r\t"


@given(
    st.text(LETTERS, max_size=60) | st.text(max_size=60), st.sampled_from("en de fr zh th".split())
)
def test_all_that_is_visible_is_in_exactly_one_sentence(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert all(a < b for a, b in spans) and all(b <= c for (_, b), (c, _) in pairwise(spans))
    inside = "".join(text[a:b] for a, b in spans)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@given(st.text(LETTERS, max_size=60))
def test_no_sentence_is_marks_alone(text: str) -> None:
    parts = [text[a:b] for a, b in sentences(text, "en")]
    assert len(parts) < 2 or all(any(c.isalnum() for c in p) for p in parts)
