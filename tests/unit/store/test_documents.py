"""Every action is kept, can be taken back, and never overwrites another unseen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event as events

from tests.documents import commands, documents, example
from tests.laws import examples
from xproj_core.annotation.commands import Command
from xproj_core.annotation.history import past
from xproj_core.domain.errors import ConflictError, InputError, StoreError
from xproj_core.domain.item import Item
from xproj_core.review.reproject import offering
from xproj_core.store import open_store
from xproj_core.store.document_log import Where
from xproj_core.store.documents import Kept
from xproj_core.store.store import Store

UNDO, REDO = Command("undo"), Command("redo")
Do = Callable[..., Kept]


def add(start: int, label: str = "ORG") -> Command:
    return Command("add_span", {"side": "target", "start": start, "end": start + 1, "label": label})


def place(store: Store, sentences: int = 1) -> Where:
    document = example()
    items = [Item(str(n), document.source, document.target) for n in range(sentences)]
    return Where(store.datasets.add("Demo", items, "en", "de", ["PER"]), 0, "shared")


@pytest.fixture
def where(store: Store) -> Where:
    return place(store)


@pytest.fixture
def do(store: Store, where: Where) -> Do:
    """Carries a command out; without a base, on what is there now."""
    ids = count()

    def done(command: Command, by: str = "Ana", base: int | None = None, id: str = "") -> Kept:
        if base is None:
            there = store.documents.get(where)
            base = 0 if there is None else there.revision
        return store.documents.do(
            where,
            command,
            id=id or f"c{next(ids)}",
            by=by,
            base_revision=base,
            initial=example,
            offering=offering(),
        )

    return done


def test_what_was_done_is_there_when_the_store_is_opened_again(
    store: Store, where: Where, do: Do, url: str
) -> None:
    assert store.documents.get(where) is None
    snapshot = do(add(2))
    assert (snapshot.revision, snapshot.by, snapshot.can_undo, snapshot.can_redo) == (
        1,
        "Ana",
        True,
        False,
    )
    assert snapshot.document.spans["p1"].label == "ORG"
    with open_store(url) as again:
        assert again.documents.get(where) == snapshot
        assert again.documents.initial(where) == example()
        [event] = again.documents.events(where.dataset)
        assert (event.op, event.by, event.at) == ("add_span", "Ana", snapshot.at)


def test_undo_and_redo_across_restarts_say_whose_action_it_was(
    store: Store, where: Where, do: Do, url: str
) -> None:
    first, two = (
        do(add(2), by="Ana"),
        do(Command("relabel", {"id": "t2", "label": "ORG"}), by="Ben"),
    )
    with open_store(url) as again:

        def ask(command: Command, n: int) -> Kept:
            return again.documents.do(
                where, command, id=f"again{n}", by="Cleo", base_revision=n, initial=example
            )

        back = ask(UNDO, 2)
        assert back.document == first.document
        assert back.message.startswith("Undone: a label changed by Ben")
        further = ask(UNDO, 3)
        assert further.document == example()
        assert further.message.startswith("Undone: a label added by Ana")
        assert (further.can_undo, further.can_redo) == (False, True)
        with pytest.raises(InputError, match="nothing to undo"):
            ask(UNDO, 4)
        assert ask(REDO, 4).document == first.document
        redone = ask(REDO, 5)
        assert redone.document == two.document
        assert redone.message.startswith("Done again: a label changed by Ben")
        assert ask(UNDO, 6).document == first.document
        assert ask(add(5), 7).can_redo is False
        with pytest.raises(InputError, match="nothing to redo"):
            ask(REDO, 8)


@given(st.lists(st.sampled_from("aur"), max_size=12))
def test_the_past_is_what_two_stacks_say(actions: str) -> None:
    """Against a model that keeps states instead of revisions."""
    log: list[tuple[int, str]] = []
    states, undone = [0], list[int]()
    for action in actions:
        then = past(log)
        revision = len(log) + 1
        assert (then.undo is not None, then.redo is not None) == (len(states) > 1, bool(undone))
        if action == "a":
            states.append(revision)
            undone.clear()
            log.append((revision, "relabel"))
        elif action == "u" and then.undo is not None:
            undone.append(states.pop())
            log.append((revision, "undo"))
        elif action == "r" and then.redo is not None:
            states.append(undone.pop())
            log.append((revision, "redo"))


def test_the_later_one_is_told_who_was_first(store: Store, where: Where, do: Do) -> None:
    first = do(add(2), by="Ana", base=0)
    with pytest.raises(ConflictError, match="Ana changed this sentence") as raised:
        do(add(5), by="Ben", base=0)
    assert (raised.value.by, raised.value.at, raised.value.revision) == ("Ana", first.at, 1)
    assert store.documents.get(where) == first
    with pytest.raises(ConflictError):
        do(add(5), by="Ben", base=7)
    assert do(add(5), by="Ben", base=1).revision == 2


def test_a_window_may_run_ahead_of_itself_but_of_nobody_else(do: Do) -> None:
    do(add(2), base=0, id="window-a:1")
    assert do(add(5), base=0, id="window-a:2").revision == 2
    with pytest.raises(ConflictError):
        do(add(7), base=0, id="window-b:1")
    do(add(7), base=2, id="window-b:2")
    with pytest.raises(ConflictError, match="Ben"):
        do(add(7, "LOC"), by="Ben", base=3, id="window-c:1")
        do(add(6), base=2, id="window-a:3")


def test_a_command_that_is_sent_again_is_carried_out_once(
    store: Store, where: Where, do: Do
) -> None:
    snapshot = do(add(2), base=0, id="once")
    again = do(add(2), base=0, id="once")
    assert again.repeated
    assert (again.revision, again.document) == (1, snapshot.document)
    do(UNDO, id="back")
    assert do(UNDO, id="back").revision == 2
    assert len(list(store.documents.events(where.dataset))) == 2


def test_what_changes_nothing_is_not_logged(store: Store, where: Where, do: Do) -> None:
    assert do(Command("relabel", {"id": "t0", "label": "PER"})).revision == 0
    assert do(Command("keep")).can_undo is False
    with pytest.raises(InputError, match="not there any more"):
        do(Command("delete_span", {"id": "nobody"}))
    assert list(store.documents.events(where.dataset)) == []
    assert list(store.documents.all(where.dataset)) == []


def test_span_ids_are_never_used_twice(do: Do) -> None:
    assert "p1" in do(add(2)).document.spans
    do(UNDO)
    assert "p3" in do(add(2)).document.spans


def test_names_and_ids_are_checked(do: Do) -> None:
    with pytest.raises(InputError, match="Your name is empty"):
        do(add(2), by=" ")
    with pytest.raises(InputError, match="needs an id"):
        do(add(2), id="x" * 201)


def test_everybody_who_did_something_is_known_once(store: Store, where: Where) -> None:
    assert store.documents.people(where.dataset) == []
    for n, by in enumerate(["Zoë", "Ana", "ana", "Zoë", "Ana Obi (ana@example.org)"]):
        store.documents.do(
            where,
            Command("note", {"span": "t0", "text": f"{n}"}),
            id=f"a:{n}",
            by=by,
            base_revision=n,
            initial=example,
        )
    people = store.documents.people(where.dataset)
    assert sorted(people) == ["Ana", "Ana Obi (ana@example.org)", "Zoë", "ana"]
    assert len(people) == len(set(people))


def test_documents_and_events_go_with_their_dataset(store: Store, where: Where, do: Do) -> None:
    do(add(2))
    store.datasets.remove(where.dataset)
    assert store.documents.get(where) is None
    assert list(store.documents.events(where.dataset)) == []
    with pytest.raises(InputError, match="has been removed"):
        do(add(2))


@settings(max_examples=examples(40))
@given(documents(), st.lists(st.one_of(commands, st.just(UNDO), st.just(REDO)), max_size=8))
def test_undoing_everything_leads_back_to_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, document: object, edits: list[Command]
) -> None:
    store = _shared_store(tmp_path_factory)
    where = Where(place(store).dataset, 0, "shared")
    n = count()

    def ask(command: Command) -> Kept:
        there = store.documents.get(where)
        return store.documents.do(
            where,
            command,
            id=str(next(n)),
            by="Ana",
            initial=lambda: document,  # type: ignore
            base_revision=0 if there is None else there.revision,
            offering=offering(),
        )

    snapshot: Kept | None = None
    for command in edits:
        try:
            snapshot = ask(command)
        except InputError:
            continue
    while snapshot is not None and snapshot.can_undo:
        snapshot = ask(UNDO)
    assert snapshot is None or snapshot.document == document
    while snapshot is not None and snapshot.can_redo:
        snapshot = ask(REDO)
    assert store.documents.initial(where) in (None, document)


_stores: list[Store] = []


def _shared_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    if not _stores:
        _stores.append(open_store(str(tmp_path_factory.mktemp("laws") / "xproj.sqlite")))
    return _stores[0]


EDITORS, EACH = 20, 6


def test_twenty_editors_at_once_lose_nothing(store: Store) -> None:
    """All on three sentences, some on their own and some on one; each told of every conflict."""
    where = place(store, sentences=3)
    problems: list[BaseException] = []
    saved_texts: dict[tuple[int, str], list[str]] = {}
    begin = threading.Barrier(EDITORS)

    def edit(editor: int) -> None:
        position = Where(where.dataset, editor % 3, "shared")
        saved = saved_texts.setdefault((position.number, f"Editor {editor}"), [])
        begin.wait()
        try:
            for n in range(EACH):
                note = Command("note", {"span": "t0", "text": f"{editor}.{n}"})
                while True:
                    there = store.documents.get(position)
                    base = 0 if there is None else there.revision
                    try:
                        store.documents.do(
                            position,
                            note,
                            id=f"w{editor}.{base}:{n}",
                            by=f"Editor {editor}",
                            base_revision=base,
                            initial=example,
                        )
                    except ConflictError as conflict:
                        assert conflict.by.startswith("Editor ")
                        continue
                    saved.append(f"{editor}.{n}")
                    break
        except BaseException as problem:
            problems.append(problem)

    editors = [threading.Thread(target=edit, args=(n,)) for n in range(EDITORS)]
    for thread in editors:
        thread.start()
    for thread in editors:
        thread.join()
    assert problems == []
    events = list(store.documents.events(where.dataset))
    assert len(events) == EDITORS * EACH
    for (number, name), saved in saved_texts.items():
        own_events = [e for e in events if e.by == name]
        assert [e.args["text"] for e in own_events] == saved
        assert {e.where.number for e in own_events} == {number}
    for number in range(3):
        revisions = [e.revision for e in events if e.where.number == number]
        there = store.documents.get(Where(where.dataset, number, "shared"))
        assert there is not None and revisions == list(range(1, there.revision + 1))
        last = [e for e in events if e.where.number == number][-1]
        assert there.document.spans["t0"].mark.note == last.args["text"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "xproj.sqlite")) as store:
        where = place(store)
        first = store.documents.do(
            where, add(2), id="a:1", by="Ana", base_revision=0, initial=example
        )

        @events.listens_for(store.database._engine, "begin")
        def full(connection: object) -> None:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")  # type: ignore[attr-defined]

        with pytest.raises(StoreError, match=r"disk of .* is full"):
            for n in range(2, 200):
                store.documents.do(
                    where,
                    Command("note", {"span": "t0", "text": f"{n}" * 5000}),
                    id=f"a:{n}",
                    by="Ana",
                    base_revision=0,
                    initial=example,
                )
        snapshot = store.documents.get(where)
        assert snapshot is not None and snapshot.revision >= first.revision
        assert len(list(store.documents.events(where.dataset))) == snapshot.revision
