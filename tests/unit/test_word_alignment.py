"""Whole-corpus alignment: laws of symmetrisation, and dictionaries recovered from text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.align.symmetrise import symmetrise
from xproj_core.domain.errors import CheckpointError, InputError
from xproj_core.mini.aligner.hmm import Jumps, posteriors
from xproj_core.mini.train.lexicon_training import train_lexicon
from xproj_core.mini.train.word_alignment import align_corpus

LINKS = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


@given(LINKS, LINKS)
def test_grown_links_lie_between_intersection_and_union(
    forward: set[tuple[int, int]], reverse: set[tuple[int, int]]
) -> None:
    grown = set(symmetrise(forward, reverse))
    assert forward & reverse <= grown <= forward | reverse
    assert set(symmetrise(forward, reverse, "intersection")) == forward & reverse
    assert set(symmetrise(forward, reverse, "union")) == forward | reverse


@given(LINKS)
def test_two_equal_directions_are_left_as_they_are(links: set[tuple[int, int]]) -> None:
    assert symmetrise(links, links) == sorted(links)


@given(LINKS, LINKS)
def test_intersection_and_union_do_not_care_for_order(
    forward: set[tuple[int, int]], reverse: set[tuple[int, int]]
) -> None:
    for heuristic in ("intersection", "union"):
        links = symmetrise(forward, reverse, heuristic)
        assert links == symmetrise(reverse, forward, heuristic)


def test_growing_takes_a_neighbour_that_covers_a_new_word_and_no_other() -> None:
    forward = [(0, 0), (1, 1), (1, 2), (5, 5)]
    reverse = [(0, 0), (1, 1), (0, 1)]
    # 1-2 neighbours 1-1 and covers target 2; 0-1 covers nothing new; 5-5 is free on both sides.
    assert symmetrise(forward, reverse) == [(0, 0), (1, 1), (1, 2), (5, 5)]


def test_an_unknown_heuristic_is_named() -> None:
    with pytest.raises(InputError, match="grow-everything"):
        symmetrise([], [], "grow-everything")  # type: ignore[arg-type]


def invented_corpus(size: int, seed: int) -> tuple[list[list[str]], list[list[str]]]:
    """Sentences of a language and of its word-by-word, partly reversed cipher."""
    rng = np.random.default_rng(seed)
    source, target = [], []
    for _ in range(size):
        numbers = rng.zipf(1.3, int(rng.integers(3, 9))) % 60
        words = [f"w{n}" for n in numbers]
        other = [f"x{n}y" for n in numbers]
        if rng.random() < 0.4:
            other[-2:] = other[-2:][::-1]
        source.append(words)
        target.append(other)
    return source, target


def test_our_trainer_recovers_a_dictionary() -> None:
    source, target = invented_corpus(600, 1)
    aligned = align_corpus(source, target, aligner="own")
    right = link_count = 0
    for n, (left, other) in enumerate(zip(source, target, strict=True)):
        links = aligned.links(n, "intersection")
        link_count += len(links)
        right += sum(other[j] == "x" + left[i][1:] + "y" for i, j in links)
    assert right / link_count > 0.97
    assert link_count / sum(map(len, source)) > 0.85


def test_training_is_the_same_every_time() -> None:
    corpus = invented_corpus(80, 2)
    first, second = (align_corpus(*corpus, aligner="own") for _ in range(2))
    assert np.array_equal(first.forward, second.forward)
    assert np.array_equal(first.reverse, second.reverse)


def test_each_direction_links_a_word_once_and_within_its_sentence() -> None:
    source, target = invented_corpus(50, 3)
    aligned = align_corpus(source, target, aligner="own")
    for n in range(len(aligned)):
        ahead, back = aligned.forward_links(n), aligned.reverse_links(n)
        assert len({j for _, j in ahead}) == len(ahead)
        assert len({i for i, _ in back}) == len(back)
        for i, j in [*ahead, *back]:
            assert i < len(source[n]) and j < len(target[n])


def test_empty_sentences_stay_in_step() -> None:
    source = [["a", "b"], [], ["a"], ["b"]]
    target = [["c", "d"], ["c"], [], ["d"]]
    aligned = align_corpus(source, target, aligner="own")
    assert len(aligned) == 4
    assert aligned.links(1) == aligned.links(2) == []


def test_a_corpus_of_nothing_aligns_to_nothing() -> None:
    assert len(align_corpus([], [], aligner="own")) == 0
    assert align_corpus([[]], [["a"]], aligner="own").links(0) == []


def test_sides_of_different_length_are_refused() -> None:
    with pytest.raises(InputError, match="the source has 1 and the target 2"):
        align_corpus([["a"]], [["b"], ["c"]])


def test_eflomal_gives_the_same_kind_of_links() -> None:
    pytest.importorskip("eflomal", reason="eflomal is optional")
    source, target = invented_corpus(300, 4)
    source[3], target[5] = [], []
    aligned = align_corpus(source, target, aligner="eflomal")
    assert len(aligned) == 300 and aligned.links(3) == aligned.links(5) == []
    right = [
        target[n][j] == "x" + source[n][i][1:] + "y"
        for n in range(300)
        for i, j in aligned.links(n, "intersection")
    ]
    assert np.mean(right) > 0.9


def test_posteriors_of_padded_pairs_are_those_of_the_pairs_alone() -> None:
    rng = np.random.default_rng(5)
    alone = rng.random((1, 4, 3), np.float32)
    null = np.full((1, 4), 0.2, np.float32)
    padded = np.ones((1, 6, 5), np.float32)
    padded[:, :4, :3] = alone
    padded[:, :, 3:] = 0
    padded_null = np.ones((1, 6), np.float32)
    padded_null[:, :4] = null
    valid = np.array([[True, True, True, False, False]])
    first = posteriors(alone, null, valid[:, :3], Jumps.initial())
    second = posteriors(padded, padded_null, valid, Jumps.initial())
    assert np.allclose(first.links, second.links[:, :4, :3], atol=1e-5)
    assert np.allclose(first.links.sum(axis=2) + first.null, 1, atol=1e-5)


def test_a_trained_lexicon_says_what_means_what(tmp_path: Path) -> None:
    from xproj_core.mini.aligner.lexicon import read_lexicon

    source, target = invented_corpus(600, 6)
    file = train_lexicon(source, target, tmp_path, "en", "lug")
    assert file.name == "en-lg.npz"
    lexicon = read_lexicon(file)
    for n in range(1, 8):
        row = lexicon.forward[lexicon.left.id(f"w{n}")].toarray()[0]
        assert lexicon.right.words[int(row.argmax())] == f"x{n}y"
        assert 0.5 < row.max() <= 1


def test_a_file_that_is_no_lexicon_is_named(tmp_path: Path) -> None:
    from xproj_core.mini.aligner.lexicon import read_lexicon

    file = tmp_path / "en-lg.npz"
    file.write_bytes(b"not a lexicon")
    with pytest.raises(CheckpointError, match=r"en-lg\.npz"):
        read_lexicon(file)


def test_nothing_to_link_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one pair per line"):
        train_lexicon([[]], [[]], tmp_path, "en", "de")
