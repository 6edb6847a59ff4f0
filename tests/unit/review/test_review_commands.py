"""Laws of the commands: each can be taken back exactly, and none touches what is not its own."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import commands, documents, example, operations
from xproj_core.annotation.commands import OPERATIONS, Command, apply
from xproj_core.annotation.document import Document
from xproj_core.annotation.history import SAID
from xproj_core.domain import codec
from xproj_core.domain.errors import InputError
from xproj_core.review.reproject import POSSIBLE, evidence, offering
from xproj_core.review.view import view

OFFER = offering()


def _after(document: Document, *commands: Command, by: str = "Ana") -> Document:
    for command in commands:
        document, _ = apply(document, command, by, OFFER)
    return document


def _plain(command: Command) -> Command:
    """As it is after a stay in the log."""
    return Command(command.op, json.loads(json.dumps(dict(command.args))))


@given(documents(), st.lists(commands, max_size=6))
def test_inverses_lead_back_through_the_log(document: Document, edits: list[Command]) -> None:
    states, inverses = [document], []
    for command in edits:
        try:
            state, inverse = apply(states[-1], command, "Ana", OFFER)
        except InputError:
            continue
        states.append(state)
        inverses.append(inverse)
    redone = []
    for before, after, inverse in zip(states[-2::-1], states[:0:-1], inverses[::-1], strict=True):
        back, again = apply(after, _plain(inverse), "Ben")
        assert back == before
        assert apply(back, _plain(again), "Cleo")[0] == after
        redone.append(back)
    if redone:
        assert redone[-1] == document


def _named(command: Command, document: Document) -> tuple[set[str], set[tuple[int, int]]]:
    """The spans and links that a command is about."""
    args = command.args
    if command.op == "take_offer":
        offer = document.offer
        assert offer is not None
        return {*(s.id for s in offer.spans), *offer.gone}, set()
    spans = {*args.get("spans", ()), *([args["id"]] if "id" in args else ())}
    spans |= {args["span"]} if "span" in args else set()
    links = {tuple(pair) for pair in args.get("links", ())}
    links |= {tuple(args["link"])} if "link" in args else set()
    if command.op in ("link", "unlink"):
        links.add((args["source"], args["target"]))
    return spans, links


@given(documents(), st.lists(commands, min_size=1, max_size=4))
def test_nothing_else_is_touched(document: Document, edits: list[Command]) -> None:
    for command in edits:
        try:
            after, _ = apply(document, command, "Ana", OFFER)
        except InputError:
            continue
        if command.op == "retext":
            side = command.args["side"]
            for id, span in document.spans.items():
                assert span.side == side or after.spans[id] == span
        else:
            spans, links = _named(command, document)
            for id, span in document.spans.items():
                assert id in spans or after.spans[id] == span
            for pair, link in document.links.items():
                assert pair in links or after.links[pair] == link
            assert (after.source, after.target) == (document.source, document.target)
        document = after


@given(documents(), st.lists(commands, max_size=4))
def test_documents_survive_json_and_can_be_drawn(document: Document, edits: list[Command]) -> None:
    for command in edits:
        try:
            document, _ = apply(document, command, "Ana", OFFER)
        except InputError:
            continue
    assert codec.from_json(Document, json.loads(json.dumps(codec.to_json(document)))) == document
    drawn = view(document, 3)
    json.dumps(drawn)
    for span in drawn["spans"]:
        sentence = drawn[span["side"]]
        assert sentence is not None
        assert 0 <= span["start"] < span["end"] <= len(sentence["tokens"])
    assert {s["id"] for s in drawn["spans"]} == set(document.spans)


def test_a_machines_span_is_rejected_and_a_persons_own_goes() -> None:
    document = _after(
        example(),
        Command("add_span", {"side": "target", "start": 2, "end": 3, "label": "ORG"}),
        Command("delete_span", {"id": "t0"}),
    )
    assert document.spans["p0"].mark.origin == "Ana"
    assert document.spans["p0"].mark.status == "accepted"
    assert document.spans["t0"].mark.status == "rejected"
    assert document.spans["t0"].mark.editor == "Ana"
    assert [s.id for s in document.on("target")] == ["p0", "t1", "t2"]
    document = _after(document, Command("delete_span", {"id": "p0"}))
    assert "p0" not in document.spans


def test_corrections_keep_where_a_span_came_from() -> None:
    document = _after(
        example(),
        Command("relabel", {"id": "t2", "label": "ORG"}),
        Command("resize", {"id": "t0", "start": 0, "end": 1}),
    )
    for id in ("t2", "t0"):
        mark = document.spans[id].mark
        assert (mark.origin, mark.by, mark.status, mark.score) == (
            "direct/match-exact",
            "method",
            "corrected",
            0.75,
        )
    assert document.spans["t0"].source == "s0"


def test_the_same_span_twice_is_refused_and_nested_ones_are_not() -> None:
    document = example()
    add = {"side": "target", "start": 0, "end": 2, "label": "PER"}
    with pytest.raises(InputError, match="already"):
        apply(document, Command("add_span", add), "Ana")
    with pytest.raises(InputError, match="already"):
        apply(document, Command("resize", {"id": "t1", "start": 0, "end": 2}), "Ana")
    after = _after(document, Command("add_span", {**add, "end": 1}))
    assert len(after.on("target")) == 4


def test_every_operation_has_words_for_whoever_takes_it_back() -> None:
    assert set(SAID) == set(OPERATIONS)


def test_a_link_is_rejected_revived_and_made_possible() -> None:
    off = Command("unlink", {"source": 2, "target": 2})
    on = Command("link", {"source": 2, "target": 2})
    maybe = Command("link", {"source": 2, "target": 2, "possible": True})
    document = _after(example(), off)
    assert document.links[2, 2].mark.status == "rejected"
    assert (2, 2) not in [link.pair for link in document.live_links()]
    document = _after(document, on)
    assert document.links[2, 2].mark.status == "accepted"
    document = _after(document, maybe)
    assert document.links[2, 2].possible
    assert document.links[2, 2].mark.status == "corrected"
    own = Command("link", {"source": 0, "target": 5})
    document = _after(document, own)
    assert document.links[0, 5].mark.by == "person"
    assert (0, 5) not in _after(document, Command("unlink", dict(own.args))).links


def test_a_link_that_is_only_possible_weighs_less_in_the_projection() -> None:
    maybe = Command("link", {"source": 2, "target": 2, "possible": True})
    before, after = evidence(example()), evidence(_after(example(), maybe))
    assert before is not None and before.alignment is not None
    assert after is not None and after.alignment is not None
    assert after.alignment.scores[2, 2] == min(POSSIBLE, before.alignment.scores[2, 2])


def test_a_changed_link_offers_the_entity_anew() -> None:
    """Kofi Mensah's second word is linked to "in" instead: the span would move there."""
    document = _after(
        example(),
        Command("unlink", {"source": 4, "target": 4}),
        Command("link", {"source": 4, "target": 2}),
    )
    offer = document.offer
    assert offer is not None
    assert offer.entities == ("s1",)
    [span] = offer.spans
    assert (span.id, span.start, span.end, span.label) == ("t1", 2, 4, "PER")
    assert offer.messages == ("Kofi Mensah → traf Kofi (PER)",)
    assert document.spans["t1"].place == (3, 5, "PER")
    accepted = _after(document, Command("take_offer"))
    assert accepted.offer is None
    assert accepted.spans["t1"].place == (2, 4, "PER")
    assert accepted.spans["t1"].mark.status == "corrected"
    declined = _after(document, Command("keep"))
    assert declined.offer is None
    assert declined.spans["t1"].place == (3, 5, "PER")


