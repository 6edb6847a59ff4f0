"""Scores, comparisons and the literature, from what an analysis has counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.disagreement import duels, oracle
from xproj_core.evaluate.analysis.slices import Figures, score_systems
from xproj_core.evaluate.literature import Reference
from xproj_core.evaluate.scores.significance import differences
from xproj_core.evaluate.scores.views import VIEWS
from xproj_core.report import charts
from xproj_core.report.charts import Bar, bars
from xproj_core.report.model import Block, Figure, Listed, Paragraph
from xproj_core.tables.table import Cell, Column, Table, shown
from xproj_core.text.strings import counted

Titles = Mapping[str, str]
SILENT = (
    "A dash stands where a system answered no sentence: it has no figures, and is in no chart and"
    " no comparison."
)
_LINES = 3  # published figures in the chart
_NAMED = 3  # systems beside the best in the first sentence


def scores(analysis: Analysis, titles: Titles, references: Sequence[Reference]) -> Iterator[Block]:
    """F1 with intervals as a chart, and everything around it as a table."""
    system_scores = dict(zip(analysis.systems, score_systems(analysis.counts()), strict=True))
    rows = [Bar(titles[s], f.f1.value, f.f1.low, f.f1.high) for s, f in system_scores.items()]
    lines = [
        charts.Reference(f"{r.system} ({r.source})", r.value)
        for r in references
        if not r.is_error_rate
    ][:_LINES]
    yield Figure(
        bars(rows, lines, "F1 by system"),
        "Strict F1 in per cent with 95 % bootstrap intervals over sentences."
        + (" Dashed: the best published figures; their settings are below." if lines else ""),
    )
    yield _score_table(analysis, titles, system_scores)
    yield Table(
        "views",
        "What else may count as found",
        (
            Column("system"),
            *(Column(f"F1 {title}", "percent", "as nervaluate counts") for title in VIEWS.values()),
        ),
        tuple((titles[s], *(v.f1 for v in analysis.views(s).values())) for s in system_scores),
        "Ends whatever the label; any overlap, half a point; any overlap with the right label.",
    )


def _score_table(analysis: Analysis, titles: Titles, system_scores: Mapping[str, Figures]) -> Table:
    rows = [_score_row(analysis, s, titles[s], f) for s, f in system_scores.items()]
    return Table(
        "scores",
        "Scores",
        (
            Column("system"),
            Column("P", "percent", "precision, strict"),
            Column("R", "percent", "recall, strict"),
            Column("F1", "percent", "both ends and the label right"),
            Column("F1 low", "percent", "lower end of the 95 % interval"),
            Column("F1 high", "percent", "upper end of the 95 % interval"),
            Column("F1 conlleval", "percent", "tags read as conlleval and seqeval's default do"),
            Column("right", "count"),
            Column("predicted", "count"),
            Column("gold", "count"),
            Column("no answer", "count", "sentences that a system failed on"),
        ),
        (
            *rows,
            *((titles[s], *(None,) * 10) for s in analysis.silent),
        ),
        strong=frozenset(cell for column in (1, 2, 3, 6) for cell in _best(rows, column)),
        note="The best of each figure in bold." + (f" {SILENT}" if analysis.silent else ""),
    )


def _best(rows: Sequence[tuple[Cell, ...]], column: int) -> list[tuple[int, int]]:
    """The cells of a column of figures that show its highest."""
    figures = [value for row in rows if isinstance(value := row[column], float)]
    highest = shown(max(figures, default=None), "percent")
    return [(k, column) for k, row in enumerate(rows) if shown(row[column], "percent") == highest]


def _score_row(analysis: Analysis, system: str, title: str, f: Figures) -> tuple[Cell, ...]:
    return (
        title,
        f.precision.value,
        f.recall.value,
        f.f1.value,
        f.f1.low,
        f.f1.high,
        analysis.conll[system].overall.f1,
        f.correct,
        f.correct + f.excess,
        f.correct + f.lacking,
        analysis.problems[system],
    )


def published(references: Sequence[Reference]) -> Iterator[Block]:
    """What others reached, and in which setting: beside the measured figures, not among them."""
    if not references:
        return
    yield Table(
        "published",
        "Published for this dataset and language",
        (Column("system"), Column("figure", "percent"), Column("source")),
        tuple((r.system, r.value, r.source) for r in references),
        "Figures of others, each in its own setting, which is not that of this run: other"
        " translations, taggers, aligners, sometimes other sentences.",
    )
    descriptions = {
        r.source: " ".join(filter(None, (f"{r.metric}. {r.setting}.", r.note))) for r in references
    }
    yield Listed(tuple(descriptions.items()))


def compared(analysis: Analysis, titles: Titles) -> Iterator[Block]:
    """Every system against every other, and what a perfect choice would reach."""
    if len(analysis.systems) < 2:
        return
    yield _significance(analysis, titles)
    yield _wins(analysis, titles)
    bound = oracle(analysis)
    yield Paragraph(
        f"Choosing the best system for each sentence, which nobody can beforehand, would reach an"
        f" F1 of {100 * bound.f1:.1f} ({100 * (bound.f1 - bound.best):+.1f} over the best single"
        f" one). {100 * bound.recall:.1f} % of the gold entities are found by at least one system,"
        f" {100 * bound.best_recall:.1f} % by the best."
    )


def _significance(analysis: Analysis, titles: Titles) -> Table:
    tests = differences(analysis.counts(), analysis.systems)
    return Table(
        "significance",
        "Differences in F1",
        (
            Column("first"),
            Column("second"),
            Column("difference", "percent"),
            Column("low", "percent", "of the 95 % interval"),
            Column("high", "percent"),
            Column("p", "p", "paired approximate randomisation over sentences, two-sided"),
            Column("p corrected", "p", "Holm, for all pairs of this table"),
        ),
        tuple(
            (titles[d.first], titles[d.second], d.difference, d.low, d.high, d.p, d.corrected)
            for d in tests
        ),
        "First minus second, in points of F1. Approximate randomisation with 10,000 trials.",
        strong=frozenset((k, 6) for k, d in enumerate(tests) if d.corrected < 0.05),
    )


def _wins(analysis: Analysis, titles: Titles) -> Table:
    return Table(
        "wins",
        "Sentence by sentence",
        (
            Column("first"),
            Column("second"),
            Column("first better", "count"),
            Column("second better", "count"),
            Column("equal", "count"),
            Column("p corrected", "p", "sign test, Holm"),
        ),
        tuple(
            (titles[d.first], titles[d.second], d.first_wins, d.second_wins, d.ties, d.corrected)
            for d in duels(analysis)
        ),
        "Better is who makes fewer mistakes in a sentence.",
    )


def verdict(analysis: Analysis, titles: Titles) -> str:
    """The comparison in a sentence or two."""
    system_scores = dict(zip(analysis.systems, score_systems(analysis.counts(), 200), strict=True))
    order = sorted(system_scores, key=lambda s: -system_scores[s].f1.value)
    top = system_scores[order[0]].f1.value
    if len(order) == 1:
        return f"{titles[order[0]]} reaches a strict F1 of {100 * top:.1f}."
    best = [s for s in order if system_scores[s].f1.value == top]
    others = [s for s in order if s not in best]
    named = ", ".join(f"{titles[s]} {100 * system_scores[s].f1.value:.1f}" for s in others[:_NAMED])
    more = f" and {len(others) - _NAMED} more below" if len(others) > _NAMED else ""
    verb = "are best" if len(best) > 1 else "is best"
    summary = f"{_and([titles[s] for s in best])} {verb} with a strict F1 of {100 * top:.1f}"
    if not others:
        return f"{summary}."
    summary += f"; {named}{more}."
    tests = {
        frozenset((d.first, d.second)): d.corrected
        for d in differences(analysis.counts(), analysis.systems)
    }
    near = [s for s in others if tests[frozenset((order[0], s))] >= 0.05]
    if not near:
        return (
            f"{summary} The difference to each of the others is significant (p < .05, corrected)."
        )
    if len(near) == len(others):
        return (
            f"{summary} No difference to the others is significant at p < .05, corrected for"
            f" {counted(len(tests), 'comparison')}."
        )
    return f"{summary} Not significantly worse: {', '.join(titles[s] for s in near)}."


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
