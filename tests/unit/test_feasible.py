"""What cannot be answered is known beforehand, for the very systems that then fail."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import CapitalTagger, engine, translated
from tests.laws import examples
from xproj_core.answers.feasible import obstacles, pivots
from xproj_core.answers.many_items import Job
from xproj_core.domain import Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.drawing.wording import system_titles
from xproj_core.methods import Mode, methods
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors

LANGUAGES = ("en", "de", "fr", "sw")
METHODS = tuple(methods.create(entry.name) for entry in methods.usable())
ENGINES = (
    engine(),
    engine(tagger=None),
    engine(target_tagger=None),
    engine(tagger=CapitalTagger(languages=frozenset({"de"}))),
)


def job(engine: Engine, mode: Mode, source: str, target: str, pivot: str | None) -> Job:
    placing = [projectors.create(name) for name in ("match-exact", "min-max", "elp")]
    return Job(engine, METHODS, placing, mode, source, target, pivot)


def item(mode: Mode, source: str, target: str) -> Item:
    words = ("the", "Plant", "visited")
    if mode is Mode.LABEL:
        return Item("1", target=Sentence(words, target))
    return Item("1", source=Sentence(words, source))


@settings(deadline=None, max_examples=examples(120))
@given(
    st.sampled_from(ENGINES),
    st.sampled_from(list(Mode)),
    st.permutations(LANGUAGES).map(lambda codes: codes[:3]),
    st.booleans(),
)
def test_what_is_refused_beforehand_is_what_fails(
    engine: Engine, mode: Mode, codes: list[str], with_pivot: bool
) -> None:
    source, target, pivot = codes
    asked = job(engine, mode, source, target, pivot if with_pivot else None)
    items = [item(mode, source, target)]
    foreseen = obstacles(asked, items).systems
    (answer,) = asked.run(items)
    failed = {s: str(p) for s, p in answer.projections.items() if isinstance(p, XProjError)}
    assert foreseen.keys() == failed.keys()


def test_nothing_is_translated_to_know_it() -> None:
    asked = job(engine(), Mode.LABEL, "en", "de", "fr")
    before = list(translated(asked.engine))
    assert obstacles(asked, [item(Mode.LABEL, "en", "de")]).systems == {}
    assert translated(asked.engine) == before


def test_labels_that_no_tagger_gives_are_named() -> None:
    asked = job(engine(), Mode.LABEL, "en", "de", "fr")
    found = obstacles(asked, [item(Mode.LABEL, "en", "de")], ("LOC", "DOSE"))
    assert found.unknown_labels == ("DOSE",)


@pytest.mark.parametrize(
    ("source", "target"), [pair for pair in product(LANGUAGES, LANGUAGES) if pair[0] != pair[1]]
)
def test_a_pivot_counts_as_spoken_where_the_method_can_use_it(source: str, target: str) -> None:
    mode, translator = Mode.LABEL, engine().translator
    for code in set(LANGUAGES) - {source, target}:
        asked = job(engine(), mode, source, target, code)
        failed = obstacles(asked, [item(mode, source, target)]).systems
        spoken = pivots(translator, mode, source, target, (code,)) == [code]
        assert spoken == (not any(name.startswith("pivot/") for name in failed))


def test_a_method_that_places_labels_is_one_system() -> None:
    systems = job(engine(), Mode.LABEL, "en", "de", "fr").systems
    for method in ("model_transfer", "markers"):
        (name,) = [s for s in systems if s.startswith(f"{method}/")]
        assert "·" not in system_titles(systems)[name]
    assert sum(s.startswith("direct/") for s in systems) == 3
