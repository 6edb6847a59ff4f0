"""What a command from the editor does to the page, and where a sentence is said to stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st

from tests.documents import example
from xproj_core.annotation.filter import Filter
from xproj_core.domain.errors import ConflictError, InputError, XProjError
from xproj_core.store.documents import Kept
from xproj_core.store.queue import Queue
from xproj_ui.editor import Command
from xproj_ui.review_page import editing, progress
from xproj_ui.review_page.editing import Bench, Seen


class Journal:
    """A bench that remembers what was asked of it."""

    def __init__(self, snapshot: Kept, problem: XProjError | None = None) -> None:
        self.kept, self.problem = snapshot, problem
        self.sent: list[Mapping[str, Any]] = []
        self.went: list[str] = []
        self.bench = Bench(
            "d/0/shared",
            lambda: snapshot,
            self.do,
            self.went.append,
            {"text": "", "previous": True, "next": True},
            "Ana",
        )

    def do(self, sent: Mapping[str, Any]) -> Kept:
        if self.problem:
            raise self.problem
        self.sent.append(sent)
        return self.kept


@pytest.fixture
def kept() -> Kept:
    return Kept(example())


def command(op: str, **more: Any) -> Command:
    return replace(Command("w:1", "d/0/shared", 0, op, {}), **more)


def test_a_command_reaches_the_store_and_is_acknowledged(kept: Kept) -> None:
    at = Journal(kept)
    after = editing._carry_out(command("undo"), Seen("d/0/shared", kept), at.bench)
    assert at.sent[0]["op"] == "undo" and after.ack == {
        "id": "w:1",
        "ok": True,
        "problem": "",
        "made": None,
        "told": "",
        "at": "",
    }
    editing._carry_out(command("go", args={"to": "next"}), after, at.bench)
    editing._carry_out(command("done", args={"done": True, "go": "next"}), after, at.bench)
    assert at.went == ["next", "next"] and at.sent[1]["args"] == {"done": True}


def test_a_conflict_keeps_what_was_shown_until_the_other_version_is_loaded(kept: Kept) -> None:
    at = Journal(kept, ConflictError("x", by="Ben", at="2026-01-02T10:11:12+00:00", revision=3))
    after = editing._carry_out(command("undo"), Seen("d/0/shared", kept), at.bench)
    assert after.snapshot is kept and after.conflict == {"by": "Ben", "at": "10:11:12"}
    assert editing._carry_out(command("load"), after, at.bench).conflict is None


def test_what_does_not_fit_is_told(kept: Kept) -> None:
    at = Journal(kept, InputError("There is a PER on these words already."))
    after = editing._carry_out(command("add_span"), Seen("d/0/shared", kept), at.bench)
    assert after.ack is not None
    assert after.ack["problem"].startswith("There is a PER") and not after.ack["ok"]
    late = editing._carry_out(
        command("undo", item="d/7/shared"), Seen("d/0/shared", kept), at.bench
    )
    assert late.ack is not None
    assert not late.ack["ok"] and "not saved" in late.ack["problem"]


class Counting(Queue):
    """A queue whose counting takes a quarter of a second on a clock of its own."""

    def __init__(self) -> None:
        self.dataset, self.now, self.counts = "d", 10.0, 0

    def count(self, criteria: Filter) -> int:
        self.now += 0.25
        self.counts += 1
        return 1000 - self.counts


def test_a_count_that_takes_long_is_not_made_for_every_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue = Counting()
    monkeypatch.setattr(progress, "monotonic", lambda: queue.now)
    monkeypatch.setattr(st, "session_state", {})
    stands = progress.describe_position

    assert stands(queue, 2000, Filter(), "shared")(4) == "5 of 2,000"
    assert stands(queue, 2000, Filter(status="open"), "shared")(4) == "no. 5 · 999 in the queue"
    queue.now += 20
    assert stands(queue, 2000, Filter(status="open"), "shared")(5) == "no. 6 · 999 in the queue"
    assert "998 " in stands(queue, 2000, Filter(status="done"), "shared")(5)
    queue.now += 30
    assert "997 " in stands(queue, 2000, Filter(status="done"), "shared")(5)
