"""A bilingual lexicon from sentence pairs: what Mini's aligner knows about two languages.

A folder for the aligner holds one file per language pair, LEFT-RIGHT.npz with ISO codes, as
written here ("en-lug" reads best as en-lg.npz; both work). `aligners.create("mini:FOLDER")`
loads the folder's lexicons in addition to the shipped ones; where both have a pair, the
folder's is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain import languages
from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import InputError
from xproj_core.learn.trainer import Progress
from xproj_core.mini.aligner.lexicon import Lexicon, save_lexicon
from xproj_core.mini.aligner.vocabulary import Vocabulary
from xproj_core.mini.train.key_counts import KeyCounts
from xproj_core.mini.train.sides import Side
from xproj_core.mini.train.word_alignment import AlignedCorpus, align_corpus

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

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
    return write_lexicon(
        make_lexicon(source, target, aligned), folder, source_language, target_language
    )


def write_lexicon(
    lexicon: Lexicon, folder: str | Path, source_language: str, target_language: str
) -> Path:
    """Write `lexicon` to the file that the aligner looks for in `folder`."""
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
    sides = _numbered(source), _numbered(target)
    return lexicon_of((sides[0][0], sides[1][0]), (sides[0][1], sides[1][1]), aligned, only=only)


def lexicon_of(
    sides: tuple[Side, Side],
    words: tuple[Sequence[str], Sequence[str]],
    aligned: AlignedCorpus,
    folder: Path | None = None,
    only: Sequence[int] | None = None,
) -> Lexicon:
    """`make_lexicon` of sentences that are numbers already; `words` says of which words."""
    chosen = np.full(len(aligned), only is None)
    if only is not None:
        chosen[np.asarray(only, np.int64)] = True
    names = tuple(sorted({w.casefold() for w in side if "\n" not in w}) for side in words)
    places = tuple({w: n for n, w in enumerate(side)} for side in names)
    numbers = tuple(
        np.array([place.get(w.casefold(), -1) for w in side], np.int64)
        for place, side in zip(places, words, strict=True)
    )
    totals = tuple(np.zeros(len(side), np.int64) for side in names)
    links = KeyCounts(folder and folder / "lexicon")
    width = max(1, len(names[1]))
    for (rows, s), (_, t) in zip(sides[0].parts(), sides[1].parts(), strict=True):
        left, right = numbers[0][s.ids], numbers[1][t.ids]
        for ids, side, total in ((left, s, totals[0]), (right, t, totals[1])):
            some = ids[np.repeat(chosen[rows.start : rows.stop], np.diff(side.starts))]
            total += np.bincount(some[some >= 0], minlength=len(total))
        for i, j in _linked(aligned, rows, s, t, chosen):
            both = (left[i] >= 0) & (right[j] >= 0)
            links.add((left[i] * width + right[j])[both].view(np.uint64))
    return _pruned(links, names, totals)


def _numbered(sentences: Sequence[Sequence[str]]) -> tuple[Side, list[str]]:
    words: dict[str, int] = {}
    side = Side.of([words.setdefault(w, len(words)) for w in sentence] for sentence in sentences)
    return side, list(words)


def _linked(
    aligned: AlignedCorpus, rows: range, source: Side, target: Side, chosen: Vector[np.bool_]
) -> Iterator[tuple[Vector[np.int64], Vector[np.int64]]]:
    """Linked words of some sentences, counted within these, in either direction."""
    for partner, of, other in (
        (aligned.forward[slice(*aligned.target_offsets[[rows.start, rows.stop]])], target, source),
        (aligned.reverse[slice(*aligned.source_offsets[[rows.start, rows.stop]])], source, target),
    ):
        sentence = np.repeat(np.arange(len(of)), np.diff(of.starts))
        here = np.flatnonzero((partner >= 0) & chosen[rows.start : rows.stop][sentence])
        there = other.starts[sentence[here]] + partner[here]
        yield (there, here) if of is target else (here, there)


def _pruned(
    links: KeyCounts, names: tuple[list[str], ...], totals: tuple[Vector[np.int64], ...]
) -> Lexicon:
    from scipy.sparse import csr_matrix

    entries: list[tuple[Vector[np.number], ...]] = []
    for keys, linked in links.blocks():
        rows, columns = np.divmod(keys.astype(np.int64), max(1, len(names[1])))
        weight = linked / 2 - _DISCOUNT
        forward, reverse = weight / totals[0][rows], weight / totals[1][columns]
        keep = np.maximum(forward, reverse) >= _LEAST
        entries.append((rows[keep], columns[keep], forward[keep], reverse[keep]))
    links.clear()
    if not entries:
        raise InputError(
            "No word of one side could be linked to a word of the other. Check that the file"
            " holds translations, one pair per line."
        )
    rows, columns, forward, reverse = (np.concatenate(c) for c in zip(*entries, strict=True))
    # Words of sentences that are not learnt from are none of the lexicon's.
    places = tuple(np.cumsum(total > 0) - 1 for total in totals)
    left, right = (_vocabulary(n, total) for n, total in zip(names, totals, strict=True))

    def sparse(values: Vector[np.float64]) -> csr_matrix:
        probabilities = np.clip(values, 1e-3, 1.0).astype(np.float32)
        where = places[0][rows], places[1][columns]
        return csr_matrix((probabilities, where), shape=(len(left), len(right)))

    return Lexicon(left, right, sparse(forward), sparse(reverse))


def _vocabulary(names: Sequence[str], total: Vector[np.int64]) -> Vocabulary:
    word_numbers = np.flatnonzero(total)
    logs = np.clip(np.round(8 * np.log2(1 + total[word_numbers])), 0, 255)
    return Vocabulary([names[n] for n in word_numbers.tolist()], logs.astype(np.uint8))
