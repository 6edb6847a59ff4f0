"""What was called saved is there after the writer was killed, whenever that was."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.documents import example
from xproj_core.annotation.commands import Command, apply
from xproj_core.domain.item import Item
from xproj_core.store import open_store
from xproj_core.store.document_log import Where
from xproj_core.store.review_tables import event

ROUNDS, EDITS = 8, 60


def edit(n: int) -> Command:
    """Edits of several kinds; none of them is ever refused."""
    if n % 3 == 0:
        pair = {"source": n % 8, "target": n // 8 % 8}
        return Command("link", {**pair, "possible": n // 64 % 2 == 1})
    if n % 3 == 1:
        return Command("note", {"span": "t0", "text": f"edit {n}"})
    return Command("resize", {"id": "t1", "start": 3, "end": 4 + n % 4})


def write(path: str, dataset: str, first: int, to: Connection) -> None:
    """Edits until it is killed; says so after each one that is saved."""
    store = open_store(path)
    where = Where(dataset, 0, "shared")
    there = store.documents.get(where)
    revision = 0 if there is None else there.revision
    for n in range(first, first + 10_000):
        command = Command("undo") if n % 7 == 6 else edit(n)
        snapshot = store.documents.do(
            where, command, id=f"edit {n}", by="Ana", base_revision=revision, initial=example
        )
        revision = snapshot.revision
        to.send((n, revision))


@pytest.mark.parametrize("seed", [20261125])
def test_every_edit_that_was_called_saved_survives_sigkill(tmp_path: Path, seed: int) -> None:
    path = str(tmp_path / "xproj.sqlite")
    document = example()
    with open_store(path) as store:
        item = Item("1", document.source, document.target)
        dataset = store.datasets.add("Demo", [item], "en", "de", [])
    where = Where(dataset, 0, "shared")
    chance = random.Random(seed)
    forks = multiprocessing.get_context("fork")
    first, confirmed = 0, list[tuple[int, int]]()
    for _ in range(ROUNDS):
        ours, writer_end = forks.Pipe(duplex=False)
        writer = forks.Process(target=write, args=(path, dataset, first, writer_end))
        writer.start()
        writer_end.close()
        this_time: list[tuple[int, int]] = []
        while len(this_time) < EDITS:
            this_time.append(ours.recv())
        # between two edits, or anywhere within one
        time.sleep(chance.choice([0.0, chance.uniform(0, 0.02)]))
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        try:
            while ours.poll():
                this_time.append(ours.recv())
        except EOFError:
            pass
        confirmed += this_time
        with sqlite3.connect(path) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.close()
        with open_store(path) as store:
            snapshot = store.documents.get(where)
            events = {e.command: e for e in store.documents.events(dataset)}
            assert snapshot is not None
            assert snapshot.revision >= max(revision for _, revision in this_time)
            for n, revision in confirmed:
                logged_event = events.get(f"edit {n}")
                # what changed nothing has no event, and says so by its revision
                assert logged_event is None or logged_event.revision == revision
            logged = [n for n, _ in confirmed if f"edit {n}" in events]
            assert len(logged) > 0.8 * len(confirmed)
            # undo leads back to exactly what the log says, and redo forth again
            undone = store.documents.do(
                where,
                Command("undo"),
                id=f"undo {first}",
                by="Ben",
                base_revision=snapshot.revision,
                initial=example,
            )
            redone = store.documents.do(
                where,
                Command("redo"),
                id=f"redo {first}",
                by="Ben",
                base_revision=snapshot.revision + 1,
                initial=example,
            )
            assert undone.document != snapshot.document
            assert redone.document == snapshot.document
        first = confirmed[-1][0] + 2  # the one in flight may be there or not
    assert len(confirmed) >= ROUNDS * EDITS
    _replays(path, where)


def _replays(path: str, where: Where) -> None:
    """The log alone, from the beginning, gives the document that is there."""
    with open_store(path) as store, store.database.reading() as connection:
        document = store.documents.initial(where)
        snapshot = store.documents.get(where)
        assert document is not None and snapshot is not None
        rows = connection.execute(event.select().order_by(event.c.revision)).all()
        inverses: dict[int, Command] = {}
        for row in rows:
            args = json.loads(row.args)
            command = Command(row.op, args)
            if row.op in ("undo", "redo"):
                command = inverses[args["revision"]]
            document, inverses[row.revision] = apply(document, command, row.by)
        assert document == snapshot.document
