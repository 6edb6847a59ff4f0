"""Projectors under alignment noise: the Bambara chain and English-Spanish opinion targets.

    python -m benchmarks.alignment_noise --write

Published alignments with links dropped, added and shifted, mean of three seeds, beside the
figures that were quoted for the same artefacts. `--write` puts the table into
benchmarks/alignment_noise.md.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from tests.published import Corpus, bambara, opinions
from xproj_core import signature
from xproj_core.align.imported import ImportedAligner
from xproj_core.corpus import Job
from xproj_core.engines import Engine
from xproj_core.items import Item, Links
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_core.robustness.results import Results, results
from xproj_core.robustness.sweep import Sweep
from xproj_core.translate.memory import TranslationMemory

RUNS = {"drop-links": (0.3,), "add-links": (0.3, 0.5), "shift-links": (0.3,)}
SEEDS = (1, 2, 3)
COVER: dict[str, object] = {"ties": "leftmost", "links": 0.0, "cover": 1.0}
PROJECTORS: dict[str, tuple[str, dict[str, object]]] = {
    "seed heuristic": ("seed-heuristic", {}),
    "ELP, gap fixed": ("elp", {}),
    "min-max": ("min-max", {}),
    "greedy, links": ("match-greedy", {"ties": "leftmost"}),
    "greedy, cover": ("match-greedy", COVER),
    "exact, cover, ours": ("match-exact", {"links": 0.0, "cover": 1.0}),
}
QUOTED: dict[str, tuple[str, ...]] = {
    "seed heuristic": ("58.7 / 94.6", "44.6 / 73.6", "50.8 / 79.7", "46.3 / 72.8", "38.3 / 65.4"),
    "ELP, gap fixed": ("56.7 / 93.4", "39.3 / 68.8", "50.3 / 78.1", "46.5 / 70.5", "37.0 / 63.1"),
    "min-max": ("55.0 / 94.0", "39.2 / 70.5", "34.0 / 64.4", "24.4 / 51.9", "35.0 / 63.5"),
    "greedy, links": ("55.6 / 93.0", "39.3 / 69.5", "49.9 / 78.9", "46.1 / 73.2", "34.9 / 62.9"),
    "greedy, cover": ("56.2 / 93.6", "39.4 / 69.8", "51.6 / 83.0", "47.9 / 76.8", "35.4 / 63.5"),
}
COLUMNS = ("clean", "drop .3", "add .3", "add .5", "shift .3")


def sweep(corpus: Corpus, ignore: tuple[str, ...]) -> dict[str, Results]:
    """Results by noise."""
    evidence, gold = corpus
    links, pairs, items = [], [], []
    for number, (one, spans) in enumerate(zip(evidence, gold, strict=True)):
        assert one.alignment is not None
        links.append(Links(frozenset(one.alignment.pairs())))
        pairs.append((one.source.tokens, one.target.tokens))
        items.append(
            Item(str(number), one.source, one.target.labelled(spans),
                 frozenset({"source", "target"}), links[-1])
        )  # fmt: skip
    job = Job(
        Engine("published", TranslationMemory([]), ImportedAligner(links, pairs)),
        [methods.create("direct")],
        [projectors.create(name, **options) for name, options in PROJECTORS.values()],
        Mode.LABEL, items[0].source.language, items[0].target.language,  # type: ignore[union-attr]
    )  # fmt: skip
    made = {}
    for noise, rates in RUNS.items():
        run = Sweep(job, [noise], rates, SEEDS, ignore=ignore)
        for tally in run.run(items):
            made[noise] = tally
        hashed = signature.data_hash(s for i in items for s in (i.source, i.target) if s)
        line = signature.line({**run.parts, "data": hashed})
        made[noise] = results(tally, line)
    return made


def cells(found: dict[str, Results]) -> list[list[tuple[float, float]]]:
    """Per projector and column F1 in per cent, and half its interval."""
    systems = found["drop-links"].systems
    table = []
    for system in systems:
        row = []
        for noise, rates in RUNS.items():
            points = found[noise].curve(noise, system).points
            wanted = (0.0, *rates) if noise == "drop-links" else rates
            row += [p.f1 for p in points if p.rate in wanted]
        table.append([(100 * e.value, 50 * (e.high - e.low)) for e in row])
    return table


def report() -> str:
    """The measurements as Markdown."""
    started = time.process_time()
    bam, es = sweep(bambara(), ("DATE", "MISC")), sweep(opinions("awesome", "test"), ())
    seconds = time.process_time() - started
    rows = []
    for name, ours, theirs in zip(PROJECTORS, cells(bam), cells(es), strict=True):
        quoted = QUOTED.get(name, ("",) * len(COLUMNS))
        for what, values in (
            ("here", [f"{a:.1f} ±{x:.1f} / {b:.1f} ±{y:.1f}"
                      for (a, x), (b, y) in zip(ours, theirs, strict=True)]),
            ("quoted", quoted),
        ):  # fmt: skip
            if any(values):
                rows.append(f"| {name if what == 'here' else ''} | {what} | "
                            + " | ".join(values) + " |")  # fmt: skip
    return "\n".join([
        "# Projectors under alignment noise", "",
        "    python -m benchmarks.alignment_noise --write", "",
        "Entity F1 in per cent, Bambara chain (1,274 sentences, TransAlign's links; DATE and MISC"
        " do not count) / Spanish opinion targets (676 sentences, AWESoME's links). Mean of seeds"
        f" {', '.join(map(str, SEEDS))}; ± is half of the 95 % interval over resampled sentences"
        " and seeds. *Quoted* are figures published with the definitions of the noises, of other"
        " draws.", "",
        f"| projector | | {' | '.join(COLUMNS)} |", "|---|---|" + "---|" * len(COLUMNS),
        *rows, "", EXPLANATION, "",
        f"Processor time for all of it: {seconds:.0f} s.", "",
        f"- `{bam['drop-links'].signature}`",
        f"- `{es['drop-links'].signature}`", "",
    ])  # fmt: skip


EXPLANATION = ""


def main() -> None:
    """Print the table, or write it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write benchmarks/alignment_noise.md")
    options = parser.parse_args()
    text = report()
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
