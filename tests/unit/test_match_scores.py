"""The scores of matching, each by its formula, with models small enough to compute by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import WordAligner, WordTranslator
from tests.unit.test_projector_laws import any_evidence
from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.domain.errors import EngineError
from xproj_core.models.protocols import Engine, TagProbabilities
from xproj_core.project import projectors
from xproj_core.project.candidates import marks, tagged, within_hull
from xproj_core.project.nmtscore import Pair, nmt_scores
from xproj_core.project.scores import TagScores, cells, link_scores
from xproj_core.project.words import linked, words_of

CLASSES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


@dataclass
class TableTagger:
    """Gives the probabilities it was made with; counts how often it is asked."""

    rows: list[list[float]]
    spans: tuple[Span, ...] = ()
    name: str = "table"
    labels: tuple[str, ...] = ("PER", "LOC")
    languages: frozenset[str] | None = None
    calls: int = 0

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        self.calls += 1
        return [self.spans for _ in sentences]

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        self.calls += 1
        return [TagProbabilities(CLASSES, np.array(self.rows)) for _ in sentences]


@dataclass
class TableScorer:
    """Log likelihoods from a table, -5 for what is not in it; records the language pairs."""

    table: dict[tuple[str, str], float]
    requests: list[tuple[str, str, int]] = field(default_factory=list)

    def log_likelihoods(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str
    ) -> list[float]:
        self.requests.append((source, target, len(pairs)))
        return [self.table.get(pair, -5.0) for pair in pairs]


def engine_with(tagger: TableTagger | None = None, scorer: TableScorer | None = None) -> Engine:
    return Engine("small", WordTranslator(), WordAligner(), target_tagger=tagger, scorer=scorer)


def evidence(links: dict[tuple[int, int], float]) -> Evidence:
    source = Sentence(("Kofi", "Annan", "spoke"), "en", (Span(0, 2, "PER"),))
    target = Sentence(("jana", "Kofi", "Annan", "alisema"), "sw")
    alignment = Alignment.from_links(links, (3, 4), links)
    return Evidence("given", source, target, alignment, (source, target), (alignment,))


PLAIN = evidence({(0, 1): 0.8, (1, 2): 0.5, (1, 1): 0.4})


@given(any_evidence(), st.booleans())
def test_link_scores_are_their_formulas(evidence: Evidence, soft: bool) -> None:
    table = linked(evidence)
    assert evidence.alignment is not None
    weights = evidence.alignment.scores if soft else evidence.alignment.links.astype(float)
    for span in evidence.source.spans:
        runs = within_hull(words_of(span, table), [False] * len(evidence.target), 99)
        scored = link_scores(cells(evidence, table, span, soft), span, runs)
        for (start, end), (links, cover) in zip(runs, scored, strict=True):
            part = weights[span.start : span.end, start:end]
            both = len(span) + end - start
            assert links == pytest.approx(2 * part.sum() / both)
            assert cover == pytest.approx((part.max(0).sum() + part.max(1).sum()) / both)
            assert 0 <= cover <= 1


def test_soft_links_change_the_choice() -> None:
    hard = projectors.create("match-exact").project([PLAIN])[0]
    assert hard.entities[0].trace.candidates[0].parts == {"links": pytest.approx(6 / 4)}
    soft = projectors.create("match-exact", soft=True).project([PLAIN])[0]
    assert soft.entities[0].trace.candidates[0].parts == {"links": pytest.approx(2 * 1.7 / 4)}


def test_hull_candidates_stop_at_barred_words_and_at_the_limit() -> None:
    free = [False] * 6
    assert within_hull([1, 2, 4], free, 9) == [(1, 2), (1, 3), (1, 5), (2, 3), (2, 5), (4, 5)]
    assert within_hull([1, 2, 4], free, 2) == [(1, 2), (1, 3), (2, 3), (4, 5)]
    barred = [False, False, False, True, False, False]
    assert within_hull([1, 2, 4], barred, 9) == [(1, 2), (1, 3), (2, 3), (4, 5)]


def test_tagger_candidates_are_places_once() -> None:
    spans = [Span(2, 3, "PER"), Span(0, 1, "LOC"), Span(2, 3, "LOC")]
    assert tagged(spans, [False] * 3) == [(0, 1), (2, 3)]
    assert tagged(spans, marks(Sentence(("!", "na", "Kofi"), "sw"))) == [(2, 3)]


def test_tagger_scores_are_the_thesis_formula() -> None:
    rows = [[0.1, 0.8, 0.1, 0, 0], [0.2, 0.1, 0.7, 0, 0], [0.9, 0.02, 0.03, 0.05, 0]]
    scores = TagScores(TagProbabilities(CLASSES, np.array(rows)))
    assert scores.of("PER", 0, 1) == pytest.approx(0.8)
    assert scores.of("PER", 0, 2) == pytest.approx(1.15 * (0.8 + 0.7) / 2)
    # The last word's likeliest class is O: no bonus for length.
    assert scores.of("PER", 0, 3) == pytest.approx((0.8 + 0.7 + 0.03) / 3)
    assert scores.of("PER", 2, 3) == 0.0  # below 0.05
    assert scores.of("LOC", 2, 3) == pytest.approx(0.05)
    assert scores.of("DATE", 0, 1) == 0.0
    assert scores.best(2, 3) == pytest.approx(0.05)


def test_tagger_scores_find_what_no_link_finds() -> None:
    rows = [[1.0, 0, 0, 0, 0], [0.1, 0.9, 0, 0, 0], [0.1, 0, 0.9, 0, 0], [1.0, 0, 0, 0, 0]]
    tagger = TableTagger(rows)
    lonely = evidence({})
    matcher = projectors.create("match-exact", links=0.0, tagger=1.0)
    projections = matcher.project([lonely, lonely], engine_with(tagger))
    assert [p.spans for p in projections] == [(Span(1, 3, "PER"),)] * 2
    assert tagger.calls == 1  # one call for the batch
    spans_only = projectors.create("match-exact", links=0.0, tagger_spans=1.0)
    assert spans_only.project([lonely], engine_with(tagger))[0].spans == (Span(1, 3, "PER"),)


def test_tagger_candidates_limit_where_entities_land() -> None:
    matcher = projectors.create("match-greedy", candidates="tagger")
    projection = matcher.project([PLAIN], engine_with(TableTagger([], (Span(2, 4, "LOC"),))))[0]
    assert projection.spans == (Span(2, 4, "PER"),)
    none = matcher.project([PLAIN], engine_with(TableTagger([])))[0]
    assert none.lost[0].reason == "no-candidate"


def test_nmtscore_is_its_formula() -> None:
    scorer = TableScorer({("a", "x"): -1.0, ("x", "a"): -2.0, ("a", "a"): -0.5, ("x", "x"): -0.25})
    pairs = [Pair("a", "x", "en", "sw"), Pair("a", "y", "en", "sw"), Pair("a", "x", "en", "sw")]
    scores = nmt_scores(pairs, engine_with(scorer=scorer))
    expected = (math.exp(-1.0 + 0.25) + math.exp(-2.0 + 0.5)) / 2
    assert scores[0] == scores[2] == pytest.approx(expected)
    # Each pair of languages is asked once, each pair of texts once.
    assert sorted(scorer.requests) == [
        ("en", "en", 1),
        ("en", "sw", 2),
        ("sw", "en", 2),
        ("sw", "sw", 2),
    ]


def test_nmtscores_below_a_tenth_are_zero() -> None:
    scorer = TableScorer({("a", "a"): -0.1, ("x", "x"): -0.1})
    assert nmt_scores([Pair("a", "x", "en", "sw")], engine_with(scorer=scorer)) == [0.0]


def test_fusion_is_the_weighted_sum() -> None:
    scorer = TableScorer({("Kofi Annan", "Kofi Annan"): -0.1})
    rows = [[1.0, 0, 0, 0, 0], [0.1, 0.9, 0, 0, 0], [0.1, 0, 0.9, 0, 0], [1.0, 0, 0, 0, 0]]
    matcher = projectors.create("match-exact", links=0.5, tagger_spans=0.5, nmtscore=1.0)
    projection = matcher.project([PLAIN], engine_with(TableTagger(rows), scorer))[0]
    best = projection.entities[0].trace.candidates[0]
    assert (best.start, best.end) == (1, 3)
    assert best.parts == {
        "links": pytest.approx(1.5),
        "tagger_spans": pytest.approx(1.15 * 0.9),
        "nmtscore": pytest.approx(1.0),
    }
    assert best.score == pytest.approx(0.5 * 1.5 + 0.5 * 1.15 * 0.9 + 1.0)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tagger": 1.0}, "Tagger scores need an engine"),
        ({"tagger_spans": 1.0}, "Tagger scores need an engine"),
        ({"nmtscore": 1.0}, "NMTScore needs an engine"),
        ({"candidates": "tagger"}, "Candidates from a tagger need an engine"),
    ],
)
@pytest.mark.parametrize("engine", [None, engine_with()])
def test_a_missing_model_is_named(
    options: dict[str, object], message: str, engine: Engine | None
) -> None:
    with pytest.raises(EngineError, match=message):
        projectors.create("match-exact", **options).project([PLAIN], engine)
