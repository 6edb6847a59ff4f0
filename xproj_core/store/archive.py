"""The whole project, or some datasets of it, as one file; and such a file back into a store.

A zip with `manifest.json` and one JSONL file per table, in an order in which they can be put
back. Ids are kept, so that links into the project go on working elsewhere. Nothing in the file
is executed, and nothing is kept of one that does not fit.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sqlalchemy import Boolean, Column, Double, Integer, Table, insert, select
from sqlalchemy.exc import DBAPIError

from xproj_core import __version__
from xproj_core.annotation.document import Document
from xproj_core.domain import codec
from xproj_core.domain.errors import FormatError, StoreError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.formats.zipped import BROKEN
from xproj_core.store import review_tables, run_tables
from xproj_core.store.plain import dumps, loads, now
from xproj_core.store.schema import dataset as dataset_table
from xproj_core.store.schema import item, metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from xproj_core.store.store import Store

FORMAT, VERSION = "xproj-project", 1
_MANIFEST = "manifest.json"
_AT_ONCE = 500
# Text columns that hold JSON; in the file they are JSON too, not JSON in a string.
_JSON = frozenset(
    "labels notes counts body initial args inverse settings configuration seconds".split()
)
_TYPES: Mapping[tuple[str, str], type] = {
    (item.name, "body"): Item,
    (review_tables.material.name, "body"): Record,
    (run_tables.record.name, "body"): Record,
    (review_tables.document.name, "body"): Document,
    (review_tables.document.name, "initial"): Document,
}
_LONGEST = 64 * 1024 * 1024  # bytes of a line; a thousand tokens with all links take some MB


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds: the datasets' names by id, and how many rows of each table."""

    datasets: Mapping[str, str]
    rows: Mapping[str, int]


def dump(store: Store, to: Path | IO[bytes], datasets: Sequence[str] | None = None) -> Contents:
    """Write all complete datasets, or those with the given ids, with everything about them.

    What others write meanwhile is either in the file as a whole or not at all.

    Raises:
        StoreError: there is no such dataset, or the store cannot be read.
    """
    known = {d.id: d.name for d in store.datasets.list()}
    dataset_ids = list(known) if datasets is None else list(datasets)
    for id in dataset_ids:
        if id not in known:
            raise StoreError(f"There is no dataset {id}. It may have been removed.")
    rows: dict[str, int] = {}
    with (
        store.database.snapshot() as connection,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as file,
    ):
        for table in metadata.sorted_tables:
            with file.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                rows[table.name] = 0
                for row in _rows(connection, table, dataset_ids):
                    lines.write(dumps(row).encode() + b"\n")
                    rows[table.name] += 1
        contents = Contents({id: known[id] for id in dataset_ids}, rows)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "xproj": __version__,
            "created": now(),
            "datasets": contents.datasets,
            "rows": rows,
        }
        file.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return contents


def load(store: Store, project_file: Path | IO[bytes], file: str = "") -> Contents:
    """Put back what `dump` wrote, ids and all; either the whole file or nothing of it.

    Args:
        file: its name, for messages; that of the path without it.

    Raises:
        FormatError: it is no such file, or a line of it does not fit; file and line are named.
        StoreError: one of its datasets is in the store already.
    """
    file = file or (project_file.name if isinstance(project_file, Path) else "the project file")
    try:
        with zipfile.ZipFile(project_file) as archive:
            contents = _contents(archive, file)
            _refuse_known(store, contents, file)
            with store.database.writing() as connection:
                for table in metadata.sorted_tables:
                    _put_back(connection, archive, table, contents, file)
    except BROKEN as error:
        raise FormatError(
            "this is no project file (a zip made by “export the project”), or it is damaged.",
            file=file,
        ) from error
    except DBAPIError as error:
        raise FormatError(f"its rows do not fit together: {error.orig}", file=file) from error
    return contents


