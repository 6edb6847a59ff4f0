"""Is confidence a probability? ECE and AUROC on half of each data set with gold labels.

    python -m benchmarks.confidence --write

The Bambara chain and the opinion targets have published links, the others are aligned by Mini.
Measured on one half of the sentences of each data set (drawn by a fixed seed), default projector.
Nothing that is fitted here ships. `--write` puts the tables into benchmarks/confidence.md.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.published_aligned import pairs_of
from benchmarks.published_corpora import MAFAND, europarl_items, pud_items
from tests.published import DATA, bambara, opinions
from xproj_core.confidence import CalibrationModel, panel, shipped_model
from xproj_core.confidence.estimate import feature_table
from xproj_core.confidence.fitting import Rows, fit, refit
from xproj_core.confidence.sentence_clues import FEATURES
from xproj_core.datasets import read
from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.domain.arrays import Vector
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.scores.reliability import Reliability, reliability, thresholds
from xproj_core.project import projectors

Gold = Sequence[tuple[Span, ...]]
PROJECTORS = (DEFAULT_PROJECTOR, "seed-heuristic", "min-max")
ECE, AUROC = 0.05, 0.85
SHOWN = (0.0, 0.3, 0.5, 0.7, 0.9)


@dataclass(frozen=True, slots=True)
class Part:
    """One language or aligner of a data set; `measured` is False for what only helps to fit."""

    family: str
    name: str
    rows: dict[str, Rows]
    measured: bool
    gold: int
    half: Callable[[Rows], Rows]
    rest: Callable[[Rows], Rows]


def part(
    family: str,
    name: str,
    evidence: Sequence[Evidence],
    gold: Gold,
    ignore: tuple[str, ...] = (),
    measured: bool = True,
) -> Part:
    """The features of every entity that `PROJECTORS` place, and whether it is right."""
    panels = panel(evidence)
    chance = np.random.RandomState(1).permutation(len(evidence)) % 2
    rows = {}
    for projector in PROJECTORS:
        projections = projectors.create(projector).project(evidence)
        tables = feature_table(evidence, projections, None, panels)
        entries = [
            (row, entity.span in spans, k)
            for k, (projection, table, spans) in enumerate(
                zip(projections, tables, gold, strict=True)
            )
            for entity, row in zip(projection.entities, table, strict=True)
            if entity.span.label not in ignore
        ]
        values, right, groups = zip(*entries, strict=True)
        rows[projector] = Rows(np.array(values), np.array(right), np.array(groups))
    known = [[s for s in spans if s.label not in ignore] for spans in gold]
    n_gold = sum(len(spans) for k, spans in enumerate(known) if chance[k])
    print(f"{family}, {name}: {len(rows[DEFAULT_PROJECTOR].right)} entities", flush=True)
    return Part(
        *(family, name, rows, measured, n_gold),
        half=lambda r: r.where(chance[r.groups] == 1),
        rest=lambda r: r.where(chance[r.groups] == 0),
    )


def parts() -> list[Part]:
    """Every data set."""
    all_parts = [part("Bambara chain", "links as given", *bambara(), ("DATE", "MISC"))]
    for aligner in ("awesome", "simalign"):
        for split in ("train", "test"):
            evidence, gold = opinions(aligner, split)
            measured = split == "train"
            all_parts.append(part("ABSA", f"{aligner}, {split}", evidence, gold, (), measured))
    gold_on_both = [
        *(("Europarl", code, europarl_items(code)) for code in ("de", "es")),
        *(("PUD", code, pud_items("en", code)) for code in ("pt", "sv")),
    ]
    for family, code, items in gold_on_both:
        linked, known = aligned(pairs_of(items))
        all_parts.append(part(family, f"en to {code}", linked, known))
        title = f"en to {code}, Mini's labels"
        all_parts.append(part(family, title, tagged(linked), known, ("MISC",), False))
    return all_parts + [_mafand(*name.split("-")) for name in MAFAND]


def _mafand(source: str, target: str) -> Part:
    folder = DATA / "masakhaner-mafand-dev"
    dataset = read(folder, source_language=source, target_language=target)
    linked, known = aligned(pairs_of(list(dataset.items)))
    ours = f"{source} to {target}, Mini's labels"
    return part("MAFAND", ours, tagged(linked), known, ("DATE", "MISC"))


def aligned(pairs: Sequence[tuple[Sentence, Sentence]]) -> tuple[list[Evidence], Gold]:
    """Links by Mini."""
    links = load_engine("mini").aligner.align([(s.labelled(()), t.labelled(())) for s, t in pairs])
    evidence = [
        Evidence("given", s, t.labelled(()), a, (s, t), (a,))
        for (s, t), a in zip(pairs, links, strict=True)
    ]
    return evidence, [t.spans for _, t in pairs]


def tagged(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same with Mini's labels on the source."""
    tagger = load_engine("mini").tagger
    assert tagger is not None
    labels = tagger.tag([instance.source.labelled(()) for instance in evidence])
    sources = [e.source.labelled(spans) for e, spans in zip(evidence, labels, strict=True)]
    return [
        replace(e, source=s, chain=(s, e.target)) for e, s in zip(evidence, sources, strict=True)
    ]


