"""A bilingual lexicon: P(right word | left word) and P(left | right) for single words.

On disk: one compressed .npz named LEFT-RIGHT.npz (ISO codes) with
    left, right     the words, case-folded, UTF-8, one per line, sorted
    left_counts, right_counts   uint8, rounded 8 * log2(1 + occurrences)
    offsets         int32, (n_left + 1,) where each left word's entries start
    columns         int32, the right words of the entries
    forward, reverse    uint8, round(-32 ln p); 255 stands for zero
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import CheckpointError
from xproj_core.mini.aligner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_NAMES = (
    "left",
    "right",
    "left_counts",
    "right_counts",
    "offsets",
    "columns",
    "forward",
    "reverse",
)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Sparse translation probabilities between two vocabularies.

    Attributes:
        forward, reverse: scipy CSR matrices (n_left, n_right) of P(right | left) and
            P(left | right); what was pruned is zero.
    """

    left: Vocabulary
    right: Vocabulary
    forward: csr_matrix
    reverse: csr_matrix

    def transposed(self) -> Lexicon:
        """The same lexicon from the other side."""
        return Lexicon(self.right, self.left, self.reverse.T.tocsr(), self.forward.T.tocsr())


def quantise(probabilities: Vector[np.floating]) -> Vector[np.uint8]:
    """Probabilities as bytes; half a byte's step is under 2 %."""
    logs = -32 * np.log(np.maximum(probabilities, 1e-9))
    stored: Vector[np.uint8] = np.clip(np.round(logs), 0, 255).astype(np.uint8)
    return stored


def _probabilities(quantised: Vector[np.uint8]) -> Vector[np.float32]:
    table = np.exp(-np.arange(256) / 32).astype(np.float32)
    table[255] = 0
    probabilities: Vector[np.float32] = table[quantised]
    return probabilities


def save_lexicon(lexicon: Lexicon, file: Path) -> None:
    """Write `lexicon`; the order of entries, and so the file, is determined by its content."""
    forward, reverse = lexicon.forward.tocsr(), lexicon.reverse.tocsr()
    forward.sort_indices()
    reverse.sort_indices()
    arrays: dict[str, Vector[np.integer]] = {
        "left": _text(lexicon.left),
        "right": _text(lexicon.right),
        "left_counts": lexicon.left.counts,
        "right_counts": lexicon.right.counts,
        "offsets": forward.indptr.astype(np.int32),
        "columns": forward.indices.astype(np.int32),
        "forward": quantise(forward.data),
        "reverse": quantise(reverse.data),
    }
    np.savez_compressed(file, allow_pickle=False, **arrays)


def _text(vocabulary: Vocabulary) -> Vector[np.uint8]:
    return np.frombuffer("\n".join(vocabulary.words).encode(), np.uint8)


def read_lexicon(file: Path) -> Lexicon:
    """Read what `save_lexicon` wrote.

    Raises:
        CheckpointError: the file is not such a file.
    """
    from scipy.sparse import csr_matrix

    try:
        with np.load(file, allow_pickle=False) as archive:
            parts = {name: archive[name] for name in _NAMES}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise CheckpointError(
            f"{file} is not a lexicon that XProj can read ({error}). Train it again."
        ) from error
    left = Vocabulary(_words(parts["left"]), parts["left_counts"])
    right = Vocabulary(_words(parts["right"]), parts["right_counts"])
    shape = (len(left), len(right))
    where = (parts["columns"], parts["offsets"])
    forward = csr_matrix((_probabilities(parts["forward"]), *where), shape)
    reverse = csr_matrix((_probabilities(parts["reverse"]), *where), shape)
    return Lexicon(left, right, forward, reverse)


def _words(text: Vector[np.uint8]) -> tuple[str, ...]:
    return tuple(text.tobytes().decode().split("\n")) if text.size else ()
