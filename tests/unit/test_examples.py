from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import Counter

import pytest

from xproj_core import examples
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError
from xproj_core.examples import SOURCE, Example
from xproj_core.formats.inline import dump_inline, parse_inline

EXAMPLES = examples.load()
REQUIRED = {"sw", "ha", "yo", "zu", "ar", "zh", "hi", "de", "es", "fr"}

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.id)


def labels(example: Example, language: str) -> Counter[str]:
    return Counter(span.label for span in example.sentences[language].spans)


def test_there_are_enough_of_them() -> None:
    targets = {e.target for e in EXAMPLES}
    assert len(EXAMPLES) >= 30
    assert len(targets) >= 14
    assert len({languages.script(code) for code in targets}) >= 5
    assert targets >= REQUIRED


def test_ids_and_titles_tell_them_apart() -> None:
    assert len({e.id for e in EXAMPLES}) == len(EXAMPLES)
    assert len({(e.target, e.title) for e in EXAMPLES}) == len(EXAMPLES)
    assert examples.get("sw-exonyms").target == "sw"
    with pytest.raises(InputError, match="sw-exonyms"):
        examples.get("nowhere")


def test_no_text_occurs_twice() -> None:
    texts = Counter(text for e in EXAMPLES for text in e.texts.values())
    assert [text for text, times in texts.items() if times > 1] == []


def test_some_show_what_is_hard() -> None:
    lengths = {e.id: len(e.sentences[e.target]) for e in EXAMPLES}
    assert lengths["sw-long"] >= 40
    assert lengths["de-long"] >= 50
    nested = [
        e.id
        for e in EXAMPLES
        if any(
            a.overlaps(b)
            for a in e.sentences["en"].spans
            for b in e.sentences["en"].spans
            if a != b
        )
    ]
    assert len(nested) >= 2
    assert any(label == "DATE" for e in EXAMPLES for label in labels(e, "en"))


@every_example
def test_languages_are_codes_in_their_shortest_form(example: Example) -> None:
    assert example.id.startswith(f"{example.target}-")
    assert {example.target, example.pivot, SOURCE} == set(example.marked)
    assert len(example.marked) == 3
    for code in example.marked:
        assert languages.normalise(code) == code


@every_example
def test_all_languages_have_the_same_labels(example: Example) -> None:
    even = all(labels(example, code) == labels(example, SOURCE) for code in example.marked)
    assert even == (not example.uneven)
    assert labels(example, example.target) == labels(example, SOURCE)
    assert set(labels(example, SOURCE)) <= {"PER", "LOC", "ORG", "DATE"}


@every_example
def test_markup_is_on_token_boundaries_and_round_trips(example: Example) -> None:
    for code, marked in example.marked.items():
        sentence = parse_inline(marked, code)
        # Dumping writes brackets at token boundaries only: equality means none was moved.
        assert dump_inline(sentence) == marked
        assert sentence.text is not None
        assert sentence.text.strip() == sentence.text
        assert not set("[]\\") & set(sentence.text)
        # A typed or pasted copy must be found in the memory: one Unicode form throughout.
        assert unicodedata.is_normalized("NFC", marked)


@every_example
def test_a_back_translation_is_another_sentence_with_the_same_labels(example: Example) -> None:
    back = example.back_translation
    if back is None:
        # Mini translates these itself, or the language leaves no second way to say it.
        assert example.target in {"de", "es", "fr", "bm"} or example.id == "sw-long"
        return
    assert back.text != example.texts[example.target]
    assert dump_inline(back) == example.back
    assert Counter(s.label for s in back.spans) == labels(example, example.target)


@every_example
def test_the_note_is_one_short_sentence(example: Example) -> None:
    assert example.note.endswith((".", "?"))
    assert 20 <= len(example.note) <= 160
    assert len(example.title) <= 40


def test_loading_needs_no_heavy_library() -> None:
    code = (
        "import sys; from xproj_core import examples; examples.load()[0].sentences;"
        " print([m for m in ('torch', 'transformers', 'spacy', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
