"""The analyse page with a mouse: bars and cells open their sentences, links lead on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.answers import answers, stored
from tests.browser.conftest import ROOT, OpenPage, Serve, Theme, box_of
from tests.browser.test_project_in_browser import PATIENCE, no_fault
from tests.browser.traffic import rest
from xproj_core.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def run(data_folder: Path) -> Iterator[str]:
    """A run in the store that the server uses."""
    with open_store(str(data_folder / "xproj.sqlite")) as store:
        yield stored(store, answers(60))


@pytest.fixture
def analyse(serve: Serve, visit: OpenPage, run: str) -> OpenPage:
    def go(query: str = "", **how: int | str) -> Page:
        page = visit(f"{serve(ROOT / 'app.py')}/analyse?run={run}{query}", **how)
        page.get_by_text("Errors", exact=True).first.wait_for(timeout=PATIENCE)
        rest(page)
        return page

    return go


def heading(page: Page) -> str:
    """That of the list of sentences, once it is there."""
    locator = page.get_by_role("heading", name=re.compile(r"^\d+ sentences?:"))
    locator.wait_for(timeout=PATIENCE)
    rest(page)
    return locator.inner_text()


def test_a_bar_opens_its_sentences_and_a_sentence_the_main_page(analyse: OpenPage) -> None:
    page = analyse()
    page.get_by_text("Errors", exact=True).first.click()
    bars = page.locator(".barlayer .trace path")
    bars.first.wait_for(timeout=PATIENCE)
    rest(page)
    box = box_of(bars.first)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    heading_text = heading(page)
    assert re.search(r"[?&]kind=", page.evaluate("location.search"))
    count = int(heading_text.split()[0])
    page.locator(".xp").nth(min(count, 6) - 1).wait_for(timeout=PATIENCE)
    no_fault(page)
    link = page.evaluate("location.href")
    again = page.context.new_page()  # the address alone brings the same list
    again.goto(link)
    assert heading(again) == heading_text
    again.close()
    page.get_by_role("link", name="Open").first.click()
    page.wait_for_url(re.compile(r"/\?.*text="), timeout=PATIENCE)
    page.locator(".xp .column").first.wait_for(timeout=PATIENCE)
    rest(page)
    no_fault(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_cell_of_the_confusion_matrix_opens_its_sentences(
    analyse: OpenPage, theme: Theme
) -> None:
    page = analyse("&show=confusion", theme=theme, width=900)
    table = page.locator("[data-testid=stDataFrame]").first
    table.wait_for(timeout=PATIENCE)
    rest(page)
    for _ in range(2):  # the same cell opens them again
        table = page.locator("[data-testid=stDataFrame]").first
        table.wait_for(timeout=PATIENCE)
        rest(page)
        box = box_of(table)
        page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + 1.5 * box["height"] / 5)
        assert "→" in heading(page)
        assert "gold=" in page.evaluate("location.search")
        page.get_by_role("button", name="Close").click()
        page.get_by_role("heading", name=re.compile(r"^\d+ sentences?:")).wait_for(
            state="detached", timeout=PATIENCE
        )
        rest(page)
        assert "gold=" not in page.evaluate("location.search")
    no_fault(page)


AT_THE_TOP = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].some((heading) => {
  const { top } = heading.getBoundingClientRect();
  return /^\\d+ sentences?:/.test(heading.innerText) && 40 < top && top < 400;
})"""


def at_the_top(page: Page) -> bool:
    """Whether the list of sentences stands where the reader looks."""
    place = box_of(page.get_by_role("heading", name=re.compile(r"^\d+ sentences?:")))
    return 40 < place["y"] < 400


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_a_stream_of_the_flow_opens_its_sentences_by_mouse_and_by_keyboard(
    analyse: OpenPage, width: int, theme: Theme
) -> None:
    page = analyse("&show=flow&of=back_translation/match-exact", width=width, theme=theme)
    losses = page.locator("g.loss")
    losses.first.wait_for(timeout=PATIENCE)
    rest(page)
    losses.last.locator("rect").click()
    heading_text = heading(page)
    assert "kind=" in page.evaluate("location.search")
    page.wait_for_function(AT_THE_TOP, timeout=PATIENCE)
    rest(page)
    assert at_the_top(page)
    page.get_by_role("button", name="Close").click()
    page.get_by_role("heading", name=heading_text).wait_for(state="detached", timeout=PATIENCE)
    rest(page)
    assert box_of(losses.last)["y"] > 0, "back where it was clicked"
    page.get_by_role("button", name=re.compile("^linked, ")).focus()
    page.keyboard.press("Enter")
    assert "that were linked" in heading(page)
    named = page.locator("g[role=button]").evaluate_all(
        "all => all.map((g) => g.getAttribute('aria-label'))"
    )
    assert all(re.search(r"\d+ gold entities", name) for name in named)
    no_fault(page)


def test_from_review_one_comes_back_to_the_list(analyse: OpenPage) -> None:
    page = analyse("&show=errors&outcome=mistakes&system=pivot/match-exact")
    heading_text, before = heading(page), page.evaluate("location.search")
    page.get_by_test_id("stMain").get_by_role("link", name="Review").first.click()
    page.wait_for_url(re.compile(r"/review\?.*system=pivot"), timeout=PATIENCE)
    page.locator(".xp").first.wait_for(timeout=PATIENCE)
    rest(page)
    page.go_back()
    page.wait_for_url(re.compile(r"/analyse\?"), timeout=PATIENCE)
    assert heading(page) == heading_text and page.evaluate("location.search") == before
    no_fault(page)


def test_nothing_runs_off_a_narrow_screen(analyse: OpenPage) -> None:
    for view in ("errors", "flow"):
        page = analyse(f"&show={view}&outcome=wrong", width=390, height=800)
        heading(page)
        wide = page.evaluate(
            "document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
        )
        assert not wide
        no_fault(page)
