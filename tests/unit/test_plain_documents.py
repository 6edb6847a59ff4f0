"""A plain text is cut into sentences and comes back as it was, with the labels in their places."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.datasets import read
from xproj_core.domain import Span
from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Writing
from xproj_core.formats.plain_documents import (
    begins_in,
    cut_at,
    cut_document,
    whole_documents,
)

TEXT = """A headline

 Ada Byron came to Kiel. She met Dr. Bello there.
“Go,” he said. He left.

"""
WRAPPED = """Ada Byron came to the harbour of Kiel in the
morning. She met the mayor and the captain of
Zuri Bank there. They left.
"""
AS_DOCUMENTS = Writing(documents=True)


def cut(text: str, language: str = "en", file: str = "letter.txt") -> tuple[Item, ...]:
    read = FORMATS["text"].loads(text, file=file, target=language, cut="sentences")
    return read.items


def labelled(items: tuple[Item, ...]) -> list[Item]:
    """A label on the first two words of each sentence."""
    labelled_items = []
    for item in items:
        assert item.target is not None
        end = min(2, len(item.target))
        labelled_items.append(
            replace(item, target=item.target.labelled([Span(0, end, "PER")] if end else []))
        )
    return labelled_items


def words(items: tuple[Item, ...]) -> list[str]:
    return [item.target.text or " ".join(item.target.tokens) for item in items if item.target]


def test_sentences_of_lines_and_paragraphs() -> None:
    assert words(cut(TEXT)) == [
        "A headline",
        "Ada Byron came to Kiel.",
        "She met Dr. Bello there.",
        "“Go,” he said.",
        "He left.",
    ]
    assert words(cut(WRAPPED))[0] == "Ada Byron came to the harbour of Kiel in the\nmorning."
    assert len(cut(WRAPPED)) == 3
    assert {DocumentPlace.of(item.notes).document for item in cut(TEXT)} == {"letter.txt"}  # type: ignore[union-attr]


PARTS = st.lists(
    st.sampled_from(
        ["Ada came.", "Is it Dr. X?", " ", "  ", "\n", "\n\n", "“No.”", "他来了。", "😀", "w"]
    ),
    max_size=20,
).map("".join)


@given(PARTS | st.text("aB.! \n😀“”\t", max_size=40), st.sampled_from(["en", "zh", "th"]))
def test_the_text_comes_back_and_places_are_true(text: str, language: str) -> None:
    lines = text.split("\n")
    document = "".join(f"{line}\n" for line in lines)
    parts = list(cut_document(lines, language, "x"))
    for sentence, place in parts:
        assert document[place.begin : place.begin + len(sentence)] == sentence
    if parts:
        assert "".join(p.before + s + p.after for s, p in parts) == document
    else:
        assert not document.strip()


def test_documents_written_as_such_hold_their_text_and_offsets() -> None:
    items = labelled(cut(TEXT))
    text = TEXT
    (line,) = FORMATS["doccano"].dumps(items, how=AS_DOCUMENTS).decode().splitlines()
    example = json.loads(line)
    assert example["text"] == text
    covered = [text[a:b] for a, b, _ in example["label"]]
    assert covered == ["A headline", "Ada Byron", "She met", "“Go", "He left"]
    archive = zipfile.ZipFile(io.BytesIO(FORMATS["brat"].dumps(items, how=AS_DOCUMENTS)))
    assert archive.read("target/0001.txt").decode() == text
    marks = [m.split("\t") for m in archive.read("target/0001.ann").decode().splitlines()]
    for _, place, words in marks:
        _, start, end = place.split()
        assert text[int(start) : int(end)] == words
    (row,) = FORMATS["jsonl"].dumps(items, how=AS_DOCUMENTS).decode().splitlines()
    entities = json.loads(row)["target"]["entities"]
    assert [text[e["start_char"] : e["end_char"]] for e in entities] == covered
    assert FORMATS["text"].dumps(items, how=AS_DOCUMENTS).decode() == text


def test_webanno_counts_in_the_document() -> None:
    items = labelled(cut(TEXT))
    written = FORMATS["webanno"].dumps(items, how=AS_DOCUMENTS).decode()
    rows = [x.split("\t") for x in written.splitlines() if x[:1].isdigit()]
    for _, place, token, *_ in rows:
        start, end = map(int, place.split("-"))
        assert TEXT[start:end] == token


@pytest.mark.parametrize("name", ["conll", "bilou"])
def test_conll_has_a_marker_before_each_document(name: str) -> None:
    items = [*cut("Ada came. She left.\n", file="a"), *cut("Bola came.\n", file="b")]
    written = FORMATS[name].dumps(items, how=AS_DOCUMENTS).decode()
    assert written.count("-DOCSTART-") == 2
    again = FORMATS[name].loads(written, target="en")
    assert [i.target.tokens[0] for i in again.items if i.target] == ["Ada", "She", "Bola"]


def test_places_survive_what_carries_notes() -> None:
    items = cut(TEXT)
    for name in ("jsonl", "doccano", "docbin", "label-studio"):
        again = FORMATS[name].loads(FORMATS[name].dumps(items), target="en").items
        (document,) = whole_documents(again)
        assert document.target is not None and document.target.text == TEXT, name


def test_what_loses_the_place_says_so() -> None:
    losses = FORMATS["conll"].losses(cut(TEXT))
    assert any("place in the document" in loss for loss in losses)
    assert not any("place" in loss for loss in FORMATS["conll"].losses(cut(TEXT), AS_DOCUMENTS))


def test_several_sentences_a_line_are_announced_and_thai_is_told_of() -> None:
    read = FORMATS["text"].loads("Ada came here. She left again soon.\n" * 3, file="x.txt")
    assert any("--cut sentences" in note for note in read.notes)
    assert not any("--cut" in n for n in FORMATS["text"].loads("Ada came .\nShe left .\n").notes)
    thai = FORMATS["text"].loads("เขามา กรุงเทพ\n", target="th", cut="sentences")
    assert any("no mark" in note for note in thai.notes)


def test_a_folder_of_texts_is_a_document_each(tmp_path: Path) -> None:
    for name, text in (("a.txt", "Ada came. Bola left.\n"), ("b.txt", "Kofi slept.\n")):
        (tmp_path / name).write_text(text)
    dataset = read(tmp_path, target_language="en", cut="sentences")
    assert [item.key for item in dataset.items] == ["a.txt:1", "a.txt:2", "b.txt:1"]
    documents = list(whole_documents(dataset.items))
    assert [i.key for i in documents] == ["a.txt", "b.txt"]
    (alone,) = whole_documents(read(tmp_path / "b.txt", cut="sentences").items)
    assert alone.key == "b.txt", "nobody needs to know where it lay"
    assert [i.target.text for i in documents if i.target] == [
        "Ada came. Bola left.\n",
        "Kofi slept.\n",
    ]


@given(PARTS, st.data())
def test_cuts_can_be_moved_anywhere(text: str, data: st.DataObject) -> None:
    lines = text.split("\n")
    document = "".join(f"{line}\n" for line in lines)
    begins = data.draw(st.lists(st.integers(0, len(document)), max_size=5))
    parts = list(cut_at(lines, begins, "x"))
    assert not parts or "".join(p.before + s + p.after for s, p in parts) == document
    again = begins_in(document, [s for s, _ in parts])
    assert [place.begin for _, place in parts] == list(again)
    assert [s for s, _ in cut_at(lines, again, "x")] == [s for s, _ in parts]


def test_only_line_ends_move() -> None:
    assert begins_in("Ada came.\nShe left.\n", ["Ada came. She left."]) == (0,)
    with pytest.raises(InputError, match="not how the text goes on"):
        begins_in("Ada came.\n", ["Bola came."])
    with pytest.raises(InputError, match=r"“She left\.” is missing"):
        begins_in("Ada came. She left.\n", ["Ada came."])
