"""How well a target span p matches a source entity e.

- links: 2 · (links between e and p) / (|e| + |p|), the seed paper's score. It counts links, not
  words, so many-to-many links favour long spans and it can be over 1.
- cover: (source words of e linked into p + target words of p linked to e) / (|e| + |p|), which
  is at most 1: Dice's coefficient of the linked words.
- tagger: α^(|p|-1) · (P(B-y at first word) + sum of P(I-y) at the others) / |p|, y the entity's
  label, from the thesis. α = 1.15 counts only where B-y and then I-y are each word's likeliest
  class. What is below 0.05 is 0.
- tagger_spans: the same, the best over all labels: how much p looks like any entity.

With soft links, each link counts its score in place of 1, and each word its best link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.domain.errors import EngineError
from xproj_core.models.protocols import Engine, ProbabilisticTagger, TagProbabilities
from xproj_core.project.words import Run


@dataclass(slots=True)
class Weighed:
    """Candidates of one source entity.

    Attributes:
        words: target words linked to it, ascending.
        runs: the candidates.
        parts: for each score in use, its value for each of `runs`, unweighted.
        totals: the weighted sum for each of `runs`.
        shares: the length of each of `runs` as a part of the entity's; empty if it is not asked.
    """

    source: Span
    words: list[int]
    runs: Sequence[Run]
    parts: dict[str, list[float]] = field(default_factory=dict)
    totals: list[float] = field(init=False)
    shares: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.totals = [0.0] * len(self.runs)

    def add(self, name: str, weight: float, values: list[float]) -> None:
        """Take a score into account, unless it weighs nothing."""
        if weight:
            self.parts[name] = values
            self.totals = [t + weight * v for t, v in zip(self.totals, values, strict=True)]

    def ranked(self, most: int) -> list[int]:
        """The best of `runs` by number: highest total, then shortest, then leftmost."""
        order = sorted(
            range(len(self.runs)),
            key=lambda n: (
                -self.totals[n],
                self.runs[n][1] - self.runs[n][0],
                self.runs[n][0],
            ),
        )
        return order[:most]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a candidate has to exceed: a total score, and a part of the entity's length."""

    threshold: float = 0.0
    length_ratio: float = 0.0
    unit: str = "words"

    def against(self, entry: Weighed, k: int) -> str:
        """Why candidate `k` is out of the question, as a sentence fragment; "" if it is not."""
        if entry.totals[k] <= self.threshold:
            return f"scores no more than {self.threshold:g}"
        if entry.shares and entry.shares[k] <= self.length_ratio:
            size = len(entry.source)
            words = "1 source word" if size == 1 else f"{size} source words"
            letters = "" if self.unit == "words" else "letters of the "
            return f"is at most {self.length_ratio:g} of the {letters}{words}"
        return ""

    def measure(self, entry: Weighed, source: Sentence, target: Sentence) -> None:
        """Note the shares of `entry` in words or characters, if a length is asked for."""
        if not self.length_ratio:
            return
        if self.unit == "words":
            entry.shares = [(b - a) / len(entry.source) for a, b in entry.runs]
        else:
            size = max(1, sum(map(len, source.words(entry.source))))
            entry.shares = [sum(map(len, target.tokens[a:b])) / size for a, b in entry.runs]


_ALPHA = 1.15
_LEAST_TAGGED = 0.05
Cells = dict[int, list[tuple[int, float]]]  # target word: its links to e, (source word, weight)


def cells(evidence: Evidence, table: Sequence[Sequence[int]], span: Span, soft: bool) -> Cells:
    """The links of one entity by target word."""
    assert evidence.alignment is not None
    scores = evidence.alignment.scores
    links_by_word: Cells = {}
    for i in range(span.start, span.end):
        for j in table[i]:
            links_by_word.setdefault(j, []).append((i, float(scores[i, j]) if soft else 1.0))
    return links_by_word


def link_scores(links_by_word: Cells, span: Span, runs: Sequence[Run]) -> list[tuple[float, float]]:
    """(links, cover) of each run; runs of one start must stand together with rising ends."""
    size = len(span)
    values = []
    at_start, at_end = -1, -1
    sum_links = target_words = 0.0
    source_words: dict[int, float] = {}
    for start, end in runs:
        if start != at_start or end < at_end:
            at_start, at_end, sum_links, target_words, source_words = start, start, 0.0, 0.0, {}
        for j in range(at_end, end):
            for i, weight in links_by_word.get(j, ()):
                sum_links += weight
                source_words[i] = max(weight, source_words.get(i, 0.0))
            if j in links_by_word:
                target_words += max(weight for _, weight in links_by_word[j])
        at_end = end
        both = size + end - start
        values.append((2 * sum_links / both, (sum(source_words.values()) + target_words) / both))
    return values


class TagScores:
    """Tagger scores of the spans of one target sentence."""

    def __init__(self, probabilities: TagProbabilities) -> None:
        self._rows = probabilities.matrix.tolist()
        self._likeliest = probabilities.matrix.argmax(axis=1).tolist() if self._rows else []
        index = {name: n for n, name in enumerate(probabilities.classes)}
        self._classes = {
            name[2:]: (n, index.get("I-" + name[2:], n))
            for name, n in index.items()
            if name.startswith("B-")
        }

    def of(self, label: str, start: int, end: int) -> float:
        """The score of [start, end) for `label`; 0 for a label the tagger does not know."""
        if label not in self._classes:
            return 0.0
        begin, inside = self._classes[label]
        total = self._rows[start][begin] + sum(self._rows[k][inside] for k in range(start + 1, end))
        value = total / (end - start)
        if self._likeliest[start] == begin and all(
            self._likeliest[k] == inside for k in range(start + 1, end)
        ):
            value *= _ALPHA ** (end - start - 1)
        return value if value >= _LEAST_TAGGED else 0.0

    def best(self, start: int, end: int) -> float:
        """The score of [start, end) for the label that gives the highest."""
        return max((self.of(label, start, end) for label in self._classes), default=0.0)


def tag_scores(targets: Sequence[Sentence], engine: Engine | None) -> list[TagScores]:
    """Ask the engine's tagger about the targets, in one call.

    Raises:
        EngineError: the engine has no tagger for the target that gives probabilities.
    """
    tagger = engine.target_tagger if engine else None
    if not isinstance(tagger, ProbabilisticTagger):
        raise EngineError(
            "Tagger scores need an engine whose tagger for the target language gives"
            f" probabilities; {engine.name if engine else 'none'} is in use. Choose another"
            " engine, or set tagger=0 and tagger_spans=0."
        )
    return [TagScores(p) for p in tagger.probabilities(targets)] if targets else []
