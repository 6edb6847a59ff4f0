"""The whole project leaves as one file and arrives elsewhere as it was, from any database."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests import fakes
from xproj_core.annotation.settings import GOLD, Settings
from xproj_core.answers.choice import Choice
from xproj_core.cli import main
from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError, StoreError
from xproj_core.domain.item import Item
from xproj_core.methods import Mode
from xproj_core.review.demo import load as demonstration
from xproj_core.review.desk import Desk
from xproj_core.runs import runner
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import archive, open_store
from xproj_core.store.schema import metadata
from xproj_core.store.store import Store


def everything(store: Store) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with store.database.reading() as connection:
        return {
            t.name: [
                tuple(r) for r in connection.execute(select(t).order_by(*t.primary_key.columns))
            ]
            for t in metadata.sorted_tables
        }


@pytest.fixture
def worked(store: Store) -> Store:
    """A store with a dataset, settings, a run, and corrections in several layers."""
    id = demonstration(store)
    store.reviews.set(id, Settings(double=True))
    desk = Desk(store, id)
    for by, layer, label in (("Ana", None, "ORG"), ("Ben", None, "LOC"), ("Cleo", GOLD, "DATE")):
        for n, (op, args) in enumerate(
            [
                ("add_span", {"side": "target", "start": 0, "end": 1, "label": label}),
                ("undo", {}),
                ("redo", {}),
                ("done", {"done": True}),
            ]
        ):
            sent = {"id": f"{by}:{n}", "base_revision": n, "op": op, "args": args}
            desk.do(1, by, sent, layer)
    configuration = RunConfiguration(
        "en", "de", mode=Mode.LABEL, methods=(Choice("direct"),), projectors=(Choice("min-max"),)
    )
    run = runner.create(store, id, configuration)
    runner.run(store, run, load=lambda name: fakes.engine())
    return store


def test_what_arrives_is_what_left(worked: Store, tmp_path: Path) -> None:
    file = tmp_path / "project.zip"
    left = archive.dump(worked, file)
    assert left.rows["document"] == 3 and left.rows["event"] == 12
    assert left.rows["run"] == 1 and left.rows["record"] > 0
    with open_store(str(tmp_path / "elsewhere.sqlite")) as other:
        assert archive.load(other, file) == left
        assert everything(other) == everything(worked)
        desk = Desk(other, next(iter(left.datasets)))
        assert desk.open(1, "Ana").can_undo
        sent = {"id": "x", "base_revision": 4, "op": "undo", "args": {}}
        assert "a mark as done or open by Ana" in desk.do(1, "Ana", sent).message
        with pytest.raises(StoreError, match="in this store already"):
            archive.load(other, file)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration as a file."""
    folder = tmp_path_factory.mktemp("packed")
    with open_store(str(folder / "xproj.sqlite")) as store:
        demonstration(store)
        archive.dump(store, folder / "p.zip")
    return folder / "p.zip"


def test_it_moves_between_databases(packed: Path, postgres_url: str, tmp_path: Path) -> None:
    with open_store(postgres_url) as first, open_store(str(tmp_path / "x.sqlite")) as second:
        archive.load(first, packed)
        archive.dump(first, tmp_path / "again.zip")
        archive.load(second, tmp_path / "again.zip")
        assert everything(second) == everything(first)


def test_some_datasets_alone(worked: Store, tmp_path: Path) -> None:
    lone = worked.datasets.add("Lone", [Item("1", Sentence(("a",), "en"))], "en", "de", [])
    left = archive.dump(worked, tmp_path / "lone.zip", [lone])
    assert left.datasets == {lone: "Lone"}
    assert (left.rows["item"], left.rows["event"], left.rows["record"]) == (1, 0, 0)
    with pytest.raises(StoreError, match="no dataset nowhere"):
        archive.dump(worked, io.BytesIO(), ["nowhere"])


def test_texts_that_are_json_for_the_program_are_json_in_the_file(packed: Path) -> None:
    with zipfile.ZipFile(packed) as file:
        first = json.loads(file.read("item.jsonl").splitlines()[0])
        assert first["body"]["source"]["tokens"][0] == "Wangari"
        assert json.loads(file.read("manifest.json"))["format"] == "xproj-project"


