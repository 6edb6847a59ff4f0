"""The app in process, on an engine that is small enough to see through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests import fakes
from xproj_core import examples
from xproj_core.models.protocols import Engine
from xproj_core.translate.translation_memory import TranslationMemory
from xproj_ui import engines

PATIENCE = 60
"""Seconds; a machine that runs other things must not fail the tests."""
OpenApp = Callable[..., AppTest]
"""Opens the app, or a page of it, at a link's parameters."""
Loader = dict[str, Callable[[str], Engine]]
APP = Path(__file__).resolve().parents[2] / "app.py"


def fake_engine(name: str = "mini") -> Engine:
    """A word list behind the human translations of the examples."""
    word_engine = fakes.engine()
    backs = [
        {"en": e.sentences["en"], e.target: e.back_translation}
        for e in examples.load()
        if e.back_translation is not None
    ]
    groups = [*backs, *(dict(e.sentences) for e in examples.load())]
    memory = TranslationMemory(groups, fallback=word_engine.translator)
    return replace(word_engine, name=name, translator=memory)


@pytest.fixture
def loader() -> Loader:
    """What loads engines; a test may put something else in."""
    return {"load": fake_engine}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, loader: Loader) -> Iterator[OpenApp]:
    """Opens the app at a link's parameters."""
    monkeypatch.setattr(engines, "load_engine", lambda name: loader["load"](name))
    engines.shelf.clear()

    def opened_at(**parameters: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.run()

    yield opened_at
    engines.shelf.clear()
