from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain.arrays import Matrix
from xproj_core.models.windows import through, windows


@given(st.integers(0, 300), st.integers(1, 60))
def test_every_position_is_kept_once_and_windows_fit(length: int, size: int) -> None:
    chunks = windows(length, size)
    positions = [p for w in chunks for p in range(w.keep_start, w.keep_stop)]
    assert positions == list(range(length))
    for w in chunks:
        assert w.stop - w.start <= size
        assert w.start <= w.keep_start <= w.keep_stop <= w.stop <= length


@given(st.integers(8, 300), st.integers(8, 60))
def test_inner_borders_have_context_on_both_sides(length: int, size: int) -> None:
    chunks = windows(length, size)
    for before, after in pairwise(chunks):
        assert before.stop - before.keep_stop >= 1
        assert after.keep_start - after.start >= 1


@given(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=50), max_size=8))
def test_rows_come_back_to_their_ids(sequences: list[list[int]]) -> None:
    def run(batch: Sequence[list[int]]) -> list[Matrix[np.float32]]:
        assert all(len(ids) <= 12 and ids[0] == -1 and ids[-1] == -2 for ids in batch)
        return [np.array(ids, dtype=np.float32)[:, None] for ids in batch]

    framed = [([-1], ids, [-2]) for ids in sequences]
    rows = through(framed, 12, 4, run, "model", most=None)
    assert [r[:, 0].astype(int).tolist() for r in rows] == sequences
