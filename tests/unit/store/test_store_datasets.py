"""What goes into the store comes out of it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event as events
from sqlalchemy.exc import OperationalError

from xproj_core.domain import Sentence, Span, codec
from xproj_core.domain.errors import FormatError, InputError, StoreError
from xproj_core.domain.item import Item, Links
from xproj_core.store import open_store, place
from xproj_core.store.database import explained
from xproj_core.store.plain import dumps, loads
from xproj_core.store.store import Store

ADA = Item(
    "a-1",
    Sentence(("Ada", "left", "Lagos"), "en", (Span(0, 1, "PER"), Span(2, 3, "LOC", 0.5))),
    Sentence(("غادرت", "Ada", "👩🏽‍💻", "e\u0301"), "ar", text="غادرت Ada 👩🏽‍💻 e\u0301"),
    frozenset({"source"}),
    Links(frozenset({(0, 1)}), frozenset({(1, 0)})),
    {"fr": Sentence(("Ada", "a", "quitté", "Lagos"), "fr")},
    {"file": "a\u0000b"},
)


def plain_item(n: int) -> Item:
    return Item(str(n), Sentence((f"Word{n}",), "en"))


def test_a_dataset_comes_out_as_it_went_in(store: Store) -> None:
    items = [ADA, *(plain_item(n) for n in range(1200))]
    dataset_id = store.datasets.add("Ada", iter(items), "en", "ar", ["PER", "LOC"], ["a note"])
    assert list(store.datasets.items(dataset_id)) == items
    assert list(store.datasets.items(dataset_id, 499, 502)) == items[499:502]
    assert list(store.datasets.items(dataset_id, 1200)) == items[1200:]
    assert store.datasets.item(dataset_id, "a-1") == ADA
    assert store.datasets.number(dataset_id, "7") == 8
    [dataset] = store.datasets.list()
    assert dataset == store.datasets.get(dataset_id)
    assert (dataset.items, dataset.labels, dataset.notes) == (1201, ("PER", "LOC"), ("a note",))
    assert dataset.counts == {
        "source": 1201,
        "target": 1,
        "gold source": 1,
        "links": 1,
        "other fr": 1,
    }
    store.datasets.remove(dataset_id)
    assert store.datasets.list() == []
    assert list(store.datasets.items(dataset_id)) == []


def test_items_are_appended_in_turn(store: Store) -> None:
    dataset_id = store.datasets.add("One", [plain_item(0)], "en", "de", [])
    assert store.datasets.append(dataset_id, [ADA]) == range(1, 2)
    assert [i.key for i in store.datasets.items(dataset_id)] == ["0", "a-1"]
    with pytest.raises(InputError, match="used by an earlier"):
        store.datasets.append(dataset_id, [ADA])
    assert store.datasets.get(dataset_id).items == 2


def test_nothing_stays_of_a_dataset_that_did_not_arrive(store: Store) -> None:
    def broken() -> Iterator[Item]:
        yield from (plain_item(n) for n in range(700))
        raise FormatError("no tag", file="x.conll", line=3)

    with pytest.raises(FormatError, match=r"x\.conll, line 3"):
        store.datasets.add("Broken", broken(), "en", "de", [])
    with pytest.raises(InputError, match="at least one"):
        store.datasets.add("Empty", [], "en", "de", [])
    with pytest.raises(InputError, match="'0'"):
        store.datasets.add("Twice", [plain_item(0), plain_item(0)], "en", "de", [])
    far_apart = [*(plain_item(n) for n in range(600)), plain_item(0)]
    with pytest.raises(InputError, match="'0' is used by an earlier"):
        store.datasets.add("Far apart", far_apart, "en", "de", [])
    with pytest.raises(InputError, match="cannot be stored"):
        store.datasets.add("NUL", [Item("a\x00", Sentence(("a",), "en"))], "en", "de", [])
    assert store.datasets.list() == []


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(StoreError, match="no dataset nowhere"):
        store.datasets.get("nowhere")
    dataset_id = store.datasets.add("One", [ADA], "en", "de", [])
    with pytest.raises(StoreError, match="no item with the key 'b'"):
        store.datasets.item(dataset_id, "b")
    with pytest.raises(StoreError, match="no item number 1"):
        store.datasets.at(dataset_id, 1)


texts = st.text(min_size=1, max_size=8)


@given(st.lists(texts, min_size=1, max_size=5), texts, st.data())
def test_items_survive_json(tokens: list[str], label: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(tokens) - 1))
    end = data.draw(st.integers(start + 1, len(tokens)))
    score = data.draw(st.sampled_from([None, 0.25, 1.0]))
    side = Sentence(tuple(tokens), "en", (Span(start, end, label, score),), text=label)
    item = Item(label, side, side.labelled(()), notes={label: label}, gold=frozenset({"target"}))
    again = codec.from_json(Item, loads(dumps(codec.to_json(item))))
    assert again == item
    assert again.source is not None and again.source.spans[0].score == score
    dumps(codec.to_json(item)).encode()


def _open(url: str) -> None:
    with open_store(url) as store:
        store.datasets.list()


def test_processes_that_open_a_new_store_at_once_do_not_clash(url: str) -> None:
    started = multiprocessing.get_context("spawn")
    openers = [started.Process(target=_open, args=(url,)) for _ in range(4)]
    for process in openers:
        process.start()
    for process in openers:
        process.join(60)
    assert [process.exitcode for process in openers] == [0] * 4


def test_the_tables_are_what_the_migrations_make(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from xproj_core.store.schema import metadata

    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_store_of_a_newer_xproj_is_left_alone(url: str) -> None:
    from sqlalchemy import text

    with open_store(url) as store, store.database.writing() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('tomorrow')"))
    with pytest.raises(StoreError, match="newer XProj"):
        open_store(url)


def test_the_address_of_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path / "new" / "data"))
    assert place.address() == f"sqlite:///{tmp_path}/new/data/xproj.sqlite"
    assert (tmp_path / "new" / "data").is_dir()
    monkeypatch.setenv("XPROJ_STORE", "postgres://ana:secret@db/xproj")
    assert place.address() == "postgresql+pg8000://ana:secret@db/xproj"
    assert place.address("sqlite:////tmp/x.sqlite") == "sqlite:////tmp/x.sqlite"
    for wrong in ("mysql://x", "sqlite://", "sqlite:///:memory:"):
        with pytest.raises(StoreError):
            place.address(wrong)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="XPROJ_DATA"):
        place.address(str(tmp_path / "file" / "xproj.sqlite"))


def test_a_database_that_cannot_be_reached_is_said_without_its_password() -> None:
    with pytest.raises(StoreError) as raised:
        open_store("postgresql://ana:secret@127.0.0.1:1/xproj")
    assert "127.0.0.1:1/xproj" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_text("Not a database, but long enough to be taken for one." * 9)
    with pytest.raises(StoreError, match="not a database"):
        open_store(str(tmp_path / "x.sqlite"))


def test_text_that_cannot_be_encoded_is_said_and_leaves_the_others_alone(store: Store) -> None:
    id = store.datasets.add("A", [plain_item(1)], "en", "de", ["PER"])
    for _ in range(12):  # more often than connections are kept
        with pytest.raises(StoreError, match="half a character"):
            store.datasets.get("\ud800")
        assert store.datasets.get(id).name == "A"
        assert [d.id for d in store.datasets.list()] == [id]


@pytest.mark.parametrize(
    ("cause", "advice"),
    [
        ("attempt to write a readonly database", "set XPROJ_DATA"),
        ("database or disk is full", "Make room"),
        ("disk I/O error", "failing"),
        ("database disk image is malformed", "backup"),
        ("database is locked", "Try again"),
        ({"C": "53100", "M": "could not extend file: No space left on device"}, "Make room"),
        ({"C": "25006", "M": "cannot execute INSERT in a read-only transaction"}, "may be written"),
    ],
)
def test_what_the_database_says_comes_with_what_to_do(cause: object, advice: str) -> None:
    error = OperationalError("INSERT", {}, Exception(cause))
    problem = str(explained(error, "sqlite:////data/xproj.sqlite"))
    assert advice in problem and "{" not in problem and "nothing was changed" in problem


def test_a_store_that_may_only_be_read(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "xproj.sqlite")) as store:
        id = store.datasets.add("A", [plain_item(1)], "en", "de", ["PER"])

        @events.listens_for(store.database._engine, "connect")
        def locked(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA query_only = 1")

        store.database._engine.dispose()
        assert store.datasets.get(id).name == "A"
        with pytest.raises(StoreError, match=r"written.*set XPROJ_DATA"):
            store.datasets.remove(id)


def test_nothing_of_the_database_is_imported_before_a_store_is_opened() -> None:
    code = (
        "import sys, xproj_core.store, xproj_ui.resources;"
        "sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'alembic', 'pg8000')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
