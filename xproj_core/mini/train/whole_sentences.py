"""Training sentences as a whole: no table may hold one of more than three words."""

from __future__ import annotations

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.phrase_extraction import LONGEST_PHRASE
from xproj_core.mini.train.sides import Side
from xproj_core.mini.translator.known_words import Vocabulary
from xproj_core.mini.translator.phrase_table import phrase_hashes


def punctuation(vocabulary: Vocabulary) -> Vector[np.bool_]:
    """Per word, if it is a punctuation mark."""
    return np.array(
        [not any(c.isalnum() for c in w) and w[:1] != " " for w in vocabulary.words], bool
    )


def sentence_cores(
    side: Side, marks: Vector[np.bool_]
) -> tuple[Vector[np.int64], Vector[np.int64]]:
    """Where each sentence begins and ends without the punctuation (`marks`) at its edges."""
    begins, ends = side.starts[:-1].copy(), side.starts[1:].copy()
    if not len(side.ids):
        return begins, ends
    is_mark = marks[side.ids]
    for _ in range(4):
        begins += (begins < ends) & is_mark[np.minimum(begins, len(is_mark) - 1)]
        ends -= (ends > begins) & is_mark[np.maximum(ends - 1, 0)]
    return begins, ends


def whole_sentences(side: Side, vocabulary: Vocabulary) -> Vector[np.uint64]:
    """Keys of every phrase that is a whole sentence of more than 3 words, give or take
    punctuation at its edges, in ascending order."""
    marks = punctuation(vocabulary)
    keys = [_collect_keys(part, marks) for _, part in side.parts()]
    return np.unique(np.concatenate([np.empty(0, np.uint64), *keys]))


def _collect_keys(side: Side, marks: Vector[np.bool_]) -> Vector[np.uint64]:
    begins, ends = sentence_cores(side, marks)
    hashes = phrase_hashes(side.ids, LONGEST_PHRASE)
    keys = []
    for size in range(4, LONGEST_PHRASE + 1):
        for before in range(size - 3):
            for after in range(size - 3 - before):
                rows = np.flatnonzero(ends - begins == size - before - after)
                rows = rows[
                    (begins[rows] - before >= side.starts[:-1][rows])
                    & (ends[rows] + after <= side.starts[1:][rows])
                ]
                keys.append(hashes[size - 1, begins[rows] - before])
    return np.unique(np.concatenate(keys))
