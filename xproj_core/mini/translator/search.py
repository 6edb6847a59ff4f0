"""Phrase-based beam search with cube pruning (Huang and Chiang 2007).

Hypotheses that cover the same number of source words share a stack. Hypotheses of a stack
that also cover the same words, and end in the same phrase, meet the options of a free span
as a grid; grids are explored best corner first, so that the language model is asked for a
few dozen combinations per stack instead of thousands.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xproj_core.mini.translator.known_words import END_ID
from xproj_core.mini.translator.language_model import LanguageModel
from xproj_core.mini.translator.weights import TABLE_FEATURES, Weights

LONGEST_BLOCK = 8  # words that one option may cover


class Option:
    """One way to translate source words [start, end).

    `score` is weighted and without language model; `estimate` includes a guess of it.
    `previous` and `following` are weighted scores for monotone, swap, discontinuous.
    """

    __slots__ = (
        "bits",
        "codes",
        "copied",
        "end",
        "estimate",
        "features",
        "following",
        "length",
        "pattern",
        "previous",
        "score",
        "start",
        "words",
    )

    def __init__(self, start: int, end: int, words: tuple[int, ...]) -> None:
        self.start, self.end, self.words = start, end, words
        self.length = end - start
        self.bits = ((1 << self.length) - 1) << start
        self.features: tuple[float, ...] = (0.0,) * TABLE_FEATURES
        self.previous: tuple[float, float, float] = (0.0, 0.0, 0.0)
        self.following: tuple[float, float, float] = (0.0, 0.0, 0.0)
        self.codes: tuple[int, ...] = (0, 0)
        self.pattern = 0
        self.copied = False
        self.score = self.estimate = 0.0


class Hypothesis:
    """A partial translation; `total` is its score plus the estimate for what is left."""

    __slots__ = ("back", "cover", "end", "option", "others", "score", "start", "state", "total")

    def __init__(
        self,
        cover: int,
        start: int,
        end: int,
        state: int,
        score: float,
        total: float,
        back: Hypothesis | None,
        option: Option | None,
    ) -> None:
        self.cover, self.start, self.end, self.state = cover, start, end, state
        self.score, self.total, self.back, self.option = score, total, back, option
        self.others: list[Hypothesis] | None = None


@dataclass(frozen=True)
class Limits:
    """How far to search: hypotheses kept and made per stack, words a jump may span."""

    beam: int = 30
    pops: int = 60
    jump: int = 6


Grid = tuple[float, int, int, int, int, list[Hypothesis], list[Option], float, int]


class Search:
    """Translates one sentence, given the options of its spans."""

    def __init__(
        self,
        size: int,
        options: Sequence[Sequence[Sequence[Option]]],
        walls: Sequence[int],
        model: LanguageModel,
        weights: Weights,
        limits: Limits,
        *,
        keep_others: bool = False,
    ) -> None:
        """`options[i][n - 1]` are those of the n words from i on, best estimate first.

        `walls` says for each word in which closed stretch it stands: a stretch is finished
        before a later one is begun.
        """
        self._size, self._options, self._walls = size, options, walls
        self._weights, self._limits, self._keep = weights, limits, keep_others
        self._lm = _cached(model, weights.language_model)
        self._model = model
        self._future = _future_costs(size, options)
        self._rest: dict[int, float] = {}
        self._ordered: dict[tuple[int, int, int], list[Option]] = {}
        self._serial = 0

    def run(self) -> Hypothesis:
        """The best complete hypothesis, and through `others` those it was preferred to."""
        first = Hypothesis(0, 0, 0, self._model.start, 0.0, 0.0, None, None)
        stacks: list[list[Hypothesis]] = [[] for _ in range(self._size + 1)]
        grids: list[list[Grid]] = [[] for _ in range(self._size + 1)]
        stacks[0] = [first]
        for n in range(self._size + 1):
            if n:
                stacks[n] = self._fill(grids[n])
                grids[n] = []
            if n < self._size:
                self._spread(stacks[n], n, grids)
        return self._finish(stacks[self._size])

    def _spread(self, stack: list[Hypothesis], n: int, grids: list[list[Grid]]) -> None:
        """Set up the grids that lead on from one stack."""
        groups: dict[tuple[int, int, int], list[Hypothesis]] = {}
        for h in stack:
            groups.setdefault((h.cover, h.start, h.end), []).append(h)
        for (cover, start, end), members in groups.items():
            gap = ((cover + 1) & ~cover).bit_length() - 1
            wall = self._walls[gap]
            for begin in range(gap, min(self._size, gap + self._limits.jump + 1)):
                if self._walls[begin] != wall:
                    break
                if cover >> begin & 1:
                    continue
                for k, options in enumerate(self._options[begin]):
                    stop = begin + k + 1
                    if cover >> (stop - 1) & 1 or self._walls[stop - 1] != wall:
                        break
                    far = begin > gap and stop - gap > self._limits.jump + 1
                    if options and not far:
                        self._grid(n, members, options, cover, (start, end), grids)

    def _grid(
        self,
        n: int,
        members: list[Hypothesis],
        options: Sequence[Option],
        cover: int,
        last: tuple[int, int],
        grids: list[list[Grid]],
    ) -> None:
        begin, stop = options[0].start, options[0].end
        turn = 0 if begin == last[1] else 1 if stop == last[0] else 2
        jump = -self._weights.distance * abs(begin - last[1])
        covered = cover | options[0].bits
        rest = self._left(covered)
        ordered = self._by_turn(options, turn)
        cell = self._cell(members, ordered, 0, 0, turn, jump + rest, covered)
        grids[n + stop - begin].append(cell)

    def _by_turn(self, options: Sequence[Option], turn: int) -> list[Option]:
        key = (options[0].start, options[0].end, turn)
        if key not in self._ordered:
            self._ordered[key] = sorted(options, key=lambda o: -o.estimate - o.previous[turn])
        return self._ordered[key]

    def _cell(
        self,
        members: list[Hypothesis],
        options: list[Option],
        i: int,
        j: int,
        turn: int,
        extra: float,
        covered: int,
    ) -> Grid:
        option, h = options[j], members[i]
        follow = h.option.following[turn] if h.option is not None else 0.0
        bound = h.score + option.estimate + option.previous[turn] + follow + extra
        self._serial += 1
        return (-bound, self._serial, i, j, turn, members, options, extra, covered)

    def _fill(self, heap: list[Grid]) -> list[Hypothesis]:
        """The best hypotheses of a stack, recombined."""
        heapq.heapify(heap)
        hypotheses: dict[tuple[int, int, int, int], Hypothesis] = {}
        pops = 0
        while heap and pops < self._limits.pops:
            _, _, i, j, turn, members, options, extra, covered = heapq.heappop(heap)
            pops += 1
            self._add(hypotheses, members[i], options[j], turn, extra, covered)
            if j + 1 < len(options):
                cell = self._cell(members, options, i, j + 1, turn, extra, covered)
                heapq.heappush(heap, cell)
            if not j and i + 1 < len(members):  # each cell is reached in one way only
                cell = self._cell(members, options, i + 1, j, turn, extra, covered)
                heapq.heappush(heap, cell)
        return heapq.nsmallest(self._limits.beam, hypotheses.values(), key=lambda h: -h.total)

    def _add(
        self,
        hypotheses: dict[tuple[int, int, int, int], Hypothesis],
        h: Hypothesis,
        option: Option,
        turn: int,
        extra: float,
        covered: int,
    ) -> None:
        score, state, lm = h.score + option.score + option.previous[turn], h.state, self._lm
        if h.option is not None:
            score += h.option.following[turn]
        for word in option.words:
            gain, state = lm(state, word)
            score += gain
        rest = self._left(covered)
        total = score + extra
        score = total - rest
        new = Hypothesis(covered, option.start, option.end, state, score, total, h, option)
        key = (covered, option.start, option.end, state)
        old = hypotheses.get(key)
        if old is None:
            hypotheses[key] = new
            return
        better, worse = (new, old) if total > old.total else (old, new)
        hypotheses[key] = better
        if self._keep:
            better.others = [*(worse.others or ()), *(better.others or ()), worse]
            worse.others = None

    def _left(self, cover: int) -> float:
        """The estimate for everything that `cover` leaves open."""
        known = self._rest.get(cover)
        if known is None:
            known, start = 0.0, -1
            # All before the first gap is covered and all after the last covered word is free,
            # so that only the few words between need a look, however long the sentence.
            gap = ((cover + 1) & ~cover).bit_length() - 1
            top = max(gap, cover.bit_length())
            for i in range(gap, top):
                free = not cover >> i & 1
                if free and start < 0:
                    start = i
                elif not free and start >= 0:
                    known += self._future[start][i]
                    start = -1
            if top < self._size:
                known += self._future[top][self._size]
            self._rest[cover] = known
        return known

    def _finish(self, stack: list[Hypothesis]) -> Hypothesis:
        for h in [x for hypothesis in stack for x in (hypothesis, *(hypothesis.others or ()))]:
            h.score += self._lm(h.state, END_ID)[0]
            h.score -= self._weights.distance * abs(self._size - h.end)
            assert h.option is not None
            h.score += h.option.following[0 if h.end == self._size else 2]
        best = max(stack, key=lambda h: h.score)
        if self._keep:
            best.others = [*(best.others or ()), *(h for h in stack if h is not best)]
        return best


def _cached(model: LanguageModel, weight: float) -> Callable[[int, int], tuple[float, int]]:
    """The weighted model, each question asked once per sentence."""
    known: dict[int, tuple[float, int]] = {}

    def score(state: int, word: int) -> tuple[float, int]:
        key = state << 32 | word
        entry = known.get(key)
        if entry is None:
            cost, after = model.score(state, word)
            entry = known[key] = (cost * weight, after)
        return entry

    return score


def _future_costs(size: int, options: Sequence[Sequence[Sequence[Option]]]) -> list[list[float]]:
    """The best estimate for words [i, j), by splitting into phrases."""
    costs = [[float("-inf")] * (size + 1) for _ in range(size + 1)]
    for i in range(size):
        for n, choices in enumerate(options[i], 1):
            if choices:
                costs[i][i + n] = max(o.estimate for o in choices)
    for n in range(2, size + 1):
        for i in range(size - n + 1):
            row, j = costs[i], i + n
            best = row[j]
            for k in range(max(i + 1, j - LONGEST_BLOCK), j):
                value = row[k] + costs[k][j]
                if value > best:
                    best = value
            row[j] = best
    return costs


def path_of(last: Hypothesis) -> list[Option]:
    """The options that make up a hypothesis, in target order."""
    path = []
    step: Hypothesis | None = last
    while step is not None and step.option is not None:
        path.append(step.option)
        step = step.back
    return path[::-1]
