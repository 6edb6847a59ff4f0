"""The rows of a Hugging Face `datasets` folder to items; see `huggingface`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from xproj_core.domain import Link, Sentence
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import FormatError, XProjError
from xproj_core.domain.item import Item, Links, Side
from xproj_core.formats import iob, jsonl
from xproj_core.formats.base import Outcomes, Reading, Report
from xproj_core.formats.decoding import decode, lines
from xproj_core.formats.numbers import whole_number

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Schema

_SIDES: tuple[Side, Side] = ("source", "target")
_TOKENS = "tokens", "words", "token", "sentence_tokens"
_TAGS = "ner_tags", "tags", "labels", "ner", "tags_ner", "ner_tags_index"
_READ = ".arrow", ".parquet", ".jsonl"
# Written by `datasets` beside the data; or made by it as a cache of what a script computed.
_NOT_DATA = ("cache-",)


def from_files(files: Mapping[str, bytes], how: Reading, report: Report) -> Outcomes:
    """One item per row of every data file, split after split; a folder's names to contents."""
    names = sorted(
        n
        for n in files
        if PurePosixPath(n).suffix in _READ and not PurePosixPath(n).name.startswith(_NOT_DATA)
    )
    if not names:
        raise report.error(
            "expected the files of a datasets folder: .arrow, .parquet or .jsonl; found"
            f" {', '.join(sorted(files)[:5]) or 'nothing'}."
        )
    splits = sorted({str(PurePosixPath(n).parent) for n in names})
    if len(splits) > 1:
        report.notes.append(f"The splits {', '.join(splits)} were read one after the other.")
    number = 0
    for name in names:
        tags = _declared(files, name)
        for row, features in _rows(name, files[name], report):
            number += 1
            where = f"{name}, row {number}"
            key = f"{PurePosixPath(name).parent}/" if len(splits) > 1 else ""
            try:
                item = _item(row, str(number), tags or features, how, report, where)
                yield replace(item, key=key + item.key)
            except FormatError as error:
                yield error
            except XProjError as error:
                yield report.error(f"{where}: {error}")
            except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
                yield report.error(
                    f"{where} is not as expected: {type(error).__name__} at {error}."
                )


def _declared(files: Mapping[str, bytes], name: str) -> RawJson:
    """The features that stand in dataset_info.json beside a data file."""
    info = files.get(str(PurePosixPath(name).with_name("dataset_info.json")))
    if info is None:
        return {}
    try:
        features = json.loads(info).get("features")
    except (ValueError, AttributeError):
        return {}
    return features if isinstance(features, dict) else {}


def _rows(name: str, data: bytes, report: Report) -> Iterator[tuple[RawJson, RawJson]]:
    """The rows of a file, each with the features that the file itself declares."""
    if name.endswith(".jsonl"):
        for number, line in enumerate(lines(decode(data, name)[0]), 1):
            if line.strip():
                yield jsonl.parsed(line, number, Report(name)), {}
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        batches: Iterable[RecordBatch]
        if name.endswith(".parquet"):
            opened = pq.ParquetFile(io.BytesIO(data))
            schema, batches = opened.schema_arrow, opened.iter_batches(1000)
        else:
            source = pa.BufferReader(data)
            opened = (
                pa.ipc.open_file(source) if data[:6] == b"ARROW1" else pa.ipc.open_stream(source)
            )
            schema = opened.schema
            batches = (
                (opened.get_batch(k) for k in range(opened.num_record_batches))
                if data[:6] == b"ARROW1"
                else opened
            )
        features = _features(schema)
        for batch in batches:
            batch.validate(full=True)  # offsets in a broken file point anywhere in memory
            for row in batch.to_pylist():
                yield row, features
    except (pa.ArrowException, OSError) as error:
        raise report.error(f"{name} cannot be opened: {error}.") from error


def _features(schema: Schema) -> RawJson:
    try:
        features = json.loads(schema.metadata[b"huggingface"])["info"]["features"]
    except (TypeError, KeyError, ValueError):
        return {}
    return features if isinstance(features, dict) else {}


def _item(
    row: RawJson, key: str, features: RawJson, how: Reading, report: Report, where: str
) -> Item:
    sides: dict[Side, Sentence] = {}
    tagged: set[Side] = set()
    for side in _SIDES:
        tokens = _named(row, [f"{side}_{t}" for t in _TOKENS])
        if tokens is not None and row[tokens] is not None:
            tags = _named(row, [f"{side}_{t}" for t in _TAGS])
            sides[side] = _sentence(row, tokens, tags, features, how.language(side), report, where)
            tagged |= {side} if tags is not None else set()
    if not sides:
        tokens = _named(row, _TOKENS)
        if tokens is None or row[tokens] is None:
            raise report.error(
                f"{where}: expected a column tokens, or source_tokens and target_tokens; found"
                f" {', '.join(row)}."
            )
        tags = _named(row, _TAGS)
        sides[how.side] = _sentence(
            row, tokens, tags, features, how.language(how.side), report, where
        )
        tagged |= {how.side} if tags is not None else set()
    gold = row.get("gold")
    known = set(gold) if isinstance(gold, list) else tagged if how.gold else set()
    links = None
    if row.get("links") is not None and len(sides) == 2:
        sure = _pairs(row["links"])
        links = Links(sure, _pairs(row.get("possible_links") or ()) - sure)
        links.alignment((len(sides["source"]), len(sides["target"])), possible=True)  # in range
    name = row.get("id")
    return Item(
        key if name in (None, "") else str(name),
        sides.get("source"),
        sides.get("target"),
        frozenset(s for s in _SIDES if s in known),
        links,
    )


def _named(row: RawJson, names: Sequence[str]) -> str | None:
    return next((n for n in names if n in row), None)


def _pairs(pairs: Iterable[Sequence[int]]) -> frozenset[Link]:
    return frozenset((whole_number(i), whole_number(j)) for i, j in pairs)


def _sentence(
    row: RawJson,
    tokens: str,
    tags: str | None,
    features: RawJson,
    language: str,
    report: Report,
    where: str,
) -> Sentence:
    words = tuple(str(t) for t in row[tokens])
    if tags is None:
        return Sentence(words, language)
    raw_tags = row[tags] or ()
    if len(raw_tags) != len(words):
        raise report.error(f"{where}: {len(words)} tokens and {len(raw_tags)} tags.")
    names = _class_names(features.get(tags))
    if any(not isinstance(t, str) for t in raw_tags) and not names:
        raise report.error(
            f"{where}: the tags of {tags} are numbers, and nothing says what they mean; expected"
            " a ClassLabel with names in the file or in dataset_info.json."
        )
    unknown = [t for t in raw_tags if not isinstance(t, str) and not 0 <= t < len(names)]
    if unknown:
        raise report.error(f"{where}: the tag {unknown[0]} is none of {len(names)}, from 0.")
    tag_names = [t if isinstance(t, str) else names[t] for t in raw_tags]
    if wrong := iob.orphans(tag_names):
        report.count(
            "an I- tag that follows no tag of its label was read as the start of an entity",
            f"{where}, token {wrong[0] + 1}",
        )
    return Sentence(words, language, iob.spans(tag_names))


def _class_names(feature: object) -> Sequence[str]:
    """The names of a list of ClassLabels, however `datasets` of one version or other writes it."""
    while isinstance(feature, (dict, list)):
        if isinstance(feature, list):
            feature = feature[0] if feature else None
        elif feature.get("_type") == "ClassLabel":
            return list(feature.get("names") or ())
        else:
            feature = feature.get("feature")
    return ()
