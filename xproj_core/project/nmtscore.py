"""NMTScore (Vamvas & Sennrich 2022), direct: how well two texts translate each other.

    s(a, b) = p(b | a) / p(b | b),    score = (s(a, b) + s(b, a)) / 2

with p the mean token probability under a translation model (the exponential of the mean log
probability) and p(b | b) that of copying. It can be over 1. As in the thesis, what is below 0.1
counts as 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from xproj_core.domain.errors import EngineError
from xproj_core.models.protocols import Engine

_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts and their languages."""

    first: str
    second: str
    first_language: str
    second_language: str


def nmt_scores(pairs: Sequence[Pair], engine: Engine | None) -> list[float]:
    """The score of each pair; the model is called once per pair of languages.

    Raises:
        EngineError: the engine's translator cannot score.
    """
    if engine is None or engine.scorer is None:
        raise EngineError(
            "NMTScore needs an engine whose translator can score translations;"
            f" {engine.name if engine else 'none'} is in use. Choose another engine, or set"
            " nmtscore=0."
        )
    likelihoods: dict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(dict)
    for p in pairs:
        here, there = p.first_language, p.second_language
        likelihoods[here, there][p.first, p.second] = 0.0
        likelihoods[there, here][p.second, p.first] = 0.0
        likelihoods[here, here][p.first, p.first] = 0.0
        likelihoods[there, there][p.second, p.second] = 0.0
    for (here, there), texts in likelihoods.items():
        logs = engine.scorer.log_likelihoods(list(texts), here, there)
        texts.update(zip(list(texts), logs, strict=True))

    def directed(a: str, b: str, here: str, there: str) -> float:
        return exp(likelihoods[here, there][a, b] - likelihoods[there, there][b, b])

    values = []
    for p in pairs:
        here, there = p.first_language, p.second_language
        value = directed(p.first, p.second, here, there)
        value = (value + directed(p.second, p.first, there, here)) / 2
        values.append(value if value >= _LEAST else 0.0)
    return values
