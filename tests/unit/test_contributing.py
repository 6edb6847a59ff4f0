"""The examples of CONTRIBUTING.md run, and its rules hold."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.fakes import engine
from xproj_core.domain import Evidence, Sentence
from xproj_core.domain.registry import Registry
from xproj_core.methods import Mode, Steps, Task, methods
from xproj_core.project import projectors
from xproj_core.tag import taggers

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)


@pytest.fixture(autouse=True)
def _registries_as_before() -> Iterator[None]:
    """Examples register things; nobody else must see them."""
    registries: tuple[Registry[object], ...] = (methods, projectors, taggers)  # type: ignore[assignment]
    before = [dict(r._entries) for r in registries]
    yield
    for registry, entries in zip(registries, before, strict=True):
        registry._entries = entries
        registry._made.clear()


def run(number: int) -> ModuleType:
    """The module that a code block makes."""
    module = ModuleType(f"contributing_{number}")
    sys.modules[module.__name__] = module
    exec(compile(BLOCKS[number], f"CONTRIBUTING.md block {number}", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_every_example_runs(number: int) -> None:
    run(number)


def test_the_example_method_gathers_evidence() -> None:
    run(0)
    sentence = Sentence(("Lagos", "besuchte"), "de", text="Lagos besuchte")
    evidence = methods.create("mirror").gather(
        [Task(Mode.LABEL, sentence, "en", "de")], Steps(engine())
    )
    assert isinstance(evidence[0], Evidence) and evidence[0].alignment is not None
    run(1)
    projection = projectors.create("nothing").project([evidence[0]])[0]
    assert [lost.source for lost in projection.lost] == list(evidence[0].source.spans)


def test_the_core_never_imports_streamlit_and_heavy_things_only_inside_functions() -> None:
    heavy = re.compile(
        r"^(?:import|from) (?:torch|transformers|spacy|simalign|ctranslate2)\b", re.M
    )
    for file in (ROOT / "xproj_core").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "import streamlit" not in text, file
        assert not heavy.search(text), f"{file} imports a heavy package at the top"
