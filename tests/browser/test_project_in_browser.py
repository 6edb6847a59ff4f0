"""The main page in a real browser, with the engine that ships."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browser.conftest import ROOT, OpenPage, Serve, Theme, box_of
from tests.browser.traffic import rest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

PATIENCE = 240_000
"""Milliseconds; a machine that runs other things must not fail the tests."""
LINK = {"text": "Angela Merkel besuchte gestern Paris.", "src": "en", "tgt": "de", "via": "fr"}


@pytest.fixture
def app(serve: Serve, visit: OpenPage) -> Iterator[OpenPage]:
    """Open the app; in the end, no request may have gone to another host."""
    urls = []

    def go(how: dict[str, int | str] | None = None, **parameters: str) -> Page:
        url = f"{serve(ROOT / 'app.py')}/?{urlencode(parameters)}"
        page = visit(url, **(how or {}))
        page.on("request", lambda request: urls.append(request.url))
        page.reload()
        return page

    yield go
    outside = {
        u
        for u in urls
        if urlsplit(u).scheme not in ("data", "blob") and urlsplit(u).hostname != "127.0.0.1"
    }
    assert urls and outside == set()


def drawn(page: Page) -> Page:
    """Wait for three columns, and for the page to have come to rest."""
    page.locator(".xp .column").nth(2).wait_for(timeout=PATIENCE)
    rest(page)
    return page


def no_fault(page: Page) -> None:
    assert page.locator("[data-testid=stException]").count() == 0
    assert "Traceback" not in page.inner_text("body")


def box_text(page: Page) -> str:
    """What stands in the text box."""
    return page.get_by_role("textbox", name="Text", exact=True).input_value()


def type_text(page: Page, text: str, label: str = "Text", within: Locator | None = None) -> None:
    box = (within or page).get_by_role("textbox", name=re.compile(f"^{label}( ·|$)"))
    box.fill(text)
    box.press("Control+Enter")
    rest(page)


def row(page: Page, column: int, number: int) -> Locator:
    """One sentence of a column, as drawn."""
    return page.locator(".xp .column").nth(column).locator(".side").nth(number)


def words(page: Page, column: int, number: int) -> list[str]:
    return row(page, column, number).locator(".tok .w").all_inner_texts()


def address(page: Page) -> str:
    return str(page.evaluate("location.search"))


def test_the_first_visit_shows_a_worked_example(app: OpenPage) -> None:
    page = drawn(app())
    no_fault(page)
    assert address(page) == ""
    assert page.get_by_text("type a sentence of your own").is_visible()
    assert page.get_by_text("Where they differ").is_visible()
    page.get_by_text("What am I looking at?").click()
    page.get_by_text("Annotation projection", exact=True).wait_for()


def test_type_a_sentence_and_get_three_columns(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    type_text(page, "Marie Curie kam nach Paris.")
    drawn(page)
    for column, target in enumerate((1, 2, 2)):
        assert words(page, column, target) == ["Marie", "Curie", "kam", "nach", "Paris", "."]
    assert "Marie+Curie" in address(page) or "Marie%20Curie" in address(page)
    no_fault(page)


def test_an_edited_translation_changes_what_depends_on_it_and_nothing_else(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    pivot = words(page, 1, 0), words(page, 1, 1)
    page.get_by_text("Texts in between").click()
    type_text(page, "Yesterday [Angela Merkel](PER) was in [Paris](LOC).", "English translation")
    expected = ["Yesterday", "Angela", "Merkel", "was", "in", "Paris", "."]
    assert words(page, 0, 0) == expected and words(page, 2, 0) == expected
    assert (words(page, 1, 0), words(page, 1, 1)) == pivot
    assert page.get_by_text(re.compile("computed: .*; kept: ")).is_visible()
    assert "labels.source" in address(page)
    no_fault(page)


def test_the_pencil_opens_the_text_and_what_is_typed_counts(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    page.locator(".xp .column").first.locator(".pencil").click()
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_role("textbox")
    # The box is there a moment before what stands in it.
    page.wait_for_function(
        "box => box.value.includes('[Angela Merkel](PER)')",
        arg=box.element_handle(),
        timeout=PATIENCE,
    )
    box.fill("[Angela Merkel](PER) saw [Paris](LOC).")
    dialog.get_by_role("button", name="Use this text").click()
    dialog.wait_for(state="detached")
    rest(page)
    assert words(page, 0, 0) == ["Angela", "Merkel", "saw", "Paris", "."]
    no_fault(page)


def test_hover_lights_up_without_the_server(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    sent = []
    page.evaluate("window.before = document.querySelectorAll('*').length")
    page.on("request", lambda request: sent.append(request.url))
    row(page, 0, 1).locator(".tok", has_text="Merkel").hover()
    page.locator(".xp .tok.on").first.wait_for()
    lit = page.locator(".xp .tok.on .w").all_inner_texts()
    assert lit.count("Merkel") >= 4
    assert sent == []


def test_why_opens_and_is_in_the_link(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    row(page, 0, 1).locator(".tok", has_text="Merkel").click()
    assert page.locator(".why h3").inner_text() == "Why is “Angela Merkel” PER in Direct?"
    page.wait_for_function("location.search.includes('sel=direct%3A0')")
    page.reload()
    drawn(page)
    assert page.locator(".why h3").inner_text() == "Why is “Angela Merkel” PER in Direct?"
    type_text(page, "Marie Curie kam nach Paris.")
    assert page.locator(".why").is_hidden()
    assert "sel=" not in address(page)
    no_fault(page)


def test_a_copied_link_shows_the_same_in_a_new_tab(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Texts in between").click()
    type_text(page, "[Angela Merkel](PER) saw [Rome](LOC).", "English translation")
    page.get_by_role("button", name="Heat map").click()
    page.wait_for_function("location.search.includes('view=heat')")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    other = page.context.new_page()
    other.goto(link)
    other.locator(".xp .column").nth(2).wait_for()
    rest(other)
    assert other.evaluate("location.href") == link
    assert other.inner_text(".xp") == page.inner_text(".xp")


def test_an_example_in_arabic_runs_from_right_to_left(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    page.get_by_placeholder(re.compile("example sentences")).click()
    page.get_by_role("option", name=re.compile("^Arabic")).first.click()
    page.locator('.xp .word[dir="rtl"], .xp [dir="rtl"] .word').first.wait_for(timeout=PATIENCE)
    drawn(page)
    places = [box_of(w)["x"] for w in page.locator(".xp .word").all()[:4]]
    assert places == sorted(places, reverse=True)
    assert page.locator(".xp .tspan").count() > 0
    no_fault(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling(app: OpenPage, theme: Theme) -> None:
    page = drawn(app({"width": 375, "height": 800, "theme": theme}, **LINK))
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    boxes = [box_of(page.locator(".xp .column").nth(k)) for k in range(3)]
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    background = page.evaluate(
        "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    assert (sum(map(int, re.findall(r"\d+", background)[:3])) < 200) == (theme == "dark")


LONG = (
    "Die Präsidentin der Europäischen Kommission, Ursula von der Leyen, flog gestern von Brüssel"
    " nach Nairobi, wo sie mit William Ruto über Handel sprach. "
) * 22
BAD = {
    "empty": ("", "There is no word"),
    "one token": ("Paris", None),
    "600 words": (LONG, None),
    "a million characters": ("Paris " * 170_000, "characters"),
    "control characters": ("Angela\u0007 Merkel\u0000 \u001b[31mbesuchte Paris", None),
    "only control characters": ("\u0001\u0002", "There is no word"),
    "HTML and script": ("<img src=x onerror=alert(1)> <script>alert(2)</script> Paris", None),
    "Markdown": ("**Paris** :smile: $x^2$ [Paris](javascript:alert(1))", None),
    "emoji": ("👩‍👩‍👧 Angela 🇩🇪 Merkel besuchte 💩 Paris e\u0301", None),
    "right-to-left marks": ("\u202eAngela Merkel\u202c \u200fbesuchte Paris", None),
    "broken labels": ("Angela Merkel](PER) besuchte Paris", "Put ["),
}


def test_every_bad_text_gets_an_answer_or_a_sentence(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    for name, (text, sentence) in BAD.items():
        type_text(page, text)
        if sentence is None:
            page.locator(".xp .column").nth(2).wait_for(timeout=PATIENCE)
            assert page.locator('[role="alert"].xproj-problem').count() == 0, name
        else:
            page.locator('[role="alert"]', has_text=sentence).first.wait_for(timeout=PATIENCE)
        no_fault(page)
        assert page.locator(".xp img, .xproj-problem img").count() == 0, name
    type_text(page, LINK["text"])
    drawn(page)
    assert words(page, 0, 1)[:2] == ["Angela", "Merkel"]


def choose_language(page: Page, label: str, typed: str) -> None:
    box = page.get_by_role("combobox", name=re.compile(label))
    box.click()
    box.fill(typed)
    box.press("Enter")
    rest(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("English", "both English"), ("Klingonisch?", "not a language code"), ("tlh", None)],
)
def test_languages_that_do_not_go(app: OpenPage, typed: str, sentence: str | None) -> None:
    page = drawn(app(**LINK))
    choose_language(page, "Language of the text", typed)
    if sentence:
        page.locator('[role="alert"]', has_text=sentence).wait_for()
    else:
        page.locator(".xp .column", has_text="cannot translate").first.wait_for()
    no_fault(page)
    assert box_text(page) == LINK["text"]


def test_the_engines_page_and_back_keeps_the_sentence(app: OpenPage) -> None:
    page = drawn(app(**LINK))
    page.get_by_role("link", name="Engines").click()
    page.get_by_text("In memory", exact=True).wait_for()
    no_fault(page)
    page.get_by_role("link", name="Project").click()
    drawn(page)
    assert box_text(page) == LINK["text"]


def test_a_link_to_a_page_may_be_the_first_thing_that_a_server_sees(
    new_app: str, context: BrowserContext
) -> None:
    # Not through `visit`: below a page's address Streamlit looks for its own files first and
    # says in the console that they are not there.
    page = context.new_page()
    page.goto(f"{new_app}/engines")
    page.get_by_text("work together").wait_for(timeout=PATIENCE)
    assert page.get_by_text("Page not found").count() == 0
    page.get_by_role("link", name="Project").click()
    page.get_by_text("Where they differ").wait_for(timeout=PATIENCE)
    page.close()
