"""A paragraph on the main page, by keyboard; a text from file to Review."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.conftest import ROOT, OpenPage, Serve
from tests.browser.test_project_in_browser import app, drawn, no_fault, words
from tests.browser.traffic import rest

__all__ = ["app"]  # a fixture

PATIENCE = 240_000
TEXT = (
    "Marie Curie kam aus Warschau. Sie traf am 3. Mai Dr. Albert Einstein in Berlin."
    " „Wir fahren nach London“, sagte er."
)


@pytest.mark.parametrize("width", [1400, 420])
def test_arrow_keys_go_through_the_sentences(app: OpenPage, width: int) -> None:
    page = drawn(app({"width": width}, text=TEXT, src="en", tgt="de", via="fr"))
    no_fault(page)
    page.get_by_text("The text has 3 sentences.").wait_for()
    page.get_by_text("All 3 sentences are computed.").wait_for(timeout=PATIENCE)
    assert words(page, 0, 1)[-2:] == ["Warschau", "."]
    first = page.get_by_role("radio", name="1. Marie")
    first.focus()
    page.keyboard.press("ArrowDown")
    rest(page)
    page.wait_for_function("location.search.includes('sentence=2')")
    assert words(page, 0, 1)[:5] == ["Sie", "traf", "am", "3.", "Mai"]
    box = page.get_by_role("radio", name="2. Sie").bounding_box()
    assert box is not None and box["x"] + box["width"] <= width, "nothing runs out of the page"
    page.reload()
    drawn(page)
    assert words(page, 0, 1)[0] == "Sie"


def test_a_text_goes_from_file_to_review(serve: Serve, visit: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "brief.txt"
    lines = (f"Ada Byron kam am {k}. Mai nach Kiel. Bola ging nach Berlin." for k in range(1, 151))
    file.write_text("Ein Brief\n\n" + "".join(f"{line}\n" for line in lines), "utf-8")
    url = serve(ROOT / "app.py")
    page = visit(f"{url}/datasets?{urlencode({'add': '1'})}")
    page.get_by_text("On this machine").click()
    path = page.get_by_label("Path of a file or a folder")
    path.fill(str(file))
    path.press("Enter")
    page.get_by_text("To be found in the text").click()
    language = page.get_by_label("Language of the target")
    language.click()
    page.keyboard.type("German")
    page.keyboard.press("Enter")
    page.get_by_text("The text was cut into 301 sentences.").wait_for(timeout=PATIENCE)
    no_fault(page)
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_function("location.search.includes('dataset=')")
    dataset = str(page.evaluate("new URLSearchParams(location.search).get('dataset')"))
    page.goto(f"{url}/review?{urlencode({'dataset': dataset, 'item': '2'})}")
    page.get_by_text("brief.txt · Ein Brief").wait_for(timeout=PATIENCE)
    page.get_by_text("Bola ging nach Berlin. Ada Byron kam am 2. Mai nach Kiel.").wait_for()
    no_fault(page)
