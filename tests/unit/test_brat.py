"""brat's folders, as its data directory holds them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS, Read

FORM = FORMATS["brat"]
TEXT = "Kigali hosts a fair.\n\nParis Uwase opened it in Kigali.\n"
ANN = "T1\tLOC 0 6\tKigali\nT2\tPER 22 33\tParis Uwase\nT3\tLOC 47 53\tKigali\n"


def read(files: dict[str, str], **how: Any) -> Read:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content.encode())
    return FORM.loads(packed.getvalue(), file="data.zip", **{"target": "en", **how})


def labels(dataset: Read, n: int = 0) -> list[tuple[str, str]]:
    target = dataset.items[n].target
    assert target is not None
    return [(s.label, " ".join(target.words(s))) for s in target.spans]


def test_a_document_gives_an_item_per_line() -> None:
    dataset = read(
        {"news/a.txt": TEXT, "news/a.ann": ANN, "news/.stats": "", "annotation.conf": ""}
    )
    assert [i.key for i in dataset.items] == ["news/a:1", "news/a:3"]
    assert labels(dataset) == [("LOC", "Kigali")]
    assert labels(dataset, 1) == [("PER", "Paris Uwase"), ("LOC", "Kigali")]
    assert dataset.items[1].target is not None
    assert dataset.items[1].target.text == "Paris Uwase opened it in Kigali."
    assert dataset.notes == (
        "data.zip: a blank line was left out (1 time, first in news/a.txt, line 2).",
    )


def test_a_text_without_annotations_and_other_line_ends() -> None:
    windows = TEXT.replace("\n", "\r\n")
    moved = "T1\tPER 24 35\tParis Uwase\n"  # brat counts the returns
    dataset = read({"a.txt": windows, "a.ann": moved, "b.txt": "Kigali grows."})
    assert labels(dataset, 1) == [("PER", "Paris Uwase")]
    assert [i.key for i in dataset.items] == ["a:1", "a:3", "b"]


def test_offsets_are_code_points_but_utf_16_is_noticed() -> None:
    text = "💩 in Kigali\n"
    assert labels(read({"a.txt": text, "a.ann": "T1\tLOC 5 11\tKigali\n"})) == [("LOC", "Kigali")]
    dataset = read({"a.txt": text, "a.ann": "T1\tLOC 6 12\tKigali\n"})
    assert labels(dataset) == [("LOC", "Kigali")] and "UTF-16" in dataset.notes[0]


def test_what_has_no_place_is_said() -> None:
    more = ANN + "R1\tlives Arg1:T2 Arg2:T3\t\n#1\tAnnotatorNotes T1\tsure?\n*\tEquiv T1 T3\n"
    (note, _) = read({"a.txt": TEXT, "a.ann": more}).notes
    assert "notes of brat were left out (3 times, first in a.ann, line 4)" in note


@pytest.mark.parametrize(
    ("ann", "message"),
    [
        (
            "T1\tPER 22 27;47 53\tParis Kigali\n",
            "a.ann, line 1: the span PER is discontinuous (PER 22 27;47 53); XProj's spans are one",
        ),
        ("T1\tX 15 27\tfair. Paris\n", "a.ann, line 1: the span X 15–27 crosses a line"),
        ("T1\tLOC 0 6\tKampala\n", "covers “Kigali” and not “Kampala”, as it says"),
        ("T1\tLOC 0 600\tKigali\n", "a.ann, line 1: the span LOC 0–600 covers"),
        ("T1\tLOC 0 3\tKig\n", "cuts through the token “Kigali”"),
    ],
)
def test_bad_annotations_are_refused_or_their_line_left_out(ann: str, message: str) -> None:
    files = {"a.txt": TEXT, "a.ann": ann}
    with pytest.raises(FormatError) as error:
        read(files)
    assert message in str(error.value) and str(error.value).startswith("data.zip")
    dataset = read(files, partial=True)
    assert len(dataset.items) == 1 and message in dataset.problems[0]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.txt": TEXT, "a.ann": "LOC 0 6\n"}, "a.ann, line 1: expected an annotation such as"),
        ({"a.ann": ANN}, "there is no .txt file in it"),
    ],
)
def test_other_folders_are_refused(files: dict[str, str], message: str) -> None:
    with pytest.raises(FormatError, match=message):
        read(files)


def test_what_is_no_zip_is_refused() -> None:
    with pytest.raises(FormatError, match=r"x.zip: this is no zip"):
        FORM.loads(b"PK?", file="x.zip")


def test_ours_has_what_brat_needs() -> None:
    item = Item(
        "1",
        Sentence(("Kigali",), "en"),
        Sentence(("Ki", "gali", "!"), "rw", (Span(0, 2, "LOC"),)),
        frozenset({"source", "target"}),
    )
    with zipfile.ZipFile(io.BytesIO(FORM.dumps([item]))) as archive:
        files = {n: archive.read(n).decode() for n in archive.namelist()}
    assert files["target/0001.txt"] == "Ki gali !\n"
    assert files["target/0001.ann"] == "T1\tLOC 0 7\tKi gali\n"
    assert files["source/0001.ann"] == ""
    assert files["annotation.conf"].splitlines()[:2] == ["[entities]", "LOC"]
    assert "tokenizer:whitespace" in files["tools.conf"]


def test_what_brat_cannot_hold_is_refused() -> None:
    item = Item("7", target=Sentence(("a",), "en", (Span(0, 1, "geo political"),)))
    with pytest.raises(InputError, match="Item 7: brat does not allow the label 'geo political'"):
        FORM.dumps([item])
    pair = Item("8", Sentence(("a",), "en"), Sentence(("b",), "de"))
    with pytest.raises(InputError, match="Item 7 has target, others before it"):
        FORM.dumps([pair, Item("7", target=Sentence(("a",), "en"))])


def test_brat_is_told_that_labels_may_overlap() -> None:
    nested = Sentence(("Bank", "of", "Lagos"), "en", (Span(0, 3, "ORG"), Span(2, 3, "LOC")))
    with zipfile.ZipFile(io.BytesIO(FORM.dumps([Item("1", target=nested)]))) as archive:
        lines = archive.read("annotation.conf").decode().splitlines()
    assert lines == [
        "[entities]",
        "LOC",
        "ORG",
        "[relations]",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
        "[events]",
        "[attributes]",
    ]
