"""The span and link editor in a real browser, on documents made by hand."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import OpenPage, Theme, box_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def log(page: Page, n: int) -> list[Any]:
    """The commands that reached the server, once there are `n`."""
    page.get_by_text(re.compile(rf"^log={n} ")).wait_for()
    text = page.get_by_text(re.compile(r"^log=")).inner_text()
    entries: list[Any] = ast.literal_eval(text.split(" ", 1)[1])
    return entries


def ops(page: Page, n: int) -> list[tuple[str, Any]]:
    return [(op, args) for op, args, _ in log(page, n)]


def word(page: Page, side: str, text: str) -> Locator:
    words = page.locator(f".eline.{side} .etok")
    return words.filter(has_text=re.compile(rf"^{re.escape(text)}$")).first


def bar(page: Page, side: str, label: str, k: int = 0) -> Locator:
    return page.locator(f".eline.{side} .ebar", has_text=label).nth(k)


def drag(page: Page, a: Locator, b: Locator) -> None:
    a.hover()
    page.mouse.down()
    b.hover()
    page.mouse.up()


def test_mouse_makes_relabels_resizes_and_deletes(editor: OpenPage) -> None:
    page = editor()
    drag(page, word(page, "target", "besuchte"), word(page, "target", "Kanzlerin"))
    page.locator(".emenu .echoice", has_text="ORG").click()
    new = {"side": "target", "start": 2, "end": 4, "label": "ORG"}
    assert ops(page, 1) == [("add_span", new)]
    bar(page, "target", "DATE").click()
    page.locator(".emenu .echoice", has_text="LOC").click()
    assert ops(page, 2)[1] == ("relabel", {"id": "t0", "label": "LOC"})
    grip = page.locator(".ebar.chosen .grip.end")
    drag(page, grip, word(page, "target", "besuchte"))
    assert ops(page, 3)[2] == ("resize", {"id": "t0", "start": 0, "end": 3})
    page.locator(".einspector").get_by_role("button", name="Delete").click()
    assert ops(page, 4)[3] == ("delete_span", {"id": "t0"})
    assert [base for _, _, base in log(page, 4)] == [1, 2, 3, 4]


def test_click_click_makes_a_range_and_a_pair_of_clicks_links_and_unlinks(editor: OpenPage) -> None:
    page = editor()
    word(page, "target", "Ada").click()
    word(page, "target", "das").click()
    page.locator(".emenu .echoice", has_text="PER").click()
    assert ops(page, 1)[0] == ("add_span", {"side": "target", "start": 4, "end": 7, "label": "PER"})
    page.keyboard.press("Escape")
    word(page, "source", "plant").click()
    word(page, "target", "in").click()
    word(page, "target", "in").click()
    assert ops(page, 3)[1:] == [
        ("link", {"source": 8, "target": 8, "possible": False}),
        ("unlink", {"source": 8, "target": 8}),
    ]


def test_all_labels_and_links_are_accepted_by_one_click_while_one_is_chosen(
    editor: OpenPage,
) -> None:
    page = editor()
    assert page.locator(".ebar.chosen").count() == 1
    page.locator(".einspector").get_by_role("button", name="Accept all").click()
    [(op, args)] = ops(page, 1)
    assert op == "set_status" and args["status"] == "accepted"
    assert set(args["spans"]) == {"t0", "t2"} and len(args["links"]) == 12
    page.locator(".einspector").get_by_role("button", name="Accept all").wait_for(state="detached")


def test_by_keyboard_alone(editor: OpenPage) -> None:
    page = editor()
    chosen = page.locator(".ebar.chosen").get_attribute("aria-label")
    assert chosen is not None and chosen.startswith("DATE, Am Montag")
    press = page.keyboard.press
    press("e")
    press("Shift+ArrowRight")  # its start moves in
    press("a")
    press("s")
    press("3")  # the next label becomes ORG
    press("Escape")
    press("Home")
    press("Shift+ArrowRight")
    press("4")
    expected = [
        ("resize", {"id": "t0", "start": 1, "end": 2}),
        ("set_status", {"spans": ["t0"], "links": [], "status": "accepted"}),
        ("relabel", {"id": "t4", "label": "ORG"}),
        ("add_span", {"side": "target", "start": 0, "end": 2, "label": "DATE"}),
    ]
    assert ops(page, 4) == expected
    press("Delete")
    assert ops(page, 5)[4][0] == "delete_span"
    press("l")  # from the first target word; its partner is the first source word
    press("ArrowRight")
    press("Enter")
    press("Escape")
    assert ops(page, 6)[5] == ("link", {"source": 1, "target": 0, "possible": False})
    press("Control+z")
    assert ops(page, 7)[6] == ("undo", {})
    press("n")
    assert ops(page, 8)[7] == ("go", {"to": "next"})
    press("?")
    assert page.locator("dialog[open] dt").count() >= 15
    press("Escape")
    assert page.locator("dialog[open]").count() == 0
    press("s")
    press("r")
    assert [base for _, _, base in log(page, 9)] == list(range(1, 10))


def test_commands_typed_faster_than_the_server_answers_all_arrive(editor: OpenPage) -> None:
    page = editor()
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    for key in "1234":  # PER, then that same span LOC, ORG, DATE: it had no name yet
        page.keyboard.press(key, delay=0)
    for _ in range(6):
        page.keyboard.press("ArrowRight", delay=0)
    page.keyboard.press("2", delay=0)
    entries = log(page, 5)
    assert [op for op, _, _ in entries] == ["add_span", "relabel", "relabel", "relabel", "add_span"]
    assert {args["id"] for op, args, _ in entries if op == "relabel"} == {"n1"}
    assert [base for _, _, base in entries] == [1, 2, 3, 4, 5]
    assert "Saved" in page.locator(".esaved").inner_text()


def test_right_to_left_the_left_arrow_goes_on(editor: OpenPage) -> None:
    page = editor("arabic")
    page.keyboard.press("Escape")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("1")
    assert ops(page, 1)[0] == ("add_span", {"side": "target", "start": 0, "end": 2, "label": "PER"})
    first, second = (box_of(word(page, "target", w)) for w in ("زارت", "آدا"))
    assert first["x"] > second["x"]
    drag(page, bar(page, "target", "ORG").locator(".grip.end"), word(page, "target", "في"))
    assert ops(page, 2)[1] == ("resize", {"id": "t2", "start": 3, "end": 6})


def test_emoji_and_combining_marks_are_one_word_each(editor: OpenPage) -> None:
    page = editor("chinese")
    word(page, "target", "é").click()
    page.locator(".emenu .echoice", has_text="ORG").click()
    word(page, "target", "👩‍🚀").click()
    page.locator(".emenu .echoice", has_text="LOC").click()
    assert [args["start"] for _, args in ops(page, 2)] == [16, 15]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phone_fits_and_takes_taps(editor: OpenPage, theme: Theme) -> None:
    page = editor("long", width=390, theme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-testid=stMain]").evaluate("m => m.scrollWidth") <= 390
    for side in ("source", "target"):
        assert page.locator(f".eline.{side} .etok").count() >= 70
    outside = page.locator(".staves").evaluate(
        "s => [...s.querySelectorAll('.etok, .ebar')].filter((n) => n.getBoundingClientRect().right"
        " > s.getBoundingClientRect().right + 1).length"
    )
    assert outside == 0
    page.locator(".eline.target .etok").nth(4).dispatch_event("click")
    page.locator(".eline.target .etok").nth(6).dispatch_event("click")
    page.locator(".emenu .echoice", has_text="LOC").click()
    assert ops(page, 1)[0][1] == {"side": "target", "start": 4, "end": 7, "label": "LOC"}


def test_twenty_spans_lie_in_lanes_of_their_own(editor: OpenPage) -> None:
    page = editor("lanes")
    boxes = page.locator(".ebar").evaluate_all(
        "nodes => nodes.map((n) => { const r = n.getBoundingClientRect();"
        " return [r.left, r.right, r.top, r.bottom]; })"
    )
    assert len(boxes) == 20
    clash = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if max(a[0], b[0]) < min(a[1], b[1]) - 1 and max(a[2], b[2]) < min(a[3], b[3]) - 1
    ]
    assert clash == []


def test_words_are_text_and_another_systems_label_can_be_taken_over(editor: OpenPage) -> None:
    page = editor("hostile")
    assert word(page, "target", "<b>x</b>").count() == 1
    page = editor()
    page.locator(".etrack:not(.same)").nth(1).click()
    assert ops(page, 1)[0] == ("add_span", {"side": "target", "start": 3, "end": 6, "label": "PER"})
