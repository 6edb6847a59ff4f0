"""What was done to a sentence, in words, with undo."""

from __future__ import annotations

import streamlit as st

from xproj_core.annotation.document import Document, MarkedSpan
from xproj_core.annotation.history import SAID
from xproj_core.domain.codec import RawJson
from xproj_core.store.document_log import Event, Where
from xproj_core.text.strings import counted
from xproj_ui.clock import local
from xproj_ui.resources import store
from xproj_ui.review_page.adjudicate import title
from xproj_ui.say import escaped

_SHOWN = 40


def panel(where: Where, document: Document) -> None:
    """The newest first."""
    events = list(store().documents.events(where.dataset, where))[::-1]
    if not events:
        st.caption(
            "Nobody has changed this sentence yet. Every action will be listed here, with"
            " who did it and when; undo (Ctrl+Z in the editor) goes back through all of"
            " them, also after a restart."
        )
        return
    rows = ["| when | who | what |", "|---|---|---|"]
    for event in events[:_SHOWN]:
        when = f"{local(event.at):%Y-%m-%d %H:%M:%S}"
        rows.append(f"| {when} | {escaped(event.by)} | {escaped(describe(event, document))} |")
    st.markdown("\n".join(rows))
    if len(events) > _SHOWN:
        st.caption(f"and {len(events) - _SHOWN} earlier")


def describe(event: Event, document: Document) -> str:
    """An action as a sentence; spans are named by what they are now."""
    args = event.args
    if event.op in ("add_span", "link", "unlink"):
        return _place(event.op, args, document)
    if event.op in ("relabel", "resize", "delete_span"):
        span = _span(document, args.get("id"))
        done = {"relabel": f"made {span} {args.get('label')}", "resize": f"moved an edge of {span}"}
        return done.get(event.op, f"deleted {span}")
    if event.op in ("undo", "redo"):
        again = "" if event.op == "undo" else " again"
        return f"{'undid' if event.op == 'undo' else 'did'} {_op(args)}{again}"
    if event.op == "set_status":
        return f"{args.get('status')}: {_describe_marks(document, args)}"
    if event.op == "done":
        return "marked it as done" if args.get("done", True) else "opened it again"
    simple = {
        "note": f"noted: {args.get('text')}",
        "retext": f"edited the {args.get('side')} text",
        "take_offer": "took the re-projection on offer",
        "keep": "kept the labels as they were",
        "adopt": f"took over labels of {title(str(args.get('layer')))}",
    }
    return simple.get(event.op, event.op.replace("_", " "))


def _place(op: str, args: RawJson, document: Document) -> str:
    if op == "add_span":
        return f"added {args.get('label')} over {_range(document, args)}"
    possible = " as possible" if args.get("possible") else ""
    return f"{op}ed {_pair(document, args)}{possible}"


def _op(args: RawJson) -> str:
    op = str(args.get("op", ""))
    return f"“{SAID.get(op, op)}” by {args.get('by', '')}"


def _words(document: Document, side: str, start: int, end: int) -> str:
    sentence = document.source if side == "source" else document.target
    return "“" + " ".join(() if sentence is None else sentence.tokens[start:end]) + "”"


def _range(document: Document, args: RawJson) -> str:
    return _words(document, str(args.get("side")), int(args["start"]), int(args["end"]))


def _span(document: Document, id: object) -> str:
    span: MarkedSpan | None = document.spans.get(str(id))
    if span is None:
        return "a label that is gone"
    return f"{span.label} {_words(document, span.side, span.start, span.end)}"


def _pair(document: Document, args: RawJson) -> str:
    i, j = int(args["source"]), int(args["target"])
    return f"{_words(document, 'source', i, i + 1)} – {_words(document, 'target', j, j + 1)}"


def _describe_marks(document: Document, args: RawJson) -> str:
    spans, links = list(args.get("spans") or ()), list(args.get("links") or ())
    if len(spans) == 1 and not links:
        return _span(document, spans[0])
    parts = [counted(len(some), noun) for some, noun in ((spans, "label"), (links, "link")) if some]
    return " and ".join(parts)
