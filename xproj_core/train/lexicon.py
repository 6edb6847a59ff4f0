"""A bilingual lexicon from sentence pairs: what Mini's aligner knows about two languages.

A folder for the aligner holds one file per language pair, LEFT-RIGHT.npz with ISO codes, as
written here ("en-lug" reads best as en-lg.npz; both work). `aligners.create("mini:FOLDER")`
loads the folder's lexicons in addition to the shipped ones; where both have a pair, the
folder's is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xproj_core import languages
from xproj_core.align.lexicon import Lexicon, save_lexicon
from xproj_core.align.vocabulary import Vocabulary
from xproj_core.errors import InputError
from xproj_core.train.agreement import Progress
from xproj_core.train.word_alignment import AlignedCorpus, align_corpus

_LEAST = 0.008
_DISCOUNT = 0.4


def train_lexicon(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    folder: str | Path,
    source_language: str,
    target_language: str,
    *,
    aligned: AlignedCorpus | None = None,
    progress: Progress | None = None,
) -> Path:
    """Align `source` and `target` (or take their alignment) and write their lexicon.

    Returns:
        The file written: `folder`/SOURCE-TARGET.npz.

    Raises:
        InputError: no two words were linked, so there is nothing to learn from.
    """
    if aligned is None:
        aligned = align_corpus(source, target, progress=progress)
    lexicon = make_lexicon(source, target, aligned)
    left, right = languages.normalise(source_language), languages.normalise(target_language)
    file = Path(folder) / f"{left}-{right}.npz"
    file.parent.mkdir(parents=True, exist_ok=True)
    save_lexicon(lexicon, file)
    return file


def make_lexicon(
    source: Sequence[Sequence[str]],
    target: Sequence[Sequence[str]],
    aligned: AlignedCorpus,
    only: Sequence[int] | None = None,
) -> Lexicon:
    """P(target word | source word) and back, from links.

    A link found in both directions counts one, in one direction a half; a fixed discount
    keeps what was seen once from looking certain. Entries under 2 % in both directions are
    dropped.

    Args:
        only: the sentences to learn from; all of them by default.

    Raises:
        InputError: no two words were linked.
    """
    counts: Counter[tuple[str, str]] = Counter()
    words: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for n in range(len(aligned)) if only is None else only:
        left = [w.casefold() for w in source[n]]
        right = [w.casefold() for w in target[n]]
        words[0].update(left)
        words[1].update(right)
        for links in (aligned.forward_links(n), aligned.reverse_links(n)):
            counts.update((left[i], right[j]) for i, j in links)
    if not counts:
        raise InputError(
            "No word of one side could be linked to a word of the other. Check that the file"
            " holds translations, one pair per line."
        )
    return _pruned(counts, words)


def _pruned(counts: Counter[tuple[str, str]], words: tuple[Counter[str], Counter[str]]) -> Lexicon:
    from scipy.sparse import csr_matrix

    left, right = _vocabulary(words[0]), _vocabulary(words[1])
    ids = tuple({w: n for n, w in enumerate(v.words)} for v in (left, right))
    pairs = sorted((ids[0][s], ids[1][t], c) for (s, t), c in counts.items())
    rows, columns, linked = (np.array(column) for column in zip(*pairs, strict=True))
    weight = linked / 2 - _DISCOUNT
    totals = tuple(
        np.array([c[w] for w in v.words], float) for c, v in zip(words, (left, right), strict=True)
    )
    forward, reverse = weight / totals[0][rows], weight / totals[1][columns]
    keep = np.maximum(forward, reverse) >= _LEAST

    def sparse(values: NDArray[np.float64]) -> Any:
        kept = np.clip(values[keep], 1e-3, 1.0).astype(np.float32)
        return csr_matrix((kept, (rows[keep], columns[keep])), shape=(len(left), len(right)))

    return Lexicon(left, right, sparse(forward), sparse(reverse))


def _vocabulary(counts: Counter[str]) -> Vocabulary:
    words = sorted(w for w in counts if "\n" not in w)
    logs = np.array([8 * np.log2(1 + counts[w]) for w in words])
    return Vocabulary(words, np.clip(np.round(logs), 0, 255).astype(np.uint8))