def _rows(
    connection: Connection, table: Table, dataset_ids: Sequence[str]
) -> Iterator[dict[str, object]]:
    if table is dataset_table:
        condition = table.c.id.in_(dataset_ids)
    elif "dataset" in table.c:
        condition = table.c.dataset.in_(dataset_ids)
    else:  # hangs on a run
        runs = run_tables.run.c
        condition = table.c.run.in_(select(runs.id).where(runs.dataset.in_(dataset_ids)))
    query = select(table).where(condition).order_by(*table.primary_key.columns)
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield {k: loads(v) if k in _JSON else v for k, v in row._mapping.items()}


def _contents(archive: zipfile.ZipFile, file: str) -> Contents:
    try:
        manifest = json.loads(archive.read(_MANIFEST))
        if manifest["format"] != FORMAT:
            raise KeyError(FORMAT)
        version, datasets, rows = manifest["version"], manifest["datasets"], manifest["rows"]
        contents = Contents(dict(datasets), {name: int(n) for name, n in rows.items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError("this is no project file: its manifest is missing.", file=file) from error
    if version != VERSION or contents.rows.keys() - metadata.tables.keys():
        raise FormatError("it was made by a newer XProj. Update XProj to read it.", file=file)
    return contents


def _refuse_known(store: Store, contents: Contents, file: str) -> None:
    here = {d.id: d.name for d in store.datasets.list()}
    for id in contents.datasets:
        if id in here:
            raise StoreError(
                f"{file}: the dataset “{here[id]}” ({id}) is in this store already. Remove it"
                " first, or import into another store; nothing was changed."
            )


def _put_back(
    connection: Connection, archive: zipfile.ZipFile, table: Table, contents: Contents, file: str
) -> None:
    if not contents.rows.get(table.name):
        return
    name = f"{table.name}.jsonl"
    where = f"{file}/{name}"
    put = 0
    try:
        raw = archive.open(name)
    except KeyError as error:
        raise FormatError("it is missing in the project file.", file=where) from error
    with raw:
        lines = enumerate(_lines(raw, where), 1)
        while rows := [_row(table, line, where, n) for n, line in islice(lines, _AT_ONCE)]:
            connection.execute(insert(table), rows)
            put += len(rows)
    there = contents.rows[table.name]
    if put != there:
        raise FormatError(f"it has {put} lines, and should have {there}.", file=where)


def _lines(raw: IO[bytes], where: str) -> Iterator[bytes]:
    n = 0
    while line := raw.readline(_LONGEST):
        n += 1
        if len(line) == _LONGEST:
            raise FormatError("this line is too long.", file=where, line=n)
        yield line


def _row(table: Table, line: bytes, where: str, n: int) -> dict[str, object]:
    """One line as a row; what the program reads again later is read once now.

    Raises:
        FormatError: it does not fit; the line is named.
    """
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict) or fields.keys() != set(table.c.keys()):
            raise ValueError(f"expected the fields {', '.join(table.c.keys())}")
        row: dict[str, object] = {}
        for column in table.columns:
            value = fields[column.name]
            type_ = _TYPES.get((table.name, column.name))
            if type_ is not None:
                codec.from_json(type_, value)
            row[column.name] = dumps(value) if column.name in _JSON else _checked(column, value)
        return row
    except FormatError:
        raise
    except Exception as error:  # whatever a reader stumbles over in a file from anywhere
        raise FormatError(f"this line does not fit: {error}", file=where, line=n) from error


def _checked(column: Column[object], value: object) -> object:
    kinds: tuple[type, ...] = (str,)
    if isinstance(column.type, Boolean):
        kinds = (bool,)
    elif isinstance(column.type, Integer):
        kinds = (int,)
    elif isinstance(column.type, Double):
        kinds = (float, int)
    if not isinstance(value, kinds) or (bool not in kinds and isinstance(value, bool)):
        raise ValueError(f"{column.name} is {value!r}")
    return value
