"""DocBins and datasets folders that others made."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import spacy
from spacy.tokens import DocBin

from xproj_core.domain import Span
from xproj_core.domain.errors import FormatError
from xproj_core.formats import FORMATS


def test_docs_of_a_pipeline_give_an_item_per_sentence() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": "Dakar"}])
    docs = list(nlp.pipe(["Awa left  Dakar. It rained in Dakar!", "No name here"]))
    docs[0].spans["sc"] = [spacy.tokens.Span(docs[0], 0, 2, label="EVENT")]
    data = DocBin(docs=docs).to_bytes()
    items = FORMATS["docbin"].loads(data, target="en").items
    first, second, third = (i.target for i in items)
    assert first is not None and second is not None and third is not None
    assert first.tokens == ("Awa", "left", "Dakar", ".")  # the second blank is no token of ours
    assert first.text == "Awa left  Dakar."
    assert first.spans == (Span(0, 2, "EVENT"), Span(2, 3, "GPE"))
    assert second.spans == (Span(3, 4, "GPE"),) and third.spans == ()
    assert [i.key for i in items] == ["1", "2", "3"]


def test_spacy_reads_ours() -> None:
    form = FORMATS["docbin"]
    items = FORMATS["conll"].loads("Awa B-PER\nleft O\nDakar B-LOC\n").items
    (doc,) = DocBin().from_bytes(form.dumps(items)).get_docs(spacy.blank("en").vocab)
    assert [(e.text, e.label_) for e in doc.ents] == [("Awa", "PER"), ("Dakar", "LOC")]
    assert doc.text == "Awa left Dakar"


def test_what_is_no_docbin_is_refused() -> None:
    with pytest.raises(FormatError, match=r"x.spacy: this is no DocBin"):
        FORMATS["docbin"].loads(b"not a DocBin", file="x.spacy")


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def arrow(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    with pa.ipc.new_stream(buffer, table.schema) as stream:
        stream.write_table(table)
    return buffer.getvalue()


TABLE = pa.table({"id": ["a"], "tokens": [["Awa", "left"]], "ner_tags": [[1, 0]]})


def info(kind: Any) -> bytes:
    return json.dumps({"features": {"ner_tags": kind}}).encode()


@pytest.mark.parametrize(
    "kind",
    [
        {"_type": "Sequence", "feature": {"_type": "ClassLabel", "names": ["O", "B-PER"]}},
        {"_type": "List", "feature": {"_type": "ClassLabel", "names": ["O", "B-PER"]}},
        [{"_type": "ClassLabel", "names": ["O", "B-PER"]}],
    ],
)
def test_every_way_of_declaring_labels(kind: Any) -> None:
    data = zipped({"d/data-00000-of-00001.arrow": arrow(TABLE), "d/dataset_info.json": info(kind)})
    (item,) = FORMATS["huggingface"].loads(data, target="en").items
    assert item.target is not None and item.target.spans == (Span(0, 1, "PER"),)
    assert item.key == "a" and item.gold == {"target"}


def test_splits_parquet_and_jsonl() -> None:
    words = pa.table({"words": [["Awa"]], "labels": [["B-PER"]]})
    parquet = io.BytesIO()
    pq.write_table(words, parquet)
    line = json.dumps({"tokens": ["Awa", "left"], "ner_tags": ["I-PER", "O"]}) + "\n"
    data = zipped(
        {
            "test/0.jsonl": line.encode(),
            "train/0.parquet": parquet.getvalue(),
            "train/cache-1.arrow": b"?",
        }
    )
    dataset = FORMATS["huggingface"].loads(data, target="en")
    assert [i.key for i in dataset.items] == ["test/1", "train/2"]
    assert all(i.target is not None and len(i.target.spans) == 1 for i in dataset.items)
    assert "The splits test, train were read" in dataset.notes[0]
    assert "I- tag that follows no tag" in dataset.notes[1]
    (alone,) = FORMATS["huggingface"].loads(parquet.getvalue()).items
    assert alone.target is not None and alone.target.tokens == ("Awa",)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"data.arrow": arrow(TABLE)}, "are numbers, and nothing says what they mean"),
        ({"readme.md": b"x"}, "expected the files of a datasets folder"),
        ({"data.arrow": b"x"}, "data.arrow cannot be opened"),
        ({"x.jsonl": b'{"text": "Awa"}\n'}, "expected a column tokens.*found text"),
        ({"x.jsonl": b'{"tokens": ["a"], "tags": []}\n'}, "x.jsonl, row 1: 1 tokens and 0 tags"),
        ({"x.jsonl": b'{"tokens": ["a"], "tags": ["PER"]}\n'}, "'PER' is not an IOB2 tag"),
    ],
)
def test_bad_folders_are_refused(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        FORMATS["huggingface"].loads(zipped(files), file="x.zip")
