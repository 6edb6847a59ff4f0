"""Mini's aligner: what its scores mean, what it does without knowledge, how well it aligns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.gold_alignment import DATA, europarl, manual_links
from tests.laws import examples
from xproj_core.align import aligners
from xproj_core.domain import Evidence, Sentence
from xproj_core.domain.errors import CheckpointError
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.evaluate.scores.link_scores import score_links
from xproj_core.mini.aligner.aligner import LexicalAligner, load
from xproj_core.mini.aligner.lexicons import Lexicons
from xproj_core.mini.aligner.orthography import comparable, similarity
from xproj_core.mini.aligner.vocabulary import Vocabulary
from xproj_core.mini.train.lexicon_training import train_lexicon
from xproj_core.project import projectors

WORDS = st.lists(
    st.sampled_from("Angela Merkel besucht visited Nairobi and the der , . 1999 Haus".split()),
    max_size=14,
)
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data")


def sentence(text: str, language: str) -> Sentence:
    return Sentence(tuple(text.split()), language)


@pytest.fixture(scope="module")
def mini() -> LexicalAligner:
    return load()


@settings(deadline=None, max_examples=examples(40))
@given(WORDS, WORDS, st.sampled_from(["de", "it", "en", "yo"]))
def test_scores_are_probabilities_and_links_are_scored(
    left: list[str], right: list[str], language: str
) -> None:
    pair = Sentence(tuple(left), "en"), Sentence(tuple(right), language)
    (alignment,) = aligners.create("mini").align([pair])
    assert alignment.shape == (len(left), len(right))
    assert np.isfinite(alignment.scores).all()
    assert (alignment.scores >= 0).all() and (alignment.scores <= 1).all()
    assert (alignment.scores[alignment.links] > 0.1).all()


@settings(deadline=None, max_examples=examples(25))
@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_a_batch_gives_what_its_pairs_give(pairs: list[tuple[list[str], list[str]]]) -> None:
    mini = aligners.create("mini")
    batch = [(Sentence(tuple(a), "en"), Sentence(tuple(b), "de")) for a, b in pairs]
    together = mini.align(batch)
    assert together == [mini.align([pair])[0] for pair in batch]


@pytest.mark.parametrize("language", ["en", "de", "sw", "fi", "ar"])
@pytest.mark.parametrize(
    "text",
    [
        "The cat saw the dog and the dog saw the cat .",
        "Berlin , Berlin , Berlin !",
        "In 1999 Wangari Maathai and Nelson Mandela met in Nairobi , Kenya .",
        "x",
    ],
)
def test_a_sentence_aligns_with_itself_word_by_word(
    mini: LexicalAligner, text: str, language: str
) -> None:
    source = sentence(text, language)
    (alignment,) = mini.align([(source, source)])
    assert alignment.pairs() == [(n, n) for n in range(len(source))]


def test_a_paraphrase_in_one_language_keeps_its_words(mini: LexicalAligner) -> None:
    source = sentence("Yesterday Angela Merkel visited Paris .", "en")
    other = sentence("Angela Merkel was in Paris yesterday .", "en")
    (alignment,) = mini.align([(source, other)])
    assert {(1, 0), (2, 1), (4, 4), (0, 5), (5, 6)} <= set(alignment.pairs())


@pytest.mark.parametrize(
    ("english", "other", "language", "links"),
    [
        # A name nobody knows, inflected, prefixed, or spelt as the other language spells it.
        ("He lives in Nairobi .", "Er wohnt in Nairobi .", "de", {(3, 3)}),
        ("Kenya 's president spoke .", "Kenias Präsident sprach .", "de", {(0, 0), (2, 1)}),
        ("He lives in Nairobi .", "Uhlala eNairobi .", "zu", {(3, 1)}),
        ("Vladimir Putin spoke .", "Putin ha parlato .", "it", {(1, 0)}),
        # The leftover content word goes with the leftover content word.
        ("Tom visited the Gribble .", "Tom besuchte den Zwackel .", "de", {(0, 0), (1, 1), (3, 3)}),
        # A compound goes with all its parts.
        ("The kitchen table is old .", "Der Küchentisch ist alt .", "de", {(1, 1), (2, 1)}),
    ],
)
def test_names_compounds_and_leftovers(
    mini: LexicalAligner, english: str, other: str, language: str, links: set[tuple[int, int]]
) -> None:
    (alignment,) = mini.align([(sentence(english, "en"), sentence(other, language))])
    assert links <= set(alignment.pairs())


def test_pairs_without_english_go_through_it(mini: LexicalAligner) -> None:
    assert mini.knows("de", "fr")
    german = sentence("Der Hund schläft im Haus .", "de")
    (alignment,) = mini.align([(german, sentence("Le chien dort dans la maison .", "fr"))])
    assert {(1, 1), (2, 2), (4, 5), (5, 6)} <= set(alignment.pairs())


def test_either_side_may_be_the_source(mini: LexicalAligner) -> None:
    german = sentence("Der alte Mann las ein Buch .", "de")
    english = sentence("The old man read a book .", "en")
    (there,) = mini.align([(english, german)])
    (back,) = mini.align([(german, english)])
    assert there.pairs() == [(n, n) for n in range(7)] == back.pairs()


def test_other_scripts_are_compared_in_latin_letters() -> None:
    alike = similarity(*comparable(["Putin", "Moscow"], ["Путин", "Москва"]))
    assert alike[0, 0] > 0.9 and alike[1, 1] > alike[1, 0] and alike[1, 1] >= 0.5


def test_a_long_sentence_is_aligned_whole(mini: LexicalAligner) -> None:
    words = [f"word{n}" for n in range(1000)]
    (alignment,) = mini.align([(Sentence(tuple(words), "en"), Sentence(tuple(words), "fi"))])
    assert np.diag(alignment.links).all()


def test_an_unknown_word_is_made_of_known_ones() -> None:
    words = sorted(["haus", "tür", "haustier", "küche", "tisch", "résumé", "parlament"])
    vocabulary = Vocabulary(words, np.full(len(words), 8, np.uint8))

    def parts(word: str) -> list[str]:
        return [words[n] for n, _ in vocabulary.mixture(word)[0]]

    assert parts("Küche") == ["küche"]
    assert parts("resume") == ["résumé"]
    assert parts("Küchentisch") == ["küche", "tisch"]
    assert parts("Parlaments") == ["parlament"]
    assert parts("qqqq") == []


def test_a_users_own_lexicon_is_used(tmp_path: Path) -> None:
    source = [["the", "dog", "sleeps"], ["a", "dog", "barks"], ["the", "man", "sleeps"]] * 20
    target = [["embwa", "yeebaka"], ["embwa", "eboggola"], ["omusajja", "yeebaka"]] * 20
    train_lexicon(source, target, tmp_path, "en", "lug")
    own = load(str(tmp_path))
    assert own.knows("en", "lg") and own.knows("en", "de") and not load().knows("en", "lg")
    assert own.knows("lg", "de"), "through English, once English is known"
    (alignment,) = own.align([(sentence("the dog sleeps", "en"), sentence("embwa yeebaka", "lg"))])
    assert {(1, 0), (2, 1)} <= set(alignment.pairs())
    assert own.name != load().name, "or what one aligned would be remembered for the other"


def test_sentences_of_unnamed_languages_are_not_taken_for_one_language(
    mini: LexicalAligner,
) -> None:
    pair = sentence("the cat sat on a mat", "und"), sentence("Die Katze die an a lag", "und")
    (alignment,) = mini.align([pair])
    other = sentence("the cat sat on a mat", "qaa"), sentence("Die Katze die an a lag", "qab")
    (expected,) = mini.align([other])
    np.testing.assert_allclose(alignment.scores, expected.scores)


def test_a_folder_without_a_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="xproj train"):
        load(str(tmp_path))
    with pytest.raises(CheckpointError, match="no-such"):
        load(str(tmp_path / "no-such"))


def test_aligning_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from xproj_core.align import aligners\n"
        "from xproj_core.domain import Sentence\n"
        "pair = Sentence(('Hello', 'Nairobi'), 'en'), Sentence(('Habari', 'Nairobi'), 'sw')\n"
        "aligners.create('mini').align([pair])\n"
        "heavy = {'torch', 'transformers', 'spacy', 'uroman', 'pandas', 'sklearn', 'eflomal'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@needs_data
def test_scores_are_calibrated(mini: LexicalAligner) -> None:
    """Expected calibration error over ten bins, on manual links of a trained pair."""
    pairs, gold = manual_links("es", "dev")
    scores, right = [], []
    for alignment, links in zip(mini.align(pairs), gold, strict=True):
        truth = np.zeros(alignment.shape, bool)
        for i, j in links:
            truth[i, j] = True
        scores.append(alignment.scores.ravel())
        right.append(truth.ravel())
    p, y = np.concatenate(scores), np.concatenate(right)
    shown = p >= 0.05
    bins = np.minimum((p[shown] * 10).astype(int), 9)
    gaps = [
        abs(p[shown][bins == b].mean() - y[shown][bins == b].mean()) * (bins == b).sum()
        for b in range(10)
        if (bins == b).any()
    ]
    assert sum(gaps) / shown.sum() < 0.12


@needs_data
@pytest.mark.parametrize(("language", "most"), [("es", 0.17), ("it", 0.30), ("pt", 0.23)])
def test_alignment_error_rate(mini: LexicalAligner, language: str, most: float) -> None:
    pairs, gold = manual_links(language, "test")
    predicted = [a.pairs() for a in mini.align(pairs)]
    assert score_links(predicted, gold).aer < most


@needs_data
@pytest.mark.parametrize(
    ("language", "trained", "least"),
    [("de", True, 0.87), ("es", True, 0.88), ("de", False, 0.70), ("es", False, 0.74)],
)
def test_projection(mini: LexicalAligner, language: str, trained: bool, least: float) -> None:
    aligner = mini if trained else LexicalAligner(Lexicons([]), mini.weights)
    pairs = europarl(language)[:400]
    evidence = [
        Evidence("direct", source, target.labelled(()), a, (source, target.labelled(())), (a,))
        for (source, target), a in zip(pairs, aligner.align(pairs), strict=True)
    ]
    predicted = [p.spans for p in projectors.create("match-exact").project(evidence)]
    assert score_spans([target.spans for _, target in pairs], predicted).overall.f1 > least
