"""Score predicted entities against gold ones."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from xproj_core.commands.output import tell
from xproj_core.domain.errors import InputError
from xproj_core.evaluate.scores import significance
from xproj_core.evaluate.scores.entities import EntityScores, score_tags
from xproj_core.formats import conll, iob

SUMMARY = "entity precision, recall and F1"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--gold", type=Path, required=True, help="CoNLL")
    parser.add_argument("--predicted", type=Path, required=True, help="CoNLL, the same tokens")
    parser.add_argument("--ignore", default="", metavar="MISC,DATE", help="labels to leave out")
    parser.add_argument(
        "--scheme",
        choices=("strict", "conll"),
        default="strict",
        help="strict IOB2 (an I- without a B- is nothing), or as conlleval reads tags",
    )
    parser.add_argument(
        "--bootstrap",
        action="store_true",
        help="95 %% intervals, from 10,000 resamples of the sentences",
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="OTHER",
        help="another system's CoNLL: is the difference in F1 more than chance?",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> None:
    """Print the scores."""
    gold = conll.load(options.gold)
    tell(gold.notes)
    predicted = _beside(gold, options, options.predicted)
    ignored = {label.strip() for label in options.ignore.split(",") if label.strip()}
    scores = score_tags(
        [s.tags for s in gold.tagged], [s.tags for s in predicted.tagged], options.scheme, ignored
    )
    report: dict[str, object] = scores.as_dict()
    lines = [table(scores)]
    if options.bootstrap or options.against:
        counts = [_counts(gold, predicted, options.scheme, ignored)]
        if options.against:
            other = _beside(gold, options, options.against)
            counts.append(_counts(gold, other, options.scheme, ignored))
        if options.bootstrap:
            report["intervals"], line = _intervals(counts[0])
            lines.append(line)
        if options.against:
            report["against"], line = _against(counts, options)
            lines.append(line)
    print(json.dumps(report, indent=2) if options.json else "\n".join(lines))


def _beside(gold: conll.ConllFile, options: argparse.Namespace, path: Path) -> conll.ConllFile:
    """A system's file, which has to hold the sentences of the gold one."""
    predicted = conll.load(path)
    tell(predicted.notes)
    if len(gold.tagged) != len(predicted.tagged):
        raise InputError(
            f"{options.gold} has {len(gold.tagged)} sentences and {path} has"
            f" {len(predicted.tagged)}: they must hold the same sentences."
        )
    tell(_differences(gold, predicted))
    return predicted


def _counts(
    gold: conll.ConllFile, predicted: conll.ConllFile, scheme: iob.Scheme, ignored: set[str]
) -> significance.Counts:
    sides = [
        [
            [s for s in iob.spans(sentence.tags, scheme) if s.label not in ignored]
            for sentence in file.tagged
        ]
        for file in (gold, predicted)
    ]
    return significance.sentence_counts(*sides)


def _intervals(counts: significance.Counts) -> tuple[dict[str, list[float]], str]:
    drawn = significance.resampled(counts)
    intervals = {
        name: [float(end) for end in significance.interval(statistic(drawn))]
        for name, statistic in significance.STATISTICS.items()
    }
    text = ", ".join(f"{name} {a * 100:.2f} to {b * 100:.2f}" for name, (a, b) in intervals.items())
    return intervals, f"95 % intervals (10,000 resamples of the sentences): {text}"


def _against(
    counts: list[significance.Counts], options: argparse.Namespace
) -> tuple[dict[str, object], str]:
    names = (str(options.predicted), str(options.against))
    (difference,) = significance.differences(np.stack(counts, axis=1), names)
    comparison: dict[str, object] = {
        "file": names[1],
        "difference": difference.difference,
        "low": difference.low,
        "high": difference.high,
        "p": difference.p,
    }
    text = (
        f"F1 minus that of {names[1]}: {difference.difference * 100:+.2f}, 95 % interval"
        f" {difference.low * 100:+.2f} to {difference.high * 100:+.2f}, p = {difference.p:.4f}"
        " (two-sided"
        " approximate randomisation, 10,000 shuffles)"
    )
    return comparison, text


def _differences(gold: conll.ConllFile, predicted: conll.ConllFile) -> list[str]:
    """A note where the two files do not hold the same words: the scores may mean nothing."""
    differences = [
        (ours.line + k, predicted_sentence.line + k, a, b)
        for ours, predicted_sentence in zip(gold.tagged, predicted.tagged, strict=True)
        for k, (a, b) in enumerate(zip(ours.tokens, predicted_sentence.tokens, strict=False))
        if a != b
    ]
    if not differences:
        return []
    line, other, a, b = differences[0]
    return [
        f"{len(differences)} tokens differ between the files, the first {a!r} in line {line} of"
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
