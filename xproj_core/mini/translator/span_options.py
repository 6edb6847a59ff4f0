"""The options of every span of a sentence: from the table, copied, split."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, product

import numpy as np

from xproj_core.mini.translator.known_words import NUMBER_ID, UNKNOWN_ID, Vocabulary
from xproj_core.mini.translator.language_model import LanguageModel
from xproj_core.mini.translator.phrase_table import (
    LONGEST_PHRASE,
    PhraseTable,
    orientation_logs,
    span_keys,
)
from xproj_core.mini.translator.search import LONGEST_BLOCK, Option
from xproj_core.mini.translator.source import Source
from xproj_core.mini.translator.weights import TABLE_FEATURES, Weights

MOST = 20  # options per span
_REMEMBERED = 50_000
Prepared = tuple[tuple[int, ...], tuple[float, ...], float, float, int, int, int]
Grid = list[list[list[Option]]]


class Options:
    """Makes options with one table, one language model and one set of weights."""

    def __init__(
        self,
        table: PhraseTable,
        model: LanguageModel,
        weights: Weights,
        target: Vocabulary,
        language: str,
    ) -> None:
        """`language` is the target's code."""
        self._table, self._model, self._weights = table, model, weights
        self._target, self._language = target, language
        self._vector = np.array(weights.vector()[:TABLE_FEATURES])
        logs = orientation_logs()
        self._previous = [_scaled(row, weights.previous) for row in logs]
        self._following = [_scaled(row, weights.following) for row in logs]
        self._known: dict[int, list[Prepared]] = {}

    def of(self, sentence: Source) -> Grid:
        """`[i][n - 1]`: the options of the n words from i on, best estimate first."""
        size = len(sentence.ids)
        grid: Grid = [[[] for _ in range(min(LONGEST_BLOCK, size - i))] for i in range(size)]
        self._from_table(sentence, grid)
        for start, stop in sentence.blocks:
            grid[start][stop - start - 1] = [self._copy(sentence, start, stop)]
        for i, parts in sentence.parts.items():
            grid[i][0] = self._compound(i, parts)
        inside = {i for start, stop in sentence.blocks for i in range(start, stop)}
        for i in range(size):
            copied = sentence.copies[i] and i not in sentence.parts
            if i not in inside and (copied or not grid[i][0]):
                grid[i][0].append(self._copy(sentence, i, i + 1))
        for row in grid:
            for options in row:
                options.sort(key=lambda o: -o.estimate)
        return grid

    def _from_table(self, sentence: Source, grid: Grid) -> None:
        blocked = [UNKNOWN_ID] * len(sentence.ids)
        for start, stop in sentence.blocks:
            blocked[start:stop] = [1] * (stop - start)
        spans, keys = [], []
        for start, row in enumerate(span_keys(sentence.ids, LONGEST_PHRASE)):
            for n, key in enumerate(row):
                if blocked[start + n] or sentence.ids[start + n] == UNKNOWN_ID:
                    break
                spans.append((start, n))
                keys.append(key)
        known = self._prepared(keys)
        for (start, n), key in zip(spans, keys, strict=True):
            grid[start][n] = [self._option(start, start + n + 1, p) for p in known[key]]

    def _prepared(self, keys: list[int]) -> dict[int, list[Prepared]]:
        """What is known of phrases; those not met yet are looked up.

        When too many are remembered a new memory begins: before anything is looked for in it,
        and beside the old one, which another thread may still be reading.
        """
        if len(self._known) > _REMEMBERED:
            self._known = {}
        known = self._known
        missing = [key for key in keys if key not in known]
        for key, (first, stop) in zip(missing, self._table.find(missing), strict=True):
            known[key] = self._best(first, stop) if stop > first else []
        return known

    def _best(self, first: int, stop: int) -> list[Prepared]:
        logs = self._table.features(first, stop)
        scores = logs @ self._vector
        chosen = np.argsort(-scores, kind="stable")[: 2 * MOST]
        candidates = []
        for k in chosen.tolist():
            row = first + k
            words = self._table.target_words(row)
            score = float(scores[k]) + self._weights.phrases + self._weights.words * len(words)
            candidates.append(
                (
                    words,
                    tuple(logs[k].tolist()),
                    score,
                    score + self.fluency(words),
                    int(self._table.previous[row]),
                    int(self._table.following[row]),
                    self._table.pattern(row),
                )
            )
        candidates.sort(key=lambda p: -p[3])
        return candidates[:MOST]

    def _option(self, start: int, end: int, prepared: Prepared) -> Option:
        option = Option(start, end, prepared[0])
        option.features, option.score, option.estimate = prepared[1:4]
        option.previous = self._previous[prepared[4]]
        option.following = self._following[prepared[5]]
        option.codes = prepared[4:6]
        option.pattern = prepared[6]
        return option

    def _compound(self, at: int, parts: Sequence[int]) -> list[Option]:
        """The best translations of a compound's parts, put together."""
        keys = [span_keys((part,), 1)[0][0] for part in parts]
        known = self._prepared(keys)
        choices = [known[key][:3] for key in keys]
        options = []
        for chosen in product(*choices):
            words = self._joined([prepared[0] for prepared in chosen])
            if len(words) > LONGEST_PHRASE:
                continue
            option = Option(at, at + 1, words)
            option.features = tuple(map(sum, zip(*(p[1] for p in chosen), strict=True)))
            option.codes = self._neutral
            option.previous = self._previous[self._neutral[0]]
            option.following = self._following[self._neutral[1]]
            option.pattern = (1 << len(words)) - 1
            option.score = sum(p[2] for p in chosen)
            option.estimate = option.score + self.fluency(words)
            options.append(option)
        return options

    def _joined(self, phrases: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """Modifier before head, as in English, or after it with "de", as in French."""
        if self._language not in {"fr", "es"}:
            return tuple(chain.from_iterable(phrases))
        de = (self._target.ids["de"],) if "de" in self._target.ids else ()
        return tuple(chain.from_iterable([*phrases[-1:], *((de + p) for p in phrases[-2::-1])]))

    def fluency(self, words: Sequence[int]) -> float:
        """The weighted language model's score of a phrase on its own."""
        total, state = 0.0, 0
        for word in words:
            gain, state = self._model.score(state, word)
            total += gain
        return total * self._weights.language_model

    def _copy(self, sentence: Source, start: int, stop: int) -> Option:
        """Source words [start, stop) as they are."""
        words = []
        for i in range(start, stop):
            if sentence.ids[i] == NUMBER_ID:
                words.append(NUMBER_ID)
            else:
                words.append(self._target.ids.get(sentence.surfaces[i], UNKNOWN_ID))
        option = Option(start, stop, tuple(words))
        option.copied = True
        option.codes = self._neutral
        option.previous = self._previous[self._neutral[0]]
        option.following = self._following[self._neutral[1]]
        w = self._weights
        option.score = w.phrases + w.words * len(words) + w.copied
        option.estimate = option.score + self.fluency(option.words)
        return option

    _neutral = (72, 72)  # mostly monotone, sometimes moved


def _scaled(row: tuple[float, float, float], weight: float) -> tuple[float, float, float]:
    return row[0] * weight, row[1] * weight, row[2] * weight
