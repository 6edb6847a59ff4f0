"""Teach Mini a pair of languages from a file of sentence pairs."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

SUMMARY = "teach Mini a pair of languages"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--pairs", type=Path, required=True, help="TSV, source<TAB>target")
    parser.add_argument("--source", required=True, help="language of the first column")
    parser.add_argument("--target", required=True, help="language of the second column")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--output", type=Path, required=True, help="folder to write")


def run(options: argparse.Namespace) -> None:
    """Train translator and aligner; print how good they are on held-out sentences."""
    from xproj_core.train.teach import teach

    taught = teach(
        options.pairs, options.source, options.target, options.output,
        seed=options.seed, progress=_Progress(),
    )  # fmt: skip
    report = taught.report
    print(f"{report.pairs} sentence pairs in {taught.seconds:.0f} s, {report.held_out} held out")
    for direction, chrf in report.chrf.items():
        print(f"{direction}: chrF {chrf:.1f}")
        for example in report.examples.get(direction, ())[:3]:
            print(f"  {example.source}\n  → {example.translation}\n    ({example.reference})")
    size = sum(taught.sizes.values()) / 2**20
    print(f"{taught.folder}, {size:.1f} MB. Use it as the engine mini:{taught.folder}")


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
