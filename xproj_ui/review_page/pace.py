"""How far the review is, who did how much, and how long the rest will take."""

from __future__ import annotations

import streamlit as st

from xproj_core.jobs.progress import duration
from xproj_core.review.completion import Progress, progress
from xproj_core.review.desk import Desk
from xproj_core.store.queue import Queue
from xproj_ui.say import escaped


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
