"""What speaks for a link between two words, looked at by themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xproj_core.domain.arrays import Cube, Matrix, Vector
from xproj_core.mini.aligner.lexicons import Evidence
from xproj_core.mini.aligner.orthography import comparable, kind, similarity

NAMES = (
    "bias",
    "alike",
    "alike over .5",
    "alike over .7",
    "same",
    "same mark",
    "mixed kinds",
    "numbers differ",
    "capitals agree",
    "capitals differ",
    "acronyms",
    "length differs",
    "short",
    "both short",
    "forward",
    "reverse",
    "both",
    "likely",
    "unlinked",
    "unlinked, frequent",
    "half known",
    "half known, frequent",
    "unknown",
    "count differs",
    "unlinked, alike",
    "unlinked, same",
    "like a translation",
    "much like one",
)
_FLOOR = 1e-3


def features(
    source: Sequence[str],
    target: Sequence[str],
    evidence: Evidence | None,
    likeness: Matrix[np.float32] | None = None,
) -> Cube[np.float32]:
    """(n_source, n_target, len(NAMES)) features of every word pair.

    Without a lexicon (`evidence` None) those from "forward" on are zero, but for the last two,
    which come from third languages (`likeness`).
    """
    values = np.zeros((len(source), len(target), len(NAMES)), np.float32)
    alike = similarity(*comparable(source, target))
    _written(values, source, target, alike)
    if likeness is not None:
        values[:, :, -2] = likeness
        values[:, :, -1] = np.maximum(likeness - 0.5, 0)
    if evidence is not None:
        _looked_up(values, evidence, alike)
    return values


def _written(
    values: Cube[np.float32],
    source: Sequence[str],
    target: Sequence[str],
    alike: Matrix[np.float32],
) -> None:
    kinds = np.array([kind(w) for w in source])[:, None], np.array([kind(w) for w in target])
    words = (kinds[0] == 0) & (kinds[1] == 0)
    upper = (
        np.array([w[:1].isupper() for w in source])[:, None],
        np.array([w[:1].isupper() for w in target]),
    )
    acronyms = _acronyms(source)[:, None], _acronyms(target)
    lengths = np.array([len(w) for w in source])[:, None], np.array([len(w) for w in target])
    same = alike > 0.999
    columns = (
        np.ones_like(alike),
        alike * words,
        np.maximum(alike - 0.5, 0) * words,
        np.maximum(alike - 0.7, 0) * words,
        same & words & (np.minimum(*lengths) > 2),
        same & (kinds[0] == kinds[1]) & ~words,
        kinds[0] != kinds[1],
        (kinds[0] == 1) & (kinds[1] == 1) & ~same,
        words & upper[0] & upper[1],
        words & (upper[0] != upper[1]),
        acronyms[0] & acronyms[1],
        np.abs(np.log((lengths[0] + 1) / (lengths[1] + 1))) * words,
        words & ((lengths[0] <= 3) != (lengths[1] <= 3)),
        words & (lengths[0] <= 3) & (lengths[1] <= 3),
    )
    for n, column in enumerate(columns):
        values[:, :, n] = column


def _acronyms(tokens: Sequence[str]) -> Vector[np.bool_]:
    return np.array([len(w) > 1 and w.isupper() and w.isalpha() for w in tokens], bool)


def _looked_up(values: Cube[np.float32], evidence: Evidence, alike: Matrix[np.float32]) -> None:
    ahead, back = evidence.forward, evidence.reverse
    left, right = evidence.known[0][:, None], evidence.known[1][None, :]
    counts = evidence.log_counts[0][:, None], evidence.log_counts[1][None, :]
    linked = np.maximum(ahead, back) > 0
    columns = (
        np.log(np.maximum(ahead, _FLOOR) / _FLOOR),
        np.log(np.maximum(back, _FLOOR) / _FLOOR),
        np.sqrt(ahead * back),
        np.maximum(ahead, back),
        left & right & ~linked,
        (left & right & ~linked) * np.minimum(*counts) / 8,
        (left != right) & ~linked,
        ((left != right) & ~linked) * np.maximum(*counts) / 8,
        ~left & ~right & ~linked,
        np.minimum(np.abs(counts[0] - counts[1]), 8) / 8,
        np.maximum(alike - 0.5, 0) * ~linked,
        (alike > 0.999) & ~linked,
    )
    for n, column in enumerate(columns, start=NAMES.index("forward")):
        values[:, :, n] = column
