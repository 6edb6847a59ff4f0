"""What the editor is given."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.domain.record import Placement, Record
from xproj_core.review.view import view
from xproj_ui.editor.component import _command, script
from xproj_ui.editor.keys import KEYS
from xproj_ui.editor.payload import EditorPayload, payload
from xproj_ui.editor.read_only import document

SOURCE = Sentence(("Ada", "came"), "en", (Span(0, 1, "PER"),))
TARGET = Sentence(("آدا", "جاءت"), "ar", (Span(0, 1, "PER"),))
ITEM = Item(
    "7", SOURCE, TARGET, frozenset({"target"}), Links(frozenset({(0, 0)}), frozenset({(1, 1)}))
)


def drawn(
    item: Item, record: Record | None = None, tracks: Mapping[str, Sequence[Span]] | None = None
) -> EditorPayload:
    """What the browser gets of an item that is only to be looked at."""
    return payload(view(document(item, record, tracks or {}), read_only=True), item=item.key)


def test_an_item_alone_shows_its_own_labels_and_links() -> None:
    document_view = drawn(ITEM)
    assert document_view["read_only"] and json.dumps(document_view)
    assert [(s["side"], s["start"], s["end"]) for s in document_view["spans"]] == [
        ("source", 0, 1),
        ("target", 0, 1),
    ]
    assert [(x["source"], x["target"], x["possible"]) for x in document_view["links"]] == [
        (0, 0, False),
        (1, 1, True),
    ]
    assert document_view["target"] is not None
    assert document_view["target"]["dir"] == "rtl" and document_view["names"]["target"] == "Arabic"
    assert document_view["tracks"] == []


def test_a_record_shows_what_the_system_made_and_gold_below() -> None:
    placed = (
        Placement(Span(0, 1, "PER"), Span(0, 2, "PER", 0.8)),
        Placement(Span(0, 1, "PER"), None, "unaligned"),
    )
    record = Record(
        "7",
        0,
        "direct/match-exact",
        SOURCE,
        TARGET.labelled(()),
        links=((0, 0, 0.912),),
        placements=placed,
    )
    document_view = drawn(ITEM, record, {"pivot": [Span(1, 2, "LOC"), Span(1, 9, "LOC")]})
    target = [s for s in document_view["spans"] if s["side"] == "target"]
    assert [(s["start"], s["end"], s["from"], s["score"]) for s in target] == [(0, 2, "s0", 0.8)]
    assert document_view["links"][0]["score"] == 0.91
    assert [t["title"] for t in document_view["tracks"]] == ["gold", "pivot"]
    assert len(document_view["tracks"][1]["spans"]) == 1, "a span after the last word is left out"
    assert set(document_view["colours"]) == {"PER", "LOC"}


def test_one_sentence_alone() -> None:
    document_view = drawn(Item("1", target=TARGET))
    assert document_view["source"] is None and document_view["names"]["source"] == ""


def test_only_what_looks_like_a_command_is_one() -> None:
    good = {"id": "a-1", "item": "7", "base_revision": 3, "op": "undo", "args": {}}
    command = _command(good)
    assert command is not None and command.base_revision == 3
    for name in good:
        assert _command({**good, name: None}) is None
    assert _command("undo") is None


def test_data_never_becomes_markup_and_every_key_is_told_once() -> None:
    assert "innerHTML" not in script()
    keys = [key for names, _ in KEYS for key in names.split()]
    assert len(keys) == len(set(keys))
