"""The editor on documents made by hand.

PYTHONPATH=. streamlit run tests/browser/editor_gallery.py

`?sample=arabic` chooses one, `?sample=all` draws every one to look at only. With `?ahead=chinese`
that one is sent ahead as the next, and going there takes the server a while (with `?until=FILE`
as long as there is no such file); `?lands=long` is where it really goes then, and with
`?changed=Ben` somebody has changed it meanwhile.
"""

from __future__ import annotations

import time
from copy import deepcopy
from pathlib import Path

import streamlit as st

from tests.browser import review_samples
from xproj_ui.editor import Command, show
from xproj_ui.editor.payload import Ahead, Conflict, Place, payload, sentence

st.set_page_config(layout="wide")
query = st.query_params
name = query.get("sample", "german")
state = st.session_state
if "doc" not in state and name != "all":
    state.update(
        doc=review_samples.SAMPLES[name](), item=name, ack=None, conflict=None, log=[], back=[]
    )
SLOW = 0.8  # seconds
PLACE: Place = {"text": "3 of 52", "previous": True, "next": True}


def go() -> None:
    """To another sentence, slowly."""
    time.sleep(SLOW if "until" not in query else 0)
    while "until" in query and not Path(query["until"]).exists():
        time.sleep(0.01)
    state["item"] = query.get("lands", query["ahead"])
    state["doc"] = review_samples.SAMPLES[state["item"]]()
    if query.get("changed"):
        state["doc"]["revision"] += 1


def take(command: Command) -> None:
    """Enough of the operations to look at; the real ones are the core's."""
    state["log"].append([command.op, dict(command.args), command.base_revision])
    state["ack"] = {"id": command.id, "ok": True, "problem": "", "made": None}
    assert command.item == state["item"]
    if command.op == "go" and "ahead" in query:
        return go()
    if query.get("changed") and command.base_revision < state["doc"]["revision"]:
        state["conflict"] = {"by": query["changed"], "at": "12:05:10"}
        state["ack"] |= {"ok": False, "problem": "Somebody was first."}
        return None
    doc = deepcopy(state["doc"])
    args, new_id = dict(command.args), None
    spans, links = doc["spans"], doc["links"]
    span = next((s for s in spans if s["id"] == args.get("id")), None)
    if command.op == "add_span":
        new_id = f"n{doc['revision']}"
        spans.append(
            review_samples.span(
                new_id,
                args["side"],
                args["start"],
                args["end"],
                args["label"],
                by="person",
                origin="Ana",
                score=None,
                status="accepted",
            )
        )
    elif command.op == "delete_span" and span:
        spans.remove(span)
    elif command.op in {"relabel", "resize"} and span:
        span.update(args, status="corrected")
    elif command.op == "set_status":
        for s in spans:
            if s["id"] in args["spans"]:
                s["status"] = args["status"]
    elif command.op == "link":
        pair = args["source"], args["target"]
        links[:] = [x for x in links if (x["source"], x["target"]) != pair]
        how = {"possible": args["possible"], "by": "person", "origin": "Ana"}
        links.append(review_samples.link(*pair, **how))
    elif command.op == "unlink":
        links[:] = [
            x for x in links if (x["source"], x["target"]) != (args["source"], args["target"])
        ]
    elif command.op == "undo" and state["back"]:
        doc = state["back"].pop()
    if command.op not in {"undo", "go"}:
        state["back"].append(state["doc"])
    doc["revision"] = state["doc"]["revision"] + 1
    doc["can_undo"] = bool(state["back"])
    doc["saved"] = time.strftime("%H:%M:%S")
    state["doc"] = doc
    state["ack"]["made"] = new_id
    return None


if name == "all":
    for key, make in review_samples.SAMPLES.items():
        show(payload({**make(), "read_only": True}, item=key), key=f"sample-{key}")
else:
    conflict: Conflict | None = state["conflict"]
    if query.get("conflict"):
        conflict = {"by": "Ben", "at": "12:05:10"}
    ahead: Ahead | None = None
    if "ahead" in query and state["item"] == name:
        near = review_samples.SAMPLES[query["ahead"]]()
        ahead = {"next": sentence(near, item=query["ahead"], place={**PLACE, "text": "4 of 52"})}
    show(
        payload(
            state["doc"],
            item=state["item"],
            conflict=conflict,
            annotator="Ana",
            ack=state["ack"],
            place=PLACE,
            ahead=ahead,
        ),
        key="editor",
        on_command=take,
    )
    st.text(f"log={len(state['log'])} {state['log']}")
