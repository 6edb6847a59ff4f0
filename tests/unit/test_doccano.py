"""Files as doccano exports them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS, Read, Writing

FORM = FORMATS["doccano"]
TEXT = "👩🏻‍🚒 Firefighters of Accra 💩 met in Lomé."


def read(*lines: Any, **how: Any) -> Read:
    data = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return FORM.loads(data, file="admin.jsonl", **{"target": "en", **how})


def labels(dataset: Read, n: int = 0) -> list[tuple[str, str]]:
    target = dataset.items[n].target
    assert target is not None
    return [(s.label, " ".join(target.words(s))) for s in target.spans]


def utf16(text: str, word: str) -> tuple[int, int]:
    """Where JavaScript finds `word`."""
    start = len(text[: text.index(word)].encode("utf-16-le")) // 2
    return start, start + len(word.encode("utf-16-le")) // 2


def test_triples_and_entities() -> None:
    text = "Accra is in Ghana."
    dataset = read(
        {"id": 7, "text": text, "label": [[0, 5, "LOC"], [12, 17, "LOC"]], "Comments": []},
        {
            "id": 8,
            "text": text,
            "Comments": ["check", "again"],
            "author": "Ama",
            "entities": [
                {"id": 40, "label": "LOC", "start_offset": 0, "end_offset": 5},
                {"id": 41, "label": "LOC", "start_offset": 12, "end_offset": 17},
            ],
            "relations": [{"id": 3, "from_id": 40, "to_id": 41, "type": "capital of"}],
        },
        {"id": 9, "data": text, "labels": []},
    )
    assert [i.key for i in dataset.items] == ["7", "8", "9"]
    assert labels(dataset) == labels(dataset, 1) == [("LOC", "Accra"), ("LOC", "Ghana")]
    assert dataset.items[1].notes == {"author": "Ama", "comments": "check; again"}
    assert dataset.items[2].gold == {"target"}
    assert dataset.notes == (
        "admin.jsonl: relations between the spans of a text were left out (1 time, first in"
        " line 2).",
    )


def test_offsets_are_utf_16_units_and_it_is_said() -> None:
    dataset = read({"text": TEXT, "label": [[*utf16(TEXT, w), "LOC"] for w in ("Accra", "Lomé")]})
    assert labels(dataset) == [("LOC", "Accra"), ("LOC", "Lomé")]
    assert "UTF-16" in dataset.notes[0]


def test_offsets_may_be_code_points_or_graphemes() -> None:
    start = TEXT.index("Accra")
    line = {"text": TEXT, "label": [[start, start + 5, "LOC"]]}
    assert labels(read(line, units="code points")) == [("LOC", "Accra")]
    clusters = start - 3  # person, skin tone, joiner and fire engine are one
    line = {"text": TEXT, "label": [[clusters, clusters + 5, "LOC"]]}
    assert labels(read(line, units="graphemes")) == [("LOC", "Accra")]


def test_our_offsets_are_those_of_the_browser() -> None:
    sentence = Sentence(("💩", "Accra", "e\u0301t"), "en", (Span(1, 2, "LOC"), Span(1, 3, "X")))
    (line,) = FORM.dumps([Item("a", target=sentence)]).decode().splitlines()
    assert json.loads(line)["label"] == [[3, 8, "LOC"], [3, 12, "X"]]
    data = FORM.dumps([Item("a", target=sentence)], how=Writing(entities=True))
    assert json.loads(data)["entities"][1] == {
        "id": 1,
        "start_offset": 3,
        "end_offset": 12,
        "label": "X",
    }
    assert json.loads(data)["relations"] == []
    assert FORM.loads(data).items[0].target == sentence


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "Accra"', "line 1, column 17: this is not JSON"),
        ("[]", "expected a JSON object; found a list"),
        ('{"label": []}', "expected an object with a text"),
        ('{"text": "Accra", "label": [[0, 5, 3]]}', "labels are numbers"),
        ('{"text": "Accra", "label": [[0, 9, "LOC"]]}', "outside of the text"),
        ('{"text": "Accra", "label": [[1, 3, "LOC"]]}', "cuts through the token “Accra”"),
        ('{"text": "Accra", "label": [[1, "LOC"]]}', "as doccano writes it"),
        ('{"text": "Accra", "entities": [{"label": "LOC"}]}', "KeyError at 'start_offset'"),
    ],
)
def test_bad_lines_are_refused_or_left_out(line: str, message: str) -> None:
    with pytest.raises(FormatError, match="line 1") as error:
        FORM.loads(line + "\n", file="admin.jsonl")
    assert message in str(error.value)
    dataset = FORM.loads(line + '\n{"text": "Ho", "label": []}\n', partial=True)
    assert len(dataset.items) == 1 and message in dataset.problems[0]
