"""Candidate matching: weigh spans of the target for every entity, then solve for the sentence.

What is weighed is in `candidates` and `scores`, how the sentence is solved in `solve`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from xproj_core.domain import Evidence, Projection
from xproj_core.domain.errors import ProjectionError
from xproj_core.domain.parameters import option
from xproj_core.models.protocols import Engine
from xproj_core.project import candidates, solve
from xproj_core.project.base import placed
from xproj_core.project.duplicates import distinct
from xproj_core.project.matching_explain import explained
from xproj_core.project.nesting import Pairs, no_word_twice, sharing
from xproj_core.project.nmtscore import Pair, nmt_scores
from xproj_core.project.scores import Limits, TagScores, Weighed, cells, link_scores, tag_scores
from xproj_core.project.words import Run, linked, words_of
from xproj_core.text.detokenise import detokenise

_LONGEST_UNHULLED = 10  # words; the thesis's limit where every span of the sentence is weighed


@dataclass(frozen=True)
class _Match:
    """The parameters of both ways to match; the score is the weighted sum of the parts."""

    links: float = option(
        1.0, "weight of the number of links, 2·links/(|e|+|p|)", min=0, max=10, step=0.1
    )
    cover: float = option(
        0.0, "weight of the part of the words that is linked", min=0, max=10, step=0.1
    )
    tagger: float = option(
        0.0, "weight of the target tagger's probability of the label", min=0, max=10, step=0.1
    )
    tagger_spans: float = option(
        0.0, "weight of the target tagger's probability of any label", min=0, max=10, step=0.1
    )
    nmtscore: float = option(
        0.0, "weight of how well entity and span translate each other", min=0, max=10, step=0.1
    )
    soft: bool = option(False, "links count their scores instead of 1")
    candidates: str = option(
        "ngrams",
        "where candidates come from: all spans, or those the target tagger finds",
        choices=("ngrams", "tagger"),
    )
    max_words: int = option(
        0,
        "longest candidate; 0 for no limit (10 where all spans of the sentence are weighed)",
        min=0,
        max=100,
        step=1,
    )
    length_ratio: float = option(
        0.0,
        "a candidate must be longer than this part of the entity; 0 for any length",
        min=0,
        max=1,
        step=0.05,
    )
    ratio_of: str = option(
        "words",
        "what length_ratio counts; characters suit languages that join words into one",
        choices=("words", "characters"),
    )
    exclude_marks: bool = option(
        False, "no candidate holds the token ! or ?, as in the seed paper's code"
    )
    ties: str = option(
        "longer",
        "which of equal scores wins (the seed paper's code: leftmost)",
        choices=("longer", "shorter", "leftmost"),
    )
    threshold: float = option(
        0.0, "a candidate must score more than this", min=0, max=10, step=0.05
    )

    _rule: ClassVar[str]

    def _solve(self, choices: Sequence[solve.Choice], shared: Pairs) -> list[solve.Choice]:
        raise NotImplementedError

    def project(
        self, evidence: Sequence[Evidence], engine: Engine | None = None
    ) -> list[Projection]:
        """See `Projector.project`."""
        if not any((self.links, self.cover, self.tagger, self.tagger_spans, self.nmtscore)):
            raise ProjectionError("All weights are 0: give at least one score a weight.")
        done = [placed(instance) for instance in evidence]
        open_ = [instance for instance, known in zip(evidence, done, strict=True) if known is None]
        solved = iter(self._projections(open_, engine))
        return [next(solved) if known is None else known for known in done]

    def _projections(self, evidence: Sequence[Evidence], engine: Engine | None) -> list[Projection]:
        tables = [
            self._weighed(instance, runs)
            for instance, runs in zip(evidence, self._places(evidence, engine), strict=True)
        ]
        if self.tagger or self.tagger_spans:
            scorers = tag_scores([instance.target for instance in evidence], engine)
            for table, scorer in zip(tables, scorers, strict=True):
                self._add_tags(table, scorer)
        if self.nmtscore:
            _add_nmt(evidence, tables, self.nmtscore, engine)
        return [self._projection(*pair) for pair in zip(evidence, tables, strict=True)]

    def _places(
        self, evidence: Sequence[Evidence], engine: Engine | None
    ) -> list[list[Run] | None]:
        """Candidates that are the same for all entities of a sentence, None if they are not."""
        if self.candidates == "tagger":
            tagged_spans = candidates.tag_targets(
                [instance.target for instance in evidence], engine
            )
            return [
                candidates.tagged(spans, self._barred(instance))
                for instance, spans in zip(evidence, tagged_spans, strict=True)
            ]
        if not (self.tagger or self.tagger_spans or self.nmtscore):
            return [None] * len(evidence)
        limit = self.max_words or _LONGEST_UNHULLED
        return [
            candidates.ngrams(len(instance.target), self._barred(instance), limit)
            for instance in evidence
        ]

    def _barred(self, evidence: Evidence) -> list[bool]:
        """For each target word, whether no candidate may hold it."""
        if self.exclude_marks:
            return candidates.marks(evidence.target)
        return [False] * len(evidence.target)

    def _weighed(self, evidence: Evidence, runs: list[Run] | None) -> list[Weighed]:
        """Every entity with its candidates and what links say of them."""
        table = linked(evidence)
        barred = self._barred(evidence)
        limit = self.max_words or len(evidence.target)
        weighed = []
        for span in evidence.source.spans:
            words = words_of(span, table)
            own = candidates.within_hull(words, barred, limit) if runs is None else runs
            entry = Weighed(span, words, own)
            if self.links or self.cover:
                scored = link_scores(cells(evidence, table, span, self.soft), span, own)
                entry.add("links", self.links, [s[0] for s in scored])
                entry.add("cover", self.cover, [s[1] for s in scored])
            weighed.append(entry)
        return weighed

    def _add_tags(self, table: Sequence[Weighed], scorer: TagScores) -> None:
        for entry in table:
            label = entry.source.label
            if self.tagger:
                entry.add("tagger", self.tagger, [scorer.of(label, *run) for run in entry.runs])
            if self.tagger_spans:
                entry.add("tagger_spans", self.tagger_spans, [scorer.best(*r) for r in entry.runs])

    def _projection(self, evidence: Evidence, table: Sequence[Weighed]) -> Projection:
        limits = Limits(self.threshold, self.length_ratio, self.ratio_of)
        for entry in table:
            limits.measure(entry, evidence.source, evidence.target)
        choices = [
            (entry.totals[k], *run, n)
            for n, entry in enumerate(table)
            for k, run in enumerate(entry.runs)
            if not limits.against(entry, k)
        ]
        shared = sharing(evidence.source.spans)
        chosen = {entity: (start, end) for _, start, end, entity in self._solve(choices, shared)}
        rule = f"{self._rule}, {no_word_twice(shared)}"
        return distinct(explained(evidence, table, chosen, limits, rule, shared), evidence)


@dataclass(frozen=True)
class MatchGreedy(_Match):
    """The best candidate first, then the best of what it leaves, as in the seed paper."""

    _rule: ClassVar[str] = "best candidate first"

    @property
    def name(self) -> str:
        return "match-greedy"

    def _solve(self, choices: Sequence[solve.Choice], shared: Pairs) -> list[solve.Choice]:
        return solve.greedy(choices, cast(solve.Ties, self.ties), shared)


@dataclass(frozen=True)
class MatchExact(_Match):
    """The candidates with the best total over the sentence."""

    _rule: ClassVar[str] = "best total over the sentence"

    @property
    def name(self) -> str:
        return "match-exact"

    def _solve(self, choices: Sequence[solve.Choice], shared: Pairs) -> list[solve.Choice]:
        return solve.exact(choices, cast(solve.Ties, self.ties), shared=shared)


def _add_nmt(
    evidence: Sequence[Evidence],
    tables: Sequence[Sequence[Weighed]],
    weight: float,
    engine: Engine | None,
) -> None:
    """Score every entity with every candidate in one batch."""
    pairs = [
        Pair(
            detokenise(instance.source.words(entry.source), instance.source.language),
            detokenise(instance.target.tokens[start:end], instance.target.language),
            instance.source.language,
            instance.target.language,
        )
        for instance, table in zip(evidence, tables, strict=True)
        for entry in table
        for start, end in entry.runs
    ]
    scores = nmt_scores(pairs, engine)
    at = 0
    for table in tables:
        for entry in table:
            entry.add("nmtscore", weight, scores[at : at + len(entry.runs)])
            at += len(entry.runs)
