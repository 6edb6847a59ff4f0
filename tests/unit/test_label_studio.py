"""Files as Label Studio exports them, and ours as it would give them back."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item, Links
from xproj_core.formats import FORMATS, Read
from xproj_core.formats.label_studio import interface

FORM = FORMATS["label-studio"]
TEXT = "👩‍🚀 Mae Jemison visited Nairobi."


def region(
    start: int, end: int, label: str | None, text: str | None = None, **more: Any
) -> dict[str, Any]:
    """A region as the editor saves it."""
    value: dict[str, Any] = {"start": start, "end": end}
    if text is not None:
        value["text"] = text
    if label is not None:
        value["labels"] = [label]
    return {
        "id": more.pop("id", f"r{start}"),
        "from_name": "label",
        "to_name": more.pop("on", "text"),
        "type": "labels",
        "origin": "manual",
        "value": value,
        **more,
    }


def task(data: dict[str, Any], result: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A task of a JSON export."""
    annotation = {
        "id": 31,
        "completed_by": 1,
        "result": result,
        "was_cancelled": False,
        "ground_truth": False,
        "created_at": "2026-02-03T10:11:12.000000Z",
        "lead_time": 8.1,
        **more,
    }
    return {
        "id": 17,
        "annotations": [annotation],
        "drafts": [],
        "predictions": [],
        "data": data,
        "meta": {},
        "file_upload": "1-news.json",
        "inner_id": 1,
        "project": 4,
    }


def read(*tasks: Any, **how: Any) -> Read:
    return FORM.loads(json.dumps(tasks), file="export.json", **{"target": "en", **how})


def places(item: Item) -> list[tuple[str, str]]:
    """Labels with the words that they cover."""
    assert item.target is not None
    return [(s.label, " ".join(item.target.words(s))) for s in item.target.spans]


def test_offsets_are_code_points() -> None:
    result = [region(4, 15, "PER", "Mae Jemison"), region(24, 31, "LOC", "Nairobi")]
    corpus = read(task({"text": TEXT}, result))
    (item,) = corpus.items
    assert item.key == "17" and item.gold == {"target"} and item.target is not None
    assert item.target.text == TEXT and item.target.tokens[0] == "👩‍🚀"
    assert places(item) == [("PER", "Mae Jemison"), ("LOC", "Nairobi")]
    assert corpus.notes == ()


def test_offsets_of_older_versions_are_utf_16() -> None:
    # Two characters above U+FFFF stand before: every later offset was two too high.
    result = [region(6, 17, "PER", "Mae Jemison"), region(26, 33, "LOC", "Nairobi")]
    corpus = read(task({"text": TEXT}, result))
    assert places(corpus.items[0]) == [("PER", "Mae Jemison"), ("LOC", "Nairobi")]
    assert "UTF-16" in corpus.notes[0] and "task 17" in corpus.notes[0]


def test_a_region_that_does_not_cover_what_it_says_is_refused() -> None:
    with pytest.raises(FormatError, match=r"export.json: task 17: .*“Nairobi”.*stands “airobi.”"):
        read(task({"text": TEXT}, [region(25, 32, "LOC", "Nairobi")]))


def test_half_a_token() -> None:
    half = task({"text": TEXT}, [region(8, 18, "PER", "Jemison vi")])
    with pytest.raises(FormatError, match="cuts through the token “visited”: choose “expand”"):
        read(half)
    wide = read(half, fit="expand")
    assert places(wide.items[0]) == [("PER", "Jemison visited")]
    assert wide.notes == (
        "export.json: spans that cut through a token were widened to whole tokens (1 time,"
        " first in task 17).",
    )
    narrow = read(half, fit="contract")
    assert places(narrow.items[0]) == [("PER", "Jemison")] and "narrowed" in narrow.notes[0]
    with pytest.raises(FormatError, match="no whole token is left in it"):
        read(task({"text": TEXT}, [region(9, 12, "PER", "emi")]), fit="contract")


def test_blanks_at_the_ends_of_a_region_do_not_matter() -> None:
    corpus = read(task({"text": TEXT}, [region(3, 16, "PER", " Mae Jemison ")]))
    assert places(corpus.items[0]) == [("PER", "Mae Jemison")] and not corpus.notes


