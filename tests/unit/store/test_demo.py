"""The demonstration shows what it says: every kind of mistake, in scripts of every sort."""

from __future__ import annotations

import unicodedata

from xproj_core.annotation.filter import Filter
from xproj_core.annotation.settings import SHARED
from xproj_core.domain import languages
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import Kind
from xproj_core.review.demo import entries, load
from xproj_core.review.desk import Desk
from xproj_core.store.queue import Queue
from xproj_core.store.store import Store


def test_each_entry_has_the_mistake_that_it_is_there_for() -> None:
    for entry in entries():
        kinds = {case.kind.value for case in classify(entry.item, entry.record)} - {"correct"}
        assert (entry.kind in kinds) if entry.kind != "correct" else not kinds, (entry.key, kinds)
        assert entry.note.endswith(".")


def test_every_kind_of_mistake_is_there() -> None:
    shown = {entry.kind for entry in entries()}
    assert shown == {kind.value for kind in Kind} - {Kind.FAILED.value, Kind.UNKNOWN_LABEL.value}


def test_scripts_lengths_and_lanes() -> None:
    demo_entries = entries()
    targets = [entry.record.target for entry in demo_entries]
    assert {languages.direction(t.language) for t in targets} == {"rtl", "ltr"}
    assert {"Arab", "Hans", "Cyrl", "Latn"} <= {languages.script(t.language) for t in targets}
    assert max(map(len, targets)) >= 80
    assert max(len(entry.record.predicted) for entry in demo_entries) >= 20
    tokens = [token for t in targets for token in t.tokens]
    assert any(unicodedata.combining(c) for token in tokens for c in token)
    assert any(len(token) > 1 and ord(token[0]) > 0xFFFF for token in tokens)


def test_it_is_loaded_once_and_can_be_reviewed(sqlite_store: Store) -> None:
    id = load(sqlite_store)
    assert load(sqlite_store) == id
    queue = Queue(sqlite_store.database, id, SHARED)
    desk = Desk(sqlite_store, id)
    assert queue.count(Filter()) == len(entries()) == desk.dataset.items
    number = queue.next(Filter(error="merged"))
    assert number is not None
    assert desk.open(number, "Ana").document.on("target")
    most = queue.page(Filter("disagreement"))[0]
    assert most.agreement is not None and most.agreement < 1
