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
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

from benchmarks.parallel_gold import Corpus, items, read
from tests.published import DATA
from xproj_core.align.compose import Refinement, refine
from xproj_core.answers.many_items import Given, Job
from xproj_core.domain import Evidence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.engines.presets import load_engine
from xproj_core.methods import Method, Mode, Steps, Task, methods
from xproj_core.methods.pivot import Pivot
from xproj_core.project import projectors
from xproj_core.robustness.counts import Condition, Tally
from xproj_core.robustness.sweep import Sweep

SEEDS = {"alignment": (1, 2)}
"""Elsewhere one: every sentence has draws of its own, so that resampling sentences covers them."""
GROUPS: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
    "alignment": (("drop-links", "add-links", "shift-links"), (0.1, 0.3, 0.5)),
    "labels": (("miss-labels", "spurious-labels", "move-boundaries", "change-labels"), (0.3,)),
    "translation": (
        ("drop-words", "repeat-words", "untranslated-words", "reorder-words", "drop-entities"),
        (0.2,),
    ),
    "text": (("characters", "keyboard", "ocr"), (0.1,)),
    "casing": (("casing",), (1.0,)),
    "tokens": (("attach-punctuation", "split-words", "join-words"), (1.0,)),
}
FOLDERS = {"europarl": DATA / "europarl-ner", "pud": DATA / "pud-ner"}
FIRST = {"europarl": 0, "pud": 100_000}
"""Sentences of the two corpora are resampled apart, those of one corpus together."""
MACHINE = (("en", "de", "fr"), ("en", "es", "fr"))


@dataclass(frozen=True)
class Refined:
    """The direct alignment refined by the one through the pivot, as back-translation does it."""

    how: Refinement

    @property
    def name(self) -> str:
        return self.how

    def gather(self, tasks: list[Task], steps: Steps) -> list[Evidence | XProjError]:
        """The pivot's evidence with another alignment."""
        return lift(self._joined, Pivot(direct_share=0.5).gather(tasks, steps))

    def _joined(self, evidence: Evidence) -> Evidence:
        made = refine(evidence.parts["direct"], evidence.parts["composed"], self.how)
        return Evidence(
            "pivot",
            evidence.source,
            evidence.target,
            made,
            evidence.chain,
            evidence.hops,
            evidence.parts,
            origins=evidence.origins,
        )


@dataclass(frozen=True)
class Work:
    """One task: a corpus, a direction, a pivot and a group of noises."""

    setting: str  # "isolated" or "machine"
    corpus: str
    source: str
    target: str
    pivot: str
    group: str

    @property
    def file(self) -> str:
        return (
            "-".join((self.setting, self.corpus, self.source, self.target, self.pivot, self.group))
            + ".npz"
        )

    def job(self) -> Job:
        """Its systems."""
        own: list[Method] = [methods.create("direct"), methods.create("pivot")]
        if self.setting == "isolated":
            own += [Refined("interpolate"), Refined("intersect"), Refined("union")]  # type: ignore[list-item]
            given = Given()
        else:
            own += [methods.create("back_translation")]
            given = Given(translations=False, labels=False)
        return Job(
            load_engine("mini"),
            own,
            [projectors.create("match-exact")],
            Mode.LABEL,
            self.source,
            self.target,
            self.pivot,
            given,
        )


def plan() -> Iterator[Work]:
    """Every task; Europarl first, and of its noises those that the question is about."""
    parts = [("isolated", "europarl", g) for g in ("alignment", "labels", "translation")]
    parts += [("machine", "europarl", g) for g in ("alignment", "labels")]
    parts += [("isolated", "europarl", "text"), ("machine", "europarl", "translation")]
    parts += [("machine", "europarl", "text"), ("isolated", "europarl", "casing")]
    parts += [("isolated", "europarl", "tokens")]
    parts += [("isolated", "pud", g) for g in GROUPS]
    parts += [("machine", "europarl", g) for g in ("casing", "tokens")]
    for setting, corpus, group in parts:
        codes = ("en", "de", "es") if corpus == "europarl" else ("en", "pt", "sv")
        for source, target, pivot in permutations(codes) if setting == "isolated" else MACHINE:
            yield Work(setting, corpus, source, target, pivot, group)


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


def load(path: Path) -> Tally:
    """What `save` wrote."""
    tally = Tally()
    with np.load(path) as arrays:
        tally.sentences = int(arrays["sentences"])
        for name in arrays.files:
            if name != "sentences":
                noise, rate, seed, system = name.split("\t")
                condition = Condition(noise, float(rate), int(seed))
                tally.counts.setdefault(condition, {})[system] = arrays[name].astype(float)
                tally.problems.setdefault(condition, {})[system] = 0
    return tally


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