def test_two_texts_and_relations() -> None:
    data = {"src": "Mae Jemison visited Nairobi .", "mt": "Nairobi besuchte Mae Jemison .", "n": 3}
    result = [
        region(0, 11, "PER", "Mae Jemison", on="english", id="a"),
        region(20, 27, "LOC", "Nairobi", on="english", id="b"),
        region(0, 7, "LOC", "Nairobi", on="german", id="c"),
        region(17, 28, "PER", "Mae Jemison", on="german", id="d"),
        {"type": "relation", "from_id": "c", "to_id": "b", "direction": "left", "labels": []},
        {"type": "relation", "from_id": "a", "to_id": "d", "direction": "right"},
        {"type": "relation", "from_id": "a", "to_id": "b", "direction": "right"},
    ]
    corpus = read(task(data, result), source="en", target="de")
    (item,) = corpus.items
    assert item.source is not None and item.target is not None
    assert item.source.spans == (Span(0, 2, "PER"), Span(3, 4, "LOC"))
    assert item.target.spans == (Span(0, 1, "LOC"), Span(2, 4, "PER"))
    assert item.gold == {"source", "target"}
    assert item.links == Links(frozenset({(3, 0), (0, 2), (0, 3), (1, 2), (1, 3)}))
    notes = " ".join(corpus.notes)
    assert "“src” was read as the source and “mt” as the target" in notes
    assert "several words links all their words" in notes
    assert "does not link the two texts" in notes


def test_json_min() -> None:
    exported_task = {
        "id": 5,
        "sentence": "Nairobi grows.",
        "label": [{"start": 0, "end": 7, "text": "Nairobi", "labels": ["LOC"]}],
        "annotator": 1,
        "annotation_id": 9,
        "created_at": "2026-02-03T10:11:12.000000Z",
        "lead_time": 2.0,
    }
    (item,) = read(exported_task).items
    assert places(item) == [("LOC", "Nairobi")] and item.key == "5" and item.gold == {"target"}


def test_json_min_of_a_task_of_ours() -> None:
    sentence = Sentence(("Nai", "robi"), "en", (Span(0, 2, "LOC"),))
    (ours,) = json.loads(FORM.dumps([Item("a", target=sentence, gold=frozenset({"target"}))]))
    value = ours["annotations"][0]["result"][0]["value"]
    (item,) = read({"id": 5, **ours["data"], "label": [value]}).items
    assert item.key == "a" and item.target == sentence and item.gold == {"target"}


def test_which_annotation_counts() -> None:
    several = task({"text": "Nairobi grows."}, [], was_cancelled=True)
    several["annotations"] += [
        {"result": [region(0, 7, "ORG", "Nairobi")], "completed_by": 2},
        {"result": [region(0, 7, "LOC", "Nairobi")], "completed_by": 3, "ground_truth": True},
    ]
    corpus = read(several)
    assert places(corpus.items[0]) == [("LOC", "Nairobi")]
    assert "one of several annotations" in corpus.notes[0]


def test_predictions_are_guesses() -> None:
    exported_task = task({"text": "Nairobi grows."}, [])
    exported_task["annotations"] = []
    exported_task["predictions"] = [
        {"result": [region(0, 7, "LOC", "Nairobi", score=0.75)], "score": 0.7}
    ]
    (item,) = read(exported_task).items
    assert places(item) == [("LOC", "Nairobi")] and item.gold == frozenset()
    assert item.target is not None and item.target.spans[0].score == 0.75


def test_what_is_no_label_is_left_out_and_said() -> None:
    result = [
        region(0, 7, None, "Nairobi"),
        {"type": "choices", "from_name": "ok", "to_name": "text", "value": {"choices": ["yes"]}},
    ]
    corpus = read(task({"text": "Nairobi grows."}, result))
    assert places(corpus.items[0]) == []
    assert "a region without a label was left out" in " ".join(corpus.notes)
    assert "an answer that labels no text was left out" in " ".join(corpus.notes)


def test_reading_what_can_be_read() -> None:
    good = task({"text": "Nairobi grows."}, [region(0, 7, "LOC", "Nairobi")])
    bad = task({"text": "Nairobi grows."}, [region(0, 99, "LOC")]) | {"id": 18}
    with pytest.raises(FormatError, match="task 18: the span 0–99 LOC lies outside of the text"):
        read(good, bad)
    corpus = read(good, bad, partial=True)
    assert [i.key for i in corpus.items] == ["17"]
    assert len(corpus.problems) == 1 and "task 18" in corpus.problems[0]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("[\n{]", "line 2, column 2: this is not JSON"),
        ('"x"', "expected a list of tasks"),
        ("[3]", "task 1: expected an object; found a number"),
        ('[{"data": {"a": "x", "b": "y"}}]', "which field of data holds the text is not clear"),
        (
            '[{"data": {"text": "x"}, "annotations": [{"result": [{"value": {"start": "/p[1]",'
            ' "end": 2, "labels": ["A"]}, "to_name": "text"}]}]}]',
            "as Label Studio writes it",
        ),
    ],
)
def test_bad_files_are_refused(data: str, message: str) -> None:
    with pytest.raises(FormatError) as error:
        FORM.loads(data, file="export.json")
    assert str(error.value).startswith("export.json") and message in str(error.value)


