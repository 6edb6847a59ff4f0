"""What can be undone and redone, derived from the log alone.

A document's history is linear: every action makes the next revision, an undo included. An undo
takes back the last action that has not been taken back; a redo takes back the last undo, until
somebody does something new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

UNDO, REDO = "undo", "redo"
SAID = {
    "add_span": "a label added",
    "delete_span": "a label deleted",
    "relabel": "a label changed",
    "resize": "an edge moved",
    "set_status": "a check or rejection",
    "note": "a note",
    "link": "a link",
    "unlink": "a link removed",
    "retext": "the text edited",
    "take_offer": "a re-projection taken",
    "keep": "a re-projection left",
    "adopt": "labels taken over",
    "done": "a mark as done or open",
}
"""Operations in words, for whoever takes one back."""


@dataclass(frozen=True, slots=True)
class Past:
    """Revisions whose inverses undo and redo apply next; None where there is nothing to do."""

    undo: int | None = None
    redo: int | None = None


def past(events: Iterable[tuple[int, str]]) -> Past:
    """The past of a document from its (revision, operation) pairs in order."""
    undoable: list[int] = []
    redoable: list[int] = []
    for revision, op in events:
        if op == UNDO:
            undoable.pop()
            redoable.append(revision)
        elif op == REDO:
            redoable.pop()
            undoable.append(revision)
        else:
            undoable.append(revision)
            redoable.clear()
    return Past(undoable[-1] if undoable else None, redoable[-1] if redoable else None)
