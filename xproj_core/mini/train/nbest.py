"""The best translations of a sentence with their feature values."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.mini.translator import weights as w
from xproj_core.mini.translator.known_words import END_ID
from xproj_core.mini.translator.language_model import LanguageModel
from xproj_core.mini.translator.phrase_table import orientation_logs
from xproj_core.mini.translator.search import Hypothesis, Option

_LOGS = orientation_logs()


def best_paths(last: Hypothesis, most: int) -> Iterator[list[Option]]:
    """Up to `most` derivations, best first, through recombined hypotheses."""
    heap: list[tuple[float, int, int, list[Hypothesis]]] = [(-last.score, 0, 0, _chain(last))]
    serial = 0
    while heap and most > 0:
        cost, _, fixed, chain = heapq.heappop(heap)
        yield [h.option for h in reversed(chain) if h.option is not None]
        most -= 1
        for i in range(fixed, len(chain)):
            for other in chain[i].others or ():
                serial += 1
                changed = chain[:i] + _chain(other)
                heapq.heappush(heap, (cost + chain[i].score - other.score, serial, i + 1, changed))


def _chain(last: Hypothesis) -> list[Hypothesis]:
    hypotheses, step = [], last
    while step.option is not None and step.back is not None:
        hypotheses.append(step)
        step = step.back
    return hypotheses


def features(path: Sequence[Option], size: int, model: LanguageModel) -> Vector[np.float64]:
    """The features of a derivation, in the order of `weights.FEATURES`."""
    vector = np.zeros(len(w.FEATURES))
    state, start, end, last = model.start, 0, 0, None
    for option in path:
        vector[: w.TABLE_FEATURES] += option.features
        vector[w.PHRASES] += 1
        vector[w.WORDS] += len(option.words)
        vector[w.COPIED] += option.copied
        for word in option.words:
            gain, state = model.score(state, word)
            vector[w.LANGUAGE_MODEL] += gain
        turn = 0 if option.start == end else 1 if option.end == start else 2
        vector[w.DISTANCE] -= abs(option.start - end)
        vector[w.PREVIOUS] += _LOGS[option.codes[0]][turn]
        if last is not None:
            vector[w.FOLLOWING] += _LOGS[last.codes[1]][turn]
        start, end, last = option.start, option.end, option
    vector[w.LANGUAGE_MODEL] += model.score(state, END_ID)[0]
    vector[w.DISTANCE] -= abs(size - end)
    if last is not None:
        vector[w.FOLLOWING] += _LOGS[last.codes[1]][0 if end == size else 2]
    return vector
