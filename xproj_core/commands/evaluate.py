"""Score predicted entities against gold ones."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from xproj_core.commands.files import tell
from xproj_core.errors import InputError
from xproj_core.evaluate.entities import EntityScores, score_tags
from xproj_core.formats import conll

SUMMARY = "entity precision, recall and F1"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--gold", type=Path, required=True, help="CoNLL")
    parser.add_argument("--predicted", type=Path, required=True, help="CoNLL, the same tokens")
    parser.add_argument("--ignore", default="", metavar="MISC,DATE", help="labels to leave out")
    parser.add_argument(
        "--scheme", choices=("strict", "conll"), default="strict",
        help="strict IOB2 (an I- without a B- is nothing), or as conlleval reads tags",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> None:
    """Print the scores."""
    gold, predicted = conll.load(options.gold), conll.load(options.predicted)
    tell(gold.notes + predicted.notes)
    if len(gold.tagged) != len(predicted.tagged):
        raise InputError(
            f"{options.gold} has {len(gold.tagged)} sentences and {options.predicted} has"
            f" {len(predicted.tagged)}: they must hold the same sentences."
        )
    tell(_differences(gold, predicted))
    ignored = {label.strip() for label in options.ignore.split(",") if label.strip()}
    scores = score_tags(
        [s.tags for s in gold.tagged], [s.tags for s in predicted.tagged], options.scheme, ignored
    )
    print(json.dumps(scores.as_dict(), indent=2) if options.json else table(scores))


def _differences(gold: conll.ConllFile, predicted: conll.ConllFile) -> list[str]:
    """A note where the two files do not hold the same words: the scores may mean nothing."""
    found = [
        (ours.line + k, theirs.line + k, a, b)
        for ours, theirs in zip(gold.tagged, predicted.tagged, strict=True)
        for k, (a, b) in enumerate(zip(ours.tokens, theirs.tokens, strict=False))
        if a != b
    ]
    if not found:
        return []
    line, other, a, b = found[0]
    return [
        f"{len(found)} tokens differ between the files, the first {a!r} in line {line} of"
        f" {gold.file} and {b!r} in line {other} of {predicted.file}. Are these the same sentences?"
    ]


def table(scores: EntityScores) -> str:
    """The scores for a reader, in per cent."""
    rows = [f"{'':10}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred.':>7}{'right':>7}"]
    for label, s in [*scores.per_label.items(), ("all", scores.overall)]:
        rows.append(
            f"{label:10}{s.precision * 100:7.2f}{s.recall * 100:7.2f}{s.f1 * 100:7.2f}"
            f"{s.n_gold:7}{s.n_predicted:7}{s.n_correct:7}"
        )
    return "\n".join(rows)
