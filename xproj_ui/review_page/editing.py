"""The sentence at hand: what is shown of it, and what a command from the editor does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

import streamlit as st

from xproj_core.domain.errors import ConflictError, XProjError
from xproj_core.review.view import view
from xproj_core.review.view_types import DocumentView, ReviewTrack
from xproj_core.store import plain
from xproj_core.store.documents import Kept
from xproj_ui.clock import clock
from xproj_ui.editor import Command, show
from xproj_ui.editor.payload import Ack, Ahead, Conflict, Place, payload, sentence
from xproj_ui.review_page import who

KEY = "review_editor"
_SEEN, _HANDLED = "review_seen", "review_handled"
_REMEMBERED = 50

Step = Literal["next", "previous"]


@dataclass(frozen=True)
class Seen:
    """The document that this window shows, as it was when it was last told.

    Attributes:
        item: which document, as the editor names it.
        conflict: somebody else has changed it since; it is shown as it was until the person
            asks for the other version.
    """

    item: str
    snapshot: Kept
    ack: Ack | None = None
    conflict: Conflict | None = None


@dataclass(frozen=True)
class Near:
    """The sentence before or after: its name, where it stands, and the document as it is now."""

    item: str
    text: str
    opened: Callable[[], Kept]


@dataclass(frozen=True)
class Bench:
    """What the editor needs of its surroundings.

    Attributes:
        item: names the document for the whole session.
        opened: the document as it is now.
        do: carries out what the browser sent.
        go: moves to the "next" or "previous" sentence, if there is one.
        by: who is correcting; "" lets nobody change anything.
        tracks: labellings to show under the target instead of the document's own.
        near: the "next" and the "previous" sentence, to be drawn as soon as somebody goes there.
    """

    item: str
    opened: Callable[[], Kept]
    do: Callable[[Mapping[str, object]], Kept]
    go: Callable[[str], None]
    place: Place
    by: str
    tracks: tuple[ReviewTrack, ...] | None = None
    near: Mapping[Step, Near] = field(default_factory=dict)


def draw(bench: Bench) -> Kept:
    """The editor, on the document that it gives back; a command reruns what it is drawn in."""
    now = _refresh(bench)
    document = _view(now.snapshot, bench.by)
    if bench.tracks is not None:
        document = {**document, "tracks": list(bench.tracks)}
    data = payload(
        document,
        item=bench.item,
        annotator=bench.by,
        cookie=who.cookie(),
        place=bench.place,
        ack=now.ack,
        conflict=now.conflict,
        ahead=_ahead(bench),
    )
    show(data, key=KEY, on_command=lambda command: take(command, bench))
    return now.snapshot


def _view(snapshot: Kept, by: str) -> DocumentView:
    return view(
        snapshot.document,
        snapshot.revision,
        read_only=not by,
        can_undo=snapshot.can_undo,
        can_redo=snapshot.can_redo,
        saved=clock(snapshot.at),
    )


def _ahead(bench: Bench) -> Ahead:
    """The sentences around this one, those that can be read."""
    ahead: Ahead = {}
    for to, near in bench.near.items():
        with suppress(XProjError):  # told when somebody goes there
            document = _view(near.opened(), bench.by)
            place = Place(text=near.text, previous=True, next=True)
            ahead[to] = sentence(document, item=near.item, place=place)
    return ahead


def _refresh(bench: Bench) -> Seen:
    """News from the store are shown, unless there is a conflict to tell of first."""
    before: Seen | None = st.session_state.get(_SEEN)
    if before is not None and before.item == bench.item and before.conflict is not None:
        return before
    now = Seen(bench.item, bench.opened(), None if before is None else before.ack)
    st.session_state[_SEEN] = now
    return now


def take(command: Command, bench: Bench) -> None:
    """Carry out what the browser asks for, once; the next drawing acknowledges it."""
    now: Seen | None = st.session_state.get(_SEEN)
    if now is None:
        return
    handled: dict[str, Ack] = st.session_state.setdefault(_HANDLED, {})
    if command.id in handled:
        st.session_state[_SEEN] = replace(now, ack=handled[command.id])
        return
    after = _carry_out(command, now, bench)
    assert after.ack is not None
    handled[command.id] = after.ack
    for old in list(handled)[:-_REMEMBERED]:
        del handled[old]
    st.session_state[_SEEN] = after


def _carry_out(command: Command, now: Seen, bench: Bench) -> Seen:
    if command.item != now.item or now.item != bench.item:
        moved = "The page has moved on to another sentence; this was not saved. Do it again there."
        return replace(now, ack=_ack(command, problem=moved))
    try:
        if command.op == "go":
            bench.go(str(command.args.get("to")))
            return replace(now, ack=_ack(command), conflict=None)
        if command.op == "load":
            return Seen(now.item, bench.opened(), _ack(command))
        if not bench.by:
            return replace(now, ack=_ack(command, problem=who.first()))
        sent = asdict(command)
        then = sent["args"].pop("go", None)
        _refuse_unseen(now, bench)
        snapshot = bench.do(sent)
        if then is not None:
            bench.go(str(then))
    except ConflictError as error:
        conflict = Conflict(by=error.by or "Somebody", at=clock(error.at))
        return replace(now, ack=_ack(command, problem=str(error)), conflict=conflict)
    except XProjError as error:
        return replace(now, ack=_ack(command, problem=str(error)))
    # the time in the message is the store's; the page has the reader's clock
    message = snapshot.message.rpartition(",")[0]
    new = set(snapshot.document.spans) - set(now.snapshot.document.spans)
    ack = _ack(
        command,
        span_id=new.pop() if len(new) == 1 else None,
        message=message,
        at=clock(snapshot.at),
    )
    return Seen(now.item, snapshot, ack)


def _refuse_unseen(now: Seen, bench: Bench) -> None:
    """A curated version that nobody has touched is made of what the others have at the moment.

    Raises:
        ConflictError: they have something else by now than what this window shows.
    """
    if bench.tracks is None or now.snapshot.revision:
        return
    there = bench.opened()
    if not there.revision and there.document != now.snapshot.document:
        raise ConflictError(
            "The versions that the curated one begins with have changed after it was shown to"
            " you. Nothing was written. Look at it as it is now.",
            by="An annotator",
            at=plain.now(),
            revision=0,
        )


def _ack(
    command: Command, problem: str = "", span_id: str | None = None, message: str = "", at: str = ""
) -> Ack:
    return Ack(id=command.id, ok=not problem, problem=problem, made=span_id, told=message, at=at)
