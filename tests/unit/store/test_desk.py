"""A dataset on the desk: what is shown first, double annotation, adjudication."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest

from tests import fakes
from xproj_core.annotation.settings import GOLD, Settings, own_layer
from xproj_core.answers.choice import Choice
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import ConflictError, InputError, StoreError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Writing
from xproj_core.methods import Mode
from xproj_core.review import adjudicate, conversion
from xproj_core.review.desk import Desk
from xproj_core.review.signals import prepare
from xproj_core.runs import configuration, runner
from xproj_core.store.documents import Kept
from xproj_core.store.store import Store

EN = Sentence(("Ada", "Obi", "saw", "Lagos"), "en", (Span(0, 2, "PER"), Span(3, 4, "LOC")))
DE = Sentence(("Ada", "Obi", "sah", "Lagos"), "de", (Span(0, 2, "PER"), Span(3, 4, "LOC")))
PIVOT = "pivot/seed-heuristic(merge_distance=2)"
_ids = count()


def record(system: str, *placed: Placement) -> Record:
    links = tuple((i, i, 0.9) for i in range(4))
    return Record("a", 0, system, EN, DE.labelled(()), links=links, placements=placed)


PER = Placement(EN.spans[0], Span(0, 1, "PER"), confidence=0.6)
LOC = Placement(EN.spans[1], Span(3, 4, "LOC"), confidence=0.9)
GONE = Placement(EN.spans[1], None, "unaligned", "No link.")


@pytest.fixture
def desk(sqlite_store: Store) -> Desk:
    """One sentence that two systems have labelled."""
    item = Item("a", EN, DE, frozenset({"target"}))
    id = sqlite_store.datasets.add("Demo", [item], "en", "de", ["PER", "LOC", "ORG"])
    records = [
        record("direct/min-max", PER, LOC),
        record(PIVOT, PER, GONE),
    ]
    sqlite_store.reviews.give(id, records)
    return Desk(sqlite_store, id)


def send(desk: Desk, by: str, op: str, into: str | None = None, **args: Any) -> Kept:
    base = desk.open(0, by, into).revision
    sent = {"id": f"id{next(_ids)}", "base_revision": base, "op": op, "args": args}
    return desk.do(0, by, sent, into)


def test_what_came_with_an_item_is_shown_first(desk: Desk) -> None:
    document = desk.open(0, "Ana").document
    assert document.system == "direct/min-max"
    assert document.projector == "min-max" and "comp_src" in document.options
    assert [t.title for t in document.tracks] == ["gold", PIVOT]
    assert document.labels == ("PER", "LOC", "ORG")


def test_another_system_may_be_chosen_and_brings_its_projector(desk: Desk) -> None:
    desk.store.reviews.set(desk.dataset.id, Settings(system=PIVOT))
    again = Desk(desk.store, desk.dataset.id)
    document = again.open(0, "Ana").document
    assert document.lost == {"s1": "No link."}
    assert (document.projector, document.options["merge_distance"]) == ("seed-heuristic", 2)


def test_what_somebody_changed_keeps_the_system_that_it_had(desk: Desk) -> None:
    send(desk, "Ana", "note", span="t0", text="hm")
    desk.store.reviews.set(desk.dataset.id, Settings(system=PIVOT))
    assert Desk(desk.store, desk.dataset.id).open(0, "Ben").document.system == "direct/min-max"


def test_a_possible_link_is_one_action_and_is_written_as_one(desk: Desk) -> None:
    def written(snapshot: Kept) -> str:
        data = FORMATS["pharaoh"].dumps([conversion.item(snapshot.document, "a")], how=Writing())
        return data.decode().strip()

    snapshot = send(desk, "Ana", "link", source=1, target=1, possible=True)
    assert written(snapshot) == "0-0 1p1 2-2 3-3"
    assert snapshot.document.links[1, 1].mark.status == "corrected"
    assert [e.op for e in desk.store.documents.events(desk.dataset.id)] == ["link"]
    assert written(send(desk, "Ana", "undo")) == "0-0 1-1 2-2 3-3"
    assert written(send(desk, "Ana", "redo")) == "0-0 1p1 2-2 3-3"


def test_signals_are_found_for_every_item(desk: Desk) -> None:
    done_counts: list[int] = []
    assert prepare(desk, done_counts.append) == 1
    assert done_counts == [1]
    assert desk.store.reviews.noted(desk.dataset.id) == 1
    tags = desk.store.reviews.tags(desk.dataset.id)
    assert tags == {"error": {"short": 1}, "label": {"LOC": 1, "PER": 1}}


def test_a_run_is_corrected_with_its_projector(sqlite_store: Store) -> None:
    sentences = [Sentence(("the", "old", "plant"), "en", (Span(2, 3, "ORG"),))] * 3
    items = [Item(str(n), s, gold=frozenset({"source"})) for n, s in enumerate(sentences)]
    id = sqlite_store.datasets.add("Demo", items, "en", "de", ["ORG"])
    run_configuration = configuration.RunConfiguration(
        "en",
        "de",
        mode=Mode.TRANSLATE,
        methods=(Choice("direct"),),
        projectors=(Choice("min-max"), Choice("thesis-heuristic", {"k": 2})),
    )
    run = runner.create(sqlite_store, id, run_configuration)
    runner.run(sqlite_store, run, load=lambda name: fakes.engine())
    sqlite_store.reviews.set(id, Settings(run=run, system="direct/thesis-heuristic"))
    desk = Desk(sqlite_store, id)
    document = desk.open(2, "Ana").document
    assert document.target is not None and document.target.tokens == ("das", "alte", "werk")
    assert (document.projector, document.options["k"]) == ("thesis-heuristic", 2)
    assert [s.place for s in document.on("target")] == [(2, 3, "ORG")]
    assert prepare(desk) == 3


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"id": "a", "base_revision": 0, "op": "patch", "args": {"spans": {}}},
        {"id": "a", "base_revision": "0", "op": "keep", "args": {}},
        {"id": 7, "base_revision": 0, "op": "keep", "args": {}},
        {"id": "a", "base_revision": 0, "op": "keep", "args": []},
    ],
)
def test_what_is_no_command_is_refused(desk: Desk, sent: Mapping[str, Any]) -> None:
    with pytest.raises(InputError, match="is no command"):
        desk.do(0, "Ana", sent)


def test_items_that_are_not_there_are_said(desk: Desk) -> None:
    with pytest.raises(StoreError, match="no item number 5"):
        desk.open(5, "Ana")


def test_two_people_correct_apart_and_a_third_decides(desk: Desk) -> None:
    store, id = desk.store, desk.dataset.id
    store.reviews.set(id, Settings(double=True))
    desk = Desk(store, id)
    send(desk, "Ana", "resize", id="t0", start=0, end=2)
    send(desk, "Ana", "unlink", source=2, target=2)
    ben = send(desk, "Ben", "relabel", id="t1", label="ORG")
    assert ben.revision == 1, "neither sees the other"
    ana_layer, ben_layer = own_layer("Ana"), own_layer("Ben")
    comparison = adjudicate.compare(desk.versions(0))
    assert comparison.layers == (ana_layer, ben_layer)
    undecided = [
        (c.side, c.start, c.end, c.label, tuple(c.ids)) for c in comparison.spans if not c.agreed
    ]
    assert undecided == [
        ("target", 0, 1, "PER", (ben_layer,)),
        ("target", 0, 2, "PER", (ana_layer,)),
        ("target", 3, 4, "LOC", (ana_layer,)),
        ("target", 3, 4, "ORG", (ben_layer,)),
    ]
    assert [c.pair for c in comparison.links if not c.agreed] == [(2, 2)]
    assert comparison.to_decide == 5

    gold = desk.open(0, "Cleo", GOLD)
    assert gold.revision == 0
    assert [s.place for s in gold.document.on("target")] == []
    assert [s.place for s in gold.document.on("source")] == [(0, 2, "PER"), (3, 4, "LOC")]
    send(desk, "Cleo", "adopt", GOLD, layer=ana_layer, spans=["t0"])
    snapshot = send(desk, "Cleo", "adopt", GOLD, layer=ben_layer, spans=["t1"], links=[[2, 2]])
    assert [s.place for s in snapshot.document.on("target")] == [(0, 2, "PER"), (3, 4, "ORG")]
    assert [s.mark.editor for s in snapshot.document.on("target")] == ["Cleo", "Cleo"]
    assert (2, 2) in [link.pair for link in snapshot.document.live_links()]
    back = send(desk, "Cleo", "undo", GOLD)
    assert [s.place for s in back.document.on("target")] == [(0, 2, "PER")]
    with pytest.raises(InputError, match="no such version"):
        send(desk, "Cleo", "adopt", GOLD, layer="by:Nobody", spans=["t0"])
    with pytest.raises(InputError, match="not there any more"):
        send(desk, "Cleo", "adopt", GOLD, layer=ana_layer, spans=["t77"])


def test_versions_with_other_words_are_not_mixed(desk: Desk) -> None:
    desk.store.reviews.set(desk.dataset.id, Settings(double=True))
    desk = Desk(desk.store, desk.dataset.id)
    send(desk, "Ana", "note", span="t0", text="fine")
    send(desk, "Ben", "retext", side="target", text="Ada Obi sah gestern Lagos")
    comparison = adjudicate.compare(desk.versions(0))
    assert comparison.other_words == (own_layer("Ben"),)
    with pytest.raises(InputError, match="another target text"):
        send(desk, "Cleo", "adopt", GOLD, layer=own_layer("Ben"), spans=["t0"])


def test_conflicts_come_through(desk: Desk) -> None:
    send(desk, "Ana", "note", span="t0", text="mine")
    with pytest.raises(ConflictError, match="Ana"):
        stale = {"id": "x", "base_revision": 0, "op": "delete_span", "args": {"id": "t0"}}
        desk.do(0, "Ben", stale)
