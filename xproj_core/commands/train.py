"""Teach Mini a pair of languages from sentence pairs, and to tag one of them from labels."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.learn.teaching_report import HELD_OUT

if TYPE_CHECKING:
    from xproj_core.evaluate.scores.entities import EntityScores
    from xproj_core.learn.teaching_report import TaggerReport

SUMMARY = "teach Mini a pair of languages"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--pairs", type=Path, required=True, help="TSV, source<TAB>target")
    parser.add_argument("--source", required=True, help="language of the first column")
    parser.add_argument("--target", required=True, help="language of the second column")
    parser.add_argument("--labelled", type=Path, help="CoNLL with IOB2 tags, to learn to tag from")
    parser.add_argument("--labelled-language", metavar="CODE", help="its language, if not --target")
    parser.add_argument(
        "--gold", type=Path, help="CoNLL that people labelled, to score the tagger on"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, required=True, help="folder to write")


def run(options: argparse.Namespace) -> None:
    """Train translator, aligner and tagger; print how good they are on held-out sentences."""
    from xproj_core.learn import trainers

    taught = trainers.create("mini")(
        options.pairs,
        options.source,
        options.target,
        options.output,
        labelled=options.labelled,
        labelled_language=options.labelled_language,
        gold=options.gold,
        seed=options.seed,
        progress=_Progress(),
    )
    report = taught.report
    print(f"{report.pairs} sentence pairs in {taught.seconds:.0f} s, {report.held_out} held out")
    for direction, chrf in report.chrf.items():
        print(f"{direction}: chrF {chrf:.1f}")
        for example in report.examples.get(direction, ())[:3]:
            print(f"  {example.source}\n  → {example.translation}\n    ({example.reference})")
    if taught.tagger is not None:
        _print_tagger(taught.tagger)
    size = sum(taught.sizes.values()) / 2**20
    print(f"{taught.folder}, {size:.1f} MB. Use it as the engine mini:{taught.folder}")


def _print_tagger(report: TaggerReport) -> None:
    print(
        f"tagger: {report.sentences} sentences with {report.entities} entities,"
        f" {report.held_out} of them held out"
    )
    _print_scores(report.scores)
    if report.gold is None:
        print(f"  {HELD_OUT} Give one with --gold.")
    else:
        print(f"  on {report.gold.sentences} sentences that people labelled:")
        _print_scores(report.gold.scores)
    for example in report.examples[:3]:
        predicted, gold = example.marked()
        print(f"  {predicted}" if predicted == gold else f"  {predicted}\n    ({gold})")


def _print_scores(scores: EntityScores) -> None:
    for label, score in {"all": scores.overall, **scores.per_label}.items():
        print(
            f"  {label}: F1 {100 * score.f1:.1f} ({score.n_correct} right of"
            f" {score.n_predicted} found and {score.n_gold} in the file)"
        )


class _Progress:
    """Prints how far training is and how long the rest will take."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._said = -1

    def __call__(self, done: float, what: str) -> None:
        percent = int(done * 100)
        if percent == self._said:
            return
        self._said = percent
        spent = time.monotonic() - self._started
        left = f", {spent / done - spent:.0f} s left" if done > 0.05 else ""
        print(f"{percent:3d} % {what}{left}", file=sys.stderr)
