"""How long the page Analyse needs for a run of many sentences: the first time, and from then on.

    python -m benchmarks.analysis --sentences 100000

Invented sentences of about 20 words with two entities, three systems that go wrong in 10, 22 and
34 % of them, in an SQLite store. Each stage is a process of its own, as after a restart of the
server; processor time, so that other work on the machine does not count, and peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.analysis import (
    analysis_cache,
    disagreement,
    predictors,
    slices,
    stored_answers,
)
from xproj_core.evaluate.analysis.case_questions import Cases
from xproj_core.evaluate.scores import significance
from xproj_core.runs import configuration
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store
from xproj_core.store.store import Store

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
        item = Item(
            str(number), source, Sentence(words, "de", spans), frozenset({"source", "target"})
        )
        yield (
            item,
            {s: _record(number, s, source, 0.1 + 0.12 * k, rng) for k, s in enumerate(SYSTEMS)},
        )


def _record(number: int, system: str, source: Sentence, rate: float, rng: random.Random) -> Record:
    placed = []
    for span in source.spans:
        wrong = rng.random() < rate
        landed = rng.choice([None, Span(span.start, span.start + 1, span.label)]) if wrong else span
        placed.append(Placement(span, landed, "" if landed else "unaligned", confidence=0.9))
    links = tuple((i, i, 0.9) for i in range(len(source)))
    target = Sentence(source.tokens, "de")
    return Record(
        str(number),
        number,
        system,
        source,
        target,
        (source, target),
        ("typed", "given"),
        links,
        tuple(placed),
    )


def main() -> None:
    """Print a line per step."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--stage", choices=list(STAGES), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        STAGES[options.stage](options.folder, options.sentences)
        return
    with TemporaryDirectory() as folder:
        for stage in STAGES:
            command = [
                sys.executable,
                "-m",
                "benchmarks.analysis",
                "--stage",
                stage,
                "--folder",
                folder,
                "--sentences",
                str(options.sentences),
            ]
            subprocess.run(command, check=True)
        (file,) = Path(folder).glob("*-analyses/*")
        print(f"the file beside the store: {file.stat().st_size / 2**20:.0f} MiB")


def _store(folder: Path, n: int) -> None:
    """The run itself; not part of what is measured."""
    with _opened(folder) as store:
        items = (item for item, _ in answers(n))
        dataset = store.datasets.add("benchmark", items, "en", "de", ["PER", "LOC"])
        run_configuration = RunConfiguration("en", "de", "fr")
        run = store.runs.add(dataset, configuration.as_json(run_configuration), "benchmark", n)
        store.runs.begin(run)
        batch: list[Record] = []
        for number, (_, records) in enumerate(answers(n), 1):
            batch.extend(records.values())
            if number % 500 == 0 or number == n:
                store.runs.write(run, batch, number, {})
                batch = []
        store.runs.end(run, "finished")


def _count(folder: Path, n: int) -> None:
    """What happens in the background at the end of a run, or when it is first looked at."""
    with _opened(folder) as store, _measured(f"{n:,} sentences, 3 systems: read and counted"):
        analysis_cache.counted(store, store.runs.list()[0].id)


def _open(folder: Path, n: int) -> None:
    """What the page does once that is there."""
    with _opened(folder) as store:
        run = store.runs.list()[0].id
        with _measured("opened: what was counted is read"):
            analysis = stored_answers.analyse(store, [run])
        tables = (analysis.cases, analysis.sentences, analysis.entities, analysis.matches)
        size = sum(int(t.memory_usage(deep=True).sum()) for t in tables)
        print(f"tables in memory: {size / 2**20:.0f} MiB")
        systems = analysis.systems
        for what, work in (
            (
                "scores with intervals, 10,000 resamples",
                lambda: slices.score_systems(analysis.counts()),
            ),
            (
                "every pair compared, 10,000 resamples and shuffles",
                lambda: significance.differences(analysis.counts(), systems),
            ),
            (
                "nervaluate's views and the projection rates",
                lambda: [(analysis.views(s), analysis.rates[s].of()) for s in systems],
            ),
            ("slices by entity length", lambda: slices.slices(analysis, "words")),
            ("who has which entity right", lambda: disagreement.system_sets(analysis)),
            (
                "could one have known beforehand",
                lambda: predictors.predict(analysis, systems[0], systems[1]),
            ),
            (
                "the sentences behind a cell",
                lambda: Cases(systems[0], outcome="wrong").rows(analysis),
            ),
        ):
            with _measured(what):
                work()


STAGES = {"store": _store, "count": _count, "open": _open}


def _opened(folder: Path) -> Store:
    return open_store(str(folder / "x.sqlite"))


@contextmanager
def _measured(what: str) -> Iterator[None]:
    started = time.process_time()
    yield
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {spent:.1f} s, peak {peak:.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
