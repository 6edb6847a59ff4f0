"""How long a reviewer waits for the store, with 100,000 sentences in it.

    python -m benchmarks.review_store [--write] [--url URL ...] [--sentences N]

Prints Markdown; `--write` puts it into benchmarks/review_store.md. Without `--url` a new SQLite
file in a temporary folder is measured; each `--url` names another, empty store to measure beside.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

from xproj_core.annotation.filter import Filter
from xproj_core.annotation.settings import SHARED
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.review.completion import progress
from xproj_core.review.desk import Desk
from xproj_core.review.signals import prepare
from xproj_core.store import open_store
from xproj_core.store.queue import Queue
from xproj_core.store.reviews import Signal

WORDS = [f"word{n}" for n in range(20_000)]
PREPARED = 2_000
FILTERS = {
    "in order": Filter(),
    "open ones": Filter(status="open"),
    "open, most disagreement first": Filter("disagreement", "open"),
    "open, least confidence first": Filter("confidence", "open"),
    "open, one kind of error (3 %)": Filter(status="open", error="merged"),
    "open, a label (all)": Filter(status="open", label="PER"),
    "open, a lost entity (10 %)": Filter(status="open", lost=True),
    "text search, some": Filter(words="word1234 "),
    "text search, none": Filter(words="not there"),
    "spans rejected": Filter(marks="rejected"),
    "open, an error, most disagreement first": Filter("disagreement", "open", error="type"),
}


def sentences(n: int, chance: random.Random) -> Iterator[Item]:
    """Pairs of twenty random words each, with labels."""
    for k in range(n):
        source, target = (tuple(chance.choices(WORDS, k=20)) for _ in range(2))
        spans = (Span(0, 2, "PER"), Span(5, 6, "LOC"))
        yield Item(
            str(k),
            Sentence(source, "en", spans),
            Sentence(target, "de", spans),
            frozenset({"source", "target"}),
        )


def known(k: int, chance: random.Random) -> Signal:
    """A signal such as a run gives."""
    kinds = ("short", "long", "merged", "type", "unaligned")
    error = {("error", chance.choice(kinds))} if chance.random() < 0.3 else set()
    agreement = round(chance.choice([1.0, 1.0, chance.random()]), 4)
    return Signal(
        k,
        agreement,
        round(chance.random(), 4),
        int(chance.random() < 0.1),
        frozenset({("label", "PER")} | error),
    )


def record(item: Item, number: int, system: str) -> Record:
    """What a system might have made of an item."""
    assert item.source is not None and item.target is not None
    placed = tuple(
        Placement(
            s, Span(s.start, s.end - (system == "b/x" and len(s) > 1), s.label), confidence=0.8
        )
        for s in item.source.spans
    )
    links = tuple((i, i, 0.9) for i in range(20))
    return Record(
        item.key,
        number,
        system,
        item.source,
        item.target.labelled(()),
        links=links,
        placements=placed,
    )


def milliseconds(work: Callable[[], object], times: int = 9) -> float:
    """The median."""
    durations = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        durations.append(time.perf_counter() - started)
    return 1000 * median(durations)


def measure(url: str, n: int) -> list[str]:
    """A section of the report."""
    chance = random.Random(1)
    with open_store(url) as store:
        started = time.perf_counter()
        id = store.datasets.add("Measured", sentences(n, chance), "en", "de", ["PER", "LOC"])
        added = time.perf_counter() - started
        some = Desk(
            store,
            store.datasets.add("Prepared", sentences(PREPARED, chance), "en", "de", ["PER", "LOC"]),
        )
        items = enumerate(store.datasets.items(some.dataset.id))
        store.reviews.give(
            some.dataset.id, [record(i, k, s) for k, i in items for s in ("a/x", "b/x", "c/x")]
        )
        started = time.perf_counter()
        prepare(some)
        prepared = time.perf_counter() - started
        for start in range(0, n, 500):
            end = min(n, start + 500)
            store.reviews.note(id, start, end, [known(k, chance) for k in range(start, end)])
        desk = Desk(store, id)
        ids = count()

        def edit(number: int, op: str, **args: object) -> None:
            base = desk.open(number, "Ana").revision
            sent = {"id": str(next(ids)), "base_revision": base, "op": op, "args": args}
            desk.do(number, "Ana", sent)

        for number in chance.sample(range(n), min(2000, n // 2)):
            edit(number, "delete_span", id="t0")
            edit(number, "done", done=True)
        rest = iter(chance.sample(range(n), n))
        queue = Queue(store.database, id, SHARED)
        lines = [
            f"## {'PostgreSQL' if url.startswith('postgres') else 'SQLite'}, {n:,} sentences",
            "",
            f"Bringing them in: {n / added:,.0f} a second. Finding what the queue sorts by, from"
            f" three systems' records: {PREPARED / prepared:,.0f} a second.",
            "",
            "| | ms |",
            "|---|--:|",
            f"| opening a sentence | {milliseconds(lambda: desk.open(next(rest), 'Ana')):.1f} |",
            "| an action, from the click's arrival until it is on the disk |"
            f" {milliseconds(lambda: edit(next(rest), 'note', span='t0', text='?'), 31):.1f} |",
            "| progress of the dataset and of everybody |"
            f" {milliseconds(lambda: progress(store, id, desk.settings, 'Ana')):.1f} |",
            "",
            "| queue | first | next | page of 50 | count |",
            "|---|--:|--:|--:|--:|",
        ]
        for name, queue_filter in FILTERS.items():
            durations = [
                milliseconds(lambda w=queue_filter: queue.next(w)),  # type: ignore[misc]
                milliseconds(lambda w=queue_filter: queue.next(w, n // 3)),  # type: ignore[misc]
                milliseconds(lambda w=queue_filter: queue.page(w, 200)),  # type: ignore[misc]
                milliseconds(lambda w=queue_filter: queue.count(w)),  # type: ignore[misc]
            ]
            lines.append(f"| {name} | {' | '.join(f'{f:.1f}' for f in durations)} |")
    return [*lines, ""]


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--url", nargs="+", default=[])
    parser.add_argument("--sentences", type=int, default=100_000)
    options = parser.parse_args()
    lines = [
        "# What a reviewer waits for",
        "",
        "    python -m benchmarks.review_store --write --url postgresql+pg8000://...",
        "",
        "Two CPU cores, medians, 2,000 sentences finished. The time for drawing the page comes on"
        " top (see page.md). “Next” is what a person waits for between two sentences: the queue's"
        " next number and opening it.",
        "",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for url in (f"sqlite:///{folder}/xproj.sqlite", *options.url):
            lines += measure(url, options.sentences)
    text = "\n".join(lines)
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text)


if __name__ == "__main__":
    main()
