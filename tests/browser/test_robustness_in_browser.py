"""The robustness page in a real browser: one click, curves, a sentence, and the tab closed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.traffic import rest

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 240_000


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of its own for the server that the test starts."""
    return tmp_path_factory.mktemp("data")


NARROW = """() => [...document.querySelectorAll('.js-plotly-plot .main-svg')]
  .every((plot) => plot.getBoundingClientRect().right <= innerWidth)"""


def opened(visit: OpenPage, url: str, **how: int | str) -> Page:
    page = visit(url, **how)
    page.get_by_role("link", name="Robustness").click()
    page.get_by_text("Put noise into texts").wait_for(timeout=PATIENCE)
    return page


def small(page: Page) -> None:
    """A sweep that is done in a second."""
    for name, value in (("Seeds", "1"), ("Sentences", "15")):
        box = page.get_by_role("spinbutton", name=name)
        box.fill(value)
        box.press("Enter")
        rest(page, PATIENCE)


def test_one_click_curves_a_sentence_and_a_closed_tab(
    data_folder: Path, new_app: str, visit: OpenPage
) -> None:
    page = opened(visit, new_app)
    small(page)
    page.get_by_role("button", name="Try it on the example").click()
    page.get_by_role("button", name="Cancel", exact=True).wait_for(timeout=PATIENCE)
    page.close()  # the sweep goes on

    page = opened(visit, new_app, theme="dark")
    small(page)
    page.get_by_text("Area under the curves").wait_for(timeout=PATIENCE)
    rest(page, PATIENCE)
    page.locator(".js-plotly-plot").nth(2).locator(".point").first.wait_for(timeout=PATIENCE)
    assert page.locator(".js-plotly-plot").count() == 3
    assert page.locator(".js-plotly-plot").first.locator(".scatterlayer .trace").count() == 6
    address = page.evaluate("location.href")
    assert "r.seeds=1" in address and "r.n=15" in address and "r.at=" in address

    # a point of the pivot's curve opens its sentences
    points = page.locator(".js-plotly-plot").first.locator(".scatterlayer .trace").nth(3)
    points.locator(".point").last.click(force=True)
    page.wait_for_function(
        "decodeURIComponent(location.href).includes('drop-links=0.5/1/pivot')", timeout=PATIENCE
    )
    rest(page, PATIENCE)
    page.get_by_text(re.compile("was dropped")).first.wait_for(timeout=PATIENCE)
    drawing = page.locator(".xp .column")
    assert drawing.count() == 2 and drawing.locator(".pencil").count() == 0
    before = page.evaluate("location.href")
    page.get_by_role("button", name="arrow_forward").click()
    page.wait_for_function("before => location.href !== before", arg=before, timeout=PATIENCE)
    rest(page, PATIENCE)
    assert page.locator("[data-testid=stException]").count() == 0

    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(NARROW, timeout=PATIENCE)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, "nothing sticks out of a narrow screen"
    with page.expect_download() as download:
        page.get_by_test_id("stDownloadButton").first.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith("noise,system,rate,f1") and text.count("\n") == 1 + 3 * 3 * 5