def test_an_entity_without_links_would_go_and_come_back() -> None:
    off = [Command("unlink", {"source": i, "target": i}) for i in (3, 4)]
    document = _after(example(), *off)
    assert document.offer is not None and document.offer.gone == ("t1",)
    assert "would no longer be" in document.offer.messages[0]
    without_entity = _after(document, Command("take_offer"))
    assert without_entity.spans["t1"].mark.status == "rejected"
    back = _after(without_entity, *(Command("link", dict(c.args)) for c in off))
    assert back.offer is not None
    [span] = back.offer.spans
    assert span.place == (3, 5, "PER") and span.source == "s1" and span.id == "s1.0"
    unchanged = _after(document, *(Command("link", dict(c.args)) for c in off))
    assert unchanged.offer is None


def test_corrections_are_not_offered_away_by_a_link_elsewhere() -> None:
    document = _after(
        example(),
        Command("resize", {"id": "t0", "start": 0, "end": 1}),
        Command("unlink", {"source": 7, "target": 7}),
    )
    assert document.offer is None


def test_text_is_edited_around_what_stands_on_untouched_words() -> None:
    document = _after(
        example(),
        Command("retext", {"side": "target", "text": "Gestern traf Ada Obi Kofi Mensa in Lagos."}),
    )
    assert document.target is not None
    assert document.target.tokens == tuple("Gestern traf Ada Obi Kofi Mensa in Lagos .".split())
    by_id = {id: (s.start, s.end, s.mark.stale) for id, s in document.spans.items()}
    assert by_id["t0"] == (2, 4, False)
    assert by_id["t2"] == (7, 8, False)
    assert by_id["t1"] == (4, 6, True)
    assert document.links[0, 2].mark.stale is False
    assert document.links[4, 5].mark.stale is True
    assert by_id["s1"] == (3, 5, False)
    [track] = document.tracks
    assert [(s.start, s.end) for s in track.spans] == [(2, 3), (7, 8)]
    fresh = _after(document, Command("set_status", {"spans": ["t1"], "status": "accepted"}))
    assert fresh.spans["t1"].mark.stale is False