def altered(file: Path, name: str, change: Callable[[str], str]) -> io.BytesIO:
    """The project file with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, change(text) if part == name else text)
    return buffer


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("manifest.json", lambda t: "[]", "no project file"),
        ("manifest.json", lambda t: t.replace('"version": 1', '"version": 9'), "newer XProj"),
        (
            "item.jsonl",
            lambda t: t.replace('"number":1,', '"number":"1",'),
            r"item\.jsonl, line 2: .*number is '1'",
        ),
        ("item.jsonl", lambda t: t.replace("\n", "\n\n", 1), r"item\.jsonl, line 2"),
        ("item.jsonl", lambda t: t[: len(t) // 2], r"item\.jsonl, line"),
        ("item.jsonl", lambda t: t.split("\n", 1)[1], r"has 39 lines, and should have 40"),
        (
            "item.jsonl",
            lambda t: t.replace('"tokens":["Wang', '"tokenz":["Wang', 1),
            r"item\.jsonl, line 1: .*tokens",
        ),
        (
            "signal.jsonl",
            lambda t: t.replace('"number":1,', '"number":0,', 1),
            "do not fit together",
        ),
        ("material.jsonl", lambda t: t.replace('"placements"', '"x"', 1), r"material\.jsonl, line"),
    ],
)
def test_nothing_is_kept_of_a_file_that_does_not_fit(
    sqlite_store: Store, packed: Path, name: str, change: Callable[[str], str], message: str
) -> None:
    with pytest.raises(FormatError, match=message):
        archive.load(sqlite_store, altered(packed, name, change), "p.zip")
    assert all(rows == [] for rows in everything(sqlite_store).values())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no zip at all"])
def test_what_is_no_zip_is_said(sqlite_store: Store, content: bytes) -> None:
    with pytest.raises(FormatError, match=r"p\.zip: this is no project file"):
        archive.load(sqlite_store, io.BytesIO(content), "p.zip")


def test_a_damaged_file_is_said_wherever_the_damage_is(sqlite_store: Store, packed: Path) -> None:
    content, refused = packed.read_bytes(), 0
    for at in range(0, len(content) - 20, len(content) // 60):
        broken = content[:at] + bytes(b ^ 0x5A for b in content[at : at + 20]) + content[at + 20 :]
        for damaged in (broken, content[:at]):
            try:
                archive.load(sqlite_store, io.BytesIO(damaged), "p.zip")
            except FormatError as error:
                refused += 1
                assert "p.zip" in str(error)
                assert sqlite_store.datasets.list() == []
            else:  # where the damage is in a date, say
                for dataset in sqlite_store.datasets.list():
                    sqlite_store.datasets.remove(dataset.id)
    assert refused > 100


def test_the_same_file_twice_is_refused_and_changes_nothing(store: Store, packed: Path) -> None:
    for dataset in store.datasets.list():
        store.datasets.remove(dataset.id)
    archive.load(store, packed)
    before = everything(store)
    with pytest.raises(StoreError, match="in this store already"):
        archive.load(store, packed)
    assert everything(store) == before


def test_from_the_command_line(
    packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there, again = ["datasets", "--store", str(tmp_path / "x.sqlite")], tmp_path / "again.zip"
    assert main(there) == 0
    assert "no datasets yet" in capsys.readouterr().out
    assert main([*there, "--import", str(packed)]) == 0
    listed = capsys.readouterr().out
    assert "en → mul   Demonstration: mistakes of every kind" in listed
    id = listed.split()[0]
    assert main([*there, "--dataset", id, "--export", str(again)]) == 0
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("again")] == ["again.zip"]
    with open_store(str(tmp_path / "y.sqlite")) as other:
        assert list(archive.load(other, again).datasets) == [id]
    assert main([*there, "--corrections", str(tmp_path / "c.csv")]) == 0
    assert (tmp_path / "c.csv").read_text().startswith("item,layer,side,system,outcome")
    assert main([*there, "--dataset", "nowhere", "--export", str(again)]) == 2
    assert main([*there, "--import", str(packed)]) == 2
    assert "in this store already" in capsys.readouterr().err
