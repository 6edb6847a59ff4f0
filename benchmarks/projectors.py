"""Entity F1 of every projector, and what its options are worth.

    python -m benchmarks.projectors --write

Published alignments: the Bambara chain, English-Spanish opinion targets. Aligned here, by the
engine's aligner: Europarl-NER and PUD, English gold entities onto the translation. Strict spans,
in per cent. `--write` puts the table into benchmarks/projectors.md.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.parallel_gold import read
from tests.published import DATA, Corpus, bambara, opinions
from xproj_core.domain import Evidence, Sentence
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.models.protocols import Aligner
from xproj_core.project import projectors

CHARACTERS: dict[str, object] = {"length_ratio": 0.6, "ratio_of": "characters"}
COVER: dict[str, object] = {"links": 0.0, "cover": 1.0}
MATCHING: tuple[dict[str, object], ...] = (
    {"ties": "shorter"},
    {"ties": "leftmost"},
    {"soft": True},
    COVER,
    {**COVER, "soft": True},
    {"length_ratio": 0.5},
    {"length_ratio": 0.8},
    CHARACTERS,
    {**CHARACTERS, "soft": True},
)
VARIANTS: list[tuple[str, dict[str, object]]] = [
    *((name, {}) for name in projectors.names()),
    ("elp", {"collisions": "overlap"}),
    *(("match-exact", options) for options in MATCHING),
]


def main() -> None:
    """Print the table, or write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="mini")
    parser.add_argument("--write", action="store_true", help="write benchmarks/projectors.md")
    options = parser.parse_args()
    aligner = load_engine(options.engine).aligner
    text = report(corpora(aligner), aligner.name)
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


def corpora(aligner: Aligner) -> dict[str, Corpus]:
    """Name to evidence and gold entities."""
    named_corpora = {
        "bam": bambara(),
        "es opinions, AWESoME": opinions("awesome", "train"),
        "es opinions, SimAlign": opinions("simalign", "train"),
    }
    for folder, targets in (("europarl-ner", ("de", "es")), ("pud-ner", ("pt", "sv"))):
        sides = read(DATA / folder)
        for language in targets:
            named_corpora[f"{language} {folder.partition('-')[0]}"] = aligned(
                sides["en"], sides[language], aligner
            )
    return named_corpora


def aligned(sources: Sequence[Sentence], golds: Sequence[Sentence], aligner: Aligner) -> Corpus:
    """Evidence from sentences that translate each other."""
    alignments = aligner.align(list(zip(sources, golds, strict=True)))
    evidence = [
        Evidence("given", s, g.labelled(()), a, (s, g), (a,))
        for s, g, a in zip(sources, golds, alignments, strict=True)
    ]
    return evidence, [g.spans for g in golds]


def report(data: dict[str, Corpus], aligner: str) -> str:
    """One row per projector and setting."""
    rows = []
    for name, options in VARIANTS:
        projector = projectors.create(name, **options)
        values = []
        for corpus, (evidence, gold) in data.items():
            spans = [p.spans for p in projector.project(evidence)]
            ignore = ("DATE", "MISC") if corpus == "bam" else ()
            values.append(100 * score_spans(gold, spans, ignore).overall.f1)
        option_text = ", ".join(f"{k}={v}" for k, v in options.items())
        cells = [f"{v:.1f}" for v in (*values, sum(values) / len(values))]
        rows.append(f"| {name} | {option_text} | {' | '.join(cells)} |")
    return "\n".join(
        [
            "# Projectors side by side",
            "",
            f"Entity F1. Europarl and PUD were aligned by {aligner}, the others carry published"
            " alignments (hard, so that soft links change nothing there).",
            "",
            "    python -m benchmarks.projectors --write",
            "",
            f"| projector | set | {' | '.join(data)} | mean |",
            f"|---|---|{'---|' * (len(data) + 1)}",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
