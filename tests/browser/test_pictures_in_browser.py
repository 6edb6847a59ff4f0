"""Pictures of a sentence, fetched from the main page as a person would."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

from tests.browser.conftest import ROOT, OpenPage, Serve
from tests.browser.test_project_in_browser import LINK, PATIENCE, drawn, no_fault


def test_both_pictures_come_out_of_the_download_menu(serve: Serve, visit: OpenPage) -> None:
    page = drawn(visit(f"{serve(ROOT / 'app.py')}/?{urlencode(LINK)}"))
    page.get_by_role("button", name="Download").click()
    for name, begins in (("Picture (SVG)", b"<svg "), ("Picture (PNG)", b"\x89PNG")):
        with page.expect_download(timeout=PATIENCE) as waiting:
            page.get_by_role("button", name=name).click()
        file = Path(waiting.value.path()).read_bytes()
        assert file.startswith(begins)
        if begins == b"<svg ":
            words = "".join(ElementTree.fromstring(file).itertext())
            assert "Merkel" in words and "Back-translation" in words
        else:
            assert len(file) > 20_000
    no_fault(page)
