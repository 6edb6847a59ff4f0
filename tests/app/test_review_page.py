"""The review page: what it shows, what its controls change, what commands leave behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import OpenApp
from xproj_core.annotation.settings import Settings, own_layer
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.formats import FORMATS
from xproj_core.review.desk import GOLD, Desk
from xproj_core.review.surroundings import Surroundings, surroundings
from xproj_core.store import open_store
from xproj_core.store.documents import Kept
from xproj_core.store.store import Store
from xproj_ui import resources
from xproj_ui.editor import Command
from xproj_ui.review_page import editing
from xproj_ui.review_page.editing import Bench, Seen

EN = Sentence(("Ada", "met", "Kofi"), "en", (Span(0, 1, "PER"), Span(2, 3, "PER")))
DE = Sentence(("Ada", "traf", "Kofi"), "de", (Span(0, 1, "PER"),))


def item(key: str, words: str = "") -> Item:
    more = replace(EN, tokens=(*EN.tokens, words)) if words else EN
    return Item(key, more, DE, links=Links(frozenset({(0, 0), (1, 1), (2, 2)})))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the page opens."""
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    resources.store.clear()
    with open_store() as new_store:
        yield new_store
    resources.store.clear()


@pytest.fixture
def dataset(store: Store) -> str:
    items = [item("a"), item("b", "zebra"), item("c")]
    return store.datasets.add("Three", items, "en", "de", ["PER", "LOC"])


@pytest.fixture
def page(opened: OpenApp, store: Store) -> OpenApp:
    def go(name: str = "Ana", **parameters: str) -> AppTest:
        app = opened()
        if name:
            app.session_state["review_name"] = name
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.switch_page("pages/review.py").run()

    return go


def drawn(app: AppTest) -> Any:
    [component] = [e for e in app.get("bidi_component") if e.key == editing.KEY]
    return json.loads(component.proto.json)


def page_text(app: AppTest) -> str:
    return "\n".join([*(h.proto.body for h in app.get("html")), *(m.value for m in app.markdown)])


def address(app: AppTest) -> dict[str, str]:
    return {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}


def send(
    desk: Desk,
    number: int,
    op: str,
    args: dict[str, object],
    by: str = "Ana",
    layer: str | None = None,
) -> Kept:
    snapshot = desk.open(number, by, layer)
    sent = {
        "id": f"{by}{number}{snapshot.revision}:{op}",
        "base_revision": snapshot.revision,
        "op": op,
        "args": args,
    }
    return desk.do(number, by, sent, layer)


def test_without_a_dataset_the_page_says_how_to_begin(page: OpenApp) -> None:
    app = page()
    assert not app.exception
    assert "Correct what projection got wrong" in [h.value for h in app.subheader]


def test_a_link_opens_its_sentence(page: OpenApp, dataset: str) -> None:
    app = page(dataset=dataset, item="b")
    assert not app.exception
    data = drawn(app)
    assert data["place"]["text"] == "2 of 3"
    assert data["place"]["previous"] and data["place"]["next"]
    assert data["annotator"] == "Ana" and not data["read_only"]
    assert address(app) == {"dataset": dataset, "item": "b"}


def test_nobody_changes_anything_without_a_name(page: OpenApp, dataset: str) -> None:
    app = page(name="")
    assert drawn(app)["read_only"]
    app.text_input(key="review_name_box").set_value("  Ana\u200b Obi ").run()
    assert drawn(app)["annotator"] == "Ana Obi"


def test_filters_lie_in_the_address_and_in_the_queue(
    page: OpenApp, dataset: str, store: Store
) -> None:
    send(Desk(store, dataset), 0, "done", {"done": True})
    app = page(dataset=dataset)
    app.text_input(key="review_words").set_value("ZEBRA").run()
    assert address(app) == {"dataset": dataset, "item": "b", "words": "ZEBRA"}
    place = drawn(app)["place"]
    assert not place["previous"] and not place["next"]
    app = page(dataset=dataset, status="done")
    assert drawn(app)["item"].startswith(f"{dataset}/0/")
    assert drawn(app)["done"]
    app = page(dataset=dataset, words="nothing like it")
    assert "No sentence matches" in page_text(app)
    app.button(key="review_unfilter").click().run()
    assert drawn(app)["place"]["text"] == "1 of 3"


