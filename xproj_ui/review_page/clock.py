"""Times of the store on the reader's clock, and how long things take in words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st


def local(at: str) -> datetime:
    """A time of the store (UTC, ISO 8601) where the reader is."""
    moment = datetime.fromisoformat(at)
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (KeyError, ValueError, OSError):
        return moment


def clock(at: str) -> str:
    """ "12:04:31"; "" for no time."""
    return f"{local(at):%H:%M:%S}" if at else ""


def day_and_clock(at: str) -> str:
    """ "2026-05-31 12:04"; "" for no time."""
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""


def duration(seconds: float) -> str:
    """ "40 s", "27 min", "3 h 20 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
