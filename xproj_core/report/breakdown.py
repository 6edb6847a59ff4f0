"""Where entities are lost, and which: by step, kind, label, length, frequency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.confusion import confusion
from xproj_core.evaluate.analysis.flow import errors
from xproj_core.evaluate.analysis.slices import LINES, Slice, slices
from xproj_core.evaluate.errors.taxonomy import ABOUT, Kind, Step
from xproj_core.evaluate.scores import rates as rates_
from xproj_core.report.charts import Flow, flow
from xproj_core.report.model import Block, Figure
from xproj_core.tables.table import Cell, Column, Table

Titles = Mapping[str, str]
_STEPS = (Step.RUN, Step.TRANSLATION, Step.TAGGING, Step.ALIGNMENT, Step.PROJECTION, Step.REFERENCE)


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
            (
                Column(title),
                Column("gold", "count"),
                *(Column(titles[s], "percent", shaded=True) for s in analysis.systems),
            ),
            tuple(_slice_row(part) for part in parts),
            "An entity of a wrong label counts with both labels."
            if by == "label"
            else "Of the gold entity, or of the predicted one where there is none.",
        )


def _slice_row(part: Slice) -> tuple[Cell, ...]:
    """Without a gold entity there is nothing to find, and F1 says nothing."""
    values = (f.f1.value if part.n_gold else None for f in part.scores)
    return (part.bucket, part.n_gold, *values)


def projection_rates(analysis: Analysis, titles: Titles) -> Table:
    """The rates of the literature, each under its own name."""
    return Table(
        "projection-rates",
        "Projection rates",
        (Column("system"), *(Column(title, "percent") for title in rates_.NAMES.values())),
        tuple(
            (titles[s], *(analysis.rates[s].of()[name] for name in rates_.NAMES))
            for s in analysis.systems
        ),
        "The literature means several things by projection rate; these are all of them.",
    )


def losses(analysis: Analysis, titles: Titles) -> Iterator[Block]:
    """Where entities get lost: a flow per system, and every kind of error."""
    table = analysis.cases
    for s in analysis.systems:
        cases = table[table.system == s]
        gold = cases[cases.gold.notna()]
        lost = gold[gold.outcome != "correct"].groupby("step", observed=True).size()
        steps = tuple((step.value, int(lost.get(step.value, 0))) for step in _STEPS)
        shown_steps = tuple(
            p for p in steps if p[1] or p[0] in ("tagging", "alignment", "projection")
        )
        yield Figure(
            flow(Flow(titles[s], len(gold), shown_steps, int(cases.gold.isna().sum()))),
            f"{titles[s]}: where gold entities are lost or spoilt.",
        )
    yield _kinds(analysis, titles)


def _kinds(analysis: Analysis, titles: Titles) -> Table:
    counts_by_system = errors(analysis)
    kinds = [
        (step, kind)
        for step in _STEPS
        for kind in Kind
        if any((step, kind) in counts for counts in counts_by_system.values())
    ]
    return Table(
        "errors",
        "Errors by kind",
        (
            Column("step"),
            Column("kind"),
            *(Column(titles[s], "count", shaded=True) for s in analysis.systems),
            Column("meaning"),
        ),
        tuple(
            (
                step.value,
                ABOUT[kind].title,
                *(counts_by_system[s].get((step, kind), 0) for s in analysis.systems),
                ABOUT[kind].meaning,
            )
            for step, kind in kinds
        ),
        "Every wrong, missing or additional entity is of exactly one kind: that of the first step"
        " that failed. Without gold labels on the source, whose fault it was is in part a guess.",
    )


def confusions(analysis: Analysis, titles: Titles) -> Iterator[Table]:
    """One matrix per system."""
    for k, s in enumerate(analysis.systems, 1):
        matrix = confusion(analysis, s)
        yield Table(
            f"confusion-{k}",
            f"Labels in {titles[s]}",
            (Column("gold"), *(Column(c, "count", shaded=True) for c in matrix.columns)),
            tuple(
                (row, *map(int, counts))
                for row, counts in zip(matrix.rows, matrix.counts, strict=True)
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
        (
            Column("system"),
            Column("P", "percent"),
            Column("R", "percent"),
            Column("AER", "percent", "alignment error rate, 0 is best"),
            Column("found", "count"),
            Column("sure", "count"),
        ),
        tuple(
            (titles[s], a.precision, a.recall, a.aer, a.n_found, a.n_sure)
            for s, a in analysis.links.items()
        ),
    )


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