def test_the_sentences_around_are_sent_ahead_in_the_order_of_the_queue(
    page: OpenApp, dataset: str, store: Store
) -> None:
    send(Desk(store, dataset), 1, "done", {"done": True})
    app = page(dataset=dataset, item="b")
    around = drawn(app)["ahead"]
    assert {to: payload["item"][-8:] for to, payload in around.items()} == {
        "next": "2/shared",
        "previous": "0/shared",
    }
    assert around["next"]["place"]["text"] == "3 of 3" and around["next"]["revision"] == 0
    app = page(dataset=dataset, item="a", status="open")
    around = drawn(app)["ahead"]
    assert list(around) == ["next"] and around["next"]["item"].endswith("/2/shared")
    assert drawn(page(dataset=dataset, item="a", layer=GOLD))["ahead"] == {}


def test_a_link_to_what_is_gone_says_so(page: OpenApp, dataset: str) -> None:
    app = page(dataset="nowhere")
    assert "not here" in page_text(app) and drawn(app)["place"]["text"] == "1 of 3"
    app = page(dataset=dataset, item="zzz")
    assert "no item with the key" in page_text(app)
    app.button(key="review_first").click().run()
    assert drawn(app)["place"]["text"] == "1 of 3"


def test_history_is_told_in_words(page: OpenApp, dataset: str, store: Store) -> None:
    desk = Desk(store, dataset)
    send(desk, 0, "add_span", {"side": "target", "start": 2, "end": 3, "label": "PER"})
    send(desk, 0, "undo", {}, by="Ben")
    app = page(dataset=dataset, panel="history")
    history = page_text(app)
    assert "added PER over" in history and "undid" in history and "Ben" in history
    assert drawn(app)["can_redo"]


def test_adjudication_shows_the_versions_and_takes_over_a_span(
    page: OpenApp, dataset: str, store: Store
) -> None:
    store.reviews.set(dataset, Settings(double=True))
    desk = Desk(store, dataset)
    send(desk, 0, "add_span", {"side": "target", "start": 2, "end": 3, "label": "PER"}, "Ana")
    send(desk, 0, "relabel", {"id": "t0", "label": "LOC"}, "Ben")
    app = page(name="Cleo", dataset=dataset, layer=GOLD, item="a")
    assert not app.exception
    assert [t["title"] for t in drawn(app)["tracks"]] == ["Ana", "Ben"]
    app.button(key="review_take_target_2_3_PER").click().run()
    gold = desk.open(0, "Cleo", GOLD).document
    assert ("PER", 2) in {(s.label, s.start) for s in gold.on("target")}
    history = page_text(page(name="Cleo", dataset=dataset, layer=GOLD, item="a", panel="history"))
    assert "took over labels of Ana" in history
    app = page(name="Cleo", dataset=dataset, layer=own_layer("Ana"), item="a")
    assert drawn(app)["read_only"]


def test_files_say_what_a_format_loses_and_write_the_corrections(
    page: OpenApp, dataset: str, store: Store
) -> None:
    send(Desk(store, dataset), 0, "done", {"done": True})
    app = page(dataset=dataset, panel="files")
    app.selectbox(key="review_export_format").set_value("conll").run()
    assert not app.exception
    assert "link" in page_text(app)
    app.toggle(key="review_export_done").set_value(True).run()
    assert not app.exception and app.get("download_button")


def test_the_queue_offers_the_people_who_did_something(
    page: OpenApp, dataset: str, store: Store
) -> None:
    assert not [b for b in page(dataset=dataset).selectbox if b.key == "review_annotator"]
    desk = Desk(store, dataset)
    for number, by in ((0, "Ben"), (2, "Ana Obi (ana@example.org)"), (2, "Ben")):
        send(desk, number, "done", {"done": number == 0 or by != "Ben"}, by)
    app = page(dataset=dataset)
    box = app.selectbox(key="review_annotator")
    assert box.options == ["any", "Ana Obi (ana@example.org)", "Ben"]
    box.set_value("Ana Obi (ana@example.org)").run()
    assert address(app)["item"] == "c" and drawn(app)["place"]["text"] == "no. 3 · 1 in the queue"


