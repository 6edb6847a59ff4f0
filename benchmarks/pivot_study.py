"""The pivot study: direct against pivot and refined alignment, clean and under every kind of noise.

    python -m benchmarks.pivot_study --work FOLDER      # half an hour; goes on where it stopped
    python -m benchmarks.pivot_study --work FOLDER --write

Isolated: human translations with gold labels on every side (Europarl-NER en, de, es; PUD en, pt,
sv), each language as source, target and pivot. Translate-test: the German and Spanish sides of
Europarl labelled through English by Mini alone. Counts go to FOLDER as they are made, a file for
each task; `--write` puts tables into benchmarks/pivot_study.md and the picture into docs/.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.parallel_gold import Corpus, items, read
from benchmarks.pivot_plan import GROUPS, Work, plan
from tests.published import DATA
from xproj_core.robustness.counts import Tally
from xproj_core.robustness.sweep import Sweep

SEEDS = {"alignment": (1, 2)}
"""Elsewhere one: every sentence has draws of its own, so that resampling sentences covers them."""
FOLDERS = {"europarl": DATA / "europarl-ner", "pud": DATA / "pud-ner"}
FIRST = {"europarl": 0, "pud": 100_000}
"""Sentences of the two corpora are resampled apart, those of one corpus together."""


def measure(work: Work, limit: int | None) -> Tally:
    """The counts of one task."""
    corpus = {k: v[:limit] for k, v in read(FOLDERS[work.corpus]).items()}
    noises, rates = GROUPS[work.group]
    ignore = () if work.setting == "isolated" else ("MISC",)  # Mini's tagger does not know it
    labels = ("PER", "LOC", "ORG", "MISC") if work.corpus == "europarl" else ("PER", "LOC", "ORG")
    sweep = Sweep(
        work.job(),
        noises,
        rates,
        SEEDS.get(work.group, (1,)),
        labels[:-1] if ignore else labels,
        ignore,
    )
    data = items(corpus, work.source, work.target, work.pivot)
    for start, stop in stretches(work, corpus):
        for _ in sweep.run(data[start:stop], FIRST[work.corpus] + start):
            pass
    return sweep.tally


def stretches(work: Work, corpus: Corpus) -> list[tuple[int, int]]:
    """Which sentences, as [start, stop).

    With gold source labels all but those without any entity, which count for nothing. By machine
    the first 200, with and without entities.
    """
    size = len(next(iter(corpus.values())))
    if work.setting == "machine":
        return [(0, min(size, 200))]
    return [(k, k + 1) for k in range(size) if any(side[k].spans for side in corpus.values())]


def save(tally: Tally, path: Path) -> None:
    """All counts, and how many sentences they are of."""
    arrays = {
        "\t".join((c.noise, repr(c.rate), str(c.seed), system)): counts.astype(np.int32)
        for c, systems in tally.counts.items()
        for system, counts in systems.items()
    }
    with path.with_suffix(".part").open("wb") as file:
        np.savez_compressed(file, sentences=np.array(tally.sentences), **arrays)  # type: ignore[arg-type]
    path.with_suffix(".part").replace(path)


def main() -> None:
    """Measure what is not measured yet, or write the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for the counts")
    parser.add_argument("--limit", type=int, help="sentences of each corpus")
    parser.add_argument("--write", action="store_true", help="write table and picture")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.write:
        from benchmarks.pivot_report import write

        write(options.work)
        return
    for work in plan():
        path = options.work / work.file
        if not path.exists():
            save(measure(work, options.limit), path)
            print(work.file, flush=True)


if __name__ == "__main__":
    main()
