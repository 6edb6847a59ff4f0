"""What teaching Mini a pair of languages costs: time and memory against number of pairs.

    python -m benchmarks.teaching [--sizes 1000 5000 ...] [--write]

Each size runs in a process of its own. Pairs are German–English ones of Tatoeba in random order;
where there are not enough of them, two are joined into one ("A. B." with its translation), never
the same two twice. Held-out chrF says that something was learnt; of joined sentences it says
nothing, since their halves are trained on, and is left out. Lines are added to
benchmarks/teaching.md as they come.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from training.tatoeba import Pair, read_zip

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 5_000, 20_000, 100_000, 500_000, 1_000_000)
REAL = 169_159
HEADER = """# Teaching Mini, measured

    python -m benchmarks.teaching --write

German–English sentence pairs of Tatoeba; above 169,159, pairs joined from two. Each row is one
`xproj_core.train.teach.teach` in a process of its own: reading, word alignment, phrase tables,
language models, tuning, scoring on held-out sentences (chrF in the last columns; none for joined
pairs, whose halves are trained on), the lexicon. Memory grows with the number of pairs.
Processor time is what it costs; wall time was taken on two cores that other work shared.

| pairs | processor s | wall s | peak memory, MB | on disk, MB | phrase pairs | de-en | en-de |
|---|---|---|---|---|---|---|---|
"""
_RUN = """
import resource, sys, time
from xproj_core.train.teach import teach
begun = time.monotonic()
taught = teach(sys.argv[1], "de", "en", sys.argv[2])
wall = time.monotonic() - begun
used = resource.getrusage(resource.RUSAGE_SELF)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = used.ru_utime + used.ru_stime + children.ru_utime + children.ru_stime
report = taught.report
memory, size = used.ru_maxrss / 1024, sum(taught.sizes.values()) / 1e6
print(f"{report.pairs:,} | {spent:.0f} | {wall:.0f} | {memory:.0f} | {size:.1f}"
      f" | {report.phrase_pairs:,}"
      f" | {report.chrf['de-en']:.1f} | {report.chrf['en-de']:.1f}")
"""


def pairs(size: int) -> Iterator[Pair]:
    """`size` different (German, English) pairs."""
    chance = random.Random(5)
    real = [(b, a) for a, b in read_zip(ROOT / "../shared/data/train-parallel/deu-eng.zip")]
    chance.shuffle(real)
    yield from real[:size]
    seen: set[tuple[int, int]] = set()
    while len(seen) < size - len(real):
        i, j = chance.randrange(len(real)), chance.randrange(len(real))
        if (i, j) not in seen:
            seen.add((i, j))
            yield f"{real[i][0]} {real[j][0]}", f"{real[i][1]} {real[j][1]}"


def measured(size: int) -> str:
    """One row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pairs.tsv"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{a}\t{b}\n" for a, b in pairs(size))
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(file), f"{folder}/out"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
    trained, *cells = done.stdout.strip().split(" | ")
    if size > REAL:
        cells[-2:] = ["", ""]
    return f"| {size:,} ({trained} to train on) | {' | '.join(cells)} |\n"


def main() -> None:
    """Measure every size, smallest first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--write", action="store_true", help="benchmarks/teaching.md")
    options = parser.parse_args()
    file = Path(__file__).with_suffix(".md")
    if options.write:
        file.write_text(HEADER, encoding="utf-8")
    for size in sorted(options.sizes):
        row = measured(size)
        print(row, end="", flush=True)
        if options.write:
            with file.open("a", encoding="utf-8") as written:
                written.write(row)


if __name__ == "__main__":
    main()
