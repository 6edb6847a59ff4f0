"""Fit the confidence model that ships: `python -m training.confidence`.

Nothing but openly licensed sentences go in (see `confidence_chains` and `confidence_pairs`); data
that may only be measured on are read by `benchmarks/confidence.py` alone.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training import tatoeba
from training.confidence_chains import LABELS, Example, chains, germeval
from training.confidence_pairs import LABEL_NOISES, examples, names_of, pairs
from xproj_core.confidence.calibration_model import SHIPPED
from xproj_core.confidence.estimate import feature_table
from xproj_core.confidence.fitting import Rows, fit

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
LANGUAGES = ("de", "fr", "es", "sw", "zu", "ha")
WRONG_LABELS = 0.3
"""What examples with labels that are wrong on purpose count, beside others: labels that a person
gave are seldom wrong, labels of a tagger that gives no score often are, and a model cannot tell
which of the two it is looking at."""
PENALTY = 100.0
"""Of squared weights, in entities: what holds in these chains alone shall not weigh much."""
FITTED_ON = (
    "GermEval 2014 through Mini's chain (German to English and back), and Tatoeba and TICO-19"
    " pairs with exchanged names; neither is data that XProj is measured on"
)


def main() -> None:
    """Make the examples, fit, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chains", type=int, default=700, help="German sentences")
    parser.add_argument("--pairs", type=int, default=200, help="pairs of each language")
    parser.add_argument("--output", type=Path, default=SHIPPED)
    options = parser.parse_args()
    german = germeval(DATA / "ner-de-ru-tr/de/dev.txt", options.chains)
    all_examples = list(chains(german))
    names = names_of(german)
    parallel = tatoeba.read(DATA / "train-parallel", 1).train
    for k, language in enumerate(LANGUAGES):
        exchanged = pairs(parallel["en", language], language, names, options.pairs, 1)
        all_examples += examples(exchanged, language, (k + 1) * 100_000)
    rows = rows_of(all_examples)
    model = fit(rows, FITTED_ON, PENALTY)
    options.output.write_text(model.dumps(), encoding="utf-8")
    sure = model.probabilities(rows.values)
    print(f"{len(rows.right)} entities, {rows.right.mean():.3f} right, {sure.mean():.3f} expected")


def rows_of(all_examples: Sequence[Example]) -> Rows:
    """Every entity with one of `LABELS`, those of one kind as much together as of any other."""
    tables = feature_table(
        [example.evidence for example in all_examples],
        [example.projection for example in all_examples],
        [example.others for example in all_examples],
    )
    values, right, groups, kinds = [], [], [], []
    for example, table in zip(all_examples, tables, strict=True):
        for entity, row in zip(example.projection.entities, table, strict=True):
            if entity.span.label in LABELS:
                values.append(row)
                right.append(entity.span in example.gold)
                groups.append(example.group)
                kinds.append(example.source)
    counts = Counter(kinds)
    weights = np.array([_weight(kind) / counts[kind] for kind in kinds])
    for kind, count in sorted(counts.items()):
        share = np.mean([r for r, k in zip(right, kinds, strict=True) if k == kind])
        print(f"  {kind}: {count} entities, {share:.3f} right", flush=True)
    return Rows(np.array(values), np.array(right), np.array(groups), weights)


def _weight(kind: str) -> float:
    wrong = any(noise.name in kind for noise in LABEL_NOISES)
    return 500 * (WRONG_LABELS if wrong else 1.0)


if __name__ == "__main__":
    main()
