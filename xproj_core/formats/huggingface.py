"""A Hugging Face `datasets` folder, zipped: tokens with ClassLabel tags in Arrow files.

What `dumps` writes is what `save_to_disk` writes: `load_from_disk` opens the unpacked folder.
Columns are `id`, `tokens`, `ner_tags`, or `source_tokens`, `source_ner_tags` and the same of the
target where there are two sides, with `gold`, `links` and `possible_links`. A folder with several
splits, Parquet files and JSONL files are read too, and the usual other names of the columns.
pyarrow, which Streamlit needs anyway, does all of this; `datasets` is not needed.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from xproj_core.domain import Sentence
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item, Side
from xproj_core.formats import iob
from xproj_core.formats.base import (
    READING,
    WRITING,
    Outcomes,
    Read,
    Reading,
    Report,
    Writing,
    read_bytes,
)
from xproj_core.formats.huggingface_rows import from_files
from xproj_core.formats.zipped import members, written

if TYPE_CHECKING:
    from pyarrow import DataType

_SIDES: tuple[Side, Side] = ("source", "target")
_FILE = "data-00000-of-00001.arrow"
_TEXT: RawJson = {"dtype": "string", "_type": "Value"}
_PAIRS: RawJson = {
    "feature": {"feature": {"dtype": "int32", "_type": "Value"}, "_type": "Sequence"},
    "_type": "Sequence",
}


def loads(data: bytes | str, *, file: str | None = None, how: Reading = READING) -> Read:
    """The items of a zipped folder, or of a single Parquet file.

    Raises:
        FormatError: nothing in it can be read, columns are missing, or tags are none.
    """
    return read_bytes(unpack, data, file, how)


def unpack(data: bytes, how: Reading, report: Report) -> Outcomes:
    """One item per row."""
    if data[:4] == b"PAR1":
        yield from from_files({"data.parquet": data}, how, report)
        return
    yield from from_files(members(data, report), how, report)


def dumps(items: Iterable[Item], *, how: Writing = WRITING) -> bytes:
    """A zip of the folder.

    Raises:
        InputError: spans that share a token.
    """
    import pyarrow as pa

    all_items = list(items)
    both = any(i.source is not None for i in all_items)
    sides: Sequence[Side] = _SIDES if both else ("target",)
    spans = (s.spans for i in all_items for side in sides if (s := i.side(side)) is not None)
    labels = sorted({span.label for some in spans for span in some})
    names = ["O", *(f"{letter}-{label}" for label in labels for letter in "BI")]
    columns, features = _columns(all_items, sides, both, names)
    types = {name: _type(feature) for name, feature in features.items()}
    schema = pa.schema(
        [(name, kind) for name, kind in types.items()],
        metadata={"huggingface": json.dumps({"info": {"features": features}})},
    )
    table = pa.table({k: pa.array(v, types[k]) for k, v in columns.items()}, schema=schema)
    arrow = io.BytesIO()
    with pa.ipc.new_stream(arrow, schema) as stream:
        stream.write_table(table, max_chunksize=1000)
    info = {"citation": "", "description": "", "features": features, "homepage": "", "license": ""}
    state: RawJson = {
        "_data_files": [{"filename": _FILE}],
        "_fingerprint": hashlib.sha256(arrow.getvalue()).hexdigest()[:16],
        "_format_columns": None,
        "_format_kwargs": {},
        "_format_type": None,
        "_output_all_columns": False,
        "_split": None,
    }
    return written(
        {
            _FILE: arrow.getvalue(),
            "dataset_info.json": json.dumps(info, indent=2).encode(),
            "state.json": json.dumps(state, indent=2).encode(),
        }
    )


def _columns(
    items: Sequence[Item], sides: Sequence[Side], both: bool, names: Sequence[str]
) -> tuple[dict[str, list[object]], RawJson]:
    """The columns' values, and their features as `datasets` declares them."""
    tags: RawJson = {"feature": {"names": list(names), "_type": "ClassLabel"}, "_type": "Sequence"}
    words: RawJson = {"feature": _TEXT, "_type": "Sequence"}
    number = {name: n for n, name in enumerate(names)}
    columns: dict[str, list[object]] = {"id": [i.key for i in items]}
    features: RawJson = {"id": _TEXT}
    for side in sides:
        before = f"{side}_" if both else ""
        sentences = [i.side(side) for i in items]
        columns[f"{before}tokens"] = [None if s is None else list(s.tokens) for s in sentences]
        columns[f"{before}ner_tags"] = [
            None if s is None else [number[t] for t in _tags(s, i.key)]
            for s, i in zip(sentences, items, strict=True)
        ]
        features |= {f"{before}tokens": words, f"{before}ner_tags": tags}
    columns["gold"] = [sorted(i.gold) for i in items]
    features["gold"] = words
    if both:
        for name, kind in (("links", "sure"), ("possible_links", "possible")):
            columns[name] = [
                None if i.links is None else sorted(map(list, getattr(i.links, kind)))
                for i in items
            ]
            features[name] = _PAIRS
    return columns, features


def _tags(sentence: Sentence, key: str) -> tuple[str, ...]:
    try:
        return iob.tags(sentence.spans, len(sentence))
    except InputError as error:
        raise InputError(f"Item {key}: {error}") from error


def _type(feature: RawJson) -> DataType:
    """The Arrow type of a feature."""
    import pyarrow as pa

    if feature["_type"] == "Sequence":
        return pa.list_(_type(feature["feature"]))
    if feature["_type"] == "ClassLabel":
        return pa.int64()
    return pa.string() if feature["dtype"] == "string" else pa.int32()
