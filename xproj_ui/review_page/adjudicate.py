"""Several people's versions of one sentence, and the curated one that is made from them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import streamlit as st

from xproj_core.annotation.document import SIDES
from xproj_core.annotation.settings import annotator
from xproj_core.domain.errors import ConflictError, XProjError
from xproj_core.domain.item import Side
from xproj_core.review.adjudicate import Choice, LinkChoice, compare
from xproj_core.review.desk import GOLD, Desk
from xproj_core.review.view import track
from xproj_core.review.view_types import ReviewTrack
from xproj_core.store.documents import Kept
from xproj_core.text.strings import counted
from xproj_ui.clock import clock
from xproj_ui.review_page import state
from xproj_ui.say import escaped, say

_SHOWN = 30
_PROBLEM = "review_adopt_problem"


def title(layer: str) -> str:
    """What a layer is called."""
    return annotator(layer) or ("adjudicated" if layer == GOLD else "shared version")


def heading(desk: Desk, number: int) -> None:
    """What is being looked at."""
    people = [title(layer) for layer in desk.versions(number)]
    whose = f"{', '.join(people[:-1])} and {people[-1]}" if len(people) > 1 else "".join(people)
    with st.container(horizontal=True, vertical_alignment="center"):
        if people:
            say(
                f"Adjudication: the curated version, with what {whose} labelled below it. It begins"
                " with what all of them agree on.",
                "quiet",
            )
        else:
            say("Adjudication: nobody has corrected this sentence yet.", "quiet")
        st.button(
            "Back to your own version",
            key="review_own",
            type="tertiary",
            on_click=state.change,
            kwargs={"layer": None},
        )


def tracks(desk: Desk, number: int) -> tuple[ReviewTrack, ...]:
    """Each version's target labels, to lie under the curated ones."""
    return tuple(
        {"title": title(layer), "spans": track(span.span for span in version.on("target"))}
        for layer, version in desk.versions(number).items()
    )


def choices(desk: Desk, number: int, snapshot: Kept, by: str) -> None:
    """What the versions differ in, each with a button to take it over."""
    versions = desk.versions(number)
    if len(versions) < 2:
        return
    problem = st.session_state.pop(_PROBLEM, None)
    if problem:
        say(problem)
    comparison = compare(versions)
    if comparison.other_words:
        others = ", ".join(title(layer) for layer in comparison.other_words)
        say(f"{others} edited the text, so that version cannot be laid beside the others.", "note")
    open_spans = [c for c in comparison.spans if not c.agreed]
    open_links = [c for c in comparison.links if not c.agreed]
    if not open_spans and not open_links:
        say("All versions agree.", "quiet")
        return
    st.markdown(
        f"**{comparison.to_decide} to decide.** Labels and links that all versions have are"
        " taken already; take further ones here, or edit above."
    )
    _everything(desk, number, snapshot, by, comparison.layers, open_spans, open_links)
    there = {(s.side, *s.place) for side in SIDES for s in snapshot.document.on(side)}
    for choice in open_spans[:_SHOWN]:
        _span(desk, number, snapshot, by, choice, comparison.layers, there)
    for link in open_links[:_SHOWN]:
        _link(desk, number, snapshot, by, link, comparison.layers)


def _everything(
    desk: Desk,
    number: int,
    snapshot: Kept,
    by: str,
    layers: tuple[str, ...],
    spans: list[Choice],
    links: list[LinkChoice],
) -> None:
    """One button a version: all that it has and others have not."""
    with st.container(horizontal=True):
        for layer in layers:
            span_ids = [c.ids[layer] for c in spans if layer in c.ids]
            pairs = [list(c.pair) for c in links if layer in c.layers]
            if span_ids or pairs:
                what = " and ".join(_counted(span_ids, pairs))
                st.button(
                    f"Take all of {escaped(title(layer))}: {what}",
                    key=f"review_all_{layer}",
                    disabled=not by,
                    on_click=_adopt,
                    args=(desk, number, snapshot.revision, by, layer, span_ids, pairs),
                )


def _counted(spans: list[str], links: list[list[int]]) -> Iterator[str]:
    if spans:
        yield counted(len(spans), "label")
    if links:
        yield counted(len(links), "link")


def _span(
    desk: Desk,
    number: int,
    snapshot: Kept,
    by: str,
    choice: Choice,
    layers: tuple[str, ...],
    there: set[tuple[Side, int, int, str]],
) -> None:
    sentence = snapshot.document.side(choice.side)
    words = "" if sentence is None else " ".join(sentence.tokens[choice.start : choice.end])
    has = ", ".join(title(layer) for layer in layers if layer in choice.ids)
    lacks = ", ".join(title(layer) for layer in layers if layer not in choice.ids)
    adopted = (choice.side, choice.start, choice.end, choice.label) in there
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{escaped(choice.label)}** {escaped(words)} ({choice.side}): "
            f"{escaped(has)}, not {escaped(lacks)}",
            width="stretch",
        )
        layer, id = next(iter(choice.ids.items()))
        st.button(
            "Taken" if adopted else "Take",
            disabled=adopted or not by,
            key=f"review_take_{choice.side}_{choice.start}_{choice.end}_{choice.label}",
            on_click=_adopt,
            args=(desk, number, snapshot.revision, by, layer, [id], []),
        )


def _link(
    desk: Desk, number: int, snapshot: Kept, by: str, choice: LinkChoice, layers: tuple[str, ...]
) -> None:
    i, j = choice.pair
    document = snapshot.document
    if document.source is None or document.target is None:
        return
    what = "possible link" if choice.possible else "link"
    has = ", ".join(title(layer) for layer in layers if layer in choice.layers)
    lacks = ", ".join(title(layer) for layer in layers if layer not in choice.layers)
    there = document.links.get(choice.pair)
    adopted = there is not None and there.mark.live and there.possible == choice.possible
    words = f"{document.source.tokens[i]} – {document.target.tokens[j]}"
    none: list[str] = []
    args = (desk, number, snapshot.revision, by, choice.layers[0], none, [[i, j]])
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{what} **{escaped(words)}**: {escaped(has)}, not {escaped(lacks)}", width="stretch"
        )
        st.button(
            "Taken" if adopted else "Take",
            disabled=adopted or not by,
            key=f"review_take_link_{i}_{j}_{choice.possible}",
            on_click=_adopt,
            args=args,
        )


def foreign(layer: str) -> None:
    """Somebody else's version is only to look at."""
    with st.container(horizontal=True, vertical_alignment="center"):
        say(f"The version of {title(layer)}, to look at.", "quiet")
        st.button(
            "Back to your own version",
            key="review_own",
            type="tertiary",
            on_click=state.change,
            kwargs={"layer": None},
        )


def _adopt(
    desk: Desk,
    number: int,
    revision: int,
    by: str,
    layer: str,
    spans: list[str],
    links: list[list[int]],
) -> None:
    args = {"layer": layer, "spans": spans, "links": links}
    sent = {"id": f"page-{uuid4().hex}", "base_revision": revision, "op": "adopt", "args": args}
    try:
        desk.do(number, by, sent, GOLD)
    except ConflictError as error:
        st.session_state[_PROBLEM] = (
            f"{error.by or 'Somebody'} changed the curated version at {clock(error.at)}, after it"
            " was shown to you. Nothing was taken over. Look at it as it is now."
        )
    except XProjError as error:
        st.session_state[_PROBLEM] = str(error)
