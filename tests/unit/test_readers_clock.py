"""Times of the store are shown on the clock of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from xproj_ui import clock

SUMMER, WINTER = "2026-07-01T10:11:12+00:00", "2026-12-01T23:59:00.5+00:00"


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def at(zone: str | None = None, offset: int | None = None) -> None:
        context = SimpleNamespace(timezone=zone, timezone_offset=offset)
        monkeypatch.setattr(clock, "st", SimpleNamespace(context=context))

    return at


@pytest.mark.parametrize(
    ("zone", "offset", "summer", "winter"),
    [
        ("Asia/Kolkata", -330, "15:41:12", "2026-12-02 05:29"),
        ("Europe/Berlin", -60, "12:11:12", "2026-12-02 00:59"),  # summer time as it was then
        ("Nowhere/Unheard", 210, "06:41:12", "2026-12-01 20:29"),
        (None, None, "10:11:12", "2026-12-01 23:59"),
    ],
)
def test_the_readers_own_time_of_day(
    reader: Callable[..., None], zone: str | None, offset: int | None, summer: str, winter: str
) -> None:
    reader(zone, offset)
    assert clock.clock(SUMMER) == summer
    assert clock.day_and_clock(WINTER) == winter


def test_no_time_is_no_text(reader: Callable[..., None]) -> None:
    reader()
    assert clock.clock("") == clock.day_and_clock("") == ""
