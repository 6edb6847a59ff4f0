"""Files and folders to datasets: found out what they are, streamed, counted, refused."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from xproj_core.datasets import LabelMap, look, read
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.domain.item import Item, Links
from xproj_core.formats import FORMATS

CONLL = "Awa B-PER\nleft O\nDakar B-LOC\n\nRain O\n\n"


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def packed(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# -- single files -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "layout"),
    [
        ("a.txt", CONLL, "conll"),
        ("a.tsv", CONLL.replace(" ", "\t"), "conll"),
        ("a.bilou", CONLL.replace("B-", "U-"), "bilou"),
        ("a.txt", "One sentence .\nAnother one .\n", "text"),
        ("a.txt", "[ music ]\n{ noise }\n", "text"),
        ("a.tsv", "One sentence .\tEin Satz .\n", "tsv"),
        ("a.jsonl", '{"target": {"tokens": ["a"]}}\n', "jsonl"),
        ("a.jsonl", '{"text": "Awa", "label": []}\n', "doccano"),
        ("a.jsonl", '{"tokens": ["Awa"], "ner_tags": ["B-PER"]}\n', "huggingface"),
        ("a.json", '[{"data": {"text": "Awa"}}]', "label-studio"),
        ("a.json", '{"data": {"text": "Awa"}}', "label-studio"),
    ],
)
def test_what_a_file_looks_like(tmp_path: Path, name: str, content: str, layout: str) -> None:
    path = put(tmp_path, {name: content}) / name
    (guess,) = look(path)
    assert guess.layout == layout
    assert list(read(path).items) == list(read(content.encode(), name=name).items)


def test_every_format_is_recognised_and_read_back() -> None:
    item = Item(
        "1",
        Sentence(("Awa", "left"), "en", (Span(0, 1, "PER"),)),
        Sentence(("Awa", "est", "partie"), "fr", (Span(0, 1, "PER"),)),
        frozenset({"source", "target"}),
        Links(frozenset({(0, 0)})),
    )
    for form in FORMATS.values():
        if form.needs:
            continue
        data = form.dumps([item])
        (guess,) = look(data, name=f"x{form.suffixes[0]}")
        assert guess.layout == form.name
        dataset = read(
            data,
            name=f"x{form.suffixes[0]}",
            source_language="en",
            target_language="fr",
            words="spaces",
        )
        (back,) = dataset.items
        assert back.target is not None and back.target.tokens == ("Awa", "est", "partie")


def test_tags_in_another_column_and_comments() -> None:
    data = b"# about\n1\tAwa\tPROPN\tB-PER\tx\n2\tleft\tVERB\tO\ty\n\n"
    dataset = read(data, name="a.iob2")
    assert "its fourth column holds tags such as B-PER" in dataset.reason
    (item,) = dataset.items
    assert item.target and item.target.tokens == ("Awa", "left")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.conll", "Awa left\nDakar now\n", "called .conll, but no column of it holds tags"),
        ("a.txt", "", "a.txt is empty"),
        ("a.jsonl", '{"x": 1}\n', "not of a kind that is known here"),
        ("a.align", "0-0 1-1\n", "need the sentences they link"),
        ("a.bin", "\0\1\2", "is no text"),
    ],
)
def test_what_is_not_known_is_refused(name: str, content: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read(content.encode(), name=name)
    assert message in str(error.value)


def test_a_folder_that_is_not_known_names_what_it_holds(tmp_path: Path) -> None:
    put(tmp_path, {"x.txt": "a", "y.txt": "b"})
    with pytest.raises(InputError, match=r"laid out like any corpus.*holds x.txt, y.txt"):
        read(tmp_path)
    with pytest.raises(InputError, match="There is no file or folder"):
        read(tmp_path / "nowhere")


# -- pairs of files -----------------------------------------------------------------------------


def test_two_files_and_their_links(tmp_path: Path) -> None:
    put(tmp_path, {"s.conll": CONLL, "t.txt": "Dakar left Awa\nPluie\n", "a.align": "0-2 2p0\n\n"})
    dataset = read(
        tmp_path / "s.conll",
        target=tmp_path / "t.txt",
        links=tmp_path / "a.align",
        source_language="en",
        target_language="fr",
    )
    first, second = dataset.items
    assert first.links == Links(frozenset({(0, 2)}), frozenset({(2, 0)}))
    assert second.links == Links(frozenset()) and first.gold == {"source"}
    assert dataset.reason.startswith("looks like two parallel files: CoNLL columns, IOB2, and Text")
    preview = dataset.preview
    assert (preview.items, preview.linked, preview.links) == (2, 2, 2)


def test_a_bad_link_names_its_line(tmp_path: Path) -> None:
    put(tmp_path, {"s.conll": CONLL, "t.txt": "Dakar left Awa\nPluie\n", "a.align": "0-0\n1-0\n"})
    files = {"target": tmp_path / "t.txt", "links": tmp_path / "a.align"}
    with pytest.raises(FormatError, match=r"a.align, line 2: the link 1-0 is out of range"):
        list(read(tmp_path / "s.conll", **files).items)  # type: ignore[arg-type]
    dataset = read(tmp_path / "s.conll", partial=True, **files)  # type: ignore[arg-type]
    assert [i.key for i in dataset.items] == ["1"] and len(dataset.problems) == 1


def test_a_bad_sentence_leaves_the_pair_out_and_nothing_slips(tmp_path: Path) -> None:
    put(tmp_path, {"s.conll": "a O\nb\n\nc O\n\n", "t.txt": "x\ny\n"})
    dataset = read(tmp_path / "s.conll", target=tmp_path / "t.txt", partial=True)
    (item,) = dataset.items
    assert item.source and item.source.tokens == ("c",)
    assert item.target and item.target.tokens == ("y",)


# -- labels, names, lengths ---------------------------------------------------------------------


def test_labels_are_changed_in_the_open() -> None:
    data = "Awa B-person\nleft O\nyesterday B-DATE\n\nDakar B-LOC\n\n"
    dataset = read(data.encode(), name="a.conll")
    assert dataset.labels == ("DATE", "LOC", "person")
    changed = dataset.onto(("PER", "LOC", "ORG"))
    assert changed.label_map == LabelMap({"DATE": None, "person": "PER"})
    assert changed.labels == ("LOC", "PER")
    assert changed.notes == (
        "DATE was left out (1 span).",
        "person was read as PER (1 span).",
    )
    assert LabelMap.parse("person=PER, DATE=") == changed.label_map
    with pytest.raises(InputError, match="'DATE' does not say what becomes of a label"):
        LabelMap.parse("DATE")


def test_names_are_unique() -> None:
    line = '{"id": "x", "target": {"language": "en", "tokens": ["a"]}}\n'
    dataset = read((line * 3).encode(), name="a.jsonl")
    assert [i.key for i in dataset.items] == ["x", "x~2", "x~3"]
    assert "an item's name was taken" in dataset.notes[0]


def test_a_sentence_that_is_too_long_is_refused() -> None:
    data = ("word O\n" * 1001).encode()
    with pytest.raises(FormatError, match="has 1,001 tokens; one may have 1,000"):
        list(read(data, name="a.conll").items)


def test_warnings_before_anything_runs() -> None:
    data = "a O\n" * 201 + "\n\n\nb O\n\n"
    preview = read(data.encode(), name="a.conll").preview
    warning_text = " ".join(preview.warnings)
    assert "language of the target is not known" in warning_text
    assert "2 target sentences are empty" in warning_text
    assert "has 201 tokens. Are there sentence breaks missing?" in warning_text
    assert "No target sentence has a label" in warning_text
    assert preview.sides["target"].longest == (201, "1")
    pair = read(b"a b c d\tw\n", name="p.tsv", source_language="en", target_language="en").preview
    assert "in one language" in " ".join(pair.warnings)
    assert "4.0 times the tokens" in " ".join(pair.warnings)
    assert next(iter(pair.lines())) == "1 items"


def test_a_long_file_is_never_held(tmp_path: Path) -> None:
    """What is held while reading does not grow with the file."""
    path = tmp_path / "long.conll"

    def peak(sentences: int) -> int:
        path.write_text("Awa B-PER\nleft O\nDakar B-LOC\n\n" * sentences)
        tracemalloc.start()
        count = sum(1 for _ in read(path).items)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == sentences
        return top

    peak(100)  # imports
    few, many = peak(1_000), peak(6_000)
    # 5,000 sentences more: only their names are remembered, about 100 bytes each, so that no
    # two are the same; whole items would take over 1 kB each.
    assert many - few < 5_000 * 200
