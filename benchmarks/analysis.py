"""Scoring and attributing the answers of many sentences: time, and memory at its highest.

    python -m benchmarks.analysis --sentences 100000

Invented sentences of about 20 words with two entities, three systems that go wrong in 10, 22 and
34 % of them. Making them is not counted; reading them from a store is what `--store` adds.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from xproj_core.domain import Sentence, Span
from xproj_core.evaluate import disagreement, figures, of_runs, significance
from xproj_core.evaluate.collect import Collector
from xproj_core.items import Item
from xproj_core.records import Placement, Record
from xproj_core.runs import configuration
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store

SYSTEMS = ("direct/match-exact", "pivot/match-exact", "back_translation/match-exact")
Answer = tuple[Item, dict[str, Record]]


def answers(n: int) -> Iterator[Answer]:
    """As many answers, one at a time."""
    rng = random.Random(1)
    for number in range(n):
        words = tuple(f"word{rng.randrange(2000)}" for _ in range(rng.randint(12, 28)))
        starts = sorted(rng.sample(range(0, len(words) - 3, 4), 2))
        spans = tuple(Span(s, s + rng.randint(1, 3), rng.choice(("PER", "LOC"))) for s in starts)
        source = Sentence(words, "en", spans)
        item = Item(str(number), source, Sentence(words, "de", spans),
                    frozenset({"source", "target"}))  # fmt: skip
        yield item, {s: _record(number, s, source, 0.1 + 0.12 * k, rng)
                     for k, s in enumerate(SYSTEMS)}  # fmt: skip


def _record(number: int, system: str, source: Sentence, rate: float, rng: random.Random) -> Record:
    placed = []
    for span in source.spans:
        wrong = rng.random() < rate
        target = rng.choice([None, Span(span.start, span.start + 1, span.label)]) if wrong else span
        placed.append(Placement(span, target, "" if target else "unaligned", confidence=0.9))
    links = tuple((i, i, 0.9) for i in range(len(source)))
    target = Sentence(source.tokens, "de")
    return Record(str(number), number, system, source, target, (source, target),
                  ("typed", "given"), links, tuple(placed))  # fmt: skip


def main() -> None:
    """Print a line per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--store", action="store_true", help="write them to a store, read them")
    options = parser.parse_args()
    n = options.sentences
    collector = Collector(SYSTEMS)
    spent = 0.0
    for item, records in answers(n):
        started = time.perf_counter()
        collector.add(item, records)
        spent += time.perf_counter() - started
    started = time.perf_counter()
    made = collector.done()
    spent += time.perf_counter() - started
    _tell(f"{n:,} sentences, {len(SYSTEMS)} systems: scored and attributed", spent)
    tables = sum(int(t.memory_usage(deep=True).sum()) for t in (made.cases, made.sentences))
    print(f"tables kept: {tables / 2**20:.0f} MiB")
    for what, work in (
        ("figures with intervals, 10,000 resamples", lambda: figures.figures(made.counts())),
        ("every pair compared, 10,000 resamples and shuffles",
         lambda: significance.differences(made.counts(), made.systems)),
        ("slices by entity length", lambda: figures.slices(made, "words")),
        ("who has which entity right", lambda: disagreement.together(made)),
    ):  # fmt: skip
        started = time.perf_counter()
        work()
        _tell(what, time.perf_counter() - started)
    if options.store:
        _stored(n)


def _stored(n: int) -> None:
    with TemporaryDirectory() as folder, open_store(str(Path(folder) / "x.sqlite")) as store:
        items = (item for item, _ in answers(n))
        dataset = store.datasets.add("benchmark", items, "en", "de", ["PER", "LOC"])
        one = RunConfiguration("en", "de", "fr")
        run = store.runs.add(dataset, configuration.as_json(one), "benchmark", n)
        store.runs.begin(run)
        batch: list[Record] = []
        for number, (_, records) in enumerate(answers(n), 1):
            batch.extend(records.values())
            if number % 500 == 0 or number == n:
                store.runs.write(run, batch, number, {})
                batch = []
        store.runs.end(run, "finished")
        started = time.perf_counter()
        of_runs.analyse(store, [run])
        _tell("the same from the store", time.perf_counter() - started)


def _tell(what: str, seconds: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {seconds:.1f} s, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
