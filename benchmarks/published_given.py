"""Corpora whose source labels and links were published with them: only projecting is ours."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.published_corpora import (
    Published,
    Tags,
    bambara_chain,
    bambara_projected,
    opinion_targets,
    opinions_projected,
)
from benchmarks.published_literature import published, settings
from xproj_core.evaluate.scores.entities import score_tags
from xproj_core.formats.iob import Scheme
from xproj_core.project import projectors
from xproj_core.project.base import tags_of

SCHEMES: tuple[Scheme, ...] = ("strict", "conll")
FOUR = ("seed-heuristic", "elp-published", "min-max", "match-exact")


def projected(data: Published, name: str, **options: object) -> list[Tags]:
    """The tags that a projector writes."""
    projections = projectors.create(name, **options).project(data.evidence)
    return [
        tuple(tags_of(p, len(e.target))) for p, e in zip(projections, data.evidence, strict=True)
    ]


def cells(data: Published, tags: Sequence[Tags]) -> str:
    """P, R and F1 strict, and F1 as conlleval reads it."""
    strict, conll = (score_tags(data.gold, tags, scheme, data.ignore).overall for scheme in SCHEMES)
    return " | ".join(
        f"{100 * x:.1f}" for x in (strict.precision, strict.recall, strict.f1, conll.f1)
    )


def bambara() -> str:
    """The published chain, all projectors."""
    data = bambara_chain()
    variants: list[tuple[str, dict[str, object]]] = [
        *((name, {}) for name in projectors.names()),
        ("min-max", {"comp_tgt": True}),
        ("match-greedy", {"ties": "leftmost"}),
        ("match-exact", {"ties": "leftmost"}),
        ("match-exact", {"length_ratio": 0.8}),
    ]
    rows = [
        f"| {_named(name, options)} | {cells(data, projected(data, name, **options))} |"
        for name, options in variants
    ]
    return "\n".join(
        [
            f"All {len(data.gold):,} sentences of MasakhaNER2 Bambara, test; PER, LOC, ORG (DATE"
            " and MISC left out on both sides). Translation (NLLB-3.3B), English labels and"
            " links are the published ones, so that only the projector differs.",
            "",
            "| projector | P strict | R strict | F1 strict | F1 conlleval |",
            "|---|---|---|---|---|",
            *rows,
            f"| *published projection (TransAlign, min–max), scored here* | "
            f"{cells(data, bambara_projected())} |",
            "",
            "`min-max` has the published projection's own score: P 50.33, R 60.62, F1 55.00 as"
            " conlleval reads tags (tests/unit/test_published.py). Published for Bambara:",
            "",
            published("masakhaner2", "bm"),
            "",
            "Settings:",
            "",
            *settings("masakhaner2", "bm"),
        ]
    )


def opinions() -> str:
    """Four projectors, two aligners, two splits; the published projections scored beside."""
    lines = []
    for split in ("train", "test"):
        for aligner, title in (("awesome", "AWESoME"), ("simalign", "SimAlign itermax")):
            data = opinion_targets(aligner, split)
            rows = {name: projected(data, name) for name in FOUR}
            rows["*published projection (ELP), scored here*"] = opinions_projected(aligner, split)
            lines += [
                f"| {split}, {len(data.gold):,} | {title} | {name} | {cells(data, tags)} |"
                for name, tags in rows.items()
            ]
    return "\n".join(
        [
            "SemEval-2016 opinion targets (one label): English gold, DeepL's Spanish with manual"
            " gold; links as published by ELP. All sentences that have gold.",
            "",
            "| split, sentences | links | projector | P strict | R strict | F1 strict | F1"
            " conlleval |",
            "|---|---|---|---|---|---|---|",
            *lines,
            "",
            "Published (ELP's README is for AWESoME on the training split):",
            "",
            published("absa", "es"),
            "",
            *settings("absa", "es"),
        ]
    )


def _named(name: str, options: dict[str, object]) -> str:
    option_text = ", ".join(f"{k}={v}" for k, v in options.items())
    return f"{name} ({option_text})" if option_text else name
