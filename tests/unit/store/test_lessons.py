"""What became of each span, as CSV, and what the corrections teach."""

from __future__ import annotations

import csv
import io
from itertools import count
from typing import Any

import pytest

from xproj_core.annotation.settings import GOLD, Settings
from xproj_core.review.corrections import corrections, corrections_csv, finished
from xproj_core.review.demo import OTHER, SYSTEM, load
from xproj_core.review.desk import Desk
from xproj_core.review.insights import collect_lessons, rows
from xproj_core.store.store import Store

_ids = count()


def send(desk: Desk, key: str, by: str, op: str, layer: str | None = None, **args: Any) -> None:
    number = desk.store.datasets.number(desk.dataset.id, key)
    base = desk.open(number, by, layer).revision
    sent = {"id": f"id{next(_ids)}", "base_revision": base, "op": op, "args": args}
    desk.do(number, by, sent, layer)


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    """The demonstration with four sentences finished, and one begun."""
    desk = Desk(sqlite_store, load(sqlite_store))
    send(desk, "all-right", "Ana", "done", done=True)
    send(desk, "short", "Ana", "resize", id="t0", start=0, end=2)
    send(desk, "short", "Ana", "unlink", source=2, target=2)
    send(desk, "short", "Ana", "done", done=True)
    send(desk, "other-label", "Ana", "relabel", id="t0", label="ORG")
    send(desk, "other-label", "Ana", "relabel", id="s0", label="ORG")
    send(desk, "other-label", "Ana", "note", span="t0", text="=HYPERLINK(1)")
    send(desk, "other-label", "Ana", "done", done=True)
    send(desk, "unaligned", "Ben", "add_span", side="target", start=3, end=4, label="LOC")
    send(desk, "unaligned", "Ben", "link", source=4, target=3)
    send(desk, "unaligned", "Ben", "delete_span", id="t0")
    send(desk, "unaligned", "Ben", "done", done=True)
    send(desk, "long", "Ben", "resize", id="t0", start=1, end=2)
    return desk


def test_what_became_of_each_span(desk: Desk) -> None:
    by_number = {finished_item.where.number: finished_item for finished_item in finished(desk)}
    assert len(by_number) == 4, "what is not done does not count"
    short = by_number[desk.store.datasets.number(desk.dataset.id, "short")]
    outcomes = [(c.side, c.outcome) for c in corrections(short.initial, short.document)]
    assert outcomes.count(("target", "place")) == 1
    assert set(outcomes) == {("source", "kept"), ("target", "kept"), ("target", "place")}


def test_words_that_moved_with_their_text_were_left_as_they_were(desk: Desk) -> None:
    send(desk, "nothing", "Ana", "retext", side="target", text="Abends hörte der Regen auf.")
    send(
        desk,
        "all-right",
        "Ana",
        "retext",
        side="target",
        text="Gestern erhielt Wangari Maathai in Oslo den Friedensnobelpreis.",
    )
    number = desk.store.datasets.number(desk.dataset.id, "all-right")
    finished_item = next(f for f in finished(desk) if f.where.number == number)
    outcomes = {
        c.before.label: c.outcome
        for c in corrections(finished_item.initial, finished_item.document)
        if c.before and c.side == "target"
    }
    assert outcomes == {"PER": "kept", "LOC": "kept", "DATE": "gone"}


def test_corrections_as_csv(desk: Desk) -> None:
    csv_rows = list(csv.DictReader(io.StringIO(corrections_csv(desk))))
    changed = [r for r in csv_rows if r["outcome"] != "left as it was"]
    assert [(r["item"], r["outcome"], r["words before"], r["words after"]) for r in changed] == [
        ("other-label", "given another label", "Olivetti", "Olivetti"),
        ("other-label", "given another label", "Olivetti", "Olivetti"),
        ("unaligned", "rejected", "Asha Mwinyi", ""),
        ("unaligned", "added by a person", "", "Mombasa"),
        ("short", "given other ends", "Okonjo-Iweala", "Ngozi Okonjo-Iweala"),
    ]
    assert {r["changed by"] for r in changed} == {"Ana", "Ben"}
    assert [r["note"] for r in changed if r["note"]] == ["'=HYPERLINK(1)"]
    assert changed[0]["system"] == SYSTEM


def test_what_the_corrections_teach(desk: Desk) -> None:
    summary = collect_lessons(desk)
    assert (summary.sentences, summary.other_words) == (4, 0)
    [row] = rows(summary.outcomes.items(), [0])
    assert row.names == (SYSTEM,)
    assert row.counts == {"kept": 6, "place": 1, "label": 1, "rejected": 1, "added": 1}
    assert row.share("kept") == pytest.approx(0.4)
    kinds = {r.names: r.counts for r in rows(summary.kinds.items(), [0])}
    assert kinds[(SYSTEM,)] == {
        "correct": 6,
        "short": 1,
        "source-label": 1,
        "guideline": 1,
        "unaligned": 1,
    }
    assert kinds[(OTHER,)]["correct"] > kinds[(SYSTEM,)]["correct"]
    labels = {r.names: r.total for r in rows(summary.outcomes.items(), [1, 2])}
    assert labels["sw", "LOC"] == 1 and labels["it", "PER"] == 1
    assert summary.links[SYSTEM, "sw", "added"] == 1
    assert summary.links[SYSTEM, "de", "removed"] == 1


def test_the_gold_version_counts_where_there_is_one(sqlite_store: Store) -> None:
    id = load(sqlite_store)
    sqlite_store.reviews.set(id, Settings(double=True))
    desk = Desk(sqlite_store, id)
    for by in ("Ana", "Ben"):
        send(desk, "short", by, "done", done=True)
    send(desk, "short", "Cleo", "delete_span", GOLD, id="t0")
    send(desk, "short", "Cleo", "done", GOLD, done=True)
    [finished_item] = finished(desk)
    assert finished_item.where.layer == GOLD
