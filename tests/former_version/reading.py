"""What the former version and this one are asked about the same stored data, as plain JSON.

`make.py` wrote the former version's answers into `expected.json`; the tests ask again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from xproj_core.align import aligners
from xproj_core.review.desk import Desk
from xproj_core.tag import taggers
from xproj_core.translate import translators

if TYPE_CHECKING:
    from xproj_core.store.store import Store

WORDS = "words|exact|capitals|capitals"
"""An engine whose models are those of `tests.fakes`: no weights, so it stays what it is."""
WIDGETS = (
    "text_input text_area number_input selectbox multiselect radio checkbox toggle slider"
    " select_slider button_group"
).split()


def register_words() -> None:
    """Make the models of `WORDS` known; they count what they are asked."""
    translators.add("words", "tests.fakes:WordTranslator", "A word list, for tests")
    aligners.add("exact", "tests.fakes:WordAligner", "Links equal words, for tests")
    taggers.add("capitals", "tests.fakes:CapitalTagger", "Tags capitals, for tests")


def count_queries() -> tuple[int, ...]:
    """How often each model of `WORDS` was asked in this process."""
    models: list[Any] = [translators.create("words"), aligners.create("exact")]
    return tuple(len(model.calls) for model in (*models, taggers.create("capitals")))


def plain(value: Any) -> Any:
    """A value of the project as JSON values, field by field; what is None is left out."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        pairs = ((str(key), plain(element)) for key, element in value.items())
        return dict(sorted(pairs))
    if isinstance(value, (set, frozenset)):
        return sorted(map(plain, value))
    if isinstance(value, (list, tuple)) and not hasattr(value, "__match_args__"):
        return [plain(element) for element in value]
    if hasattr(value, "__match_args__"):
        fields = {name: plain(getattr(value, name)) for name in value.__match_args__}
        return {name: element for name, element in fields.items() if element is not None}
    return value


def contents(store: Store) -> dict[str, Any]:
    """Every dataset with its items, runs, records, documents and events, by id."""
    return {known.id: _dataset(store, known.id) for known in store.datasets.list()}


def _dataset(store: Store, id: str) -> dict[str, Any]:
    known, reviews, documents = store.datasets.get(id), store.reviews, store.documents
    return {
        "dataset": plain(known),
        "items": plain(list(store.datasets.items(id))),
        "runs": {
            run.id: plain({"run": run, "records": list(store.runs.records(run.id))})
            for run in store.runs.list(id)
        },
        "settings": plain(reviews.settings(id)),
        "given": plain(reviews.records(id, 0, known.items)),
        "queue": {"noted": reviews.noted(id), "tags": plain(reviews.tags(id))},
        "documents": plain([*documents.all(id)]),
        "layers": documents.layers(id),
        "people": documents.people(id),
        "events": plain([*documents.events(id)]),
    }


def undone(store: Store, dataset: str) -> dict[str, Any]:
    """Each document of a dataset when all that can be undone is undone; it is redone then."""
    desk = Desk(store, dataset)
    places = [where for where, _, _ in store.documents.all(dataset)]
    return {f"{w.number} {w.layer}": _back_and_forth(desk, w.number, w.layer) for w in places}


def _back_and_forth(desk: Desk, number: int, layer: str) -> Any:
    steps = 0
    while desk.open(number, "", layer).can_undo:
        send(desk, number, "Vera", "undo", {}, layer)
        steps += 1
    first = plain(desk.open(number, "", layer).document)
    for _ in range(steps):
        send(desk, number, "Vera", "redo", {}, layer)
    return first


def send(
    desk: Desk, number: int, by: str, op: str, args: Mapping[str, Any], layer: str | None = None
) -> Any:
    """Do what the browser would send for a command."""
    now = desk.open(number, by, layer)
    id = f"{number}-{layer}-{now.revision}:{op}"
    command = {"id": id, "base_revision": now.revision, "op": op, "args": args}
    return desk.do(number, by, command, layer)


def texts(folder: Path, pattern: str = "*") -> dict[str, str]:
    """The files of a folder by name."""
    return {file.name: file.read_text("utf-8") for file in sorted(folder.glob(pattern))}


def page_state(app: Any) -> dict[str, Any]:
    """What the widgets of a page are set to, by their labels, and the page's address."""
    widgets: dict[str, list[Any]] = {}
    for kind in WIDGETS:
        for widget in app.get(kind):
            widgets.setdefault(f"{kind} {widget.label}", []).append(plain(widget.value))
    address = {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}
    return {"address": address, "widgets": widgets, "errors": [e.value for e in app.exception]}


@contextmanager
def pages(data: Path) -> Iterator[Any]:
    """Opens a page of the app at an address, over a folder of data, on the engine of its tests."""
    import streamlit
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import APP, fake_engine
    from xproj_ui import engines

    def clear() -> None:
        """What a server remembers of its store."""
        streamlit.cache_resource.clear()
        streamlit.cache_data.clear()

    def opened(page: str, parameters: Mapping[str, str]) -> Any:
        app = AppTest.from_file(str(APP), default_timeout=60)
        if page == "project":
            app.query_params.update(parameters)
            return app.run()
        app.run()
        app.session_state["review_name"] = "Ada"
        app.query_params.update(parameters)
        return app.switch_page(f"pages/{page}.py").run()

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XPROJ_DATA", str(data))
        patch.delenv("XPROJ_STORE", raising=False)
        patch.setattr(engines, "load_engine", fake_engine)
        patch.chdir(APP.parent)
        clear()
        yield opened
        clear()
