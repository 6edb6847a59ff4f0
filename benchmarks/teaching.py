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
SIZES = (5_000, 50_000, 500_000, 1_000_000)
REAL = 169_159
HEADER = """# Teaching Mini, measured

    python -m benchmarks.teaching --write

German–English sentence pairs of Tatoeba; above 169,159, pairs joined from two. Each row is one
`xproj_core.mini.train.teach.teach` in a process of its own: reading, word alignment, phrase tables,
language models, tuning, scoring on held-out sentences (chrF in the last columns; none for joined
pairs, whose halves are trained on), the lexicon. Processor time is what it costs; wall time was
taken on two cores that other work shared.

Memory is the whole process's peak, Python and the parts of mapped files that are in memory
included. The corpus, its counts and its links are in the output folder meanwhile ("work",
removed at the end) and pass through memory a block at a time. What still grows: some 100 bytes a
pair for where sentences begin; the vocabulary, slowly; and what is learnt, the phrase table and
the language models, which whoever translates has to load as well. At most 12 million word pairs
are learnt about while aligning; beyond, those seen least are dropped.

| pairs | processor s | wall s | memory, MB | work, MB | result, MB | phrase pairs | de-en | en-de |
|---|---|---|---|---|---|---|---|---|
"""
_RUN = """
import os, resource, sys, threading, time
from xproj_core.train.teach import teach
most = 0
def watch():
    global most
    while True:
        files = [os.path.join(a, name) for a, _, names in os.walk(sys.argv[2]) for name in names]
        most = max(most, sum(map(held, files)))
        time.sleep(0.5)
def held(file):
    try:
        return os.path.getsize(file)
    except OSError:  # removed meanwhile
        return 0
threading.Thread(target=watch, daemon=True).start()
begun = time.monotonic()
taught = teach(sys.argv[1], "de", "en", sys.argv[2])
wall = time.monotonic() - begun
used = resource.getrusage(resource.RUSAGE_SELF)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
spent = used.ru_utime + used.ru_stime + children.ru_utime + children.ru_stime
report = taught.report
memory, size = used.ru_maxrss / 1024, sum(taught.sizes.values()) / 1e6
print(f"{report.pairs:,} | {spent:.0f} | {wall:.0f} | {memory:.0f} | {most / 1e6:.0f}"
      f" | {size:.1f} | {report.phrase_pairs:,}"
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
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
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
