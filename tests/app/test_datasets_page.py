"""The datasets page: an empty start, a run from the form to its end, deleting, what is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Loader, OpenApp, fake_engine
from xproj_core.answers.choice import parse_choices
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import EngineError, StoreError
from xproj_core.domain.item import Item
from xproj_core.jobs.job import Do
from xproj_core.models.protocols import Engine
from xproj_core.runs import runner
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.runs.run_job import in_thread
from xproj_core.store import open_store
from xproj_core.store.store import Store
from xproj_ui import resources
from xproj_ui.engines import shelf


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the page opens."""
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    resources.store.clear()
    resources.run_worker.clear()

    def in_this_process() -> Do:
        return in_thread(resources.store(), lambda name: shelf().get(name), None)

    monkeypatch.setattr(resources, "run_process", in_this_process)
    with open_store() as new_store:
        yield new_store
    resources.store.clear()
    resources.run_worker.clear()


@pytest.fixture
def page(opened: OpenApp, store: Store) -> OpenApp:
    def go(**parameters: str) -> AppTest:
        app = opened()
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.switch_page("pages/datasets.py").run()

    return go


def page_html(app: AppTest) -> str:
    return "\n".join(h.proto.body for h in app.get("html"))


def texts(app: AppTest) -> str:
    shown = [*(m.value for m in app.markdown), *(c.value for c in app.caption)]
    return "\n".join(shown).replace("\\", "")


def address(app: AppTest) -> dict[str, str]:
    return {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}


def ended(app: AppTest, store: Store, run: str) -> AppTest:
    """The page once a run is over."""
    resources.run_worker().join(run)
    assert store.runs.get(run).state not in ("new", "running")
    return app.run()


def words(store: Store, text: str = "Lagos besuchte das werk", name: str = "words") -> str:
    items = [Item(str(n), target=Sentence(tuple(f"{text} {n}".split()), "de")) for n in range(3)]
    return store.datasets.add(name, items, "en", "de", ["LOC"])


def test_a_newcomer_runs_the_example_to_the_end(page: OpenApp, store: Store) -> None:
    app = page()
    assert not app.exception
    app.button(key="ds_example").click().run()
    (data,) = store.datasets.list()
    assert address(app) == {"dataset": data.id} and data.items == 30
    assert "labels of people on both sides" in texts(app)
    assert "Ingrid Falk" in page_html(app)
    app.multiselect(key="new_projectors").set_value(["match-exact", "min-max"]).run()
    app.selectbox(key="new_pivot_en_de").set_value("fr").run()
    app.button(key="new_start").click().run()
    (run,) = store.runs.list()
    app = ended(app, store, run.id)
    assert not app.exception
    assert store.runs.get(run.id).state == "finished"
    assert len(list(store.runs.records(run.id))) == 30 * 3 * 2
    assert "30 sentences in" in texts(app) and run.signature in {c.value for c in app.code}


def test_the_form_asks_for_what_the_data_have(page: OpenApp, store: Store) -> None:
    app = page(dataset=words(store))
    keys = {t.key for t in app.toggle}
    assert not {"new_translations", "new_labels"} & keys
    assert "no labels of people" in texts(app)
    app.multiselect(key="new_methods").set_value(["direct"]).run()
    assert not any(str(s.key).startswith("new_pivot") for s in app.selectbox)
    app.button(key="new_start").click().run()
    (run,) = store.runs.list()
    ended(app, store, run.id)
    assert store.runs.get(run.id).done == 3


def test_options_reach_the_run(page: OpenApp, store: Store) -> None:
    app = page(dataset=words(store))
    app.multiselect(key="new_methods").set_value(["pivot"]).run()
    app.slider(key="new_method_pivot_direct_share").set_value(0.5).run()
    app.button(key="new_start").click().run()
    (run,) = store.runs.list()
    assert run.configuration["methods"] == [{"name": "pivot", "options": {"direct_share": 0.5}}]
    ended(app, store, run.id)


def test_what_cannot_be_run_is_said(page: OpenApp, store: Store) -> None:
    app = page(dataset=words(store))
    app.multiselect(key="new_methods").set_value([]).run()
    app.button(key="new_start").click().run()
    assert "Choose at least one method" in page_html(app) and store.runs.list() == []


def test_what_cannot_be_answered_is_said_before_and_after(page: OpenApp, store: Store) -> None:
    items = [Item(str(n), target=Sentence(("Kampala", str(n)), "lg")) for n in range(3)]
    app = page(dataset=store.datasets.add("luganda", items, "en", "lg", ["LOC"]))
    assert "cannot be run" in page_html(app)
    app.multiselect(key="new_methods").set_value(["direct", "model_transfer"]).run()
    assert "Direct cannot be run" in page_html(app)
    assert "Model transfer cannot be run" not in page_html(app)
    app.button(key="new_start").click().run()
    (run,) = store.runs.list()
    app = ended(app, store, run.id)
    assert "Direct answered none of the first sentences" in page_html(app)


