"""Mini's translator: what it keeps intact, what it returns, and the tables that are shipped."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from xproj_core.domain import Sentence
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.mini.train.whole_sentences import whole_sentences
from xproj_core.mini.translator import (
    SHIPPED,
    PhraseBasedTranslator,
    array_archive,
    load,
)
from xproj_core.mini.translator.direction import walls
from xproj_core.models.protocols import Translation
from xproj_core.text.tokenise import spans_of_words, tokenise
from xproj_core.translate import translators

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "../shared/data/train-parallel"
BIG = ("en", "de", "fr", "es")


@pytest.fixture(scope="module")
def mini() -> PhraseBasedTranslator:
    return load()


def once(mini: PhraseBasedTranslator, text: str, source: str, target: str) -> Translation:
    return mini.translate([tokenise(text, source)], target)[0]


def test_all_directions_of_the_big_languages_are_shipped(mini: PhraseBasedTranslator) -> None:
    assert all(mini.supports(a, b) for a in BIG for b in BIG if a != b)
    assert mini.supports("eng", "swa") and mini.supports("sw", "en")
    assert not mini.supports("en", "ja") and not mini.supports("en", "en")


@pytest.mark.parametrize(
    ("text", "source", "target", "expected"),
    [
        ("She has two brothers.", "en", "fr", "Elle a deux frères."),
        ("Where is the station?", "en", "de", "Wo ist der Bahnhof?"),
        ("Ich trinke jeden Morgen Kaffee.", "de", "en", "I drink coffee every morning."),
        ("Elle habite à Vienne.", "fr", "en", "She lives in Vienna."),
        ("Where is the station?", "en", "es", "¿Dónde está la estación?"),
        ("Das ist mein Bruder.", "de", "fr", "C'est mon frère."),
        ("Mi hermana es médica.", "es", "en", "My sister is a doctor."),
    ],
)
def test_everyday_sentences(
    mini: PhraseBasedTranslator, text: str, source: str, target: str, expected: str
) -> None:
    assert once(mini, text, source, target).sentence.text == expected


@pytest.mark.parametrize("target", ["de", "fr", "es", "sw"])
def test_what_must_not_change_does_not(mini: PhraseBasedTranslator, target: str) -> None:
    text = (
        "On 12 March 2021 Ilvana Torbek-Nkosi paid 3,450.75 euros to Kelmar Foods , see"
        " https://kelmar.org/a?b=1 or write to info@kelmar.org 🎉 (at 7:30)."
    )
    tokens = once(mini, text, "en", target).sentence.tokens
    for token in (
        "12",
        "2021",
        "3,450.75",
        "https://kelmar.org/a?b=1",
        "info@kelmar.org",
        "🎉",
        "7:30",
        "(",
        ")",
    ):
        assert tokens.count(token) == 1, token
    joined = " ".join(tokens)
    assert "Ilvana Torbek-Nkosi" in joined and "Kelmar Foods" in joined


@given(
    name=st.lists(
        st.from_regex(r"[A-Z][bcdfgklmnprstvz][aeiou][xqwkz][aeiou][bdgkmnt]{1,2}", fullmatch=True),
        min_size=1,
        max_size=3,
    ),
    number=st.from_regex(r"[1-9][0-9]{0,4}([.,][0-9]{1,3})?", fullmatch=True),
)
@settings(max_examples=examples(40), deadline=None)
def test_unknown_names_and_numbers_are_carried_over(
    mini: PhraseBasedTranslator, name: list[str], number: str
) -> None:
    tokens = ("Yesterday", "we", "saw", *name, "with", number, "friends", ".")
    out = mini.translate([Sentence(tokens, "en")], "de")[0]
    text = " ".join(out.sentence.tokens)
    assert " ".join(name) in text and number in out.sentence.tokens
    assert out.alignment is not None
    for k, word in enumerate(name):
        linked = np.flatnonzero(out.alignment.links[3 + k])
        assert [out.sentence.tokens[j] for j in linked] == [word]
        assert out.alignment.scores[3 + k, linked[0]] == 1.0


def test_output_tokens_text_and_alignment_agree(mini: PhraseBasedTranslator) -> None:
    for text, source, target in (
        ("Isn't this the teacher's \"new\" book?", "en", "fr"),
        ("¡Hola! ¿Cómo está usted, señor Pérez?", "es", "en"),
        ("L'homme qu'elle aime n'est pas là.", "fr", "es"),
    ):
        sentence = tokenise(text, source)
        out = mini.translate([sentence], target)[0]
        assert out.origin == "mini" and out.alignment is not None
        target_sentence = out.sentence
        assert target_sentence.text is not None and target_sentence.offsets is not None
        assert out.alignment.shape == (len(sentence), len(target_sentence))
        assert [target_sentence.text[a:b] for a, b in target_sentence.offsets] == list(
            target_sentence.tokens
        )
        assert target_sentence.language == target and not target_sentence.spans
        assert out.alignment.links.any(axis=1).mean() > 0.6
        assert ((out.alignment.scores > 0) == out.alignment.links).all()


def test_output_is_tokenised_as_its_text_would_be(mini: PhraseBasedTranslator) -> None:
    for text, target in (("It isn't far from here.", "fr"), ("He is Anna's friend.", "es")):
        target_sentence = once(mini, text, "en", target).sentence
        assert target_sentence.text is not None
        again = [target_sentence.text[a:b] for a, b in spans_of_words(target_sentence.text, target)]
        assert again == list(target_sentence.tokens)


@pytest.mark.parametrize(
    ("text", "target", "part"),
    [
        ("He is the friend of Anna Ilvarek.", "fr", "d'Anna"),
        ("Do you see the house?", "es", "¿"),
        ("GERMANY IS A BIG COUNTRY", "de", "DEUTSCHLAND"),
        ("maria lives in london", "de", "London"),
        ("“Good morning”, said Tom.", "de", "„Guten Morgen“"),
    ],
)
def test_the_target_languages_conventions(
    mini: PhraseBasedTranslator, text: str, target: str, part: str
) -> None:
    out = once(mini, text, "en", target).sentence.text
    assert out is not None and part in out


def test_first_letter_follows_the_source(mini: PhraseBasedTranslator) -> None:
    small = once(mini, "my house is small", "en", "es").sentence.text
    large = once(mini, "My house is small", "en", "es").sentence.text
    assert small == "mi casa es pequeña" and large == "Mi casa es pequeña"


def test_a_known_word_behind_a_determiner_is_translated_and_a_surname_is_not(
    mini: PhraseBasedTranslator,
) -> None:
    body = once(mini, "Ayer la Comisión de Economía aprobó el informe.", "es", "en").sentence.tokens
    assert not {"Comisión", "Economía"} & set(body) and "Economy" in body
    assert (
        "Parliament" in once(mini, "Vivo cerca de nuestro Parlamento.", "es", "en").sentence.tokens
    )
    assert "Flores" in once(mini, "Ayer vi a Flores.", "es", "en").sentence.tokens


def test_odd_sizes(mini: PhraseBasedTranslator) -> None:
    for tokens in (("?",), ("¿",), ("Hola",), ("🎉",), ("12",), ("\u200b",), ("<script>",)):
        out = mini.translate([Sentence(tokens, "es")], "en")[0]
        assert len(out.sentence) >= 1
    long = Sentence(("the", "dog", "sees", "Kelmar", ",") * 40, "en")
    out = mini.translate([long], "de")[0]
    assert out.sentence.tokens.count("Kelmar") == 40
    assert mini.translate([], "de") == []


def test_a_batch_is_its_sentences_one_by_one(mini: PhraseBasedTranslator) -> None:
    batch = [
        tokenise("The children are playing in the garden.", "en"),
        tokenise("Wo ist der Bahnhof?", "de"),
        tokenise("Kelmar", "en"),
    ]
    together = mini.translate(batch, "es")
    for sentence, out in zip(batch, together, strict=True):
        alone = load().translate([sentence], "es")[0]
        assert alone.sentence == out.sentence and alone.alignment == out.alignment


def test_languages_it_does_not_know_are_named(mini: PhraseBasedTranslator) -> None:
    with pytest.raises(LanguageError, match="from ja to de"):
        mini.translate([Sentence(("猫",), "ja")], "de")
    with pytest.raises(LanguageError, match="xproj train"):
        once(mini, "Good morning", "en", "en")


def test_folders_that_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"translator\.json"):
        translators.create(f"mini:{tmp_path}")
    (tmp_path / "translator.json").write_text('{"directions": {"en-de": {}}}')
    broken = load(str(tmp_path))
    with pytest.raises(CheckpointError, match="cannot be read"):
        once(broken, "Good morning", "en", "de")
    (tmp_path / "en-de.phrases.npz").write_bytes(b"PK nothing")
    with pytest.raises(CheckpointError, match="cannot be read"):
        once(load(str(tmp_path)), "Good morning", "en", "de")


def test_words_stay_within_brackets_and_sentences() -> None:
    assert walls(list("ab(cd)e")) == [0, 0, 1, 2, 2, 3, 4]
    assert walls(["a", ".", "b", "."]) == [0, 0, 1, 1]


_LIGHT = """
import sys, time
begun = time.perf_counter()
from xproj_core.text.tokenise import tokenise
from xproj_core.translate import translators
out = translators.create("mini").translate([tokenise("Good morning.", "en")], "de")
heavy = {"torch", "transformers", "spacy", "scipy", "pandas", "sacrebleu"} & set(sys.modules)
print(out[0].sentence.text, sorted(heavy))
"""


def test_nothing_heavy_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LIGHT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "Guten Morgen. []"


def test_shipped_tables_are_small_and_hold_no_long_phrases() -> None:
    files = list(SHIPPED.iterdir())
    assert sum(f.stat().st_size for f in files) < 34e6
    for file in SHIPPED.glob("*.phrases.npz"):
        with zipfile.ZipFile(file) as members:
            names = {m.split("@")[0].removesuffix(".npy") for m in members.namelist()}
        assert {n for n in names if n.startswith("words_a")} <= {f"words_a{k}" for k in range(5)}
        arrays = array_archive.load(file)
        source = np.repeat(np.arange(len(arrays["sizes"])), arrays["sizes"])
        lengths = arrays["lengths_a"][source], arrays["lengths_b"][arrays["partners"]]
        several = (lengths[0] > 1) | (lengths[1] > 1)
        assert max(lengths[0].max(), lengths[1].max()) <= 5
        # Counts are kept as 2 * log2: 0 is a pair seen once.
        assert (arrays["seen"][several] >= 2).all(), file.name


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/train-parallel")
def test_shipped_phrases_are_no_whole_training_sentences() -> None:
    from training.tatoeba import read_table
    from xproj_core.mini.train.sides import Side, split_words
    from xproj_core.mini.translator.known_words import Vocabulary
    from xproj_core.mini.translator.phrase_table import PhraseTable, phrase_hashes

    vocabulary = Vocabulary(array_archive.read_lines(SHIPPED / "sw.words.xz"))
    ids = vocabulary.ids
    sentences = [split_words(text, "sw") for _, text in read_table(DATA / "eng-sw.tsv")]
    side = Side.of([ids.get(w, 0) for w in s] for s in sentences)
    sentence_hashes = whole_sentences(side, vocabulary)
    table = PhraseTable(array_archive.load(SHIPPED / "en-sw.phrases.npz"), forward=False)
    assert len(sentence_hashes) > 20 and len(table) > 1000
    assert not any(stop > first for first, stop in table.find(sentence_hashes.tolist()))
    single = phrase_hashes(np.array([ids["Mungu"]], dtype=np.int32), 1)[0].tolist()
    ((first, stop),) = table.find(single)
    assert stop > first


def test_files_read_beforehand_give_the_same_translation() -> None:
    sentence = tokenise("Das Haus ist alt.", "de")
    plain, eager = load(), load()
    eager.prefetch([("de", "en"), ("de", "fr"), ("de", "xx")])
    for target in ("en", "fr"):
        assert eager.translate([sentence], target) == plain.translate([sentence], target)


def test_a_full_memory_of_phrases_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Phrases of a sentence that were known must survive a new memory's beginning."""
    texts = ("La maison est vieille.", "Le chat est noir.", "La maison est noire.")
    sentences = [tokenise(text, "fr") for text in texts]
    sentences.append(tokenise("Der Computerbildschirm und die Kaffeetasse.", "de"))
    plain = load().translate(sentences, "en")
    monkeypatch.setattr("xproj_core.mini.translator.span_options._REMEMBERED", 3)
    assert load().translate(sentences, "en") == plain
