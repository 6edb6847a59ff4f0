"""The datasets page as a newcomer uses it, with the engine that ships."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ROOT, OpenPage, Serve, Theme
from tests.browser.test_project_in_browser import PATIENCE, no_fault
from tests.browser.traffic import rest
from xproj_core.domain.defaults import DEFAULT_METHODS, DEFAULT_PROJECTOR
from xproj_core.runs import configuration as configurations
from xproj_core.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def datasets(serve: Serve, visit: OpenPage) -> OpenPage:
    def go(query: str = "", **how: int | str) -> Page:
        page = visit(f"{serve(ROOT / 'app.py')}/datasets{query}", **how)
        page.get_by_role("button", name=re.compile("Add data|All datasets")).first.wait_for(
            timeout=PATIENCE
        )
        rest(page)
        return page

    return go


def open_example(page: Page) -> None:
    """The example dataset, stored where it is not yet."""
    added = page.get_by_role("button", name="Example: thirty German sentences")
    if added.count() == 0:
        page.get_by_role("button", name=re.compile("the example")).click()
    else:
        added.first.click()
    page.get_by_text("30 sentences · German").wait_for(timeout=PATIENCE)
    rest(page)


def test_a_run_goes_on_when_the_tab_is_closed(datasets: OpenPage) -> None:
    page = datasets()
    open_example(page)
    assert re.search(r"/datasets\?dataset=\w+$", page.evaluate("location.href"))
    page.get_by_text("Ingrid Falk").first.wait_for(state="attached")
    start = page.get_by_role("button", name="Start the run")
    if not start.is_visible():
        page.get_by_text("New run", exact=True).click()
    start.click()
    page.get_by_role("heading", name=re.compile("^Runs")).wait_for(timeout=PATIENCE)
    query = page.evaluate("location.search")
    page.close()
    again = datasets(query)
    again.get_by_text("finished", exact=True).first.wait_for(timeout=PATIENCE)
    assert again.get_by_text("translations and source labels of the data").count() == 1
    no_fault(again)
    again.get_by_test_id("stMain").get_by_role("link", name="Review").first.click()
    again.wait_for_url(re.compile(r"/review\?"), timeout=PATIENCE)
    rest(again)
    no_fault(again)


OPTIONS = "Options of methods and projectors"


def newest_choices(data_folder: Path) -> list[str]:
    """The methods and projectors of the run that was begun last, with their options."""
    with open_store(str(data_folder / "xproj.sqlite")) as store:
        newest = max(store.runs.list(), key=lambda run: run.created)
        configuration = configurations.from_json(newest.configuration)
        return [*map(str, configuration.methods), *map(str, configuration.projectors)]


@pytest.mark.parametrize("order", ["opened last", "opened first", "opened twice"])
def test_options_that_were_only_looked_at_are_what_they_were(
    datasets: OpenPage, data_folder: Path, order: str
) -> None:
    """What is drawn only when it is opened must not begin with values of its own."""
    page = datasets()
    open_example(page)
    start = page.get_by_role("button", name="Start the run")
    if not start.is_visible():
        page.get_by_text("New run", exact=True).click()
    start.wait_for()
    rest(page)
    toggle = page.get_by_text("Use people's labels on the source")

    def look() -> None:
        page.get_by_role("button", name=OPTIONS).click()
        page.get_by_role("slider").first.wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("slider").first.wait_for(state="hidden")
        rest(page)

    if order != "opened last":
        look()
    toggle.click()
    rest(page)
    if order != "opened first":
        look()
    start.click()
    page.get_by_role("heading", name=re.compile("^Runs")).wait_for(timeout=PATIENCE)
    rest(page)
    assert newest_choices(data_folder) == [*DEFAULT_METHODS, DEFAULT_PROJECTOR]
    # a run that ends draws the page anew, under the hands of the next test
    page.get_by_role("button", name="Stop").first.wait_for(state="detached", timeout=PATIENCE)
    rest(page)
    no_fault(page)


def test_runs_are_deleted_only_when_confirmed(datasets: OpenPage) -> None:
    page = datasets()
    open_example(page)
    page.get_by_role("button", name="Delete").first.click()
    page.get_by_text("It cannot be undone").wait_for()
    page.keyboard.press("Escape")
    rest(page)
    assert page.get_by_text("30 sentences · German").is_visible()
    page.get_by_role("button", name="Delete").first.click()
    page.get_by_role("button", name="Delete all of it").click()
    page.get_by_text("30 sentences · German").wait_for(state="detached", timeout=PATIENCE)
    rest(page)
    assert page.evaluate("location.search") == ""
    no_fault(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_on_a_narrow_screen(datasets: OpenPage, theme: Theme) -> None:
    page = datasets(width=390, theme=theme)
    open_example(page)
    page.get_by_text("First sentences").click()
    page.get_by_text("Ingrid Falk").first.wait_for()
    rest(page)
    wide = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain] *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1"
        " && getComputedStyle(e).position !== 'absolute').length"
    )
    assert wide == 0
    no_fault(page)
