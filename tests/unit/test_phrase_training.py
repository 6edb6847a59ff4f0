"""Training a phrase-based translator: its parts against figures by hand, and as a whole."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import sacrebleu

from tests.toy_corpus import pairs
from xproj_core.domain import Link
from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import FormatError, InputError, LanguageError
from xproj_core.mini.train import chrf
from xproj_core.mini.train.casing import encode
from xproj_core.mini.train.ngrams import train_language_model
from xproj_core.mini.train.pair_store import PairStore
from xproj_core.mini.train.phrase_counting import PhraseCounts, count_phrases
from xproj_core.mini.train.phrase_extraction import Linked, extract
from xproj_core.mini.train.sides import Side
from xproj_core.mini.train.teach import read_pairs, teach
from xproj_core.mini.train.translator_training import divide, train
from xproj_core.mini.train.whole_sentences import whole_sentences
from xproj_core.mini.translator import array_archive, load
from xproj_core.mini.translator.known_words import END_ID
from xproj_core.mini.translator.language_model import LanguageModel
from xproj_core.mini.translator.phrase_table import phrase_hashes, span_keys
from xproj_core.text.tokenise import tokenise
from xproj_core.translate import translators


def consistent(
    links: list[Link], n: int, m: int, longest: int = 5
) -> set[tuple[int, int, int, int]]:
    """Och and Ney's definition, written down literally."""
    phrases = set()
    for i in range(n):
        for i2 in range(i + 1, min(n, i + longest) + 1):
            for j in range(m):
                for j2 in range(j + 1, min(m, j + longest) + 1):
                    inside = [(a, b) for a, b in links if i <= a < i2 and j <= b < j2]
                    leaves = [(a, b) for a, b in links if (i <= a < i2) != (j <= b < j2)]
                    if inside and not leaves:
                        phrases.add((i, i2, j, j2))
    return phrases


@pytest.mark.parametrize("seed", range(20))
def test_extraction_is_the_definition(seed: int) -> None:
    chance = np.random.default_rng(seed)
    sizes = [(int(chance.integers(1, 9)), int(chance.integers(1, 9))) for _ in range(3)]
    links = [
        sorted({(int(chance.integers(n)), int(chance.integers(m))) for _ in range(max(n, m))})
        for n, m in sizes
    ]
    source = Side.of([range(10, 10 + n) for n, _ in sizes])
    target = Side.of([range(30, 30 + m) for _, m in sizes])
    phrases: list[set[tuple[int, ...]]] = [set() for _ in sizes]
    for part in extract(Linked.of(source, target, links)):
        for i, n, j, m in zip(
            part.source, part.source_length, part.target, part.target_length, strict=True
        ):
            row = int(np.searchsorted(source.starts, i, side="right")) - 1
            a, b = i - source.starts[row], j - target.starts[row]
            key = (int(a), int(a + n), int(b), int(b + m))
            assert key not in phrases[row]
            phrases[row].add(key)
    assert phrases == [consistent(row, n, m) for row, (n, m) in zip(links, sizes, strict=True)]


def test_counts_leave_out_what_was_seen_once() -> None:
    source, target = Side.of([[5, 6], [5, 6], [5, 7]]), Side.of([[8, 9], [8, 9], [8, 4]])
    linked = Linked.of(source, target, [[(0, 0), (1, 1)]] * 3)
    counts = PhraseCounts.joined(list(count_phrases(linked)))
    rows = {
        (int(source.ids[a]), int(n)): int(c)
        for a, n, c in zip(counts.at_s, counts.n_s, counts.count, strict=True)
    }
    assert rows == {(5, 1): 3, (6, 1): 2, (7, 1): 1, (5, 2): 2}


def test_keys_of_windows_agree_with_keys_of_spans() -> None:
    ids = np.array([4, 99, 0, 7, 7, 30_000], dtype=np.int32)
    table = phrase_hashes(ids, 5)
    for start, row in enumerate(span_keys(ids.tolist(), 5)):
        assert [int(table[n, start]) for n in range(len(row))] == row


def test_language_model_sums_to_one() -> None:
    words = [s.split() for s in ("a b c", "a b d", "a b c", "b c", "c a b", "d", "d a b c")]
    vocabulary, side = encode([tuple(s) for s in words], "en")
    arrays = train_language_model(side, vocabulary)
    model = LanguageModel(arrays)
    histories: list[list[str]] = [[], ["a"], ["a", "b"], ["b", "c"], ["c", "a", "b"]]
    for history in histories:
        state = model.start
        for word in history:
            state = model.score(state, vocabulary.ids[word])[1]
        choices = [0, END_ID, *(vocabulary.ids[w] for w in "abcd")]
        total = sum(math.exp(model.score(state, w)[0]) for w in choices)
        # Costs are rounded to 1/16; the entries START and NUMBER have the unknown word's share.
        assert total == pytest.approx(1.0, abs=0.12)
    often = model.score(model.score(model.start, vocabulary.ids["a"])[1], vocabulary.ids["b"])[0]
    seldom = model.score(model.score(model.start, vocabulary.ids["a"])[1], vocabulary.ids["d"])[0]
    assert often > seldom + 1