def together(rows: Iterable[Rows]) -> Rows:
    """One after another, each weighing as much as any other."""
    every = list(rows)
    starts = np.cumsum([0, *(r.groups.max() + 1 for r in every)])
    return Rows(
        np.concatenate([r.values for r in every]),
        np.concatenate([r.right for r in every]),
        np.concatenate([r.groups + s for r, s in zip(every, starts, strict=False)]),
        np.concatenate([np.full(len(r.right), 1000 / len(r.right)) for r in every]),
    )


def own(some: Iterable[Part], side: str) -> Rows:
    """What all projectors made of some parts: of their measured half, the rest, or all."""
    return together(
        rows if side == "all" else (part.half if side == "half" else part.rest)(rows)
        for part in some
        for rows in part.rows.values()
    )


def ways(
    every: Sequence[Part], family: str
) -> dict[str, Callable[[Part], CalibrationModel | None]]:
    """Where the probabilities come from; None for the links' formula."""
    others = fit(own([p for p in every if p.family != family], "all"), "other data sets")
    firm = fit(own([p for p in every if p.family != family], "all"), "other data sets", 1000.0)
    halves = fit(own(every, "rest"), "the other halves of all data sets")
    measured_parts = [p for p in every if p.family == family and p.measured]
    # one row an entity, as in a run: three projectors are not three times as many sentences
    rest = {p.name: p.rest(p.rows[DEFAULT_PROJECTOR]) for p in measured_parts}
    moved = {name: refit(others, rows, "moved by its other half") for name, rows in rest.items()}
    alone = {p.name: fit(own([p], "rest"), "its other half alone") for p in measured_parts}
    return {
        "links alone (before)": lambda _: None,
        "shipped": lambda _: shipped_model(),
        "other data sets": lambda _: others,
        "other data sets, strong prior": lambda _: firm,
        "other halves of all data sets": lambda _: halves,
        "other data sets, moved by its other half": lambda p: moved[p.name],
        "its other half alone": lambda p: alone[p.name],
    }


def ways_named(every: Sequence[Part]) -> list[str]:
    """Their names alone."""
    return list(ways(every, every[0].family))


def measured(rows: Rows, model: CalibrationModel | None) -> Reliability:
    """On these entities."""
    return reliability(_values(rows, model), rows.right)


def _values(rows: Rows, model: CalibrationModel | None) -> Vector[np.float64]:
    if model is None:
        return rows.values[:, FEATURES.index("links_formula")]
    return model.probabilities(rows.values)


