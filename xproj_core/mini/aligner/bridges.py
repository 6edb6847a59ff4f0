"""Languages nobody trained, through their relatives: Italian looks like the Spanish it knows.

A source word's translations into every known language are compared with the target's words
by spelling; cognates of a translation are evidence for a link.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from xproj_core.domain.arrays import Matrix
from xproj_core.mini.aligner.orthography import is_foreign, similarity
from xproj_core.mini.aligner.routes import Route
from xproj_core.mini.aligner.vocabulary import folded

_MOST = 4
_LEAST = 0.04


def bridge(
    source: Sequence[str], target: Sequence[str], routes: Sequence[Route]
) -> Matrix[np.float32]:
    """(n_source, n_target) in [0, 1]: how much a target word looks like a translation.

    For each source word and its few best translations w into the languages of `routes`, the
    best of sqrt(P(w | source word)) times the likeness of w above one half, doubled. Words in
    other scripts than Latin get none.
    """
    scores = np.zeros((len(source), len(target)), np.float32)
    columns = np.array([j for j, w in enumerate(target) if not is_foreign(w)], int)
    words = [folded(target[j]) for j in columns]
    if not words:
        return scores
    for route in routes:
        rows, translations, weights = _translations(source, route)
        if not rows:
            continue
        alike = np.maximum(similarity(translations, words) - 0.5, 0) * 2
        alike *= np.sqrt(np.array(weights, np.float32))[:, None]
        best = np.zeros((len(source), len(words)), np.float32)
        np.maximum.at(best, rows, alike)
        scores[:, columns] = np.maximum(scores[:, columns], best)
    return scores


def _translations(source: Sequence[str], route: Route) -> tuple[list[int], list[str], list[float]]:
    """Source word, translation (folded) and probability, the best few of each word."""
    rows: list[int] = []
    words: list[str] = []
    weights: list[float] = []
    for i, word in enumerate(source):
        for n, weight in route.left.mixture(word)[0][:2]:
            ids, probabilities = route.translations(n)
            for k in np.argsort(-probabilities, kind="stable")[:_MOST]:
                if probabilities[k] * weight < _LEAST:
                    break
                translation = route.right.words[ids[k]]
                if not is_foreign(translation):
                    rows.append(i)
                    words.append(folded(translation))
                    weights.append(float(probabilities[k]) * weight)
    return rows, words, weights