def test_chrf_is_sacrebleus() -> None:
    out = ["The cat sat on a mat.", "Nothing alike", "Zürich ist schön !"]
    ref = ["The cat is on the mat.", "Something else entirely", "Zürich ist sehr schön!"]
    expected = sacrebleu.corpus_chrf(out, [ref]).score
    assert chrf.corpus(out, ref) == pytest.approx(expected, abs=1e-3)
    assert chrf.corpus(ref, ref) == pytest.approx(100)
    assert chrf.corpus([""], ["x"]) == 0


def test_arrays_survive_storage(tmp_path: Path) -> None:
    arrays: dict[str, Vector[np.unsignedinteger]] = {
        "a": np.array([0, 5, 70_000, 255], dtype=np.uint32),
        "b": np.array([3, 255], dtype=np.uint8),
        "c": np.array([1 << 63, 7], dtype=np.uint64),
        "none": np.zeros(0, dtype=np.uint32),
    }
    array_archive.save(tmp_path / "x.npz", arrays)
    first = (tmp_path / "x.npz").read_bytes()
    restored = array_archive.load(tmp_path / "x.npz")
    for name, values in arrays.items():
        assert restored[name].dtype == values.dtype and (restored[name] == values).all()
    array_archive.save(tmp_path / "x.npz", arrays)
    assert (tmp_path / "x.npz").read_bytes() == first


def test_whole_sentences_are_recognised() -> None:
    vocabulary, side = encode([("We", "saw", "old", "bridges", "."), ("Go", ".")], "en")
    hashes = set(whole_sentences(side, vocabulary).tolist())
    assert hashes == {int(phrase_hashes(side.ids, 5)[n - 1, 0]) for n in (4, 5)}


def test_held_out_sentences_are_not_trained_on(tmp_path: Path) -> None:
    corpus = [*pairs(), ("anna sees the house", "Kasa!"), *pairs()]
    store = PairStore.of(corpus, tmp_path)
    parts = divide(store, 3)
    train_on = list(store.read(np.sort(parts.train)))
    held_out = {a.lower().strip(".") for a, _ in parts.tune + parts.test}
    assert held_out and not held_out & {a.lower().strip(".") for a, _ in train_on}
    assert len(train_on) == len(set(train_on)) and set(train_on) < {
        *pairs(),
        ("anna sees the house", "Kasa!"),
    }


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taught")
    rows = "\n".join(f"{a}\t{b}" for a, b in pairs())
    (folder / "pairs.tsv").write_text("\ufeff" + rows + "\n\n", "utf-8")
    stages: list[tuple[float, str]] = []
    teaching = teach(
        folder / "pairs.tsv",
        "en",
        "eo",
        folder / "mini",
        aligner="own",
        progress=lambda f, what: stages.append((f, what)),
    )
    assert [f for f, _ in stages] == sorted(f for f, _ in stages) and stages[-1][0] == 1.0
    assert teaching.report.chrf["en-eo"] > 95 and teaching.report.chrf["eo-en"] > 95
    assert teaching.report.examples["en-eo"][0].reference
    assert {"translator/translator.json", "en-eo.npz"} <= set(teaching.sizes)
    return folder / "mini"


def test_a_taught_language_is_translated_exactly(taught: Path) -> None:
    translator = translators.create(f"mini:{taught}")
    for english, other in pairs()[::7]:
        there = translator.translate([tokenise(english, "en")], "eo")[0].sentence
        back = translator.translate([tokenise(other, "eo")], "en")[0].sentence
        assert (there.text, back.text) == (other, english)


def test_a_taught_language_joins_the_shipped_ones(taught: Path) -> None:
    translator = load(str(taught))
    assert translator.supports("en", "eo") and translator.supports("epo", "eng")
    assert translator.supports("en", "de")


def test_training_twice_gives_the_same_tables(tmp_path: Path) -> None:
    for name in ("one", "two"):
        train(pairs(), "en", "eo", tmp_path / name, seed=5, aligner="own")
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"a\tb\nno tab\n", 2, "no tab"),
        (b"a\tb\n\nx\t \n", 3, "second column is empty"),
        ("a\tb\ncaf\u00e9\tx\n".encode("latin-1"), 2, "not UTF-8"),
    ],
)
def test_bad_files_are_named_with_their_line(
    tmp_path: Path, content: bytes, line: int, what: str
) -> None:
    (tmp_path / "bad.tsv").write_bytes(content)
    with pytest.raises(FormatError, match=what) as caught:
        list(read_pairs(tmp_path / "bad.tsv"))
    assert caught.value.line == line and "bad.tsv" in str(caught.value)


def test_what_cannot_be_trained_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="at least 20"):
        train(pairs()[:8], "en", "eo", tmp_path)
    with pytest.raises(InputError, match="two languages"):
        train(pairs(), "en", "eng", tmp_path)
    with pytest.raises(LanguageError):
        train(pairs(), "en", "not a language", tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        list(read_pairs(tmp_path / "missing.tsv"))
