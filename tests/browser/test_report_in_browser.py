"""A report opened from disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.answers import Answers, reported
from tests.browser.conftest import OpenPage, Theme, box_of
from tests.browser.samples import SAMPLES
from tests.unit.test_report_parts import swept
from xproj_core.domain.item import Item
from xproj_core.domain.record import record
from xproj_core.report.build import Subject
from xproj_core.report.html import html

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report over sentences of every script, and over ones that try to be markup."""
    answers: Answers = []
    for name in ("german", "arabic", "chinese", "nested", "hostile", "long"):
        comparison = SAMPLES[name]()
        assert comparison.target is not None
        item = Item(
            name,
            target=comparison.target.labelled(comparison.gold or ()),
            gold=frozenset({"target"}),
        )
        records = {}
        for column in comparison.columns:
            if column.evidence is None:
                continue
            assert column.projection is not None
            system = f"{column.method}/match-exact"
            records[system] = record(
                name, len(answers), system, column.evidence, column.projection, comparison.target
            )
        answers.append((item, records))
    subject = Subject(
        "Report <b>&",
        ("direct/match-exact", "pivot/match-exact"),
        (("run", "a" * 200),),
        sweeps=(swept("drop-links"), swept("casing")),
    )
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(html(reported(subject, answers)).encode("utf-8", "replace"))
    return path


@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_it_opens_alone_and_fits(
    file: Path, visit: OpenPage, context: BrowserContext, width: int, theme: Theme
) -> None:
    urls = []
    context.on("request", lambda request: urls.append(request.url))
    page = visit(file.as_uri(), width=width, theme=theme)
    assert {url.partition(":")[0] for url in urls} <= {"file"}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground, ink = (
        page.evaluate(f"getComputedStyle(document.documentElement).{p}")
        for p in ("backgroundColor", "color")
    )
    light = sum(map(int, ground[4:-1].split(","))) > sum(map(int, ink[4:-1].split(",")))
    assert light == (theme == "light")
    assert page.locator(".example svg").count() > 6
    assert page.locator("h1").inner_text() == "Report <b>&"


def test_it_is_as_wide_as_the_paper_it_is_printed_on(file: Path, visit: OpenPage) -> None:
    page = visit(file.as_uri(), width=718)  # A4 without its margins
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)", "paper is light"
    curves = [box_of(c) for c in page.locator("#robustness figure.narrow").all()]
    assert len(curves) == 2 and curves[0]["width"] <= 344


def test_a_table_is_saved_and_a_heading_is_reached(file: Path, visit: OpenPage) -> None:
    page = visit(file.as_uri())
    with page.expect_download() as waiting:
        page.locator("#result").get_by_role("link", name="CSV").first.click()
    assert waiting.value.suggested_filename == "scores.csv"
    with open(waiting.value.path(), encoding="utf-8") as saved:
        assert saved.readline().startswith("system,P (%)")
    page.get_by_role("navigation").get_by_role("link", name="Examples").click()
    assert page.locator("#examples").evaluate("e => e.getBoundingClientRect().top") < 200
