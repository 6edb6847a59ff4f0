"""Links are sure or only possible, by mouse, by taps and by keyboard."""

from __future__ import annotations

import re

from tests.browser.conftest import OpenPage
from tests.browser.test_editor import ops, word


def link(source: int, target: int, possible: bool) -> tuple[str, dict[str, int]]:
    return ("link", {"source": source, "target": target, "possible": possible})


def test_links_are_made_possible_and_sure_again_by_mouse(editor: OpenPage) -> None:
    page = editor()
    word(page, "source", "Weber").click()
    page.locator(".einspector [data-link='4-5']").click()
    page.get_by_role("button", name="Only possible").click()
    assert ops(page, 1) == [link(4, 5, True)]
    assert page.locator(".erib.possible.chosen").count() == 1
    page.get_by_role("button", name="Make it sure").click()
    assert ops(page, 2)[1] == link(4, 5, False)
    page.locator(".erib.possible").wait_for(state="attached")  # the sample has one of its own


def test_linking_by_taps_is_begun_and_ended_by_buttons(editor: OpenPage) -> None:
    page = editor(width=390)
    word(page, "source", "plant").dispatch_event("click")
    page.locator(".einspector").get_by_role("button", name=re.compile("^Link")).click()
    word(page, "target", "in").dispatch_event("click")
    page.locator(".einspector").get_by_role("button", name="Only possible").click()
    assert ops(page, 2) == [link(8, 8, False), link(8, 8, True)]
    page.get_by_role("button", name="Enough").click()
    assert page.locator(".etok.linkfrom").count() == 0
    page.locator(".einspector [data-link='8-8']").click()
    page.get_by_role("button", name="Make it sure").wait_for()


def test_links_are_made_possible_by_keyboard(editor: OpenPage) -> None:
    page = editor()
    press = page.keyboard.press
    press("Escape")
    press("Home")  # the first word has one link, to the first
    press("u")
    assert ops(page, 1) == [link(0, 0, True)]
    press("k")
    press("u")
    assert ops(page, 2)[1] == link(0, 0, False)
    press("Escape")
    press("l")  # from the first source word; the cursor goes to its partner
    press("ArrowRight")
    press("u")  # not linked yet
    press("u")
    press("Enter")
    press("Escape")
    operations = ops(page, 5)
    assert operations[2:] == [
        link(0, 1, True),
        link(0, 1, False),
        ("unlink", {"source": 0, "target": 1}),
    ]
