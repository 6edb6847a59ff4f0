"""Names against runs of characters in scripts without blanks."""

from __future__ import annotations

import numpy as np
import pytest

from xproj_core.domain import Sentence
from xproj_core.mini.aligner.aligner import load
from xproj_core.mini.aligner.character_runs import exclusive, name_runs, skeleton

PAIRS = [
    ("She went to Paris in May .", "她 五 月 去 了 巴 黎 。", "Paris", "巴黎"),
    ("He lives in London now .", "彼 は 今 ロ ン ド ン に 住 ん で い る 。", "London", "ロンドン"),
    ("Wang Siyu reads .", "王 思 雨 在 看 书 。", "Siyu", "思雨"),
]


@pytest.mark.parametrize(("english", "other", "name", "run"), PAIRS)
def test_a_name_finds_its_run(english: str, other: str, name: str, run: str) -> None:
    words, characters = english.split(), other.split()
    matrix = name_runs(words, characters)
    assert matrix is not None
    row = matrix[words.index(name)]
    assert "".join(c for c, v in zip(characters, row, strict=True) if v > 0) == run
    assert not matrix[words.index(".")].any() and not matrix[-2].any(), "small words are no names"
    turned = name_runs(characters, words)
    assert turned is not None
    np.testing.assert_array_equal(turned, matrix.T)


@pytest.mark.parametrize(("english", "other", "name", "run"), PAIRS)
def test_the_aligner_links_it(english: str, other: str, name: str, run: str) -> None:
    source = Sentence(tuple(english.split()), "en")
    target = Sentence(tuple(other.split()), "ja" if "は" in other else "zh")
    (alignment,) = load().align([(source, target)])
    row = alignment.links[source.tokens.index(name)]
    assert "".join(c for c, on in zip(target.tokens, row, strict=True) if on) == run


def test_scripts_with_blanks_are_left_alone() -> None:
    assert name_runs("Paris is big".split(), "Париж большой".split()) is None
    assert name_runs("Paris is big".split(), "Paris est grand".split()) is None
    assert name_runs(["巴", "黎"], ["パ", "リ"]) is None
    assert name_runs([], []) is None


def test_what_a_run_stands_for_it_stands_for_alone() -> None:
    scores = np.full((2, 3), 0.5, np.float32)
    named = np.zeros((2, 3), np.float32)
    named[0, 1] = 0.75
    together = exclusive(scores, named)
    assert together[0, 1] == 0.75 and together[1, 1] == together[0, 0] == pytest.approx(0.125)
    assert together[1, 0] == 0.5


def test_consonants_that_sound_alike_are_one() -> None:
    assert skeleton("paris") == "bls" and skeleton("bali") == "bl"
    assert skeleton("merkel") == "mlgl" and skeleton("ou") == ""
