"""Correcting sentences on the review page as a person would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.browser.conftest import ROOT, SAVED, OpenPage, Serve, Theme
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.domain.record import Placement, Record
from xproj_core.review.desk import Desk
from xproj_core.store import open_store
from xproj_core.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WORDS = ("Ada", "Weber", "met", "Kofi", "Mensah", "in", "Lagos", ".")


def pair(key: str, k: int) -> Item:
    source = Sentence(WORDS, "en", (Span(0, 2, "PER"), Span(3, 5, "PER"), Span(6, 7, "LOC")))
    german = tuple("traf" if w == "met" else w for w in WORDS)
    target = Sentence((*german[:-1], str(k)), "de", (Span(0, 1, "PER"), Span(6, 7, "ORG")))
    return Item(key, source, target, links=Links(frozenset((i, i) for i in range(8))))


@pytest.fixture(scope="module")
def store(data_folder: Path) -> Iterator[Store]:
    with open_store(str(data_folder / "xproj.sqlite")) as new_store:
        yield new_store


@pytest.fixture
def dataset(store: Store) -> str:
    items = [pair(f"k{k}", k) for k in range(4)]
    return store.datasets.add(f"Four {uuid4().hex[:6]}", items, "en", "de", ["PER", "LOC", "ORG"])


@pytest.fixture
def desk(serve: Serve, browser: Browser, dataset: str) -> Iterator[OpenPage]:
    """Opens the page in a browser of its own, as somebody who has given a name before."""
    url, contexts, errors = serve(ROOT / "app.py"), [], []

    def go(name: str = "Ana", query: str = "", width: int = 1400, theme: Theme = "light") -> Page:
        context = browser.new_context(reduced_motion="reduce", color_scheme=theme)
        contexts.append(context)
        if name:
            context.add_cookies([{"name": "xproj_name", "value": name, "url": url}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}/review?dataset={dataset}{query}")
        page.locator(".xp .etok").first.wait_for(timeout=30_000)
        return page

    yield go
    for context in contexts:
        context.close()
    assert errors == []


def settled(page: Page) -> None:
    """All that was typed is saved."""
    page.locator(".esaved", has_text=SAVED).wait_for()
    answered(page)


def answered(page: Page) -> None:
    """The server has opened the sentence that is shown."""
    page.get_by_text(re.compile(r"Saving|Opening")).wait_for(state="detached")


def at(page: Page, n: int) -> None:
    """The sentence is shown, and the server knows."""
    page.get_by_text(f"{n} of 4", exact=True).wait_for()
    answered(page)


def labels(store: Store, dataset: str, number: int = 0) -> list[tuple[int, int, str, str]]:
    spans = Desk(store, dataset).open(number, "Ana").document.on("target")
    return [(s.start, s.end, s.label, s.mark.status) for s in spans]


def chosen(page: Page, begins: str) -> None:
    page.locator(f'.ebar.chosen[aria-label^="{begins}"]').wait_for()


def test_two_sentences_by_keyboard_alone_and_undo_after_a_reload(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    page = desk()
    press = page.keyboard.press
    chosen(page, "PER, Ada,")
    press("Shift+ArrowRight")  # Ada Weber
    press("s")
    press("2")  # Lagos is a place
    press("Escape")
    press("Home")
    for _ in range(3):
        press("ArrowRight")
    press("Shift+ArrowRight")
    press("1")  # Kofi Mensah
    settled(page)
    changed = (0, 2, "PER", "corrected"), (6, 7, "LOC", "corrected")
    assert labels(store, dataset) == [changed[0], (3, 5, "PER", "accepted"), changed[1]]
    press("d")
    at(page, 2)
    assert Desk(store, dataset).open(0, "Ana").document.done
    press("Shift+A")
    press("n")
    at(page, 3)
    assert {status for *_, status in labels(store, dataset, 1)} == {"accepted"}
    press("p")
    at(page, 2)
    press("p")
    at(page, 1)
    page.reload()
    page.locator("[data-act=undone]").wait_for(timeout=30_000)
    at(page, 1)
    page.locator(".ebar.chosen, .etok.sel").first.wait_for()
    press("Control+z")
    page.locator("[data-act=done]").wait_for()
    press("Control+z")
    page.locator(".eline.target .ebar").nth(2).wait_for(state="detached")
    settled(page)
    assert labels(store, dataset) == list(changed)


def test_the_later_of_two_is_told_and_loads_the_other_version(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    first, second = desk("Ana"), desk("Ben")
    chosen(first, "PER, Ada,")
    chosen(second, "PER, Ada,")
    first.keyboard.press("r")
    settled(first)
    second.keyboard.press("a")
    notice = second.locator(".enotice.bad")
    notice.wait_for()
    assert re.search(r"Ana changed this sentence at \d\d:\d\d:\d\d", notice.inner_text())
    assert "Your last change was not saved" in notice.inner_text()
    assert "Not saved" in second.locator(".esaved").inner_text()
    assert len(labels(store, dataset)) == 1  # Ana's rejection stands
    notice.get_by_role("button", name="Load their version").click()
    notice.wait_for(state="detached")
    second.locator(".ebar.rejected").wait_for()
    second.keyboard.press("a")
    settled(second)
    assert labels(store, dataset)[0][3] == "accepted"


def test_done_on_what_somebody_else_has_changed_comes_back_to_it(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    page = desk("Ana")
    chosen(page, "PER, Ada,")
    command = {"id": "ben", "base_revision": 0, "op": "delete_span", "args": {"id": "t0"}}
    Desk(store, dataset).do(0, "Ben", command)
    page.keyboard.press("d")
    notice = page.locator(".enotice.bad")
    notice.wait_for()
    assert "Ben changed this sentence" in notice.inner_text()
    at(page, 1)
    assert not Desk(store, dataset).open(0, "Ana").document.done


def test_the_queue_is_gone_through_faster_than_the_server_answers(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    page = desk("Ana")
    chosen(page, "PER, Ada,")
    for key in "nadn":  # the second sentence: its first label accepted, done, and over the third
        page.keyboard.press(key, delay=0)
    at(page, 4)
    second = Desk(store, dataset).open(1, "Ana").document
    assert second.done and labels(store, dataset, 1)[0] == (0, 1, "PER", "accepted")
    assert [e.where.number for e in store.documents.events(dataset)] == [1, 1]


def test_a_newcomer_on_a_phone_in_the_dark_gives_a_name_and_corrects_by_taps(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    page = desk(name="", width=390, theme="dark")
    assert page.locator("[data-act=done]").count() == 0
    box = page.get_by_label("Your name, to begin correcting")
    box.fill("Zoë")
    box.press("Enter")
    page.locator("[data-testid=stPopover]", has_text="Zoë").wait_for()
    chosen(page, "PER, Ada,")
    assert page.locator("[data-testid=stMain]").evaluate("m => m.scrollWidth") <= 390
    page.locator(".eline.target .ebar", has_text="ORG").click()
    page.locator(".emenu .echoice", has_text="LOC").click()
    settled(page)
    snapshot = Desk(store, dataset).open(0, "Zoë")
    assert snapshot.by == "Zoë" and "LOC" in {s.label for s in snapshot.document.on("target")}
    page.reload()
    page.locator("[data-act=done]").wait_for(timeout=30_000)  # the browser remembers the name


def test_gold_and_the_other_systems_are_a_switch_away_on_a_phone(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    link = Links(frozenset((i, i) for i in range(8)))
    item = replace(pair("gold", 9), gold=frozenset({"target"}), links=link)
    assert item.source is not None and item.target is not None
    [number] = store.datasets.append(dataset, [item])
    bad = Placement(Span(0, 2, "PER"), Span(0, 1, "PER"))
    record = Record(
        "gold",
        number,
        "direct/match-exact",
        item.source,
        item.target.labelled(()),
        placements=(bad,),
    )
    store.reviews.give(dataset, [record])
    page = desk(query="&item=gold", width=390)
    switch = page.get_by_role("switch", name="Compare with gold")
    assert switch.get_attribute("aria-checked") == "false"
    assert page.locator(".etrack").count() == 0
    switch.click()
    page.locator(".etrack").first.wait_for()
    page.reload()
    page.locator(".etrack").first.wait_for(timeout=30_000)  # the choice holds
    assert page.locator("[data-testid=stMain]").evaluate("m => m.scrollWidth") <= 390


def test_a_changed_link_offers_a_label_and_an_edited_text_keeps_the_rest(
    desk: OpenPage, store: Store, dataset: str
) -> None:
    page = desk()
    word = page.locator(".eline.source .etok").filter(has_text="Lagos")
    word.click()
    for _ in range(2):  # unlinked, and linked again: now the projector has something to say
        page.locator(".eline.target .etok").filter(has_text="Lagos").click()
    page.locator(".eghost", has_text="LOC?").wait_for()
    page.keyboard.press("x")
    page.locator(".enotice.offer").wait_for(state="detached")
    page.keyboard.press("Escape")
    page.locator('[data-retext="target"]').click()
    field = page.locator(".efield")
    field.fill(field.input_value().replace("traf", "sah und traf"))
    field.press("Control+Enter")
    page.locator(".eline.target .etok").filter(has_text=re.compile("^sah$")).wait_for()
    settled(page)
    document = Desk(store, dataset).open(0, "Ana").document
    assert document.target is not None
    assert document.target.tokens[2:5] == ("sah", "und", "traf")
    assert [(s.start, s.end, s.label, s.mark.stale) for s in document.on("target")][1] == (
        8,
        9,
        "ORG",
        False,
    )


def test_a_sentence_of_the_main_page_is_sent_here(
    desk: OpenPage, serve: Serve, store: Store
) -> None:
    page = desk()
    page.goto(serve(ROOT / "app.py"))
    page.get_by_role("button", name="Send to review").click(timeout=60_000)
    page.get_by_text("1 of 1", exact=True).wait_for(timeout=30_000)
    assert page.locator(".eline.target .ename.quiet").all_inner_texts()[0] == "gold"
    assert page.locator(".eline.target .ebar").count() >= 3
