"""How long the projection step takes, each projector beside its own published counterpart.

    python -m benchmarks.projection --write

Every projector, traces included, over the Bambara chain (1,274 sentences), best of several runs.
The counterparts are plain re-implementations of the published rules (tests/published_rules.py),
which get the links as lists and give tags without any trace. Heuristics are compared with
heuristics, n-gram matching with n-gram matching, and only what gives the same tags.
`--write` puts the table into benchmarks/projection.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.published import Corpus, bambara
from tests.published_rules import (
    elp_runs,
    link_pairs,
    min_max_tags,
    ngram_tags,
    seed_tags,
    thesis_tags,
)
from xproj_core.domain import Evidence, Projection
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.project import projectors
from xproj_core.project.base import Projector, tags_of

PUBLISHED_SECONDS = 133.0  # the seed paper's published n-gram code over the same chain, quoted
Rule = Callable[..., object]
Timings = list[tuple[float, list[Projection]]]
Options = dict[str, object]
NGRAMS: Options = {"ties": "leftmost", "exclude_marks": True}
COUNTERPARTS: list[tuple[str, Options, str, Rule]] = [
    ("seed-heuristic", {}, "the seed paper's heuristic", seed_tags),
    ("thesis-published", {}, "the thesis's heuristic", thesis_tags),
    ("elp-published", {}, "Easy-Label-Projection without collisions", elp_runs),
    ("min-max", {}, "first to last linked word", min_max_tags),
    ("match-greedy", NGRAMS, "unbounded n-gram matching", ngram_tags),
]
VARIANTS: list[tuple[str, Options]] = [
    *((name, {}) for name in projectors.names()),
    ("match-greedy", NGRAMS),
    ("match-exact", {"length_ratio": 0.8}),
]


def main() -> None:
    """Print the table, or write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20, help="runs of each projector")
    parser.add_argument("--write", action="store_true", help="write benchmarks/projection.md")
    options = parser.parse_args()
    text = report(bambara(), options.runs)
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time that `work` took, and what it gave."""
    started = time.process_time()
    result = work()
    return time.process_time() - started, result


def best_of(makers: Sequence[Projector], evidence: Sequence[Evidence], runs: int) -> Timings:
    """The fastest run of each projector; the projectors take turns, so that load hits all."""
    best: dict[int, tuple[float, list[Projection]]] = {}
    for _ in range(runs):
        for n, projector in enumerate(makers):
            took, projections = timed(lambda p=projector: p.project(evidence))  # type: ignore[misc]
            if n not in best or took < best[n][0]:
                best[n] = took, projections
    return [best[n] for n in range(len(makers))]


def report(corpus: Corpus, runs: int) -> str:
    """The measurements as Markdown."""
    evidence, gold = corpus
    makers = [projectors.create(name, **options) for name, options in VARIANTS]
    timings = best_of(makers, evidence, runs)
    rows = []
    for (name, options), (took, projections) in zip(VARIANTS, timings, strict=True):
        f1 = score_spans(gold, [p.spans for p in projections], ("DATE", "MISC")).overall.f1
        rows.append(f"| {name} | {written(options)} | {took:.3f} | {100 * f1:.1f} |")
    seconds = {(n, written(o)): took for (n, o), (took, _) in zip(VARIANTS, timings, strict=True)}
    times_greedy = seconds["match-exact", ""] / seconds["match-greedy", ""]
    return "\n".join(
        [
            "# The projection step over the Bambara chain",
            "",
            f"1,274 sentences, {sum(len(e.source.spans) for e in evidence):,} source entities;"
            f" traces included; processor time, best of {runs} runs; Python"
            f" {platform.python_version()}, {os.cpu_count()} cores, one of them used.",
            "",
            "    python -m benchmarks.projection --write",
            "",
            "| projector | set | seconds | F1 |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Exact solving takes {times_greedy:.2f} times as long as greedy.",
            "",
            "## Each beside its own counterpart",
            "",
            "The published rules, re-implemented plainly. They get the links as a list, give tags"
            " and no trace; ours reads the links from a matrix and says of every entity why it is"
            " where it is. The two take turns; the n-gram code, which is slow, runs once.",
            "",
            "| counterpart | seconds | ours | seconds | counterpart : ours | same tags |",
            "|---|---|---|---|---|---|",
            *(beside(evidence, *counterpart, runs) for counterpart in COUNTERPARTS),
            "",
            f"The seed paper's published n-gram code takes {PUBLISHED_SECONDS:.0f} s for this chain"
            " (quoted, not measured in this run). That figure is for n-gram matching alone and"
            " says nothing about any heuristic.",
            "",
        ]
    )


def written(options: Options) -> str:
    """Options as a cell of a table."""
    return ", ".join(f"{k}={v}" for k, v in options.items())


def beside(
    evidence: Sequence[Evidence], name: str, options: Options, title: str, rule: Rule, runs: int
) -> str:
    """A row: the counterpart's time, ours, and in how many sentences both give the same tags."""
    projector = projectors.create(name, **options)
    links = [link_pairs(instance) for instance in evidence]

    def plainly() -> list[object]:
        return [rule(e, links=own) for e, own in zip(evidence, links, strict=True)]

    plain, tags = timed(plainly)
    best, projections = timed(lambda: projector.project(evidence))
    for _ in range(runs):
        best = min(best, timed(lambda: projector.project(evidence))[0])
        if rule is not ngram_tags:
            plain = min(plain, timed(plainly)[0])
    same = sum(
        list(tags_of(p, len(e.target))) == own
        for e, p, own in zip(evidence, projections, tags, strict=True)
    )
    agreement = "" if rule is elp_runs else f"{same:,} of {len(evidence):,}"
    return (
        f"| {title} | {plain:.3f} | {name} {written(options)} | {best:.3f} |"
        f" {plain / best:.2f} | {agreement} |"
    )


if __name__ == "__main__":
    main()