def report(every: Sequence[Part]) -> str:
    """Tables: data sets by ways, parts by the way that is reached with one's own half."""
    families = list(dict.fromkeys(p.family for p in every))
    lines, details, limits = [], [], []
    reached: dict[str, list[str]] = {}
    for family in families:
        chosen = ways(every, family)
        measured_parts = [p for p in every if p.family == family and p.measured]
        halves = {p.name: p.half(p.rows[DEFAULT_PROJECTOR]) for p in measured_parts}
        for origin, model in chosen.items():
            values = np.concatenate([_values(halves[p.name], model(p)) for p in measured_parts])
            right = np.concatenate([halves[p.name].right for p in measured_parts])
            overall = reliability(values, right)
            share = overall.right / overall.entities
            if overall.ece <= ECE and (overall.auroc or 0) >= AUROC:
                reached.setdefault(origin, []).append(family)
            lines.append(
                f"| {family} | {origin} | {overall.entities} | {share:.3f} | {values.mean():.3f} |"
                f" {overall.ece:.3f} | {overall.auroc or 0:.3f} |"
            )
            if origin == "other data sets, moved by its other half":
                limits += _limits(family, values, right, sum(p.gold for p in measured_parts))
        for part in measured_parts:
            cells = []
            for origin in (
                "shipped",
                "other data sets",
                "other data sets, moved by its other half",
            ):
                scores = measured(halves[part.name], chosen[origin](part))
                cells.append(f"{scores.ece:.3f} / {scores.auroc or 0:.3f}")
            count = len(halves[part.name].right)
            details.append(f"| {family}, {part.name} | {count} | {' | '.join(cells)} |")
    goal = [
        f"- {origin}: {', '.join(reached.get(origin, ['on none']))}" for origin in ways_named(every)
    ]
    return "\n".join(
        [*_HEAD, *lines, "", _GOAL, "", *goal, "", *_DETAILS, *details, "", *_LIMITS, *limits, ""]
    )


def _limits(
    family: str, values: Vector[np.float64], right: Vector[np.bool_], gold: int
) -> list[str]:
    return [
        f"| {family} | {row.at:g} | {row.entities} |"
        f" {'–' if row.precision is None else f'{row.precision:.3f}'} |"
        f" {'–' if row.recall is None else f'{row.recall:.3f}'} |"
        for row in thresholds(values, right, gold, SHOWN)
    ]


_HEAD = [
    "# Confidence as a probability",
    "",
    "    python -m benchmarks.confidence --write",
    "",
    "P(span and label right) of every entity that the default projector places. Measured on one"
    " half of the sentences of each data set; ECE in ten bins. The goal is ECE at most .05 and"
    " AUROC at least .85. Europarl, PUD (gold source labels) and MAFAND (Mini's labels) are"
    " aligned by Mini; DATE and MISC are left out of Bambara and MAFAND, as everywhere.",
    "",
    "- **links alone**: what confidence was before.",
    "- **shipped**: `xproj_core/confidence/weights.json`, fitted on none of these data.",
    "- **other data sets**: fitted on all data sets but this one; no sentence of this one is used."
    " With a **strong prior** the weights stay nearer to 0.",
    "- **other halves**: fitted on the halves of all data sets that are not measured.",
    "- **moved by its other half**: the fit from other data sets, moved towards the half of this"
    " one that is not measured, as `xproj confidence` does with a user's own gold.",
    "- **its other half alone**: fitted on that half and nothing else.",
    "",
    "| data set | fitted on | entities | right | expected | ECE | AUROC |",
    "|---|---|---|---|---|---|---|",
]
_GOAL = f"ECE at most {ECE} and AUROC at least {AUROC} are both reached on:"
_DETAILS = [
    "Part by part, ECE / AUROC (a few hundred entities each: an ECE of .03 to .05 is then chance):",
    "",
    "| part | entities | shipped | other data sets | moved by its other half |",
    "|---|---|---|---|---|",
]
_LIMITS = [
    "What a threshold gives (moved by its other half):",
    "",
    "| data set | at least | entities | precision | recall |",
    "|---|---|---|---|---|",
]


def main() -> None:
    """Print the tables, or write them down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write benchmarks/confidence.md")
    options = parser.parse_args()
    started = time.perf_counter()
    text = report(parts())
    print(text)
    print(f"{time.perf_counter() - started:.0f} s")
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
