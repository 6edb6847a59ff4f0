"""From two sentences' subword vectors to links and soft scores between their words.

SimAlign's rules are the `simalign` package's own functions (Jalili Sabet et al. 2020);
the softmax rule is AWESoME's (Dou & Neubig 2021).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from xproj_core.align.embeddings import Embedded
from xproj_core.domain import Alignment
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.errors import NotInstalledError

if TYPE_CHECKING:
    from simalign.simalign import SentenceAligner

Rule = Literal["argmax", "itermax", "match"]
Unit = Literal["bpe", "word"]

# Maximum likelihood on 100 English-Spanish sentence pairs with manual links (XL-WA dev), MiniLM.
TEMPERATURE = 0.08
AWESOME_THRESHOLD = 1e-3
_MOST_CELLS_MATCHED = 150 * 150


def simalign(
    source: Embedded,
    target: Embedded,
    rule: Rule,
    *,
    unit: Unit = "bpe",
    distortion: float = 0.0,
    temperature: float = TEMPERATURE,
) -> Alignment:
    """Links by one of SimAlign's rules on s = (cosine + 1) / 2.

    With unit "bpe", two words are linked when any of their subwords are. `scores` holds, for
    a link, the s of its best linked subword pair. That is a similarity, not a probability;
    without links it says little (unrelated words reach 0.6). For every other pair `scores`
    therefore holds an estimate of how likely the link is: the harmonic mean of two softmaxes
    over the cosines divided by `temperature`, one over the target and one over the source,
    capped at 0.5 so that no pair outranks a link.
    """
    package = _package()
    x, y = (source.vectors, target.vectors) if unit == "bpe" else (source.pooled(), target.pooled())
    similarity = package.get_similarity(x, y)
    weighted = package.apply_distortion(similarity, distortion)
    links = _matched(package, weighted, rule)
    soft = np.minimum(_combine_softmaxes((2.0 * similarity - 1.0) / temperature), 0.5)
    if unit == "bpe":
        owners = source.words, target.words
        soft = _word_maximum(soft, *owners)
        similarity = _word_maximum(np.where(links, similarity, 0.0), *owners)
        links = _word_maximum(links.astype(np.float64), *owners) > 0
    scores = np.where(links, similarity, soft)
    return Alignment(np.clip(scores.astype(np.float64), 0.0, 1.0), links)


def awesome(source: Embedded, target: Embedded, threshold: float = AWESOME_THRESHOLD) -> Alignment:
    """AWESoME's links: softmax probability over `threshold` in both directions.

    The softmaxes run over dot products of subword vectors; a word is linked when any of its
    subwords is. `scores` is the harmonic mean 2ab / (a + b) of the two probabilities, the
    best over each word pair's subwords, for links and all other pairs alike.
    """
    products = source.vectors.astype(np.float64) @ target.vectors.astype(np.float64).T
    forward, backward = _softmax(products, 1), _softmax(products, 0)
    links = (forward > threshold) & (backward > threshold)
    owners = source.words, target.words
    scores = _word_maximum(_harmonic(forward, backward), *owners)
    return Alignment(
        np.clip(scores, 0.0, 1.0), _word_maximum(links.astype(np.float64), *owners) > 0
    )


def _matched(
    package: type[SentenceAligner], similarity: Matrix[np.float64], rule: Rule
) -> Matrix[np.bool_]:
    if rule == "itermax":
        return np.asarray(package.iter_max(similarity) > 0)
    if rule == "match":
        if similarity.size > _MOST_CELLS_MATCHED:
            return _assigned(similarity)
        return np.asarray(package.get_max_weight_match(similarity) > 0)
    forward, backward = package.get_alignment_matrix(similarity)
    return np.asarray(forward * backward > 0)


def _assigned(similarity: Matrix[np.float64]) -> Matrix[np.bool_]:
    """A matching of the same, largest, total weight by SciPy's assignment solver.

    simalign's own (networkx) takes time cubic in the sentences' length: a third of a second
    for 45 subwords, minutes for 500.
    """
    from scipy.optimize import linear_sum_assignment

    links = np.zeros(similarity.shape, dtype=bool)
    links[linear_sum_assignment(similarity, maximize=True)] = True
    return links


def _package() -> type[SentenceAligner]:
    try:
        from simalign.simalign import SentenceAligner
    except ImportError as error:
        raise NotInstalledError("SimAlign", "simalign") from error
    package: type[SentenceAligner] = SentenceAligner
    return package


def _combine_softmaxes(logits: Matrix[np.float64]) -> Matrix[np.float64]:
    return _harmonic(_softmax(logits, 1), _softmax(logits, 0))


def _harmonic(a: Matrix[np.float64], b: Matrix[np.float64]) -> Matrix[np.float64]:
    total = a + b
    return np.divide(2.0 * a * b, total, out=np.zeros_like(total), where=total > 0)


def _softmax(logits: Matrix[np.float64], axis: int) -> Matrix[np.float64]:
    powers = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def _word_maximum(
    matrix: Matrix[np.float64], rows: Vector[np.intp], columns: Vector[np.intp]
) -> Matrix[np.float64]:
    """The largest value of each word pair; subwords of a word are neighbours."""
    row_starts = np.flatnonzero(np.diff(rows, prepend=-1))
    column_starts = np.flatnonzero(np.diff(columns, prepend=-1))
    by_row = np.maximum.reduceat(matrix, row_starts, axis=0)
    return np.maximum.reduceat(by_row, column_starts, axis=1)
