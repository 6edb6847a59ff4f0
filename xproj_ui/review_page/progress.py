"""How far the review is, who did how much, and how long the rest will take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import streamlit as st

from xproj_core.annotation.filter import Filter
from xproj_core.jobs.progress import duration
from xproj_core.review.completion import Progress, progress
from xproj_core.review.desk import Desk
from xproj_core.store.queue import Queue
from xproj_ui.say import escaped

PATIENCE = 100
"""A count is good for so many times the time that it took."""
_KEPT = "review_count"


@dataclass(frozen=True)
class Counted:
    """How many sentences there are in a queue, and until when that is good enough."""

    of: tuple[object, ...]
    count: int
    until: float


def standing(queue: Queue, items: int, wanted: Filter, layer: str) -> Callable[[int], str]:
    """Says of an item's number (from 0) where it stands; `items` are in the whole dataset."""
    if wanted == Filter():
        return lambda number: f"{number + 1} of {items:,}"
    count = _count(queue, wanted, layer)
    return lambda number: f"no. {number + 1} · {count:,} in the queue"


def _count(queue: Queue, wanted: Filter, layer: str) -> int:
    """Over a hundred thousand sentences it takes a quarter of a second: not for every sentence."""
    of = (queue.dataset, layer, wanted)
    kept: Counted | None = st.session_state.get(_KEPT)
    start = monotonic()
    if kept is not None and kept.of == of and start < kept.until:
        return kept.count
    count = queue.count(wanted)
    end = monotonic()
    st.session_state[_KEPT] = Counted(of, count, end + PATIENCE * (end - start))
    return count


def bar(desk: Desk, queue: Queue, by: str) -> None:
    """One line and a bar."""
    found = progress(desk.store, desk.dataset.id, desk.settings, by)
    st.progress(found.done / max(1, found.total), text=escaped(told(found, by)))


def told(found: Progress, by: str) -> str:
    """ "12 of 52 done · you 8 · 41 s a sentence · about 27 min left"."""
    parts = [f"{found.done:,} of {found.total:,} done"]
    if found.started:
        parts.append(f"{found.started:,} begun")
    me = found.people.get(by)
    if me is not None and len(found.people) > 1:
        parts.append(f"{me.done:,} by you")
    if me is not None and me.pace is not None:
        parts.append(f"{duration(me.pace)} a sentence")
    if found.seconds_left is not None and found.done < found.total:
        parts.append(f"about {duration(found.seconds_left)} left")
    return " · ".join(parts)