def test_deleted_words_take_their_span_along_and_undo_brings_it_back() -> None:
    before = example()
    after, inverse = apply(
        before, Command("retext", {"side": "target", "text": "Ada Obi traf Kofi in ."}), "Ana"
    )
    assert "t2" not in after.spans
    assert after.spans["t1"].place == (3, 4, "PER") and after.spans["t1"].mark.stale
    assert apply(after, inverse, "Ana")[0] == before


def test_spaces_alone_change_no_label() -> None:
    document = _after(
        example(),
        Command("retext", {"side": "target", "text": "Ada Obi traf  Kofi Mensah in Lagos."}),
    )
    assert document.spans == example().spans
    assert document.target is not None and document.target.text is not None


@pytest.mark.parametrize(
    ("op", "args", "message"),
    [
        ("explode", {}, "no operation 'explode'"),
        ("add_span", {"side": "target", "start": 0, "end": 1}, "needs a text as 'label'"),
        ("add_span", {"side": "middle", "start": 0, "end": 1, "label": "PER"}, "source or target"),
        ("add_span", {"side": "target", "start": 0, "end": 9, "label": "PER"}, "has 8"),
        ("add_span", {"side": "target", "start": 0, "end": 1, "label": "X"}, "PER, LOC, ORG"),
        ("add_span", {"side": "target", "start": True, "end": 2, "label": "PER"}, "a number"),
        ("resize", {"id": "t0", "start": 2, "end": 2}, "not there"),
        ("delete_span", {"id": "t9"}, "not there any more"),
        ("link", {"source": 0, "target": 8}, "cannot be linked"),
        ("unlink", {"source": 0, "target": 7}, "not there any more"),
        ("set_status", {"links": [[0, "a"]], "status": "accepted"}, "pairs of token numbers"),
        ("set_status", {"status": "fine"}, "one of projected"),
        ("note", {"span": "t0", "text": "x" * 20_001}, "at most 20,000 characters"),
        ("retext", {"side": "target", "text": "  "}, "no word"),
        ("take_offer", {}, "no re-projection on offer"),
    ],
)
def test_what_does_not_fit_is_said(op: str, args: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        apply(example(), Command(op, args), "Ana")


def test_every_operation_is_tried_by_the_laws() -> None:
    # adopt has a test of its own: its arguments are another document's
    assert {*operations, "adopt"} == set(OPERATIONS)


def test_what_does_not_fit_is_not_recited() -> None:
    note = Command("note", {"span": "t0", "text": "x" * 30_000})
    with pytest.raises(InputError) as raised:
        apply(example(), note, "Ana")
    assert len(str(raised.value)) < 250 and "30,002 characters" in str(raised.value)
