"""Could one have known beforehand, from the source sentence, that another system does better?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xproj_core.answers.choice import Choice
from xproj_core.answers.system import System
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.predictors import FEWEST, Prediction, predict
from xproj_core.evaluate.analysis.sentence_features import FEATURES
from xproj_core.report.model import Block
from xproj_core.tables.table import Cell, Column, Table

_SYSTEMS = 6  # that the first is compared with
_SURE = 0.05


def beforehand(analysis: Analysis, titles: Mapping[str, str]) -> Iterator[Block]:
    """The other systems against the direct one (the first, where there is none)."""
    systems = analysis.systems
    first = next((s for s in systems if _is_direct(s)), systems[0])
    others = [s for s in systems if s != first][:_SYSTEMS]
    predictions = {s: predict(analysis, first, s) for s in others}
    if not predictions:
        return
    yield _decided(predictions, analysis.n_scored, titles, titles[first])
    rows = tuple(row for s, p in predictions.items() for row in _rows(titles[s], p))
    if rows:
        yield _predictors(rows, titles[systems[0]])


def _decided(
    predictions: Mapping[str, Prediction], scored: int, titles: Mapping[str, str], first: str
) -> Table:
    return Table(
        "decided",
        f"Sentences on which another system is better or worse than {first}",
        (
            Column("system"),
            Column("better", "count"),
            Column("worse", "count"),
            Column("alike", "count"),
            Column(
                "told beforehand",
                "plain",
                "area under the ROC curve on sentences that the model"
                " was not fitted on; .50 is chance",
            ),
        ),
        tuple(
            (titles[s], p.better, p.worse, scored - p.better - p.worse, p.skill)
            for s, p in predictions.items()
        ),
        "By the number of mistakes. The last column is that of a logistic regression on all"
        f" features below; it needs {FEWEST} better and {FEWEST} worse sentences.",
    )


def _predictors(rows: tuple[tuple[Cell, ...], ...], links_of: str) -> Table:
    return Table(
        "predictors",
        "What predicts that another system does better",
        (
            Column("system"),
            Column("feature of the sentence"),
            Column("area", "plain", "under the ROC curve of this feature alone"),
            Column("p", "p", "Mann–Whitney"),
            Column("p corrected", "p", "Holm, for each system"),
            Column("odds ratio", "plain", "for one standard deviation, all features together"),
            Column("low", "plain", "of its 95 % bootstrap interval"),
            Column("high", "plain"),
            Column("verdict"),
        ),
        rows,
        f"Features are those of the source sentence and links that {links_of} used.",
        strong=frozenset((k, 4) for k, row in enumerate(rows) if row[-1] != _NOTHING),
    )


_NOTHING = "says nothing"


def _rows(title: str, prediction: Prediction) -> Iterator[tuple[Cell, ...]]:
    for p in prediction.predictors:
        verdict = "the higher, the better it does" if p.auc > 0.5 else "the lower, the better"
        yield (
            title,
            FEATURES[p.feature],
            p.auc,
            p.p,
            p.corrected,
            p.odds,
            p.low,
            p.high,
            verdict if p.corrected < _SURE else _NOTHING,
        )


def _is_direct(system: str) -> bool:
    """ "direct/x", and "A mini/direct/x" of one run among several."""
    return System.parse(system).method == Choice("direct")
