"""The tables and charts of a report, from what an analysis has counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xproj_core.drawing.wording import counted
from xproj_core.evaluate import rates as rates_
from xproj_core.evaluate.analysis import Analysis
from xproj_core.evaluate.confusion import confusion
from xproj_core.evaluate.disagreement import duels, oracle
from xproj_core.evaluate.figures import LINES, Figures, Slice, figures, slices
from xproj_core.evaluate.flow import errors
from xproj_core.evaluate.kinds import ABOUT, Kind, Step
from xproj_core.evaluate.literature import Reference
from xproj_core.evaluate.significance import differences
from xproj_core.evaluate.views import VIEWS
from xproj_core.report import charts
from xproj_core.report.charts import Bar, Flow, bars, flow
from xproj_core.report.model import Block, Figure, Listed, Paragraph
from xproj_core.report.table import Cell, Column, Table

Titles = Mapping[str, str]
_LINES = 3  # published figures in the chart
_NAMED = 3  # systems beside the best in the first sentence
_STEPS = (Step.RUN, Step.TRANSLATION, Step.TAGGING, Step.ALIGNMENT, Step.PROJECTION,
          Step.REFERENCE)  # fmt: skip


def scores(analysis: Analysis, titles: Titles, references: Sequence[Reference]) -> Iterator[Block]:
    """F1 with intervals as a chart, and everything around it as a table."""
    found = dict(zip(analysis.systems, figures(analysis.counts()), strict=True))
    best = max(found, key=lambda s: found[s].f1.value)
    rows = [Bar(titles[s], f.f1.value, f.f1.low, f.f1.high) for s, f in found.items()]
    lines = [charts.Reference(f"{r.system} ({r.source})", r.value)
             for r in references if not r.is_error_rate][:_LINES]  # fmt: skip
    yield Figure(
        bars(rows, lines, "F1 by system"),
        "Strict F1 in per cent with 95 % bootstrap intervals over sentences."
        + (" Dashed: the best published figures; their settings are below." if lines else ""),
    )
    yield Table(
        "scores",
        "Scores",
        (
            Column("system"), Column("P", "percent", "precision, strict"),
            Column("R", "percent", "recall, strict"),
            Column("F1", "percent", "both ends and the label right"),
            Column("F1 low", "percent", "lower end of the 95 % interval"),
            Column("F1 high", "percent", "upper end of the 95 % interval"),
            Column("F1 conlleval", "percent", "tags read as conlleval and seqeval's default do"),
            Column("right", "count"), Column("predicted", "count"), Column("gold", "count"),
            Column("no answer", "count", "sentences that a system failed on"),
        ),
        tuple(_score_row(analysis, s, titles[s], f) for s, f in found.items()),
        strong=frozenset({list(found).index(best)}),
        note="Best F1 in bold."
    )  # fmt: skip
    yield Table(
        "views",
        "What else may count as found",
        (
            Column("system"),
            *(Column(f"F1 {told}", "percent", "as nervaluate counts") for told in VIEWS.values()),
        ),
        tuple((titles[s], *(v.f1 for v in analysis.views[s].of().values())) for s in found),
        "Ends whatever the label; any overlap, half a point; any overlap with the right label.",
    )


def _score_row(analysis: Analysis, system: str, title: str, f: Figures) -> tuple[Cell, ...]:
    return (
        title, f.precision.value, f.recall.value, f.f1.value, f.f1.low, f.f1.high,
        analysis.conll[system].overall.f1,
        f.correct, f.correct + f.excess, f.correct + f.lacking, analysis.problems[system],
    )  # fmt: skip


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
    told = {
        r.source: " ".join(filter(None, (f"{r.metric}. {r.setting}.", r.note))) for r in references
    }
    yield Listed(tuple(told.items()))


def compared(analysis: Analysis, titles: Titles) -> Iterator[Block]:
    """Every system against every other, and what a perfect choice would reach."""
    if len(analysis.systems) < 2:
        return
    tests = differences(analysis.counts(), analysis.systems)
    yield Table(
        "significance",
        "Differences in F1",
        (Column("first"), Column("second"), Column("difference", "percent"),
         Column("low", "percent", "of the 95 % interval"), Column("high", "percent"),
         Column("p", "p", "paired approximate randomisation over sentences, two-sided"),
         Column("p corrected", "p", "Holm, for all pairs of this table")),
        tuple((titles[d.first], titles[d.second], d.difference, d.low, d.high, d.p, d.corrected)
              for d in tests),
        "First minus second, in points of F1. Approximate randomisation with 10,000 trials.",
        strong=frozenset(k for k, d in enumerate(tests) if d.corrected < 0.05),
    )  # fmt: skip
    yield Table(
        "wins",
        "Sentence by sentence",
        (Column("first"), Column("second"), Column("first better", "count"),
         Column("second better", "count"), Column("equal", "count"),
         Column("p corrected", "p", "sign test, Holm")),
        tuple((titles[d.first], titles[d.second], d.first_wins, d.second_wins, d.ties, d.corrected)
              for d in duels(analysis)),
        "Better is who makes fewer mistakes in a sentence.",
    )  # fmt: skip
    bound = oracle(analysis)
    yield Paragraph(
        f"Choosing the best system for each sentence, which nobody can beforehand, would reach an"
        f" F1 of {100 * bound.f1:.1f} ({100 * (bound.f1 - bound.best):+.1f} over the best single"
        f" one). {100 * bound.recall:.1f} % of the gold entities are found by at least one system,"
        f" {100 * bound.best_recall:.1f} % by the best."
    )


def by_label(analysis: Analysis, titles: Titles) -> Iterator[Block]:
    """F1 per label, and along the other lines."""
    for by in ("label", *LINES):
        parts = slices(analysis, by)
        if by != "label" and len(parts) < 2:
            continue
        title = "label" if by == "label" else LINES[by].title
        yield Table(
            f"by-{by}",
            f"F1 by {title}",
            (Column(title), Column("gold", "count"),
             *(Column(titles[s], "percent", shaded=True) for s in analysis.systems)),
            tuple(_slice_row(part) for part in parts),
            "An entity of a wrong label counts with both labels." if by == "label" else
            "Of the gold entity, or of the predicted one where there is none.",
        )  # fmt: skip


def _slice_row(part: Slice) -> tuple[Cell, ...]:
    """Without a gold entity there is nothing to find, and F1 says nothing."""
    values = (f.f1.value if part.n_gold else None for f in part.figures)
    return (part.bucket, part.n_gold, *values)


def projection_rates(analysis: Analysis, titles: Titles) -> Table:
    """The rates of the literature, each under its own name."""
    return Table(
        "projection-rates",
        "Projection rates",
        (Column("system"), *(Column(told, "percent") for told in rates_.NAMES.values())),
        tuple(
            (titles[s], *(analysis.rates[s].of()[name] for name in rates_.NAMES))
            for s in analysis.systems
        ),
        "The literature means several things by projection rate; these are all of them.",
    )


def losses(analysis: Analysis, titles: Titles) -> Iterator[Block]:
    """Where entities get lost: a flow per system, and every kind of error."""
    made = errors(analysis)
    table = analysis.cases
    for s in analysis.systems:
        mine = table[table.system == s]
        gold = mine[mine.gold.notna()]
        lost = gold[gold.outcome != "correct"].groupby("step", observed=True).size()
        steps = tuple((step.value, int(lost.get(step.value, 0))) for step in _STEPS)
        kept = tuple(p for p in steps if p[1] or p[0] in ("tagging", "alignment", "projection"))
        yield Figure(
            flow(Flow(titles[s], len(gold), kept, int(mine.gold.isna().sum()))),
            f"{titles[s]}: where gold entities are lost or spoilt.",
        )
    kinds = [(step, kind) for step in _STEPS for kind in Kind
             if any((step, kind) in found for found in made.values())]  # fmt: skip
    yield Table(
        "errors",
        "Errors by kind",
        (Column("step"), Column("kind"),
         *(Column(titles[s], "count", shaded=True) for s in analysis.systems),
         Column("meaning")),
        tuple((step.value, ABOUT[kind].title, *(made[s].get((step, kind), 0)
               for s in analysis.systems), ABOUT[kind].meaning) for step, kind in kinds),
        "Every wrong, missing or additional entity is of exactly one kind: that of the first step"
        " that failed. Without gold labels on the source, whose fault it was is in part a guess.",
    )  # fmt: skip


def confusions(analysis: Analysis, titles: Titles) -> Iterator[Table]:
    """One matrix per system."""
    for k, s in enumerate(analysis.systems, 1):
        one = confusion(analysis, s)
        yield Table(
            f"confusion-{k}",
            f"Labels in {titles[s]}",
            (Column("gold"), *(Column(c, "count", shaded=True) for c in one.columns)),
            tuple(
                (row, *map(int, counts)) for row, counts in zip(one.rows, one.counts, strict=True)
            ),
            "Gold labels in rows, predicted ones in columns; entities that share a word are paired,"
            " whatever their ends.",
        )


def links(analysis: Analysis, titles: Titles) -> Iterator[Table]:
    """Alignment scores where there are gold links."""
    if not analysis.links:
        return
    yield Table(
        "alignment",
        "Word links against gold links",
        (Column("system"), Column("P", "percent"), Column("R", "percent"),
         Column("AER", "percent", "alignment error rate, 0 is best"), Column("found", "count"),
         Column("sure", "count")),
        tuple((titles[s], a.precision, a.recall, a.aer, a.n_found, a.n_sure)
              for s, a in analysis.links.items()),
    )  # fmt: skip


def entities(analysis: Analysis) -> Table:
    """How many gold entities there are of each label."""
    cases = analysis.cases
    first = cases[(cases.system == analysis.systems[0]) & cases.gold.notna()]
    sizes = first.groupby("gold", observed=True).agg(n=("words", "size"), words=("words", "mean"))
    return Table(
        "gold-entities",
        "Gold entities",
        (Column("label"), Column("entities", "count"), Column("words each", "plain")),
        tuple((str(label), int(row.n), float(row.words)) for label, row in sizes.iterrows()),
    )


def verdict(analysis: Analysis, titles: Titles) -> str:
    """The comparison in a sentence or two."""
    found = dict(zip(analysis.systems, figures(analysis.counts(), 200), strict=True))
    order = sorted(found, key=lambda s: -found[s].f1.value)
    said = f"{titles[order[0]]} is best with a strict F1 of {100 * found[order[0]].f1.value:.1f}"
    if len(order) == 1:
        return f"{titles[order[0]]} reaches a strict F1 of {100 * found[order[0]].f1.value:.1f}."
    tests = {frozenset((d.first, d.second)): d.corrected
             for d in differences(analysis.counts(), analysis.systems)}  # fmt: skip
    near = [s for s in order[1:] if tests[frozenset((order[0], s))] >= 0.05]
    others = [f"{titles[s]} {100 * found[s].f1.value:.1f}" for s in order[1 : 1 + _NAMED]]
    more = len(order) - 1 - len(others)
    said += f"; {', '.join(others)}{f' and {more} more below' if more else ''}."
    if not near:
        return f"{said} The difference to each of the others is significant (p < .05, corrected)."
    if len(near) == len(order) - 1:
        return (f"{said} No difference to it is significant at p < .05, corrected for"
                f" {counted(len(tests), 'comparison')}.")  # fmt: skip
    return f"{said} Not significantly worse: {', '.join(titles[s] for s in near)}."
