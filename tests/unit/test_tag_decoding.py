"""Decoding IOB2, cutting long sentences, and case classes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from xproj_core.domain import Span
from xproj_core.domain.arrays import Matrix
from xproj_core.mini.tagger.case_features import (
    INITIAL,
    LOWER,
    MIXED,
    SENTENCE_INITIAL,
    UPPER,
    case_classes,
)
from xproj_core.mini.tagger.not_names import is_address
from xproj_core.mini.tagger.wordpieces import windows
from xproj_core.tag.iob2_decoding import best_path, decode

CLASSES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
SCORES = arrays(np.float64, st.tuples(st.integers(1, 4), st.just(5)), elements=st.floats(0.01, 1))


def is_valid(tags: list[str]) -> bool:
    before = ["O", *tags]
    return all(t[:2] != "I-" or b[2:] == t[2:] for b, t in zip(before, tags, strict=False))


@given(SCORES)
@settings(deadline=None)
def test_best_path_is_valid_and_no_valid_path_is_better(scores: Matrix[np.float64]) -> None:
    probabilities = scores / scores.sum(axis=1, keepdims=True)
    path = best_path(probabilities, CLASSES)
    assert is_valid([CLASSES[i] for i in path])
    rows = range(len(probabilities))
    best = max(
        np.log(probabilities[rows, list(other)]).sum()
        for other in product(range(5), repeat=len(probabilities))
        if is_valid([CLASSES[i] for i in other])
    )
    assert np.isclose(np.log(probabilities[rows, path]).sum(), best)


def test_score_is_the_mean_probability_and_neighbours_stay_apart() -> None:
    probabilities = np.full((4, 5), 0.025)
    for token, (index, value) in enumerate([(1, 0.9), (2, 0.7), (1, 0.9), (0, 0.9)]):
        probabilities[token, index] = value
    spans = decode(probabilities, CLASSES)
    assert spans == (Span(0, 2, "PER"), Span(2, 3, "PER"))
    assert spans[0].score is not None and np.isclose(spans[0].score, 0.8)
    assert decode(np.zeros((0, 5)), CLASSES) == ()


@given(
    st.lists(st.tuples(st.sampled_from(["a", ".", ",", "b"]), st.integers(1, 5)), max_size=60),
    st.integers(5, 20),
)
def test_windows_cover_every_word_once_and_fit(words: list[tuple[str, int]], limit: int) -> None:
    pieces = [[0] * n for _, n in words]
    chunks = windows(3, [w for w, _ in words], pieces, limit)
    assert [i for w in chunks for i in range(w.start, w.end)] == list(range(len(words)))
    assert all(sum(len(p) for p in pieces[w.start : w.end]) <= limit for w in chunks)
    assert all(w.sentence == 3 for w in chunks)


def test_windows_are_cut_after_a_sentence_end() -> None:
    words = "one two three four . five six , seven eight nine ten".split()
    cut = windows(0, words, [[0]] * len(words), 8)
    assert [(w.start, w.end) for w in cut] == [(0, 5), (5, 12)]


@pytest.mark.parametrize(
    "token",
    [
        "ada@mail.org",
        "https://example.org/Ada",
        "www.example.org",
        "@ada",
        "Ada_Lovelace.doc",
        "news.example.com",
        "mailto:ada@mail.org",
    ],
)
def test_addresses_are_no_names(token: str) -> None:
    assert is_address(token)


@pytest.mark.parametrize(
    "token", ["Ada", "@", "Amazon.com", "U.S.", "St.Gallen", "a/b", "", "3.14"]
)
def test_names_are_no_addresses(token: str) -> None:
    assert not is_address(token)


def test_case_classes() -> None:
    words = 'The iPhone of J. Smith , said NASA . " Yes , Tom , 3 نعم'.split()
    assert case_classes(words) == [
        SENTENCE_INITIAL,
        MIXED,
        LOWER,
        INITIAL,
        INITIAL,
        LOWER,
        LOWER,
        UPPER,
        LOWER,
        LOWER,
        SENTENCE_INITIAL,
        LOWER,
        INITIAL,
        LOWER,
        LOWER,
        LOWER,
    ]
