"""Does memory stay flat, and how fast does a dataset go through?

    python -m benchmarks.streaming --write

Invented sentence pairs with gold labels on both sides are stored, run (direct, two projectors:
one takes the links as they are, the other solves a matching), read back and scored. The aligner
costs next to nothing, so that what is measured is everything but the models: reading, projecting,
writing every record, scoring. Each stage is a process of its own, so that each has its own peak.
`--write` puts the table into benchmarks/streaming.md.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from xproj_core.answers.choice import parse_choices
from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.models.protocols import Engine
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.translate.translation_memory import TranslationMemory

STAGES = {
    "store": "dataset into the store",
    "run": "run: read, align, project, write records",
    "score": "strict scores, from the store",
    "analyse": "everything the analysis counts, from the store",
}
LABELS = ("PER", "LOC", "ORG")
SIZES = (1_000, 10_000, 100_000)


def items(count: int) -> Iterator[Item]:
    """Pairs of 6 to 40 words; the target has the same words, marked, in another order."""
    for n in range(count):
        rng = random.Random(n)
        words = [f"w{rng.randrange(20_000)}" for _ in range(rng.randint(6, 40))]
        spans: list[Span] = []
        at = rng.randrange(4)
        while at < len(words) - 3 and len(spans) < 4:
            end = at + rng.randint(1, 3)
            spans.append(Span(at, end, rng.choice(LABELS)))
            at = end + rng.randint(1, 9)
        turn = rng.randrange(len(words))
        order = [*range(turn, len(words)), *range(turn)]
        place = {old: new for new, old in enumerate(order)}
        target = Sentence(tuple(f"{words[old]}'" for old in order), "de")
        moved = [
            Span(place[s.start], place[s.start] + len(s), s.label)
            for s in spans
            if place[s.start] + len(s) <= len(words) and not s.start < turn < s.end
        ]
        source = Sentence(tuple(words), "en", tuple(spans))
        yield Item(str(n), source, target.labelled(moved), frozenset({"source", "target"}))


class Marked:
    """Links a word with the same word, marked; forgets one in ten."""

    name = "marked"

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        """One alignment per pair."""
        return [self._align_pair(*pair) for pair in pairs]

    def _align_pair(self, first: Sentence, second: Sentence) -> Alignment:
        places: dict[str, list[int]] = {}
        for i, word in enumerate(first.tokens):
            places.setdefault(word.rstrip("'"), []).append(i)
        links = [
            (i, j)
            for j, word in enumerate(second.tokens)
            for i in places.get(word.rstrip("'"), ())
            if (i * 7 + j * 3 + len(word)) % 10
        ]
        return Alignment.from_links(links, (len(first), len(second)))


def stage(name: str, folder: Path, count: int) -> None:
    """Do one stage; print seconds and peak memory in MB."""
    from xproj_core.evaluate.analysis.collect import collect
    from xproj_core.evaluate.scores.entities import Tally
    from xproj_core.runs import runner
    from xproj_core.runs.answers import answers
    from xproj_core.store import open_store

    with open_store(str(folder / "store.sqlite")) as store:
        started = time.process_time()
        if name == "store":
            store.datasets.add("invented", items(count), "en", "de", LABELS)
        elif name == "run":
            configuration = RunConfiguration(
                "en",
                "de",
                methods=parse_choices("direct", "method"),
                projectors=parse_choices("min-max,match-exact", "projector"),
            )
            run = runner.create(store, store.datasets.list()[0].id, configuration)
            runner.run(store, run, lambda name: Engine(name, TranslationMemory([]), Marked()))
        else:
            run = store.runs.list()[0].id
            if name == "score":
                tally = Tally()
                for item, by_system in answers(store, run, ["direct/match-exact"]):
                    gold = item.gold_of("target")
                    assert gold is not None
                    tally.add(gold.spans, by_system["direct/match-exact"].predicted)
                assert tally.scores().overall.f1 > 0.5
            else:
                analysis = collect(answers(store, run), ["direct/min-max", "direct/match-exact"])
                assert analysis.n_scored == count
        spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{spent} {peak}")


def measured(count: int) -> list[tuple[str, float, float, float]]:
    """(stage, seconds, peak MB, store MB so far), each stage in its own process."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in STAGES:
            command = [
                sys.executable,
                "-m",
                "benchmarks.streaming",
                "--stage",
                name,
                "--folder",
                folder,
                "--sizes",
                str(count),
            ]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            spent, peak = map(float, done.stdout.split())
            size = sum(f.stat().st_size for f in Path(folder).iterdir()) / 2**20
            rows.append((name, spent, peak, size))
    return rows


def report(sizes: Sequence[int]) -> str:
    """The table in Markdown."""
    lines = [
        "# Streaming a dataset through a run",
        "",
        "Invented pairs of 6 to 40 words, gold labels on both sides; direct with two projectors"
        " (min-max, match-exact), two records a sentence; an aligner that costs next to nothing,"
        " no cache. Processor time; peak memory is that of the whole process, each stage in its"
        f" own. Python {platform.python_version()}, one core used.",
        "",
        "    python -m benchmarks.streaming --write",
        "",
        "| sentences | stage | processor seconds | sentences a second | peak MB | store MB |",
        "|---|---|---|---|---|---|",
    ]
    for count in sizes:
        for name, spent, peak, size in measured(count):
            lines.append(
                f"| {count:,} | {STAGES[name]} | {spent:.1f} | {count / spent:,.0f} |"
                f" {peak:,.0f} | {size:,.0f} |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the table, or write it down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--write", action="store_true", help="write benchmarks/streaming.md")
    parser.add_argument("--stage", choices=list(STAGES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        stage(options.stage, options.folder, options.sizes[0])
        return
    text = report(options.sizes)
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
