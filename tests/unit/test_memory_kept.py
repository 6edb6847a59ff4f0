"""What is loaded to stay is exempt from the search for garbage, and nothing else is."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from xproj_ui import engines


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def looked_through(value: object) -> bool:
    return any(tracked_object is value for tracked_object in gc.get_objects())


def test_only_new_modules_make_it_exempt_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    engines.freeze_loaded_modules()
    first = [["loaded later"]]
    engines.freeze_loaded_modules()
    assert looked_through(first)
    monkeypatch.setitem(sys.modules, "a_module_of_this_test", ModuleType("a_module_of_this_test"))
    engines.freeze_loaded_modules()
    assert not looked_through(first)
    second = [["of a later visitor"]]
    engines.freeze_loaded_modules()
    assert looked_through(second)
