"""The queue against a plain reading of its filter, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from xproj_core.annotation.filter import Filter
from xproj_core.annotation.settings import SHARED, Settings
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.review.completion import progress
from xproj_core.review.desk import Desk
from xproj_core.review.signals import prepare
from xproj_core.store.plain import searchable
from xproj_core.store.queue import Queue
from xproj_core.store.reviews import Signal
from xproj_core.store.store import Store

N = 40
WORDS = ["Ada met Kofi", "100 % in Straße_1", "القاهرة", "STRASSE", "x\\y"]


def signals(seed: int) -> list[Signal]:
    chance = random.Random(seed)
    return [
        Signal(
            n,
            chance.choice([1.0, 0.5, 0.25]),
            chance.choice([1.0, 0.9, 0.3]),
            chance.choice([0, 0, 2]),
            frozenset(
                {("label", chance.choice(["PER", "LOC"]))}
                | ({("error", "merged")} if chance.random() < 0.3 else set())
            ),
        )
        for n in range(N)
    ]


@pytest.fixture
def desk(store: Store) -> Desk:
    """A dataset where some items are started and some done, by two people."""
    items = [
        Item(f"k{n}", target=Sentence(tuple(WORDS[n % len(WORDS)].split()), "de")) for n in range(N)
    ]
    desk = Desk(store, store.datasets.add("Demo", items, "en", "de", ["PER", "LOC"]))
    store.reviews.note(desk.dataset.id, 0, N, signals(7))
    for n in range(0, N, 3):
        by = "Ana" if n % 2 else "Ben"
        add = {"side": "target", "start": 0, "end": 1, "label": "PER"}
        desk.do(n, by, {"id": f"{n}", "base_revision": 0, "op": "add_span", "args": add})
        if n % 9 == 0:
            done = {"id": f"{n}d", "base_revision": 1, "op": "done", "args": {"done": True}}
            desk.do(n, by, done)
        if n % 12 == 0:
            reject = {"spans": ["p1"], "status": "rejected"}
            base = 2 if n % 9 == 0 else 1
            sent = {"id": f"{n}r", "base_revision": base, "op": "set_status", "args": reject}
            desk.do(n, by, sent)
    return desk


def expected(queue_filter: Filter) -> list[int]:
    """The numbers that the filter means, in order."""
    matches = []
    for s in signals(7):
        n = s.number
        touched, done = n % 3 == 0, n % 9 == 0
        tags = s.tags | ({("label", "PER")} if touched else set())
        status = {
            "": True,
            "open": not done,
            "new": not touched,
            "started": touched and not done,
            "done": done,
        }[queue_filter.status]
        rejected = n % 12 == 0
        marks = {
            "": True,
            "projected": False,
            "corrected": False,
            "stale": False,
            "rejected": rejected,
        }[queue_filter.marks]
        words = searchable(queue_filter.words.strip()) in searchable(WORDS[n % len(WORDS)])
        who = {"": True, "Ana": touched and n % 2 == 1, "Ben": touched and n % 2 == 0}
        if (
            status
            and marks
            and words
            and who.get(queue_filter.annotator, False)
            and (not queue_filter.label or ("label", queue_filter.label) in tags)
            and (not queue_filter.error or ("error", queue_filter.error) in tags)
            and (not queue_filter.lost or s.lost)
            and (not queue_filter.disagreeing or s.agreement < 1)
            and (queue_filter.below is None or s.confidence < queue_filter.below)
        ):
            matches.append(s)
    keys: dict[str, Callable[[Signal], float]] = {
        "number": lambda s: 0,
        "disagreement": lambda s: s.agreement,
        "confidence": lambda s: s.confidence,
    }
    key = keys[queue_filter.order]
    return [s.number for s in sorted(matches, key=lambda s: (key(s), s.number))]


ONE_EACH: dict[str, list[Any]] = {
    "status": ["open", "new", "started", "done"],
    "label": ["PER", "LOC", "ORG"],
    "error": ["merged"],
    "lost": [True],
    "annotator": ["Ana", "Ben", "Nobody"],
    "words": [" kofi", "%", "_", "\\", "strasse", "القاهرة", "nowhere"],
    "disagreeing": [True],
    "below": [0.5, 0.95],
    "marks": ["rejected", "stale"],
}
FILTERS = [Filter()] + [Filter(**{k: v}) for k, values in ONE_EACH.items() for v in values]
FILTERS += [Filter(status="open", label="PER", lost=True), Filter(error="merged", words="a")]


def test_the_queue_is_what_the_filter_says(store: Store, desk: Desk) -> None:
    queue = Queue(store.database, desk.dataset.id, SHARED)
    for base_filter in FILTERS:
        for order in ("number", "disagreement", "confidence"):
            queue_filter = replace(base_filter, order=order)
            numbers = expected(queue_filter)
            assert [e.number for e in queue.page(queue_filter, 0, N)] == numbers, queue_filter
            assert [e.number for e in queue.page(queue_filter, 2, 3)] == numbers[2:5]
            assert queue.count(queue_filter) == len(numbers)
            walked, at = [], queue.next(queue_filter)
            while at is not None:
                walked.append(at)
                at = queue.next(queue_filter, at)
            assert walked == numbers
            back, before = [], queue.previous(queue_filter, numbers[-1]) if numbers else None
            while before is not None:
                back.append(before)
                before = queue.previous(queue_filter, before)
            assert back == numbers[-2::-1]


def test_finishing_a_sentence_does_not_lose_ones_place(store: Store, desk: Desk) -> None:
    queue = Queue(store.database, desk.dataset.id, SHARED)
    queue_filter = Filter("disagreement", "open")
    numbers = expected(queue_filter)
    at = numbers[5]
    there = desk.open(at, "Ana")
    done = {"id": "z", "base_revision": there.revision, "op": "done", "args": {"done": True}}
    desk.do(at, "Ana", done)
    assert queue.next(queue_filter, at) == numbers[6]
    assert queue.previous(queue_filter, at) == numbers[4]


def test_entries_say_where_an_item_stands(store: Store, desk: Desk) -> None:
    first, second, *_ = Queue(store.database, desk.dataset.id, SHARED).page(Filter())
    assert (first.key, first.words, first.status, first.by) == ("k0", "ada met kofi", "done", "Ben")
    assert (second.status, second.by, second.at) == ("new", "", "")
    assert second.agreement == signals(7)[1].agreement


def test_items_are_there_before_anything_is_known_of_them(sqlite_store: Store) -> None:
    items = [Item(str(n), target=Sentence(("a",), "de")) for n in range(3)]
    id = sqlite_store.datasets.add("Demo", items, "en", "de", [])
    queue = Queue(sqlite_store.database, id, SHARED)
    assert [e.number for e in queue.page(Filter())] == [0, 1, 2]
    assert queue.page(Filter())[0].agreement is None
    assert queue.next(Filter(), 0) == 1


def test_layers_are_told_apart(store: Store, desk: Desk) -> None:
    own = Settings(double=True).layer("Ana")
    queue = Queue(store.database, desk.dataset.id, own)
    assert queue.count(Filter(status="new")) == N
    assert queue.count(Filter(annotator="Ana")) == 0


def test_progress_and_people(store: Store, desk: Desk) -> None:
    overview = progress(store, desk.dataset.id, desk.settings, "Ben")
    assert (overview.total, overview.done, overview.started) == (N, 5, 9)
    assert set(overview.people) == {"Ana", "Ben"}
    assert overview.people["Ana"].done == 2 and overview.people["Ben"].done == 3
    assert overview.people["Ben"].pace is not None and overview.people["Ben"].pace >= 0
    reopened = {"id": "r", "base_revision": 4, "op": "note", "args": {"span": "p1", "text": "?"}}
    desk.do(0, "Ana", {**reopened, "base_revision": desk.open(0, "Ana").revision})
    again = progress(store, desk.dataset.id, desk.settings)
    assert again.people["Ben"].done == 3, "a note by somebody else takes nothing from him"
    assert overview.seconds_left == overview.people["Ben"].pace * 35
    assert progress(store, desk.dataset.id, desk.settings, "Cleo").seconds_left is None


@pytest.mark.parametrize("label", ["a\x00b", "a\ud800b", "\n", "x" * 3000, "💥", "'; --", "%_"])
def test_labels_of_odd_characters_are_found_and_spoil_nothing(store: Store, label: str) -> None:
    item = Item("k", target=Sentence(("a", "b"), "de", (Span(0, 1, label), Span(1, 2, "PER"))))
    desk = Desk(store, store.datasets.add("Odd", [item], "en", "de", ["PER"]))
    assert prepare(desk) == 1
    queue = Queue(store.database, desk.dataset.id, SHARED)
    for queue_filter in (Filter(label=label), Filter(label="PER")):
        assert queue.count(queue_filter) == 1
    assert queue.count(Filter(label="LOC", annotator=label)) == 0
    span = next(s for s in desk.open(0, "Ana").document.spans.values() if s.label == "PER")
    for n, (op, args) in enumerate(
        [
            ("note", {"span": span.id, "text": label}),
            ("set_status", {"spans": [span.id], "status": "accepted"}),
        ]
    ):
        desk.do(0, "Ana", {"id": f"a:{n}", "base_revision": n, "op": op, "args": args})
    assert desk.open(0, "Ana").document.spans[span.id].mark.note == label
    assert len(list(store.documents.events(desk.dataset.id))) == 2