def test_a_curated_version_is_not_begun_with_what_nobody_saw(dataset: str, store: Store) -> None:
    store.reviews.set(dataset, Settings(double=True))
    desk = Desk(store, dataset)
    for by in ("Ana", "Ben"):
        send(desk, 0, "done", {"done": True}, by)
    shown = desk.open(0, "Cleo", GOLD)
    bench = Bench(
        "x",
        lambda: desk.open(0, "Cleo", GOLD),
        lambda sent: desk.do(0, "Cleo", sent, GOLD),
        print,
        {"text": "", "previous": True, "next": True},
        "Cleo",
        tracks=(),
    )
    for by in ("Ana", "Ben"):  # after Cleo has looked, before she calls it done
        send(desk, 0, "delete_span", {"id": "t0"}, by)
    done = Command("w:1", "x", 0, "done", {"done": True})
    after = editing._carry_out(done, Seen("x", shown), bench)
    assert after.ack is not None and after.conflict is not None
    assert not after.ack["ok"] and after.conflict["by"] == "An annotator"
    assert desk.open(0, "Cleo", GOLD).revision == 0
    loaded = editing._carry_out(Command("w:2", "x", 0, "load", {}), after, bench)
    assert loaded.snapshot.document.on("target") == []
    again = Command("w:3", "x", 0, "done", {"done": True})
    ack = editing._carry_out(again, loaded, bench).ack
    assert ack is not None and ack["ok"]


# -- from elsewhere -----------------------------------------------------------------------------


def test_the_demonstration_is_one_click_away_and_teaches(page: OpenApp, store: Store) -> None:
    app = page()
    app.button(key="review_demo").click().run(timeout=60)
    assert not app.exception
    data = drawn(app)
    assert data["place"]["text"] == "1 of 40" and data["tracks"]
    [demo] = store.datasets.list()
    desk = Desk(store, demo.id)
    assert store.reviews.noted(demo.id) == 40
    for number in (0, 1):
        send(desk, number, "done", {"done": True})
    app = page(dataset=demo.id, panel="lessons")
    assert "over 2 finished sentences" in page_text(app) and "wrong with each system" in page_text(
        app
    )
    app = page(dataset=demo.id, order="confidence", error="merged")
    assert drawn(app)["place"]["text"].endswith("in the queue")


def test_agreement_is_told_with_the_reason_where_there_is_none(
    page: OpenApp, dataset: str, store: Store
) -> None:
    store.reviews.set(dataset, Settings(double=True))
    desk = Desk(store, dataset)
    for by, label in (("Ana", "LOC"), ("Ben", "PER")):
        send(desk, 0, "relabel", {"id": "t0", "label": label}, by)
        send(desk, 0, "done", {"done": True}, by)
    app = page(dataset=dataset, panel="people")
    assert "Krippendorff" in page_text(app) and "Ana and Ben" in page_text(app)
    app.toggle(key="review_agreement_side").set_value(True).run()
    assert not app.exception and "**1.000**" in page_text(app)
    app = page(dataset=dataset, panel="people")
    app.button(key="review_differ_0").click().run()
    assert address(app)["layer"] == GOLD


def test_the_main_page_sends_its_sentence_once_with_every_methods_labels(
    opened: OpenApp, store: Store
) -> None:
    app = opened(text="Lagos besuchte das alte werk", src="en", tgt="de", via="fr")
    app.session_state["review_name"] = "Ana"
    app.button(key="send_to_review").click().run()
    assert not app.exception
    [dataset] = store.datasets.list()
    assert dataset.items == 1
    assert set(store.reviews.records(dataset.id, 0, 1)[0]) == {
        "direct/match-exact",
        "pivot/match-exact",
        "back_translation/match-exact",
    }
    again = opened(text="Lagos besuchte das alte werk", src="en", tgt="de", via="fr")
    again.button(key="send_to_review").click().run()
    assert store.datasets.get(dataset.id).items == 1


def test_the_text_around_a_sentence_is_shown(page: OpenApp, store: Store) -> None:
    text = "Ada ging. Kofi kam. Bola blieb. Musa schlief.\n"
    items = FORMATS["text"].loads(text, file="a.txt", target="de", cut="sentences").items
    other = FORMATS["text"].loads("Fremdes.\n", file="b.txt", target="de", cut="sentences").items
    items = (*items, *(replace(i, key="x") for i in other))
    id = store.datasets.add("Text", items, "und", "de", ["PER"])
    app = page(dataset=id, item="2")
    assert not app.exception
    shown = " ".join(h.value if hasattr(h, "value") else h.proto.body for h in app.get("html"))
    assert "a.txt · Ada ging." in shown and "Bola blieb. Musa schlief." in shown
    assert "begin:" not in shown
    around = surroundings(store, id, 3)
    assert around is not None and around.after == () and around.before[-1] == "Bola blieb."
    assert surroundings(store, id, 4) == Surroundings("b.txt", (), ())
