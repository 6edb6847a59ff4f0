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


def describe_position(
    queue: Queue, items: int, queue_filter: Filter, layer: str
) -> Callable[[int], str]:
    """Says of an item's number (from 0) where it stands; `items` are in the whole dataset."""
    if queue_filter == Filter():
        return lambda number: f"{number + 1} of {items:,}"
    count = _count(queue, queue_filter, layer)
    return lambda number: f"no. {number + 1} · {count:,} in the queue"


def _count(queue: Queue, queue_filter: Filter, layer: str) -> int:
    """Over a hundred thousand sentences it takes a quarter of a second: not for every sentence."""
    of = (queue.dataset, layer, queue_filter)
    cached: Counted | None = st.session_state.get(_KEPT)
    start = monotonic()
    if cached is not None and cached.of == of and start < cached.until:
        return cached.count
    count = queue.count(queue_filter)
    end = monotonic()
    st.session_state[_KEPT] = Counted(of, count, end + PATIENCE * (end - start))
    return count


def bar(desk: Desk, queue: Queue, by: str) -> None:
    """One line and a bar."""
    review_progress = progress(desk.store, desk.dataset.id, desk.settings, by)
    st.progress(
        review_progress.done / max(1, review_progress.total),
        text=escaped(describe(review_progress, by)),
    )


def describe(review_progress: Progress, by: str) -> str:
    """ "12 of 52 done · you 8 · 41 s a sentence · about 27 min left"."""
    parts = [f"{review_progress.done:,} of {review_progress.total:,} done"]
    if review_progress.started:
        parts.append(f"{review_progress.started:,} begun")
    me = review_progress.people.get(by)
    if me is not None and len(review_progress.people) > 1:
        parts.append(f"{me.done:,} by you")
    if me is not None and me.pace is not None:
        parts.append(f"{duration(me.pace)} a sentence")
    if review_progress.seconds_left is not None and review_progress.done < review_progress.total:
        parts.append(f"about {duration(review_progress.seconds_left)} left")
    return " · ".join(parts)
