"""The editor on documents made by hand.

PYTHONPATH=. streamlit run tests/browser/editor_gallery.py

`?sample=arabic` chooses one, `?sample=all` draws every one to look at only.
"""

from __future__ import annotations

import time
from copy import deepcopy

import streamlit as st

from tests.browser import review_samples
from xproj_ui.editor import Command, show
from xproj_ui.editor.payload import payload

st.set_page_config(layout="wide")
name = st.query_params.get("sample", "german")
state = st.session_state
if "doc" not in state and name != "all":
    state["doc"], state["ack"], state["log"], state["back"] = (
        review_samples.SAMPLES[name](),
        None,
        [],
        [],
    )


def take(command: Command) -> None:
    """Enough of the operations to look at; the real ones are the core's."""
    doc = deepcopy(state["doc"])
    args, made = dict(command.args), None
    spans, links = doc["spans"], doc["links"]
    one = next((s for s in spans if s["id"] == args.get("id")), None)
    if command.op == "add_span":
        made = f"n{doc['revision']}"
        spans.append(
            review_samples.span(
                made,
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
    elif command.op == "delete_span" and one:
        spans.remove(one)
    elif command.op in {"relabel", "resize"} and one:
        one.update(args, status="corrected")
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
    state["log"].append([command.op, dict(command.args), command.base_revision])
    state["ack"] = {"id": command.id, "ok": True, "problem": "", "made": made}


if name == "all":
    for key, make in review_samples.SAMPLES.items():
        show(payload({**make(), "read_only": True}, item=key), key=f"sample-{key}")
else:
    conflict = {"by": "Ben", "at": "12:05:10"} if st.query_params.get("conflict") else None
    show(payload(state["doc"], item=name, conflict=conflict, annotator="Ana", ack=state["ack"],
                 place={"text": "3 of 52", "previous": True, "next": True}),
         key="editor", on_command=take)  # fmt: skip
    st.text(f"log={len(state['log'])} {state['log']}")
