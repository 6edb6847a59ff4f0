"""The drawing as SVG and PNG."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from tests.browser.comparisons import column, compared, sentence
from tests.browser.samples import SAMPLES, german, nested
from xproj_core.answers.one_sentence import Comparison
from xproj_core.domain.errors import InputError
from xproj_core.drawing import payload, svg
from xproj_core.drawing.colours import ADAPTIVE, DARK, LIGHT, Palette
from xproj_core.drawing.fonts import em, shortened
from xproj_core.drawing.picture import picture
from xproj_core.drawing.png import png

SVG = "{http://www.w3.org/2000/svg}"
samples = pytest.mark.parametrize("comparison", [f() for f in SAMPLES.values()], ids=SAMPLES)


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(t for t in e.itertext()) for e in root.iter(SVG + "text")]


@samples
@pytest.mark.parametrize("palette", [LIGHT, DARK, ADAPTIVE], ids=["light", "dark", "adaptive"])
def test_well_formed_and_inside_its_frame(comparison: Comparison, palette: Palette) -> None:
    root = parsed(picture(payload(comparison), palette))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    assert width > 0 and height > 0

    def inside(node: ElementTree.Element, x: float, y: float) -> None:
        moved = node.attrib.get("transform", "translate(0 0)")[10:-1].split()
        x, y = x + float(moved[0]), y + float(moved[1])
        if node.tag == SVG + "rect":
            assert x + float(node.attrib["x"]) >= -1e-6
            assert x + float(node.attrib["x"]) + float(node.attrib["width"]) <= width + 0.5
            assert y + float(node.attrib["y"]) + float(node.attrib["height"]) <= height + 0.5
        for child in node:
            inside(child, x, y)

    inside(root, 0, 0)


def test_every_word_label_and_link_is_there() -> None:
    data = payload(german())
    root = parsed(picture(data))
    shown = words(root)
    for col in data["columns"]:
        for row in col["rows"]:
            for token in data["sentences"][row["sentence"]]["tokens"]:
                assert token in shown
    n_links = sum(len(h["links"]) for c in data["columns"] for h in c["hops"])
    curves = [p for p in root.iter(SVG + "path") if "C" in p.attrib["d"]]
    assert len(curves) == n_links
    n_spans = sum(len(t["spans"]) for t in data["tracks"])
    n_spans += sum(len(r["spans"]) for c in data["columns"] for r in c["rows"])
    boxes = [r for r in root.iter(SVG + "rect") if r.find(SVG + "title") is not None]
    assert len(boxes) == n_spans
    assert any("lost" in w and "threshold" in w for w in shown)


def test_what_was_typed_is_text_and_nothing_else() -> None:
    bad = "<script>alert(1)</script>"
    source = sentence([bad, "a&b", '"quoted"', "x\x00y\x1b"], "en", [(0, 1, bad)])
    target = sentence([bad, "'single'", "\ud800", "]]>"], "de")
    comparison = compared(
        [
            replace(
                column("direct", [source, target], [[(0, 0, 1.0)]], [(0, (0, 1, bad))]),
                method=f"direct{bad}",
            )
        ],
        target,
        [(0, 1, bad)],
    )
    markup = picture(payload(comparison), title=bad)
    assert "<script" not in markup
    root = parsed(markup)
    known = {SVG + n for n in ("svg", "g", "rect", "text", "title", "path")}
    assert {e.tag for e in root.iter()} <= known
    assert not any(k.startswith("on") or "href" in k for e in root.iter() for k in e.attrib)
    assert "x\ufffdy\ufffd" in words(root) and "\ufffd" in words(root)
    png(markup, 0.5)


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_can_be_written(content: str) -> None:
    root = parsed(svg.tag("text", svg.text(content), title=content))
    assert len(root.text or "") == len(content)


def test_right_to_left_begins_at_the_right() -> None:
    data = payload(SAMPLES["arabic"]())
    assert data["target"] is not None
    tokens = data["sentences"][data["target"]]["tokens"]
    root = parsed(picture(data, columns=False))
    at = {
        "".join(e.itertext()).strip("\u2067\u2069"): float(e.attrib["x"])
        for e in root.iter(SVG + "text")
    }
    places = [at[t] for t in tokens]
    assert places == sorted(places, reverse=True)


def test_scripts_ask_for_a_font_of_theirs() -> None:
    markup = picture(payload(SAMPLES["chinese"]()))
    assert "Noto Sans CJK SC" in markup
    assert "Noto Sans Devanagari" in picture(payload(SAMPLES["hindi"]()))
    assert "CJK" not in picture(payload(german()))


def test_the_line_alone_is_the_smaller_picture() -> None:
    data = payload(nested())
    assert len(picture(data, columns=False)) < len(picture(data)) / 2


def test_a_long_word_is_shortened_and_its_title_is_not() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
    target = sentence([word, "fuhr"], "de")
    source = sentence(["It", "went"], "en")
    comparison = compared([column("direct", [source, target], [[(0, 0, 1.0)]], [])], target)
    texts = [e for e in parsed(picture(payload(comparison))).iter(SVG + "text") if len(e)]
    assert texts and all(e[0].text == word for e in texts)
    assert all((e[0].tail or "").endswith("…") for e in texts)


@given(st.text(max_size=60), st.floats(2, 30))
def test_shortened_fits(text: str, most: float) -> None:
    assert em(shortened(text, most)) <= max(most, 1.0) + 1e-9 or em(text) <= most


def test_no_width_is_too_narrow_for_the_fonts_at_hand() -> None:
    files = [
        f
        for f in (
            "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
            "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
        )
        if Path(f).exists()
    ]
    if not files:
        pytest.skip("needs Noto Sans or Liberation Sans to compare with")
    text = [
        chr(c)
        for c in (
            *range(0x20, 0x7F),
            *range(0xC0, 0x180),
            *range(0x391, 0x3CA),
            *range(0x410, 0x450),
        )
        if unicodedata.name(chr(c), "")
    ]
    for file in files:
        font = ImageFont.truetype(file, 1000)
        narrow = [c for c in text if font.getlength(c) / 1000 > em(c) + 0.12]
        assert not narrow, (file, narrow)
        for word in ("Bundeskanzlerin", "Angela", "WIMMEN", "illicit", "Москва", "Αθήνα"):
            assert font.getlength(word) / 1000 <= em(word)


def test_the_png_shows_something() -> None:
    image = Image.open(io.BytesIO(png(picture(payload(german())), 1.0))).convert("RGB")
    width, height = image.size
    assert width > 600 and height > 300
    colours = {colour for _, colour in image.getcolors(1 << 24) or ()}
    assert (0x1D, 0x4E, 0xD8) in colours  # PER on its track
    assert image.getpixel((2, 2)) == (255, 255, 255)


def test_a_huge_picture_is_drawn_smaller() -> None:
    huge = svg.document(50_000, 100, [], LIGHT, "", True)
    assert max(Image.open(io.BytesIO(png(huge, 2.0))).size) <= 12_000


def test_other_files_are_refused() -> None:
    with pytest.raises(InputError, match="not a picture"):
        png("<svg/>")
    with pytest.raises(InputError, match="cannot be drawn"):
        png('viewBox="0 0 1 1" <svg')
