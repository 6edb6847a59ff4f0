"""Teaching Mini a language on the engines page, as a person does, and using it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, OpenPage, Serve, started
from tests.browser.test_project_in_browser import PATIENCE, no_fault
from tests.browser.traffic import rest
from tests.toy_corpus import pairs


@pytest.fixture
def app(tmp_path: Path) -> Iterator[str]:
    """With data of its own: what is taught here is no other test's engine."""
    with started(ROOT / "app.py", tmp_path / "data", 0) as url:
        yield url


def test_a_language_is_taught_and_used(app: str, visit: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "pairs.tsv"
    file.write_text("".join(f"{a}\t{b}\n" for a, b in pairs()), encoding="utf-8")
    page = visit(f"{app}/engines")
    page.get_by_text("Teach Mini a language").first.click(timeout=PATIENCE)
    rest(page)
    page.get_by_role("button", name="Teach", exact=True).click()
    page.get_by_text("Choose a file of sentence pairs first.").wait_for(timeout=PATIENCE)
    rest(page)
    page.locator("input[type=file]").first.set_input_files(str(file))
    page.get_by_text("pairs.tsv").first.wait_for(timeout=PATIENCE)
    rest(page)
    second = page.get_by_role("combobox", name=re.compile("Second column"))
    second.click()
    second.fill("Esperanto")
    page.get_by_role("option", name=re.compile("Esperanto")).first.click()
    rest(page)
    page.get_by_role("button", name="Teach", exact=True).click()
    page.get_by_text(re.compile("English and Esperanto: learnt in")).wait_for(timeout=PATIENCE)
    assert page.get_by_text("chrF").count()
    no_fault(page)
    page.get_by_role("button", name="Use it").last.click()
    page.wait_for_url(f"{app}/", timeout=PATIENCE)
    engine = page.get_by_role("combobox", name=re.compile("Engine"))
    engine.wait_for(timeout=PATIENCE)
    rest(page)
    assert engine.input_value() == "Mini + en-eo"
    no_fault(page)


def test_the_page_fits_a_phone(serve: Serve, visit: OpenPage) -> None:
    page = visit(f"{serve(ROOT / 'app.py')}/engines", width=390, theme="dark")
    page.get_by_text("In memory", exact=True).first.wait_for(timeout=PATIENCE)
    rest(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    no_fault(page)
