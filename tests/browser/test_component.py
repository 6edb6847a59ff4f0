"""The drawing in a real browser, on comparisons made by hand."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ROOT, OpenPage, Serve, Theme, box_of
from tests.browser.samples import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LIT = ".tok.on .w"


@pytest.fixture
def gallery(serve: Serve, visit: OpenPage) -> OpenPage:
    """Open a sample and wait until it is drawn."""

    def go(sample: str = "german", query: str = "", **how: int | str) -> Page:
        url = serve(ROOT / "tests" / "browser" / "gallery.py")
        page = visit(f"{url}/?sample={sample}{query}", **how)
        page.locator(".xp .columns .card").first.wait_for(timeout=20_000)
        page.get_by_text("runs=").wait_for()
        return page

    return go


def status(page: Page, key: str) -> str:
    text = page.get_by_text("runs=").inner_text()
    value = re.search(rf"{key}=([^;]*)", text)
    assert value is not None
    return value.group(1)


def wait_status(page: Page, key: str, value: str) -> None:
    page.get_by_text(re.compile(rf"{key}={re.escape(value)}(;|$)")).wait_for()


def column(page: Page, title: str) -> Locator:
    return page.locator(f'.column[aria-label="{title}"]')


def lit(page: Page, title: str) -> list[str]:
    return column(page, title).locator(LIT).all_inner_texts()


def token(page: Page, title: str, row: int, word: str) -> Locator:
    cells = column(page, title).locator(".side").nth(row).locator(".tok")
    return cells.filter(has_text=re.compile(rf"^{re.escape(word)}")).first


@pytest.mark.parametrize("view", ["ribbons", "heat"])
def test_every_sample_fits_a_phone_and_cuts_no_badge(gallery: OpenPage, view: str) -> None:
    page = gallery("all", f"&view={view}", width=375)
    page.locator(".xp .lines").nth(len(SAMPLES) - 1).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.locator("[data-testid=stMain]").evaluate("m => m.scrollWidth") <= 375
    assert page.locator(".xp").count() == len(SAMPLES)
    for k, sample in enumerate(SAMPLES):
        assert (sample, page.locator(".xp").nth(k).evaluate(CUT)) == (sample, [])


CUT = """root => [...root.querySelectorAll('.badge, .tspan .label')].filter((badge) => {
  const b = badge.getBoundingClientRect();
  for (let up = badge.parentElement; up !== root; up = up.parentElement) {
    if (up.matches('.heatframe')) break;  // it scrolls
    const u = up.getBoundingClientRect();
    const hides = getComputedStyle(up).overflowX !== 'visible' || up.matches('.card, .tspan');
    if (hides && (b.left < u.left - 1 || b.right > u.right + 1)) return true;
  }
  return badge.scrollWidth > badge.clientWidth + 1;
}).map((badge) => badge.textContent)"""


def test_hover_lights_what_belongs_together_without_the_server(gallery: OpenPage) -> None:
    page = gallery()
    token(page, "Direct", 0, "Lagos").hover()
    assert lit(page, "Direct") == ["Lagos", "Lagos"]
    assert lit(page, "Pivot") == ["Lagos"] * 3
    assert lit(page, "Back-translation") == ["Lagos"] * 3
    assert page.locator(".word.on").all_inner_texts() == ["Lagos"]
    assert page.locator(".tspan.on").all_inner_texts() == ["LOC"] * 4
    assert column(page, "Direct").locator(".ribbon.on").count() == 1
    assert column(page, "Pivot").locator(".ribbon.on").count() == 2
    page.mouse.move(2, 2)
    assert page.locator(".xp .on").count() == 0
    assert status(page, "runs") == "1"


def test_hover_on_a_lost_entity_shows_where_its_links_end(gallery: OpenPage) -> None:
    page = gallery()
    column(page, "Pivot").locator(".chip").hover()
    assert lit(page, "Pivot") == ["Siemens", "Siemens"]
    token(page, "Direct", 1, "besuchte").hover()
    assert lit(page, "Direct") == ["visited", "besuchte"]
    assert lit(page, "Pivot") == ["visited", "visité", "besuchte"]


def test_hover_over_a_ribbon_lights_its_two_words(gallery: OpenPage) -> None:
    page = gallery()
    hit = column(page, "Direct").locator(".hit").nth(1)
    hit.dispatch_event("pointermove", {"bubbles": True, "composed": True})
    assert lit(page, "Direct") == ["Monday", "Montag"]


def test_click_explains_and_escape_closes(gallery: OpenPage) -> None:
    page = gallery()
    token(page, "Direct", 1, "Siemens-Werk").click()
    assert page.locator(".why h3").inner_text() == "Why is “Siemens-Werk” ORG in Direct?"
    rows = page.locator(".why tbody tr")
    assert rows.first.locator("td").all_inner_texts()[:2] == ["Siemens-Werk", "1 of 1"]
    assert page.locator(".why .chosenrow").count() == 1
    wait_status(page, "selected", "direct:2")
    assert page.locator(".box.chosen").count() == 2
    page.keyboard.press("Escape")
    wait_status(page, "selected", "None")
    assert page.locator(".why").is_hidden()
    assert status(page, "runs") == "3"


def test_click_on_a_label_of_the_tracks_and_on_a_lost_entity(gallery: OpenPage) -> None:
    page = gallery()
    page.get_by_role("button", name="PER, Angela Merkel, Pivot, linked").click()
    assert "in Pivot" in page.locator(".why h3").inner_text()
    column(page, "Pivot").locator(".chip").click()
    assert page.locator(".why h3").inner_text() == "Why is “Siemens” lost in Pivot?"
    assert "under the threshold" in page.locator(".why .lostreason").inner_text()
    wait_status(page, "selected", "pivot:lost:0")
    assert page.locator(".columns > .card").count() == 3
    assert status(page, "runs") == "3"


def test_a_gold_entity_says_at_which_step_a_method_lost_it(gallery: OpenPage) -> None:
    page = gallery()
    page.get_by_role("button", name="ORG, Siemens-Werk, gold").click()
    wait_status(page, "selected", "pivot:lost:0")
    failed = page.locator(".why .stage.failed")
    assert failed.count() == 1 and "✕" in failed.inner_text()
    assert "went wrong here" in failed.inner_text()
    assert "Gold has “Siemens-Werk” ORG." in page.locator(".why .opening").inner_text()
    page.get_by_role("button", name="✓ Direct: right").click()
    wait_status(page, "selected", "direct:2")
    assert page.locator(".why h3").inner_text() == "Why is “Siemens-Werk” ORG in Direct?"
    assert not failed.count() and page.locator(".why .stage").count() == 4


def test_a_sentence_about_arabic_words_runs_from_left_to_right(gallery: OpenPage) -> None:
    page = gallery("arabic", "&selected=pivot:0")
    opening = page.locator(".why .opening")
    assert opening.evaluate("e => getComputedStyle(e).direction") == "ltr"
    first = opening.locator("bdi").first
    assert first.inner_text() == "مفيزو"
    box, words = opening.bounding_box(), first.bounding_box()
    assert box and words and words["x"] < box["x"] + box["width"] / 4


def test_the_link_opens_what_it_names(gallery: OpenPage) -> None:
    page = gallery(query="&view=heat&selected=pivot:1")
    assert "Angela Merkel" in page.locator(".why h3").inner_text()
    assert page.locator(".heat").count() == 3
    assert status(page, "runs") == "1"


def test_by_keyboard_alone(gallery: OpenPage) -> None:
    page = gallery()
    page.locator(".word").first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.evaluate(ACTIVE) == "Angela"
    assert page.locator(".word.on").all_inner_texts() == ["Angela"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(".why h3").inner_text() == "Why is “Angela Merkel” PER in Direct?"
    page.keyboard.press("Escape")
    assert page.locator(".why").is_hidden()
    page.locator('[data-group="column-1"][tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE).startswith("Monday")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(ACTIVE).startswith(("Lundi", ","))
    assert page.locator('[data-group="column-1"][tabindex="0"]').count() == 1


ACTIVE = """() => {
  let node = document.activeElement;
  while (node.shadowRoot) node = node.shadowRoot.activeElement;
  return node.textContent;
}"""


def test_arabic_runs_from_right_to_left(gallery: OpenPage) -> None:
    page = gallery("arabic")
    boxes = [box_of(w) for w in page.locator(".word").all()]
    assert all(a["x"] > b["x"] for a, b in pairwise(boxes))
    names = box_of(page.locator(".name").first)
    assert names["x"] >= boxes[0]["x"] + boxes[0]["width"] - 1
    person = box_of(page.locator(".tspan").first)
    assert person["x"] <= boxes[2]["x"] + 4
    assert abs(person["x"] + person["width"] - boxes[1]["x"] - boxes[1]["width"]) <= 4
    page.locator(".word").first.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(ACTIVE) == "نيلسون"
    page.get_by_role("button", name="Heat map").click()
    across = [box_of(x)["x"] for x in page.locator(".across").first.locator("> *").all()]
    assert across == sorted(across, reverse=True)


def test_html_in_tokens_and_labels_stays_text(gallery: OpenPage) -> None:
    page = gallery("hostile")
    assert (
        page.locator(".xp b, .xp i, .xp script").filter(has_text=re.compile("^(x|L|alert)")).count()
        == 0
    )
    assert page.locator(".word").first.inner_text() == "<b>x</b>"
    assert page.locator(".tspan .label").first.inner_text() == "<i>L</i>"
    page.locator(".tspan").nth(2).click()
    assert "<script>alert(1)</script>" in page.locator(".why h3").inner_text()


def test_long_sentences_name_the_methods_on_every_line(gallery: OpenPage) -> None:
    page = gallery("long", width=900)
    lines = page.locator(".lines .line")
    assert lines.count() > 3
    for k in range(lines.count()):
        assert lines.nth(k).locator(".name").all_inner_texts() == ["gold", "Direct", "Pivot"]
    tops = [box_of(w) for w in page.locator(".word").all()]
    assert len(tops) == 70
    assert all(t["x"] + t["width"] <= 900 for t in tops)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_labels_are_readable_on_what_is_behind_them(gallery: OpenPage, theme: Theme) -> None:
    page = gallery("many", theme=theme)
    worst = page.locator(".xp").evaluate(CONTRAST)
    assert len(worst) > 40
    assert min(worst) >= 4.5


CONTRAST = """root => {
  const brush = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const over = (...layers) => {
    for (const layer of layers) { brush.fillStyle = layer; brush.fillRect(0, 0, 1, 1); }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255);
  };
  const lum = (rgb) => rgb.map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const card = getComputedStyle(root.querySelector('.card')).backgroundColor;
  return [...root.querySelectorAll('.badge, .tspan, .count, .route, .origin')].map((node) => {
    const style = getComputedStyle(node);
    const ground = over(card, style.backgroundColor);
    const [low, high] = [lum(over(style.color)), lum(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  });
}"""


def test_a_change_of_theme_is_followed(gallery: OpenPage) -> None:
    page = gallery(theme="light")
    scheme = "root => getComputedStyle(root).colorScheme"
    assert page.locator(".xp").evaluate(scheme) == "light"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("""() => [...document.querySelectorAll('*')].some((n) =>
      n.shadowRoot?.querySelector('.xp')?.style.colorScheme === 'dark')""")
    assert status(page, "runs") == "1"


def test_the_heat_map_reads_out_scores(gallery: OpenPage) -> None:
    page = gallery()
    page.get_by_role("button", name="Heat map").click()
    wait_status(page, "view", "heat")
    direct = column(page, "Direct")
    cells = direct.locator(".cells")
    size = box_of(cells)
    step = size["width"] / 11
    cells.hover(position={"x": 7.5 * step, "y": 7.5 * step})
    assert direct.locator(".readout").inner_text() == "Siemens – Siemens-Werk .80 link"
    assert direct.locator(".hlabel.on .w").all_inner_texts() == ["Siemens-Werk", "Siemens"]
    assert page.locator(".word.on").all_inner_texts() == ["Siemens-Werk"]
    pivot = column(page, "Pivot")
    pivot.get_by_role("button", name="French ↔ German").click()
    assert pivot.locator(".down .w").first.inner_text() == "Lundi"
    page.get_by_role("button", name="Ribbons").click()
    wait_status(page, "view", "ribbons")
    assert page.locator(".strand").count() == 3


def test_ribbons_follow_their_words_when_the_width_changes(gallery: OpenPage) -> None:
    page = gallery()
    page.set_viewport_size({"width": 700, "height": 1000})
    page.wait_for_function("innerWidth === 700")
    card = column(page, "Direct").element_handle()
    page.wait_for_function(f"card => ({FAR})(card) < 2", arg=card)
    tops = [box_of(c)["y"] for c in page.locator(".columns > .card").all()]
    assert len(set(tops)) == 3, "columns stand one under another"
    assert card.evaluate(FAR) < 2


FAR = """card => {
  const strand = card.querySelector('.strand');
  const origin = strand.getBoundingClientRect();
  const tokens = (side) => [...side.querySelectorAll('.tok')];
  const sides = [...strand.querySelectorAll('.side')].map(tokens);
  return Math.max(...[...strand.querySelectorAll('.hit')].map((hit) => {
    const { link } = hit.xp;
    const ends = [sides[0][link.source], sides[1][link.target]];
    const [a, b] = ends.map((t) => t.getBoundingClientRect());
    const n = hit.getAttribute('d').match(/-?[\\d.]+/g).map(Number);
    return Math.max(Math.abs(n[1] + origin.top - (a.top + a.bottom) / 2),
      Math.abs(n.at(-1) + origin.top - (b.top + b.bottom) / 2));
  }));
}"""


def test_a_pencil_asks_for_its_sentence(gallery: OpenPage) -> None:
    page = gallery()
    assert column(page, "Direct").locator(".pencil").count() == 1
    column(page, "Pivot").locator(".pencil").nth(1).click()
    page.get_by_text(re.compile("edit=.*'slot': 'pivot'")).wait_for()


def test_entities_have_names_for_screen_readers(gallery: OpenPage) -> None:
    page = gallery()
    assert page.get_by_role("button", name="PER, Angela Merkel, Direct, linked 1").count() == 1
    name = token(page, "Direct", 1, "Angela").get_attribute("aria-label")
    assert name == "Angela; PER, Angela Merkel, Direct, linked 1"