def test_what_can_be_answered_is_not_warned_of(page: OpenApp, store: Store) -> None:
    app = page(dataset=words(store))
    assert "cannot be run" not in page_html(app)
    assert app.selectbox(key="new_pivot_en_de").value == "fr"


def test_a_run_that_was_told_to_stop_says_so_at_once(page: OpenApp, store: Store) -> None:
    dataset = words(store)
    run = runner.create(
        store, dataset, RunConfiguration("en", "de", methods=parse_choices("direct", "method"))
    )
    store.runs.begin(run)
    store.runs.stop(run)
    app = page(dataset=dataset)
    assert "stopping" in texts(app)


def test_an_interrupted_run_is_shown_and_resumed(page: OpenApp, store: Store) -> None:
    data = words(store)
    run = runner.create(
        store, data, RunConfiguration("en", "de", methods=parse_choices("direct", "method"))
    )
    store.runs.begin(run)
    with store.database.writing() as connection:
        from xproj_core.store.run_tables import run as table

        connection.execute(table.update().values(beat="2026-01-01T00:00:00.000Z"))
    app = page(dataset=data)
    assert "interrupted" in texts(app) and "0 of 3 sentences" in texts(app)
    app.button(key=f"run_resume_{run}").click().run()
    ended(app, store, run)
    assert store.runs.get(run).state == "finished"


def test_a_run_that_fails_says_why(page: OpenApp, store: Store, loader: Loader) -> None:
    def load(name: str) -> Engine:
        if name == "mini":
            return fake_engine()
        raise EngineError("The folder <b>none</b> is no checkpoint.")

    loader["load"] = load
    data = words(store)
    configuration = RunConfiguration(
        "en", "de", methods=parse_choices("direct", "method"), engines=("research",)
    )
    run = runner.create(store, data, configuration)
    app = page(dataset=data)
    app.button(key=f"run_resume_{run}").click().run()
    app = ended(app, store, run)
    assert "&lt;b&gt;none&lt;/b&gt; is no checkpoint" in page_html(app)


def test_runs_and_datasets_are_deleted_when_confirmed(page: OpenApp, store: Store) -> None:
    data = words(store)
    german_configuration = RunConfiguration("en", "de", methods=parse_choices("direct", "method"))
    for configuration in (german_configuration, replace(german_configuration, source="fr")):
        runner.create(store, data, configuration)
    app = page(dataset=data)
    first, second = (run.id for run in store.runs.list())
    app.button(key=f"run_delete_{first}").click().run()
    assert [run.id for run in store.runs.list()] == [second]
    app.button(key=f"ds_delete_{data}").click().run()
    assert store.datasets.list() == [] and address(app) == {}
    assert "Try it on an example" in texts(app)


def test_a_store_that_will_not_have_it_is_told_in_a_toast(
    page: OpenApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = words(store)
    run = runner.create(store, data, RunConfiguration("en", "de", "fr"))

    def busy(self: object, id: str) -> None:
        raise StoreError("Somebody else has been *writing*. Try again.")

    monkeypatch.setattr(type(store.runs), "remove", busy)
    app = page(dataset=data)
    app.button(key=f"run_delete_{run}").click().run()
    assert not app.exception and len(store.runs.list()) == 1
    (toast,) = app.toast
    assert toast.value.replace("\\", "") == "Somebody else has been *writing*. Try again."
    assert "\\*writing" in toast.value


def test_the_list_opens_datasets(page: OpenApp, store: Store) -> None:
    data = words(store, name="*my* <b>words</b>")
    app = page()
    assert "3 sentences · German · no labels of people" in texts(app)
    app.button(key=f"ds_open_{data}").click().run()
    assert address(app) == {"dataset": data}
    assert any("\\*my\\* \\<b\\>words" in m.value for m in app.markdown), "a name is text"
    app.button(key="ds_back").click().run()
    assert address(app) == {}


def test_what_a_file_says_is_text_in_its_own_direction(page: OpenApp, store: Store) -> None:
    sentence = Sentence(("<script>", "ولدت", "مريم", "&amp;"), "ar", (Span(2, 3, "<i>"),))
    data = store.datasets.add("arabic", [Item("1", target=sentence)], "en", "ar", ["<i>"])
    app = page(dataset=data)
    assert "<script>" not in page_html(app) and "&lt;script&gt;" in page_html(app)
    assert (
        'dir="rtl"' in page_html(app)
        and "&lt;i&gt;" in page_html(app)
        and "&amp;amp;" in page_html(app)
    )


def test_a_dataset_that_is_not_there(page: OpenApp) -> None:
    app = page(dataset="nothing")
    assert not app.exception
    assert "There is no dataset nothing" in page_html(app)
    app.button(key="ds_back").click().run()
    assert address(app) == {}


def test_what_other_pages_left_in_the_address_goes(page: OpenApp) -> None:
    assert address(page(run="7", text="x")) == {}
