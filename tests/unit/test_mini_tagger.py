"""The tagger that ships with Mini: right, robust, light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.mini.tagger.ct2_token_classifier import (
    SHIPPED,
    Ct2TokenClassifier,
    load,
)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "../shared/data"
EWT = DATA / "uner-en-ewt/en_ewt-ud-dev.iob2"
MAX_BYTES = 25_000_000
ODD = ["👩🏽‍🚀", "نيروبي", "ירושלים", "", "\u200f", "\x00", "e\u0301", "東京", "A" * 400]


@pytest.fixture(scope="module")
def tagger() -> Ct2TokenClassifier:
    return load()


def english(text: str) -> Sentence:
    return Sentence(tuple(text.split()), "en")


def tag_text(tagger: Ct2TokenClassifier, text: str) -> set[tuple[str, str]]:
    sentence = english(text)
    return {(" ".join(sentence.words(s)), s.label) for s in tagger.tag([sentence])[0]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Angela Merkel was born in Hamburg .",
            {("Angela Merkel", "PER"), ("Hamburg", "LOC")},
        ),
        (
            "Nelson Mandela studied at the University of Fort Hare in South Africa .",
            {
                ("Nelson Mandela", "PER"),
                ("University of Fort Hare", "ORG"),
                ("South Africa", "LOC"),
            },
        ),
        (
            "Microsoft was founded by Bill Gates and Paul Allen .",
            {("Microsoft", "ORG"), ("Bill Gates", "PER"), ("Paul Allen", "PER")},
        ),
        ("Nairobi is the capital of Kenya .", {("Nairobi", "LOC"), ("Kenya", "LOC")}),
        ("angela merkel was born in hamburg", {("angela merkel", "PER"), ("hamburg", "LOC")}),
        ("The dog sleeps under the old table on Monday .", set()),
    ],
)
def test_plain_sentences(
    tagger: Ct2TokenClassifier, text: str, expected: set[tuple[str, str]]
) -> None:
    assert tag_text(tagger, text) == expected


def test_batch_equals_one_by_one(tagger: Ct2TokenClassifier) -> None:
    sentences = [
        english("Paris"),
        english("Wangari Maathai founded the Green Belt Movement in Kenya ."),
        english("It rains ."),
        english("The European Central Bank is in Frankfurt , a city in Germany . " * 4),
    ]
    alone = [tagger.probabilities([s])[0].matrix for s in sentences]
    together = [p.matrix for p in tagger.probabilities(sentences)]
    for matrix, batched in zip(alone, together, strict=True):
        # int8 activations are scaled per row, so padding changes nothing beyond rounding
        np.testing.assert_allclose(matrix, batched, atol=0.02)
    assert tagger.tag(sentences) == [tagger.tag([s])[0] for s in sentences]


def test_nothing_to_tag(tagger: Ct2TokenClassifier) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag([Sentence((), "en")]) == [()]


def test_long_sentence_is_tagged_to_its_end(tagger: Ct2TokenClassifier) -> None:
    words = ("We talked about the weather and the long road , again and again . " * 28).split()
    words = [*words[:-1], "until", "Angela", "Merkel", "came", "from", "Hamburg", "."]
    assert len(words) > 390
    spans = tagger.tag([Sentence(tuple(words), "en")])[0]
    assert spans == (
        Span(len(words) - 6, len(words) - 4, "PER"),
        Span(len(words) - 2, len(words) - 1, "LOC"),
    )


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.sampled_from(ODD),
        ),
        max_size=30,
    )
)
@settings(max_examples=examples(60), deadline=None)
def test_any_tokens(tokens: list[str]) -> None:
    sentence = Sentence(tuple(tokens), "en")
    probabilities = load_once().probabilities([sentence])[0]
    assert probabilities.matrix.shape == (len(tokens), 7)
    np.testing.assert_allclose(probabilities.matrix.sum(axis=1), 1.0, atol=1e-6)
    for span in load_once().tag([sentence])[0]:
        assert span.end <= len(tokens)
        assert span.score is not None and 0 < span.score <= 1


_taggers: list[Ct2TokenClassifier] = []


def load_once() -> Ct2TokenClassifier:
    """Hypothesis and module fixtures do not mix."""
    if not _taggers:
        _taggers.append(load())
    return _taggers[0]


def test_unknown_language_is_named(tagger: Ct2TokenClassifier) -> None:
    with pytest.raises(LanguageError, match="Bambara"):
        tagger.tag([Sentence(("Bamako",), "bm")])


def test_wrong_folder_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"tagger\.json"):
        load(tmp_path)


def test_no_heavy_import() -> None:
    code = (
        "import sys; from xproj_core.tag import taggers; from xproj_core.domain import Sentence;"
        "words = ('I', 'live', 'in', 'Berlin', '.'); t = taggers.create('mini');"
        "print(t.tag([Sentence(words, 'en')]));"
        "heavy = {'torch', 'transformers', 'spacy', 'sentence_transformers'} & set(sys.modules);"
        "sys.exit(str(sorted(heavy)) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "LOC" in done.stdout


def test_size_on_disk() -> None:
    assert sum(f.stat().st_size for f in SHIPPED.iterdir()) < MAX_BYTES


@pytest.mark.skipif(not EWT.exists(), reason="../shared/data/uner-en-ewt is not there")
def test_strict_f1_on_web_text(tagger: Ct2TokenClassifier) -> None:
    from training.ner_read import read_columns
    from training.tagger_measure import predict
    from training.tagger_scores import strict_f1

    examples = list(read_columns(EWT, "ewt", word=1, tag=2))
    assert strict_f1([e.tags for e in examples], predict(tagger, "en", examples)) >= 0.74
