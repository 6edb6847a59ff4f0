"""The robustness page: from the address to curves, and from a curve to a sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import OpenApp
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.jobs.job import Do
from xproj_core.methods import Mode
from xproj_core.robustness import sweep_job
from xproj_core.robustness.sweep_job import in_thread
from xproj_ui import resources
from xproj_ui.address.robustness import decode, encode
from xproj_ui.address.robustness_view import At, View
from xproj_ui.engines import shelf

GOLD = (Span(0, 1, "LOC"),)
FAST = {"r.noise": "drop-links;casing,kind=upper", "r.rates": "0.5", "r.seeds": "2"}


@pytest.fixture
def page(opened: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OpenApp]:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)

    def in_this_process(folder: Path) -> Do:
        return in_thread(folder, lambda name: shelf().get(name), sweep_job.items)

    monkeypatch.setattr(resources, "sweep_process", in_this_process)

    def clear() -> None:
        resources.sweeps.clear()
        resources.store.clear()

    def go(**parameters: str) -> AppTest:
        app = opened()
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.switch_page("pages/robustness.py").run()

    clear()
    yield go
    clear()


def html_blocks(app: AppTest) -> list[str]:
    return [h.proto.body for h in app.get("html")]


def address(app: AppTest) -> dict[str, str]:
    parameters = {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}
    return {k: v for k, v in parameters.items() if k.startswith("r.")}


def finished(app: AppTest) -> AppTest:
    """Wait for the sweep in the background, then draw the page."""
    for sweep in resources.sweeps().busy():
        resources.sweeps().join(sweep)
    app.run()
    assert not app.exception
    return app


def swept(page: OpenApp, **parameters: str) -> AppTest:
    app = page(**parameters)
    app.button(key="rb_run").click().run()
    return finished(app)


def charts(app: AppTest) -> list[Any]:
    return [json.loads(c.proto.spec) for c in app.get("plotly_chart")]


def drawing(app: AppTest) -> Any:
    (component,) = [e for e in app.get("bidi_component") if e.key == "rb_drawing"]
    return json.loads(component.proto.json)


def test_a_newcomer_is_offered_the_example(page: OpenApp) -> None:
    app = page()
    assert not app.exception
    assert app.button(key="rb_run").label == "Try it on the example"
    assert any("37 runs over 30 sentences" in text for text in html_blocks(app))
    assert address(app) == {}


def test_a_sweep_gives_curves_areas_crossings_files_and_a_sentence(page: OpenApp) -> None:
    app = swept(page, **FAST)
    drawn = charts(app)
    assert len(drawn) == 2
    lines = [t for t in drawn[0]["data"] if t.get("name")]
    assert [t["name"] for t in lines] == ["Direct", "Pivot", "Back-translation"]
    assert len({t["line"]["dash"] for t in lines}) == len({t["marker"]["symbol"] for t in lines})
    table = app.dataframe[0].value
    assert list(table.index) == ["Direct", "Pivot", "Back-translation"]
    assert list(table.columns) == ["clean", "drop-links", "casing,kind=upper"]
    assert any("overtake direct projection" in m.value for m in app.markdown)
    assert any(
        "noises:drop-links/casing,kind=upper|rates:0.5|seeds:1,2" in t for t in html_blocks(app)
    )
    assert {b.proto.label for b in app.get("download_button")} == {"CSV", "JSON", "Markdown"}
    data_shown = drawing(app)
    assert [c["title"] for c in data_shown["columns"]] == ["Clean", "Noisy"]
    assert all(r["slot"] is None for c in data_shown["columns"] for r in c["rows"])
    assert any("was dropped." in text for text in html_blocks(app))
    assert any("Lost" in m.value or "Wrong now" in m.value for m in app.markdown)
    assert address(app)["r.at"].startswith("drop-links=0.5/1/")


def test_results_are_there_for_whoever_has_the_link(page: OpenApp) -> None:
    first = swept(page, **FAST)
    link = address(first)
    again = page(**link)
    assert not again.exception and len(charts(again)) == 2
    assert drawing(again) == drawing(first)
    resources.sweeps.clear()  # a server that has been started anew
    assert len(charts(page(**link))) == 2


def test_the_next_sentence_and_another_condition(page: OpenApp) -> None:
    app = swept(page, **FAST)
    first = address(app)["r.s"]
    app.button(key="rb_after").click().run()
    assert not app.exception and address(app)["r.s"] != first
    app.selectbox(key="rb_number").set_value(int(first) - 1).run()
    assert address(app)["r.s"] == first
    app.button(key="rb_after").click().run()
    app.button(key="rb_before").click().run()
    assert address(app)["r.s"] == first
    (menu,) = [s for s in app.selectbox if s.label == "Method"]
    menu.set_value("pivot/match-exact").run()
    assert address(app)["r.at"] == "drop-links=0.5/1/pivot/match-exact"
    assert len(drawing(app)["columns"][0]["rows"]) == 3
    (menu,) = [s for s in app.selectbox if s.label == "Noise"]
    menu.set_value("casing,kind=upper").run()
    assert not app.exception
    assert any("became" in text and "<mark" in text for text in html_blocks(app))
    opens = [e.proto for e in app.get("page_link")]
    assert [e.label for e in opens] == ["Open", "Open with the noise in it"]
    assert opens[0].query_string != opens[1].query_string


def test_another_noise_is_another_sweep(page: OpenApp) -> None:
    app = swept(page, **FAST)
    app.multiselect(key="rb_noises").set_value(["miss-labels"]).run()
    assert not app.exception and charts(app) == []
    assert app.button(key="rb_run").label == "Try it on the example"
    assert address(app)["r.noise"] == "miss-labels" and "r.at" not in address(app)
    app.multiselect(key="rb_noises").set_value(["fog"]).run()
    assert any("no noise called &#x27;fog&#x27;" in text for text in html_blocks(app))
    app.multiselect(key="rb_noises").set_value([]).run()
    assert not app.exception


def test_methods_with_settings(page: OpenApp) -> None:
    both = "direct,pivot,pivot(direct_share=0.5)"
    app = swept(
        page, **{"r.noise": "drop-links", "r.rates": "0.5", "r.seeds": "1", "r.methods": both}
    )
    names = ["Direct", *(f"Pivot (direct_share={share})" for share in (0.0, 0.5))]
    assert list(app.dataframe[0].value.index) == names
    assert address(app)["r.methods"] == both
    app.multiselect(key="rb_methods").set_value(["direct", "pivot(fog=1)"]).run()
    assert any("has no parameter &#x27;fog&#x27;" in text for text in html_blocks(app))


def test_cancelling(page: OpenApp) -> None:
    app = page(**{"r.noise": "drop-links;add-links;shift-links;characters", "r.seeds": "20"})
    app.button(key="rb_run").click().run()
    assert [b.label for b in app.button if b.key == "rb_cancel"] == ["Cancel"]
    app.button(key="rb_cancel").click().run()
    finished(app)
    assert any("Cancelled" in text for text in html_blocks(app))
    assert app.button(key="rb_run").label == "Resume"


def test_a_sweep_that_the_servers_end_broke_off_can_be_resumed(
    page: OpenApp, tmp_path: Path
) -> None:
    app = page(**FAST)
    app.button(key="rb_run").click().run()
    finished(app)
    (file,) = (tmp_path / "robustness").glob("*.json")
    stored_sweep = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({**stored_sweep, "state": "running", "owner": "elsewhere"}))
    os.utime(file, (0, 0))  # no sign of life
    resources.sweeps.clear()
    app = page(**FAST)
    assert not app.exception and len(charts(app)) == 2, "the figures so far"
    assert any("XProj ended while this was running." in text for text in html_blocks(app))
    app.button(key="rb_run").click().run()
    finished(app)
    assert app.button(key="rb_run").label == "Run again"


def test_a_dataset_of_the_store(page: OpenApp) -> None:
    items = [
        Item(
            str(k),
            Sentence(
                ("Lagos", "visited", "the", "old", "plant", f"<b>{k}"), "en", (Span(0, 1, "LOC"),)
            ),
            Sentence(
                ("Lagos", "besuchte", "das", "alte", "werk", f"<b>{k}"), "de", (Span(0, 1, "LOC"),)
            ),
            frozenset({"source", "target"}),
        )
        for k in range(10)
    ]
    app = page(**FAST)
    dataset = resources.store().datasets.add("My <i>own</i>", items, "en", "de", ("LOC",))
    bare = [Item("1", target=Sentence(("Lagos",), "de"))]
    without = resources.store().datasets.add("No gold", bare, "en", "de", ())
    app.run()
    app.selectbox(key="rb_data").set_value(dataset).run()
    assert not app.exception and address(app)["r.data"] == dataset
    assert [t.label for t in app.toggle] == [
        "Translations of the data",
        "Gold labels of the source",
    ]
    app.button(key="rb_run").click().run()
    finished(app)
    assert "100.0" in str(app.dataframe[0].value.loc["Direct", "clean"])
    assert not any("<b>1</b>" in text or "<i>" in text for text in html_blocks(app))
    app.selectbox(key="rb_data").set_value(without).run()
    assert any("no gold labels on its target" in text for text in html_blocks(app))
    assert "rb_run" not in {b.key for b in app.button}
    app = page(dataset=dataset)
    assert address(app) == {"r.data": dataset}, "as other pages link here"
    app = page(**{"r.data": "gone"})
    assert not app.exception and any("is not here" in text for text in html_blocks(app))


def test_the_other_way_takes_the_translations_of_the_data(page: OpenApp) -> None:
    app = page(**{**FAST, "r.mode": "translate", "r.noise": "casing,kind=upper"})
    assert [t.label for t in app.toggle] == ["Gold labels of the source"]
    app.button(key="rb_run").click().run()
    finished(app)
    assert address(app)["r.mode"] == "translate"
    shown = drawing(app)
    first = shown["columns"][1]["rows"][0]
    words = shown["sentences"][first["sentence"]]
    assert words["language"] == "en" and any(t.isupper() for t in words["tokens"])
    opened = next(e.proto for e in app.get("page_link"))
    assert "mode=translate" in opened.query_string
    bare = Item("1", target=Sentence(("Lagos",), "de", GOLD), gold=frozenset({"target"}))
    dataset = resources.store().datasets.add("Bare", [bare], "en", "de", ("LOC",))
    app.run()
    app.selectbox(key="rb_data").set_value(dataset).run()
    assert not app.exception and "r.mode" not in address(app)
    assert any("both sides" in c.value for c in app.caption)


def test_a_pivot_that_is_missing_is_asked_for(page: OpenApp) -> None:
    app = page(**{"r.via": "none"})
    assert any("needs a pivot" in text for text in html_blocks(app))


def test_coming_back_from_another_page(page: OpenApp) -> None:
    app = swept(page, **FAST)
    before = address(app)
    app.query_params.clear()
    app.switch_page("pages/engines.py").run()
    app.switch_page("pages/robustness.py").run()
    assert not app.exception and len(charts(app)) == 2 and address(app) == before


# -- the address --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(data="abc123", pivot=None, translations=False, noises=("a+b",), rates=(0.25, 1.0)),
        View(methods=("direct", "pivot(direct_share=0.5)"), seeds=7, sentences=0, labels=False),
        View(
            mode=Mode.TRANSLATE,
            noises=("casing,kind=upper",),
            at=At("casing,kind=upper", 0.3, 2, "direct/min-max"),
            sentence=4,
        ),
    ],
)
def test_a_view_is_in_its_address(view: View) -> None:
    if view.noises == ("a+b",):
        view = View(**{**vars(view), "noises": ("drop-words+drop-links",)})
    assert decode(encode(view)) == (view, ())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("noise", "fog"),
        ("rates", "2"),
        ("rates", "x"),
        ("seeds", "0"),
        ("n", "-1"),
        ("projector", "fog"),
        ("methods", "fog"),
        ("via", "??"),
        ("at", "drop-links"),
        ("given", "all"),
        ("mode", "fog"),
        ("fog", "1"),
        ("s", "0"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_named(key: str, value: str) -> None:
    view, problems = decode({f"r.{key}": value, "text": "of another page"})
    assert view == View() and len(problems) == 1 and f"r.{key}" in problems[0]
