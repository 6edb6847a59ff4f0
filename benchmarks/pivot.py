"""Direct, pivot and refined alignment on parallel text with gold entities on every side.

    python -m benchmarks.pivot ../shared/data/europarl-ner ../shared/data/pud-ner

The human translations are taken as they are; only the alignment is the engine's. Labels go
from the gold source to the target; strict entity F1 on the target's gold labels, in per cent.
For back-translation the way back leads through the third language as well: the source side's
own sentence stands in for b, so what is measured there is refinement by composition alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from xproj_core.align.compose import compose, refine
from xproj_core.domain import Evidence, Sentence
from xproj_core.engines import Aligner
from xproj_core.evaluate.entities import score_spans
from xproj_core.formats import conll
from xproj_core.presets import load_engine
from xproj_core.project import projectors

Corpus = dict[str, list[Sentence]]


def main() -> None:
    """Print one Markdown table per corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--engine", default="mini")
    parser.add_argument("--projector", default="match-exact")
    parser.add_argument("--thresholds", type=float, nargs="+", default=[0.3])
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    aligner = load_engine(options.engine).aligner
    for folder in options.corpora:
        corpus = {k: v[: options.limit] for k, v in read(folder).items()}
        print(f"\n{folder.name}, {options.projector}, {aligner.name}\n")
        columns = "direct | pivot | interpolate | intersect | union"
        print(f"| source → target | pivot | threshold | {columns} |")
        print("|---|---|---|---|---|---|---|---|")
        for row in table(corpus, aligner, options.projector, options.thresholds):
            print("| " + " | ".join(row) + " |")


def read(folder: Path) -> Corpus:
    """Language to sentences, line by line the same."""
    files = sorted(folder.glob("*-europarl.test.conll02"))
    if files:
        return {f.name[:2]: conll.load(f).sentences(f.name[:2]) for f in files}
    (file,) = folder.glob("*.jsonl")
    corpus: Corpus = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        for language, side in json.loads(line).items():
            if isinstance(side, dict) and "tokens" in side:
                one = conll.Tagged(tuple(side["tokens"]), tuple(side["tags"]))
                corpus.setdefault(language, []).extend(conll.ConllFile((one,)).sentences(language))
    return corpus


def table(
    corpus: Corpus, aligner: Aligner, projector: str, thresholds: list[float]
) -> Iterator[tuple[str, ...]]:
    """One row per source, target, pivot and threshold."""
    links = {
        (a, b): aligner.align(
            [(s.labelled(()), t.labelled(())) for s, t in zip(corpus[a], corpus[b], strict=True)]
        )
        for a, b in permutations(corpus, 2)
    }
    for source, target, pivot in permutations(corpus, 3):
        direct = links[source, target]
        hops = list(zip(links[source, pivot], links[pivot, target], strict=True))
        for threshold in thresholds:
            joined = [compose(a, b, threshold=threshold) for a, b in hops]
            made = [direct, joined]
            for how in ("interpolate", "intersect", "union"):
                pairs = zip(direct, joined, strict=True)
                made.append([refine(d, c, how, threshold=threshold) for d, c in pairs])  # type: ignore[arg-type]
            scores = [f1(corpus[source], corpus[target], one, projector) for one in made]
            yield (f"{source} → {target}", pivot, f"{threshold:g}", *(f"{s:.1f}" for s in scores))


def f1(sources: list[Sentence], targets: list[Sentence], alignments: list, projector: str) -> float:  # type: ignore[type-arg]
    """Strict F1 in per cent of the source's labels projected."""
    evidence = [
        Evidence("given", s, t, a, (s, t), (a,))
        for s, t, a in zip(sources, targets, alignments, strict=True)
    ]
    projected = projectors.create(projector).project(evidence)
    return score_spans([t.spans for t in targets], [p.spans for p in projected]).overall.f1 * 100


if __name__ == "__main__":
    main()