def test_a_task_of_ours_that_came_back_annotated() -> None:
    item = Item(
        "doc-1",
        Sentence(("Mae", "visited", "Nairobi"), "en", (Span(0, 1, "PER"),)),
        Sentence(("Mae", "besuchte", "Nairobi"), "de", (Span(1, 2, "PER", 0.4),)),
        frozenset({"source"}),
        Links(frozenset({(0, 0)}), frozenset({(2, 2)})),
    )
    (ours,) = json.loads(FORM.dumps([item]))
    assert "annotations" not in ours  # half of it is a guess: offered as a prediction
    result = ours.pop("predictions")[0]["result"]
    (guess,) = [r for r in result if r.get("from_name") == "target_label"]
    guess["value"] |= {"start": 0, "end": 3, "text": "Mae"}
    back = read({**ours, **task(ours["data"], result)}).items[0]
    assert back.key == "doc-1" and back.gold == {"source", "target"}
    assert back.target is not None and back.target.spans == (Span(0, 1, "PER"),)
    assert back.links == item.links and back.source == item.source


def test_the_interface_names_what_the_tasks_refer_to() -> None:
    root = ElementTree.fromstring(interface(['A "quoted" & <odd> label', "PER"], pair=True))
    assert [t.attrib["name"] for t in root.iter("Text")] == ["source", "target"]
    assert {e.attrib["toName"] for e in root.iter("Labels")} == {"source", "target"}
    values = {e.attrib["value"] for e in root.iter("Label")}
    assert values == {'A "quoted" & <odd> label', "PER", "word"}


def minimal(full_task: dict[str, Any]) -> dict[str, Any]:
    """A task of a JSON-MIN export: a list per control, and no relations."""
    [annotation] = full_task["annotations"]
    minimal_task = {**full_task["data"], "id": full_task.get("id", 1), "annotator": "a@example.org"}
    for result in annotation["result"]:
        if result["type"] != "relation":
            minimal_task.setdefault(result["from_name"], []).append(result["value"])
    return minimal_task


def test_json_min_of_a_pair_of_ours() -> None:
    item = Item(
        "p",
        Sentence(("Ada", "met", "Kofi"), "en", (Span(0, 1, "PER"), Span(2, 3, "PER"))),
        Sentence(("😊", "Ada", "traf", "Kofi"), "de", (Span(1, 2, "PER"), Span(3, 4, "PER"))),
        frozenset({"source", "target"}),
        Links(frozenset({(0, 1), (2, 3)})),
    )
    [written] = json.loads(FORM.dumps([item]))
    corpus = read(minimal(written), source="en", target="de")
    assert corpus.items == (Item("p", item.source, item.target, item.gold),)
    assert "JSON-MIN holds no relations" in corpus.notes[0]


def test_json_min_with_two_controls_on_one_text() -> None:
    both = {
        "text": TEXT,
        "title": "Mae Jemison",
        "id": 3,
        "person": [{"start": 4, "end": 15, "text": "Mae Jemison", "labels": ["PER"]}],
        "place": [{"start": 24, "end": 31, "text": "Nairobi", "labels": ["LOC"]}],
    }
    (item,) = read(both).items
    assert item.target is not None
    assert [(item.target.words(s), s.label) for s in item.target.spans] == [
        (("Mae", "Jemison"), "PER"),
        (("Nairobi",), "LOC"),
    ]


def test_regions_that_lie_nowhere_are_not_dropped_in_silence() -> None:
    pair = Item("p", Sentence(("Ada",), "en", (Span(0, 1, "PER"),)), Sentence(("Ada",), "de"))
    [written] = json.loads(FORM.dumps([pair]))
    written["predictions"][0]["result"][0]["to_name"] = "elsewhere"
    with pytest.raises(FormatError, match=r"task 1: which text 1 of its 1 regions lie on"):
        read(written)
