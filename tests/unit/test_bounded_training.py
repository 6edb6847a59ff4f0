"""Teaching in bounded memory: laws of counting on disk, and what is left when it goes wrong."""

from __future__ import annotations

import errno
import shutil
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.toy_corpus import pairs
from xproj_core.domain.errors import InputError
from xproj_core.mini.train import (
    casing,
    disk,
    joint_hmm,
    key_counts,
    ngrams,
    phrase_counting,
    phrase_tables,
    sides,
)
from xproj_core.mini.train.coded_corpus import Coded, Plan
from xproj_core.mini.train.key_counts import KeyCounts
from xproj_core.mini.train.ngrams import train_language_model
from xproj_core.mini.train.pair_store import PairStore
from xproj_core.mini.train.pair_table import pair_table
from xproj_core.mini.train.phrase_extraction import Linked
from xproj_core.mini.train.phrase_tables import Limits, build_table
from xproj_core.mini.train.sides import Side
from xproj_core.mini.train.teach import teach
from xproj_core.mini.train.translator_training import train
from xproj_core.mini.translator.known_words import SPECIAL, Vocabulary, begins_anew


@given(
    st.lists(st.lists(st.integers(0, 12).map(lambda n: n << 60), max_size=8)),
    st.integers(1, 30),
    st.booleans(),
    st.integers(2, 4),
)
def test_keys_are_counted_whatever_the_size_of_runs(
    parts: list[list[int]], room: int, on_disk: bool, together: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_counts, "_TOGETHER", together)
        counter = KeyCounts(Path(folder) / "x" if on_disk else None, room)
        for part in parts:
            counter.add(np.array(part, np.uint64), np.full(len(part), 2) if len(part) % 2 else None)
        expected: Counter[int] = Counter()
        for part in parts:
            for key in part:
                expected[key] += 2 if len(part) % 2 else 1
        blocks = [(k.tolist(), c.tolist()) for k, c in counter.blocks()]
        counted_keys = [pair for k, c in blocks for pair in zip(k, c, strict=True)]
        keys, counts = counter.done()
        assert counted_keys == sorted(expected.items())
        assert list(zip(keys.tolist(), counts.tolist(), strict=True)) == counted_keys
        counter.clear()
        assert not list(Path(folder).iterdir())


WORD = st.sampled_from(["Anna", "sees", ".", '"', "(", "!", "...", "'", ":", "x"])


@given(st.lists(st.lists(WORD, max_size=7), max_size=5))
def test_many_sentences_begin_anew_where_each_does(sentences: list[list[str]]) -> None:
    words: dict[str, int] = {}
    flat = [words.setdefault(w, len(words)) for s in sentences for w in s]
    starts = np.cumsum([0, *map(len, sentences)])
    flags = casing.begin_anew(np.array(flat, np.int32), starts, words)
    assert flags.tolist() == [begins_anew(s, i) for s in sentences for i in range(len(s))]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A b", "a, b!", "C", "d"]),
            st.sampled_from(["x", "X", "y z", "\ud800", "?"]),
        )
    )
)
def test_stored_pairs_are_the_different_ones_in_order(given_pairs: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        store = PairStore.of(given_pairs, Path(folder))
        usable = [p for p in dict.fromkeys(given_pairs) if p[1] not in ("?", "\ud800")]
        assert list(store.read(store.rows)) == usable
        assert list(store.read(store.rows[::2])) == usable[::2]
        firsts, places = store.distinct(0, store.rows)
        texts = [a for a, _ in store.read(firsts)]
        assert texts == list(dict.fromkeys(a for a, _ in usable))
        assert [texts[n] for n in places] == [a for a, _ in usable]


def test_over_the_limit_the_rarest_word_pairs_go() -> None:
    ids = np.array([0, 0, 0, 1, 1, 2, 3], np.int32)
    side = Coded(ids, np.arange(len(ids) + 1), 4)
    plan = Plan.of(side, side)
    assert pair_table(side, side, plan).keys.tolist() == [0, 5, 10, 15]
    # Two are seen once: either both stay or neither.
    assert pair_table(side, side, plan, limit=3).keys.tolist() == [0, 5]
    assert pair_table(side, side, plan, limit=1).keys.tolist() == [0]


def small_pieces(patch: pytest.MonkeyPatch) -> None:
    """Cut everything up as a corpus of millions would be."""
    for module, name, value in (
        (sides, "PART", 7),
        (casing, "PART", 11),
        (key_counts, "ROOM", 50),
        (key_counts, "_TOGETHER", 3),
        (phrase_counting, "AT_A_TIME", 90),
        (phrase_tables, "PIECE", 40),
        (ngrams, "BLOCK", 20),
        (disk, "BLOCK", 13),
    ):
        assert hasattr(module, name)
        patch.setattr(module, name, value)


def test_the_size_of_pieces_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [p for p in pairs() if "today" not in p[0]]
    train(rows, "en", "eo", tmp_path / "whole", seed=5)
    small_pieces(monkeypatch)
    train(rows, "en", "eo", tmp_path / "pieces", seed=5)
    names = sorted(path.name for path in (tmp_path / "whole").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "pieces").iterdir()) and len(names) > 4
    for name in names:
        whole_file, split_file = (tmp_path / folder / name for folder in ("whole", "pieces"))
        assert whole_file.read_bytes() == split_file.read_bytes(), name


