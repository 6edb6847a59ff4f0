"""Reading long files: sentences a second, and what it takes in memory.

    python -m benchmarks.reading --sentences 10000 100000

Each file is made up (20 tokens a sentence, two entities), read once for its preview in a process
of its own, and measured there: processor time, and the peak of the process's memory beyond what
it has after reading ten sentences of the same format.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from xproj_core.answers.chunks import chunks
from xproj_core.datasets import read
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.formats import FORMATS

NAMES = (
    "conll",
    "bilou",
    "tsv",
    "doccano",
    "webanno",
    "jsonl",
    "label-studio",
    "docbin",
    "huggingface",
)


def main() -> None:
    """Print one Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--formats", nargs="+", default=NAMES)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(*measure(Path(options.one[0]), options.one[1]))
        return
    print("| format | sentences | file, MB | sentences a second | memory, MB |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats:
            small = Path(folder) / f"small{FORMATS[name].suffixes[0]}"
            write(small, name, 10)
            base = in_own_process(small, name)[1]
            for count in options.sentences:
                path = Path(folder) / f"long{FORMATS[name].suffixes[0]}"
                write(path, name, count)
                seconds, peak = in_own_process(path, name)
                size = path.stat().st_size / 1e6
                print(
                    f"| {name} | {count:,} | {size:.0f} | {count / seconds:,.0f} |"
                    f" {peak - base:.0f} |",
                    flush=True,
                )
                path.unlink()


def in_own_process(path: Path, name: str) -> tuple[float, float]:
    """Processor seconds and peak memory in MB of reading one file."""
    command = [sys.executable, "-m", "benchmarks.reading", "--one", str(path), name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def measure(path: Path, name: str) -> tuple[float, float]:
    """The same in this process."""
    started = time.process_time()
    dataset = read(path, format=name, source_language="en", target_language="fr", words="spaces")
    assert dataset.preview.items
    spent = time.process_time() - started
    # What getrusage says is at least the peak of the process that started this one.
    status = Path("/proc/self/status").read_text("ascii")
    return spent, int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1000  # type: ignore[index]


def write(path: Path, name: str, count: int) -> None:
    """A made-up file of `count` sentences."""
    form = FORMATS[name]
    both = form.carries.sides == "both"
    items = (item(n, both) for n in range(count))
    with path.open("wb") as stream:
        if form.appends:
            for some in chunks(items, 1000):
                stream.write(form.dumps(some))
        else:
            stream.write(form.dumps(items))


def item(number: int, both: bool) -> Item:
    """Words of a vocabulary of 50,000, so that nothing is shared by chance."""
    dice = random.Random(number)
    target = sentence(dice, "fr")
    if not both:
        return Item(str(number), target=target, gold=frozenset({"target"}))
    links = Links(frozenset((k, k) for k in range(20)))
    return Item(str(number), sentence(dice, "en"), target, frozenset({"source", "target"}), links)


def sentence(dice: random.Random, language: str) -> Sentence:
    """Twenty words, two entities."""
    words = tuple(f"word{dice.randrange(50_000)}" for _ in range(20))
    return Sentence(words, language, (Span(3, 5, "PER"), Span(10, 11, "LOC")))


if __name__ == "__main__":
    main()
