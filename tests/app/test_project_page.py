"""The main page: what is asked reaches the core, and what it answers reaches the drawing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea

from tests.app.conftest import Loader, OpenApp, fake_engine
from xproj_core.answers.one_sentence import Comparison, answer
from xproj_core.domain import Alignment, Sentence
from xproj_core.domain.errors import EngineError
from xproj_core.domain.registry import Entry
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors
from xproj_ui.engines import shelf

GERMAN = {"text": "Lagos besuchte das alte werk", "src": "en", "tgt": "de", "via": "fr"}


def drawn(app: AppTest) -> Any:
    """What the drawing got."""
    components = [e for e in app.get("bidi_component") if e.key == "comparison"]
    return json.loads(components[0].proto.json) if components else None


def columns(app: AppTest) -> dict[str, Any]:
    return {c["method"]: c for c in drawn(app)["columns"]}


def tokens(app: AppTest, column: str, row: int) -> Any:
    data = drawn(app)
    return data["sentences"][columns(app)[column]["rows"][row]["sentence"]]["tokens"]


def html_blocks(app: AppTest) -> list[str]:
    return [h.value if hasattr(h, "value") else h.proto.body for h in app.get("html")]


def problems(app: AppTest) -> list[str]:
    return [text for text in html_blocks(app) if 'role="alert"' in text]


def address(app: AppTest) -> dict[str, str]:
    return {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}


def area(app: AppTest, key: str) -> TextArea:
    return next(a for a in app.text_area if a.key == key)


def test_a_first_visit_sees_the_worked_example(opened: OpenApp) -> None:
    app = opened()
    assert not app.exception
    assert list(columns(app)) == ["direct", "pivot", "back_translation"]
    assert all(c["problem"] is None for c in columns(app).values())
    assert any("type a sentence of your own" in text for text in html_blocks(app))
    assert address(app) == {}


def test_a_pivot_that_does_not_go_with_the_languages_gives_way(opened: OpenApp) -> None:
    """It was chosen for others; what a link says, and no pivot at all, stay as they are."""
    app = opened()
    assert app.selectbox(key="q_pivot").value == "fr"
    app.selectbox(key="q_target").set_value("fr").run()
    assert app.selectbox(key="q_pivot").value == "de", "French is one of the two now"
    assert address(app)["via"] == "de"
    app.selectbox(key="q_target").set_value("es").run()
    assert app.selectbox(key="q_pivot").value == "fr", "nobody translates German into Spanish"
    app.selectbox(key="q_pivot").set_value("").run()
    app.selectbox(key="q_target").set_value("de").run()
    assert app.selectbox(key="q_pivot").value == ""
    link = opened(text="Lagos", src="en", tgt="fr", via="fr")
    assert link.selectbox(key="q_pivot").value == "fr"


def test_a_typed_sentence_is_answered_and_in_the_address(opened: OpenApp) -> None:
    app = opened()
    area(app, "q_text").set_value("Lagos besuchte das alte werk").run()
    assert tokens(app, "direct", 0) == ["Lagos", "visited", "the", "old", "plant"]
    assert tokens(app, "pivot", 1) == ["Lagos", "visita", "l", "vieille", "usine"]
    assert address(app)["text"] == "Lagos besuchte das alte werk"
    assert columns(app)["direct"]["why"][0]["label"] == "LOC"


def test_a_link_reproduces_the_view(opened: OpenApp) -> None:
    first = opened(**GERMAN, methods="direct,markers", projector="min-max", view="heat")
    second = opened(**address(first))
    assert drawn(first) == drawn(second)
    assert drawn(first)["view"] == "heat"
    assert list(columns(first)) == ["direct", "markers"]
    assert address(first) == address(second)


def test_junk_in_a_link_is_named_and_the_page_works(opened: OpenApp) -> None:
    app = opened(**GERMAN, projector="magic", mode="sing")
    assert not app.exception
    assert len(columns(app)) == 3
    assert any("magic" in text for text in html_blocks(app)) and any(
        "sing" in text for text in html_blocks(app)
    )


def test_translating_a_labelled_text(opened: OpenApp) -> None:
    app = opened(
        text="[Lagos](LOC) visited the old plant", src="en", tgt="de", via="fr", mode="translate"
    )
    assert tokens(app, "direct", 1) == ["Lagos", "besuchte", "das", "alte", "werk"]
    rows = columns(app)["direct"]["rows"]
    assert [(s["start"], s["end"], s["label"]) for s in rows[1]["spans"]] == [(0, 1, "LOC")]


def test_pasted_conll_is_read(opened: OpenApp) -> None:
    app = opened(
        text="Lagos B-LOC\nvisited O\nthe O\nold O\nplant O\n",
        src="en",
        tgt="de",
        via="fr",
        mode="translate",
    )
    assert tokens(app, "direct", 0) == ["Lagos", "visited", "the", "old", "plant"]


def test_a_typed_translation_recomputes_only_what_depends_on_it(opened: OpenApp) -> None:
    app = opened(**GERMAN)
    area(app, "edit_panel_source").set_value("[Lagos](ORG) visited the plant").run()
    assert tokens(app, "direct", 0) == ["Lagos", "visited", "the", "plant"]
    assert columns(app)["direct"]["rows"][0]["origin"] == "typed"
    assert columns(app)["direct"]["rows"][0]["spans"][0]["label"] == "ORG"
    assert columns(app)["pivot"]["rows"][0]["origin"] != "typed"
    assert address(app)["labels.source"] == "[Lagos](ORG) visited the plant"
    work = next(text for text in html_blocks(app) if "kept" in text)
    assert (
        "computed: 1 translation, 3 alignments; kept: 2 translations, 2 alignments, 1 tagging"
        in work
    )


def test_an_edit_can_be_taken_back(opened: OpenApp) -> None:
    app = opened(**GERMAN, **{"labels.source": "[Lagos](ORG) visited the plant"})
    next(b for b in app.button if b.key == "reset_edit_panel_source").click().run()
    assert tokens(app, "direct", 0) == ["Lagos", "visited", "the", "old", "plant"]
    assert "labels.source" not in address(app)


def test_an_edit_can_be_tagged_again(opened: OpenApp) -> None:
    app = opened(**GERMAN, **{"labels.source": "[Lagos](ORG) visited the plant"})
    next(t for t in app.toggle if t.key == "retag_panel_source").set_value(True).run()
    assert columns(app)["direct"]["rows"][0]["spans"][0]["label"] == "LOC"
    assert address(app)["retag.source"] == "[Lagos](ORG) visited the plant"


def test_an_edit_that_does_not_parse_stays_in_its_box(opened: OpenApp) -> None:
    app = opened(**GERMAN)
    area(app, "edit_panel_source").set_value("Lagos](LOC) visited").run()
    assert not app.exception
    assert area(app, "edit_panel_source").value == "Lagos](LOC) visited"
    assert problems(app)
    assert tokens(app, "direct", 0) == ["Lagos", "visited", "the", "old", "plant"]


def test_edits_of_another_text_are_put_aside_not_lost(opened: OpenApp) -> None:
    app = opened(**GERMAN, **{"labels.source": "[Lagos](ORG) visited the plant"})
    area(app, "q_text").set_value("Lagos besuchte das werk").run()
    assert tokens(app, "direct", 0) == ["Lagos", "visited", "the", "plant"]
    assert columns(app)["direct"]["rows"][0]["origin"] != "typed"
    next(b for b in app.button if b.key == "bring_back").click().run()
    assert columns(app)["direct"]["rows"][0]["spans"][0]["label"] == "ORG"


def test_an_example_fills_everything(opened: OpenApp) -> None:
    app = opened()
    app.selectbox(key="example").set_value("ar-and").run()
    assert app.selectbox(key="q_target").value == "ar"
    assert "](LOC)" in (area(app, "q_text").value or "")
    assert drawn(app)["tracks"][0]["title"] == "gold"
    assert {s["dir"] for s in drawn(app)["sentences"] if s["language"] == "ar"} == {"rtl"}


def test_swapping_makes_the_translation_the_text(opened: OpenApp) -> None:
    app = opened(**GERMAN)
    app.button(key="swap").click().run()
    assert area(app, "q_text").value == "Lagos visited the old plant"
    assert app.selectbox(key="q_target").value == "en"
    assert tokens(app, "direct", 0) == ["Lagos", "besuchte", "das", "alte", "werk"]


def test_matrices_are_sent_to_those_who_look_at_them(opened: OpenApp) -> None:
    closed, shown = drawn(opened(**GERMAN)), drawn(opened(**GERMAN, view="heat"))
    assert closed["closed"] and not any(c["matrices"] for c in closed["columns"])
    assert not shown["closed"] and all(c["matrices"] for c in shown["columns"])
    assert closed["digest"] == shown["digest"]


def test_settings_reach_the_method_and_the_address(opened: OpenApp) -> None:
    app = opened(**GERMAN, view="heat")
    app.slider(key="o_pivot_direct_share").set_value(0.5).run()
    assert address(app)["pivot.direct_share"] == "0.5"
    assert {m["title"] for m in columns(app)["pivot"]["matrices"]} >= {"Direct", "Composed"}


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"text": ""}, "There is no word"),
        ({"text": " \t\u0000\u0007 "}, "There is no word"),
        ({"text": "wort " * 5000}, "characters"),
        ({"text": "wort " * 1200}, "tokens"),
        ({"text": "Lagos](LOC) besuchte"}, "Put ["),
        ({"src": "de"}, "both German"),
    ],
)
def test_what_cannot_be_answered_is_said_and_kept(
    opened: OpenApp, parameters: dict[str, str], sentence: str
) -> None:
    query = GERMAN | parameters
    app = opened(**query)
    assert not app.exception
    assert any(sentence in text for text in problems(app))
    assert area(app, "q_text").value == query["text"]


def test_a_language_the_engine_does_not_know_fills_the_columns_with_why(opened: OpenApp) -> None:
    app = opened(**GERMAN | {"tgt": "sw"})
    assert all(c["problem"] for c in columns(app).values())
    area(app, "edit_panel_source").set_value("[Lagos](LOC) visited the plant").run()
    assert columns(app)["direct"]["problem"] is None


def test_html_in_a_message_stays_text(opened: OpenApp) -> None:
    app = opened(**GERMAN | {"text": "<b>x</b>](PER)"}, sel="<img src=x onerror=alert(1)>")
    assert not any("<img" in text or "<b>x" in text for text in html_blocks(app))


def test_an_engine_that_cannot_be_loaded_says_why(opened: OpenApp, loader: Loader) -> None:
    def load(name: str) -> Engine:
        raise EngineError("The checkpoint has gone. Fetch it again.")

    loader["load"] = load
    app = opened(**GERMAN)
    assert not app.exception
    assert any("The checkpoint has gone" in text for text in problems(app))
    assert area(app, "q_text").value == GERMAN["text"]


def test_a_fault_of_the_program_keeps_the_input(
    opened: OpenApp, loader: Loader, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        name = "broken"

        def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
            raise ZeroDivisionError("deep inside")

    loader["load"] = lambda name: replace(fake_engine(), aligner=Broken())
    app = opened(**GERMAN)
    assert not app.exception
    assert any("fault of the program" in text for text in problems(app))
    assert area(app, "q_text").value == GERMAN["text"]
    assert "deep inside" in caplog.text


def test_a_link_does_not_load_models_unasked(opened: OpenApp, loader: Loader) -> None:
    engine_names = []

    def load(name: str) -> Engine:
        engine_names.append(name)
        return fake_engine(name)

    loader["load"] = load
    app = opened(**GERMAN, engine="research")
    assert "research" not in engine_names
    assert drawn(app) is None
    app.button(key="allow").click().run()
    assert "research" in engine_names and "research" in shelf().loaded()
    assert len(columns(app)) == 3


def test_a_text_too_long_for_a_link_is_said(opened: OpenApp) -> None:
    app = opened(**GERMAN)
    area(app, "q_text").set_value("Gut. " * 7000).run()
    button = next(e for e in app.get("bidi_component") if e.key == "copy_link")
    assert json.loads(button.proto.json)["too_long"] is True
    assert address(app) == {}


def test_the_engines_page_and_back_keeps_everything(opened: OpenApp) -> None:
    app = opened(**GERMAN)
    area(app, "edit_panel_source").set_value("[Lagos](ORG) visited the plant").run()
    app.switch_page("pages/engines.py").run()
    assert not app.exception
    app.switch_page("pages/project.py").run()
    assert columns(app)["direct"]["rows"][0]["spans"][0]["label"] == "ORG"
    assert area(app, "q_text").value == GERMAN["text"]


def test_the_address_of_another_page_says_nothing_about_this_one(opened: OpenApp) -> None:
    app = opened()
    area(app, "q_text").set_value("Lagos besuchte das alte werk").run()
    app.query_params.clear()
    app.query_params["view"], app.query_params["run"] = "list", "7"
    app.switch_page("pages/engines.py").run()
    app.switch_page("pages/project.py").run()
    assert area(app, "q_text").value == "Lagos besuchte das alte werk"
    assert "run" not in address(app) and address(app)["text"] == "Lagos besuchte das alte werk"
    assert not any("left out" in text or "mean nothing" in text for text in html_blocks(app))


def test_what_is_answered_is_not_answered_again(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def counted(*arguments: Any) -> Comparison:
        calls.append(arguments)
        return answer(*arguments)

    monkeypatch.setattr("xproj_ui.project_page.answer.answer", counted)
    app = opened(**GERMAN)
    app.run()
    app.selectbox(key="q_projector").set_value("min-max").run()
    assert len(calls) == 2, "the first question, and another one"


def test_plugins_are_offered_unless_they_cannot_be_loaded(
    opened: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = "xproj_core.project.min_max:MinMax"
    plugins = {
        name: Entry("projector", name, place, package="acme 1.0")
        for name, place in (("acme-good", where), ("acme-torn", "no_such_module:Torn"))
    }
    monkeypatch.setattr(projectors, "_installed", plugins)
    app = opened(**GERMAN, projector="acme-torn")
    assert not app.exception
    (menu,) = (box for box in app.selectbox if box.key == "q_projector")
    assert menu.options[-1] == "acme-good" and menu.value == "match-exact"
    assert any("'acme-torn' of the package acme 1.0 cannot be loaded" in x for x in plain(app))
    good = opened(**GERMAN, projector="acme-good", **{"p.comp_src": "yes"})
    assert not good.exception and address(good)["p.comp_src"] == "true"


def test_a_link_with_a_version_shows_the_projector(opened: OpenApp) -> None:
    first = opened(**GERMAN, projector="elp-published.v1")
    assert not problems(first) and address(first)["projector"] == "elp-published"
    assert drawn(first) == drawn(opened(**GERMAN, projector="elp-published"))


def plain(app: AppTest) -> list[str]:
    """What is said, without its markup."""
    return [unescape(text) for text in html_blocks(app)]


PARAGRAPH = "Lagos besuchte das alte werk. Oslo sah das werk. Lagos sah Oslo."


def test_a_paragraph_is_a_list_of_sentences(opened: OpenApp) -> None:
    app = opened(**{**GERMAN, "text": PARAGRAPH})
    assert not app.exception
    assert any("has 3 sentences" in text for text in html_blocks(app))
    assert tokens(app, "direct", 1)[:1] == ["Lagos"] and len(tokens(app, "direct", 1)) == 6
    (choice,) = (r for r in app.radio if r.key == "q_sentence")
    assert len(choice.options) == 4
    app = choice.set_value(2).run()
    assert tokens(app, "direct", 1)[0] == "Oslo" and address(app)["sentence"] == "2"
    again = opened(**address(app))
    assert tokens(again, "direct", 1)[0] == "Oslo"
    (choice,) = (r for r in app.radio if r.key == "q_sentence")
    app = choice.set_value(0).run()
    assert len(tokens(app, "direct", 1)) == 15
    app = area(app, "q_text").set_value("Lagos besuchte das alte werk").run()
    assert not [r for r in app.radio if r.key == "q_sentence"] and "sentence" not in address(app)
    assert not app.exception


def test_what_was_typed_over_another_sentence_is_put_aside(opened: OpenApp) -> None:
    app = opened(**{**GERMAN, "text": PARAGRAPH, "sentence": "1", "retag.source": "Lagos saw it"})
    assert tokens(app, "direct", 0)[:3] == ["Lagos", "saw", "it"]
    (choice,) = (r for r in app.radio if r.key == "q_sentence")
    app = choice.set_value(2).run()
    assert tokens(app, "direct", 0)[0] == "Oslo"
    assert any("was put aside" in text for text in html_blocks(app))
