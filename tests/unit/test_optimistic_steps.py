"""The browser draws what a command does before the server has done it: both do the same.

Random commands go through the browser's steps, in node, and through the server's `apply`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents import LABELS, documents, marks
from tests.laws import examples
from xproj_core.annotation.argument_types import ARGUMENTS
from xproj_core.annotation.commands import Command, apply
from xproj_core.annotation.document import (
    SIDES,
    STATUSES,
    Document,
    MarkedLink,
    MarkedSpan,
    Offer,
)
from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError
from xproj_core.review.view import view

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node")
AWAITED = {"retext", "adopt", "undo", "redo"}
Json = dict[str, Any]
Steps = Callable[[Document, list[Command]], list[Json | None]]


@pytest.fixture(scope="module")
def steps() -> Iterator[Steps]:
    """What the browser makes of each of some commands, one after the other; None for refused."""
    if NODE is None:
        pytest.skip("no node on this machine")
    program = [NODE, str(ROOT / "tests" / "js" / "steps_lines.js")]
    with subprocess.Popen(program, stdin=-1, stdout=-1, text=True, encoding="utf-8") as process:
        assert process.stdin is not None and process.stdout is not None
        into, out = process.stdin, process.stdout

        def run(document: Document, sent: list[Command]) -> list[Json | None]:
            line = {
                "document": view(document),
                "commands": [{"op": c.op, "args": c.args} for c in sent],
                "by": "Ana",
            }
            print(json.dumps(line), file=into, flush=True)
            views: list[Json | None] = json.loads(out.readline())
            return views

        yield run
        into.close()


@st.composite
def crowded(draw: st.DrawFn) -> Document:
    """Three words on each side with spans and links of every kind close together."""
    words = Sentence(("Ada", "met", "Kofi"), "en")
    places = st.sampled_from([(0, 1), (0, 2), (1, 2)])
    spans = {
        id: MarkedSpan(
            id,
            side,
            *draw(places),
            draw(st.sampled_from(LABELS[:2])),
            draw(marks),
            draw(st.sampled_from([None, "s0", "gone"])) if side == "target" else None,
        )
        for id, side in (("s0", SIDES[0]), ("t0", SIDES[1]), ("t1", SIDES[1]), ("t2", SIDES[1]))
    }
    pairs = [(0, 0), (0, 1), (1, 1)]
    links = {pair: MarkedLink(*pair, draw(st.booleans()), draw(marks)) for pair in pairs}
    return Document(words, words, spans, links, labels=LABELS)


@st.composite
def with_offers(draw: st.DrawFn) -> Document:
    """Documents, some with a re-projection on offer: spans moved, made and taken away."""
    document = draw(st.one_of(crowded(), crowded(), documents()))
    targets = document.on("target")
    if not targets or draw(st.booleans()):
        return document
    moved = draw(st.sampled_from(targets))
    where = draw(st.integers(0, document.length("target") - 1))
    new_span = replace(moved, id="n0", start=where, end=where + 1)
    others = [s.id for s in targets if s.id != moved.id]
    removed = draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    spans = [replace(moved, start=where, end=where + 1, label="ORG"), new_span]
    return replace(document, offer=Offer("match-exact", (), tuple(spans), tuple(removed), ("so",)))


LABEL = st.sampled_from([*LABELS, *LABELS, "NEW", " "])
PLACE = st.sampled_from([(0, 1), (0, 1), (0, 2), (1, 2), (1, 3), (-1, 1), (2, 1), (0, 9)])


@st.composite
def sequences(draw: st.DrawFn) -> tuple[Document, list[Command]]:
    """A document and commands that mostly fit it: few places, so that spans meet."""
    document = draw(with_offers())
    ids = st.sampled_from([*document.spans, *document.spans, "n0", "new0", "new1", "gone"])
    known = [list(pair) for pair in document.links]
    pairs = st.sampled_from([*known, *known, [0, 0], [0, 1], [9, 0]])

    def build_command(op: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
        return st.fixed_dictionaries(arguments).map(lambda values: Command(op, values))

    def placed(op: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Command]:
        return st.builds(
            lambda c, at: Command(op, {**c.args, "start": at[0], "end": at[1]}),
            build_command(op, **arguments),
            PLACE,
        )

    linked = pairs.map(lambda pair: {"source": pair[0], "target": pair[1]})
    commands = st.one_of(
        placed("add_span", side=st.sampled_from(["source", "target"]), label=LABEL),
        build_command("delete_span", id=ids),
        build_command("relabel", id=ids, label=LABEL),
        placed("resize", id=ids),
        build_command(
            "set_status",
            spans=st.lists(ids, max_size=2),
            links=st.lists(pairs, max_size=2),
            status=st.sampled_from(STATUSES),
        ),
        build_command("note", span=ids, text=st.just("why?")),
        build_command("note", link=pairs, text=st.just("why?")),
        st.builds(lambda at, p: Command("link", {**at, "possible": p}), linked, st.booleans()),
        linked.map(lambda at: Command("unlink", at)),
        build_command("take_offer"),
        build_command("keep"),
        build_command("done", done=st.booleans()),
    )
    chosen = draw(st.lists(commands, min_size=1, max_size=8))
    return document, [
        Command(c.op, {**c.args, "id": f"new{n}"}) if c.op == "add_span" else c
        for n, c in enumerate(chosen)
    ]


def drawn(document: Json) -> Json:
    """What is compared: everything that commands change, in one order.

    Why a span was lost is the server's to say.
    """
    spans = [{k: v for k, v in s.items() if k != "lost"} for s in document["spans"]]
    return {
        "spans": sorted(spans, key=lambda s: s["id"]),
        "links": sorted(document["links"], key=lambda link: (link["source"], link["target"])),
        **{name: document[name] for name in ("source", "target", "done", "offer")},
    }


def server(document: Document, sent: list[Command]) -> Iterator[Document | None]:
    """What the server makes of each of some commands; None for refused."""
    for command in sent:
        try:
            document, _ = apply(document, command, "Ana")
        except InputError:
            yield None
        else:
            yield document


@settings(max_examples=examples(500))  # many rules to meet
@given(sequences())
def test_the_browser_foresees_what_the_server_does(
    steps: Steps, sequence: tuple[Document, list[Command]]
) -> None:
    document, sent = sequence
    for command, browser_view, after in zip(
        sent, steps(document, sent), server(document, sent), strict=True
    ):
        assert (browser_view is None) == (after is None), command
        if browser_view is not None and after is not None:
            assert drawn(browser_view) == drawn(json.loads(json.dumps(view(after)))), command


@given(with_offers(), st.sampled_from(sorted(AWAITED)))
def test_what_only_the_server_knows_is_not_guessed(
    steps: Steps, document: Document, op: str
) -> None:
    [browser_view] = steps(document, [Command(op, {"side": "target", "text": "Ada"})])
    assert browser_view == json.loads(json.dumps(view(document)))


def test_every_command_is_foreseen_or_awaited(steps: Steps) -> None:
    """The driver fails on an operation that is neither."""
    document = Document(None, None, {}, {})
    for op in ARGUMENTS:
        assert len(steps(document, [Command(op, {})])) == 1
