"""Times of the store on the reader's clock."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st


def local(at: str) -> datetime:
    """A time of the store (UTC, ISO 8601) on the reader's own clock.

    It is the time of day that the reader's browser would have shown at that moment: the browser
    names its time zone, and summer time counts as it was then. Where Python does not know that
    zone, its present distance from UTC is used; where the browser tells nothing, UTC.
    """
    return datetime.fromisoformat(at).astimezone(_zone())


def _zone() -> tzinfo:
    try:
        return ZoneInfo(st.context.timezone or "")
    except (KeyError, ValueError, OSError):
        minutes = st.context.timezone_offset or 0  # JavaScript's: UTC minus local time
        return timezone(-timedelta(minutes=minutes))


def clock(at: str) -> str:
    """ "12:04:31" on the reader's clock (see `local`); "" for no time."""
    return f"{local(at):%H:%M:%S}" if at else ""


def day_and_clock(at: str) -> str:
    """ "2026-05-31 12:04" on the reader's clock (see `local`); "" for no time."""
    return f"{local(at):%Y-%m-%d %H:%M}" if at else ""