class Text(NamedTuple):
    """A corpus of word numbers, with a link from each word to that at the same place."""

    linked: Linked
    coded: Coded
    words: Vocabulary


def text(folder: Path, times: int) -> Text:
    """400 sentences as often as `times` says: more to read, no more to learn."""
    folder.mkdir()
    rng = np.random.default_rng(1)
    some = (rng.zipf(1.2, 400 * 10) % 300 + len(SPECIAL)).astype(np.int32)
    ids = disk.stored(folder / "ids", np.int32, [some] * times)
    starts = np.arange(0, len(ids) + 1, 10)
    links = [disk.stored(folder / f"{n}", np.int64, [np.arange(len(ids))]) for n in (0, 1)]
    side = Side(ids, starts)
    words = Vocabulary([*SPECIAL, *(f"w{n}" for n in range(300))])
    return Text(Linked(side, side, *links), Coded(ids, starts, len(words)), words)


STAGES: dict[str, Callable[[Text, Path], Any]] = {
    "phrases": lambda t, work: build_table(t.linked, (t.words, t.words), Limits(), work),
    "language model": lambda t, work: train_language_model(t.linked.source, t.words, work),
    "word pairs": lambda t, work: pair_table(t.coded, t.coded, Plan.of(t.coded, t.coded), work),
    "alignment": lambda t, work: joint_hmm.train(
        joint_hmm.Corpus(t.coded, t.coded, work), simple=1, markov=1
    ),
}


@pytest.mark.parametrize("stage", STAGES)
def test_memory_does_not_grow_with_what_is_read(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python's and NumPy's own memory; of mapped files the system takes back what it needs."""
    monkeypatch.setattr(sides, "PART", 100)
    monkeypatch.setattr(key_counts, "ROOM", 4_000)
    monkeypatch.setattr(phrase_counting, "AT_A_TIME", 4_000)
    monkeypatch.setattr(phrase_tables, "PIECE", 2_000)
    monkeypatch.setattr(ngrams, "BLOCK", 2_000)
    monkeypatch.setattr("xproj_core.mini.train.coded_corpus._CELLS", 4_000)

    def peak(times: int, name: str) -> int:
        stored = text(tmp_path / name, times)
        tracemalloc.start()
        STAGES[stage](stored, tmp_path / name)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    def least_peak(times: int) -> int:
        """Of three: another thread of the process can only add to what is traced."""
        return min(peak(times, f"{times}-{trial}") for trial in range(3))

    peak(1, "warm")  # what is imported and remembered on the way
    assert least_peak(8) < 1.5 * least_peak(2)


def left_over(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def given_file(tmp_path: Path) -> Path:
    file = tmp_path / "pairs.tsv"
    file.write_text("".join(f"{a}\t{b}\n" for a, b in pairs()), "utf-8")
    return file


@pytest.mark.parametrize("stage", ["reading", "aligning", "counting", "language", "tuning"])
def test_stopping_leaves_nothing_behind(given_file: Path, tmp_path: Path, stage: str) -> None:
    fractions: list[float] = []

    def progress(fraction: float, what: str) -> None:
        fractions.append(fraction)
        if what.startswith(stage):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        teach(given_file, "en", "eo", tmp_path / "mini", progress=progress)
    assert fractions == sorted(fractions)
    assert left_over(tmp_path) == ["pairs.tsv"]


def test_stopping_leaves_what_was_taught_before(given_file: Path, tmp_path: Path) -> None:
    (tmp_path / "mini").mkdir()
    (tmp_path / "mini/en-eo.npz").write_bytes(b"from before")

    def progress(fraction: float, what: str) -> None:
        if what == "measuring":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        teach(given_file, "en", "eo", tmp_path / "mini", progress=progress)
    assert left_over(tmp_path / "mini") == ["en-eo.npz"]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Lets that many arrays be written; after these the disk is full."""
    add = disk.Rows.add

    def begin(writes: int) -> None:
        left = [writes]

        def write(self: disk.Rows, values: Any) -> None:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            add(self, values)

        monkeypatch.setattr(disk.Rows, "add", write)

    yield begin


@pytest.mark.parametrize("writes", [0, 5, 12, 30])
def test_a_full_disk_is_named_with_what_is_needed(
    given_file: Path, tmp_path: Path, full_disk: Callable[[int], None], writes: int
) -> None:
    full_disk(writes)
    with pytest.raises(InputError, match=r"too full: .* about [\d,]+ MB in .*Make room") as caught:
        teach(given_file, "en", "eo", tmp_path / "mini")
    assert str(tmp_path) in str(caught.value)
    assert left_over(tmp_path) == ["pairs.tsv"]


def test_a_disk_that_will_not_do_is_found_out_beforehand(
    given_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type(shutil.disk_usage(tmp_path))(10_000, 9_000, 1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(InputError, match="aligning the words takes about"):
        teach(given_file, "en", "eo", tmp_path / "mini")
    assert left_over(tmp_path) == ["pairs.tsv"]
