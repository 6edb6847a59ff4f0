"""The review page where people log in, as far as it goes without a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.answers import SYSTEMS, answers
from tests.answers import stored as stored_run
from tests.app.conftest import OpenApp
from tests.app.test_review_page import item, page_text
from xproj_core.review.desk import Desk
from xproj_core.store import open_store
from xproj_ui import resources
from xproj_ui.editor import Command
from xproj_ui.editor.payload import Place
from xproj_ui.review_page import editing, login
from xproj_ui.review_page.editing import Bench, Seen

WHOLE = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "x" * 40,
    "client_id": "a",
    "client_secret": "b",
    "server_metadata_url": "http://localhost:1/",
}


@pytest.fixture
def page(opened: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    """Opens the review page on a new store, with this section in the secrets."""
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    resources.store.clear()
    with open_store() as store:
        store.datasets.add("One", [item("a")], "en", "de", ["PER"])

        def go(auth: Mapping[str, object] | None = None, **parameters: str) -> AppTest:
            app = opened()
            if auth is not None:
                app.secrets["auth"] = auth
            app.session_state["review_name"] = "Kofi"  # typed while nobody had to log in
            for name, value in parameters.items():
                app.query_params[name] = value
            return app.switch_page("pages/review.py").run()

        yield go
    resources.store.clear()


def buttons(app: AppTest) -> list[str]:
    return [b.label for b in app.button if b.key and b.key.startswith("review_login")]


def drawn(app: AppTest) -> Any:
    [component] = [e for e in app.get("bidi_component") if e.key == editing.KEY]
    return json.loads(component.proto.json)


def test_without_a_provider_a_typed_name_is_enough(page: OpenApp) -> None:
    app = page()
    assert not app.exception and not buttons(app)
    assert drawn(app)["annotator"] == "Kofi" and not drawn(app)["read_only"]


def test_with_one_a_typed_name_counts_for_nothing(page: OpenApp) -> None:
    app = page(WHOLE)
    assert not app.exception and buttons(app) == ["Log in to correct"]
    assert drawn(app)["annotator"] == "" and drawn(app)["read_only"]
    [component] = [e for e in app.get("bidi_component") if e.key == "review_way_back"]
    assert "item=a" in json.loads(component.proto.json)["back"]


def test_until_then_a_link_changes_nothing_and_is_kept_for_afterwards(
    page: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = resources.store()
    run = stored_run(store, answers(3))
    dataset = store.runs.get(run).dataset
    link = {"dataset": dataset, "item": "s1", "run": run, "system": SYSTEMS[1], "panel": "way"}
    app = page(WHOLE, **link)
    assert not app.exception and not Desk(store, dataset).settings.run
    assert app.toggle(key="review_double").disabled and app.selectbox(key="review_run").disabled
    [component] = [e for e in app.get("bidi_component") if e.key == "review_way_back"]
    back = json.loads(component.proto.json)["back"]
    assert dict(parse_qsl(back)) == link
    monkeypatch.setattr(login, "claims", lambda: {"sub": "7", "name": "Ana"})
    app = page(WHOLE, **link)
    assert not app.exception and Desk(store, dataset).settings.system == SYSTEMS[1]


def test_named_providers_have_a_button_each(page: OpenApp) -> None:
    shared = {"redirect_uri": WHOLE["redirect_uri"], "cookie_secret": WHOLE["cookie_secret"]}
    assert buttons(page(shared | {"north": WHOLE, "south": WHOLE})) == [
        "Log in with north",
        "Log in with south",
    ]


def test_half_a_configuration_says_what_is_missing_and_lets_nobody_in(page: OpenApp) -> None:
    app = page({"redirect_uri": WHOLE["redirect_uri"]})
    assert drawn(app)["read_only"]
    app.button(key="review_login_").click().run()
    assert not app.exception
    assert "secrets.toml" in page_text(app)


def test_a_provider_that_does_not_answer_is_said_on_the_page(page: OpenApp) -> None:
    app = page(WHOLE)
    app.button(key="review_login_").click().run()
    assert not app.exception
    assert "does not answer at http://localhost:1/" in page_text(app)
    assert drawn(app)["read_only"]


def test_secrets_that_cannot_be_read_let_nobody_in(
    page: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", "utf-8")

    class Unreadable:
        def get(self, name: str) -> None:
            raise FileNotFoundError(f"Error parsing secrets file at {broken}.")

    monkeypatch.setattr(st, "secrets", Unreadable())
    monkeypatch.setattr(st, "get_option", lambda name: [str(broken)])
    app = page()
    assert not app.exception and "Put that right" in page_text(app)
    assert not [e for e in app.get("bidi_component") if e.key == editing.KEY]


def test_an_auth_that_is_no_section_lets_nobody_in(page: OpenApp) -> None:
    app = page("yes")
    assert not app.exception and "Write [auth] on a line of its own" in page_text(app)
    assert not [e for e in app.get("bidi_component") if e.key == editing.KEY]


def test_a_command_before_the_login_is_refused_in_words(
    page: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "providers", lambda: [""])
    store = resources.store()
    snapshot = Desk(store, store.datasets.list()[0].id).open(0, "")
    place = Place(text="", previous=False, next=False)
    bench = Bench("x", lambda: snapshot, lambda sent: snapshot, lambda to: None, place, "")
    ack = editing._carry_out(Command("1", "x", 0, "done", {}), Seen("x", snapshot), bench).ack
    assert ack is not None and not ack["ok"] and ack["problem"] == "Log in first, above."
