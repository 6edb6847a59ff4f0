"""The next sentence is drawn before the server has opened it, and nothing gets lost or mixed up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ROOT, OpenPage, Serve
from tests.browser.test_editor import log

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def may_go(tmp_path: Path) -> Path:
    """The server goes on to the next sentence when this file is there."""
    return tmp_path / "go"


@pytest.fixture
def coming(serve: Serve, visit: OpenPage, may_go: Path) -> OpenPage:
    def go(query: str) -> Page:
        url = f"{serve(ROOT / 'tests/browser/editor_gallery.py')}/?sample=german&until={may_go}"
        page = visit(f"{url}&{query}")
        page.locator(".etok", has_text="Montag").wait_for(timeout=20_000)
        page.get_by_text("log=").wait_for()
        return page

    return go


def shown(page: Page, text: str) -> None:
    page.locator(".eline.target .etok", has_text=text).first.wait_for()


def opening(page: Page) -> bool:
    """True while the server has not answered."""
    return page.locator(".esaving").count() == 1


def answered(page: Page) -> None:
    page.locator(".esaving").wait_for(state="detached")


def test_what_is_typed_on_a_sentence_drawn_ahead_is_saved_there(
    coming: OpenPage, may_go: Path
) -> None:
    page = coming("ahead=arabic")
    page.keyboard.press("a")  # on the way when the next one is asked for
    page.keyboard.press("n")
    shown(page, "زارت")
    assert opening(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("2")
    may_go.touch()
    answered(page)
    shown(page, "زارت")
    entries = log(page, 3)
    assert [op for op, *_ in entries] == ["set_status", "go", "add_span"]
    assert entries[2][1] == {"side": "target", "start": 0, "end": 1, "label": "LOC"}
    assert entries[2][2] == 1  # the revision that was sent ahead
    assert page.locator(".ebar", has_text="LOC").count() >= 1


def test_what_is_typed_on_a_sentence_that_is_not_the_next_any_more_goes_nowhere(
    coming: OpenPage, may_go: Path
) -> None:
    page = coming("ahead=arabic&lands=chinese")
    page.keyboard.press("n")
    shown(page, "زارت")
    page.keyboard.press("a")
    may_go.touch()
    answered(page)
    shown(page, "👩‍🚀")
    notice = page.locator(".enotice.bad").inner_text()
    assert "Another sentence" in notice and "not saved" in notice
    assert [op for op, *_ in log(page, 1)] == ["go"]
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("1")
    assert [op for op, *_ in log(page, 2)] == ["go", "add_span"]
    page.locator(".enotice.bad").wait_for(state="detached")


def test_a_sentence_that_somebody_changed_meanwhile_is_a_conflict(
    coming: OpenPage, may_go: Path
) -> None:
    page = coming("ahead=arabic&changed=Ben")
    page.keyboard.press("n")
    shown(page, "زارت")
    page.keyboard.press("r")
    may_go.touch()
    page.locator(".enotice.bad").wait_for()
    notice = page.locator(".enotice.bad").inner_text()
    assert "Ben changed this sentence" in notice and "Your last change was not saved" in notice
    assert [(op, base) for op, _, base in log(page, 2)] == [("go", 1), ("set_status", 1)]
