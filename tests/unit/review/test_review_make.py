"""Documents from items and records, and back to items."""

from __future__ import annotations

from dataclasses import replace

from xproj_core.annotation.commands import Command, apply
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.domain.record import Placement, Record
from xproj_core.review import conversion

EN = Sentence(("Ada", "saw", "Lagos"), "en", (Span(0, 1, "PER", 0.91239), Span(2, 3, "LOC", 0.8)))
DE = Sentence(("Ada", "sah", "Lagos"), "de", (Span(2, 3, "LOC"),))


def record(system: str = "direct/match-exact", **changes: object) -> Record:
    base_record = Record(
        "k",
        0,
        system,
        EN,
        DE.labelled(()),
        links=((0, 0, 0.9), (2, 2, 0.8)),
        placements=(
            Placement(EN.spans[0], Span(0, 1, "PER", 0.9), confidence=0.9),
            Placement(EN.spans[1], None, "filtered", "Too short."),
        ),
    )
    return replace(base_record, **changes)  # type: ignore[arg-type]


def test_an_item_alone_is_corrected_as_it_is() -> None:
    item = Item("k", EN, DE, frozenset({"target"}), Links(frozenset({(0, 0)}), frozenset({(2, 2)})))
    document = conversion.document(item, labels=["PER", "ORG"])
    assert document.labels == ("PER", "ORG", "LOC")
    by_id = {id: (s.side, s.label, s.mark.by, s.mark.status) for id, s in document.spans.items()}
    assert by_id == {
        "s0": ("source", "PER", "import", "projected"),
        "s1": ("source", "LOC", "import", "projected"),
        "t0": ("target", "LOC", "import", "accepted"),
    }
    assert document.spans["s0"].mark.score == 0.9124
    assert document.links[2, 2].possible and not document.links[0, 0].possible
    assert conversion.item(document, "k") == Item(
        "k", EN, DE, frozenset(), Links(frozenset({(0, 0)}), frozenset({(2, 2)}))
    )


def test_a_record_is_corrected_with_its_origins() -> None:
    gold = DE.labelled([Span(0, 1, "PER")])
    others = [
        record("pivot/match-exact"),
        record("other-words/elp", target=Sentence(("Ada",), "de")),
        record("broken/elp", problem="no model"),
    ]
    item = Item("k", target=gold, gold=frozenset({"target"}))
    document = conversion.document(item, record(), others, ["PER"])
    assert document.spans["t0"].source == "s0"
    assert document.spans["t0"].mark.origin == "direct/match-exact"
    assert document.spans["s0"].mark.origin == "tagger"
    assert document.lost == {"s1": "Too short."}
    assert [t.title for t in document.tracks] == ["gold", "pivot/match-exact"]
    assert document.links[2, 2].mark.score == 0.8
    assert document.system == "direct/match-exact"


def test_gold_source_labels_that_were_given_are_not_the_taggers() -> None:
    document = conversion.document(Item("k", EN, DE, frozenset({"source"})), record())
    assert document.spans["s0"].mark.by == "import"
    assert document.spans["s0"].mark.status == "accepted"


def test_a_record_with_a_problem_counts_as_none() -> None:
    item = Item("k", EN, DE)
    broken = record(problem="no model", source=Sentence((), "und"))
    assert conversion.document(item, broken) == conversion.document(item)


def test_what_is_done_is_gold_and_rejected_labels_are_not_in_it() -> None:
    document = conversion.document(Item("k", EN, DE), record())
    for command in (
        Command("delete_span", {"id": "t0"}),
        Command("add_span", {"side": "target", "start": 2, "end": 3, "label": "LOC"}),
        Command("unlink", {"source": 0, "target": 0}),
        Command("done", {"done": True}),
    ):
        document, _ = apply(document, command, "Ana")
    item = conversion.item(document, "k")
    assert item.gold == {"source", "target"}
    assert item.target is not None and item.target.spans == (Span(2, 3, "LOC"),)
    assert item.links == Links(frozenset({(2, 2)}))


def test_one_sided_items() -> None:
    document = conversion.document(Item("k", target=DE))
    assert document.source is None
    assert conversion.item(document, "k").links is None
