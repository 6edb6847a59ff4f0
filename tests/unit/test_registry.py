"""Names stand for things, made once; wrong names and options are said."""

from __future__ import annotations

import pytest

from xproj_core.domain import registry as registry_module
from xproj_core.domain.errors import InputError, PluginError
from xproj_core.domain.plugins import Plugin
from xproj_core.domain.registry import Registry
from xproj_core.engines.presets import PRESETS, preset
from xproj_core.project import projectors


class Thing:
    instances = 0

    def __init__(self, argument: str = "", *, size: int = 1) -> None:
        Thing.instances += 1
        self.argument, self.size = argument, size


@pytest.fixture
def things() -> Registry[Thing]:
    registry: Registry[Thing] = Registry("thing")
    registry.add("thing", f"{__name__}:Thing", "A thing", "COLOUR")
    return registry


def test_each_combination_is_made_once(things: Registry[Thing]) -> None:
    before = Thing.instances
    red = things.create("thing:red", size=2)
    assert things.create("thing:red", size=2) is red and red.argument == "red"
    assert things.create("thing:red", size=3) is not red
    assert Thing.instances - before == 2 and things.created_names() == ("thing:red", "thing:red")


def test_wrong_names_and_options_are_input_errors(things: Registry[Thing]) -> None:
    with pytest.raises(InputError, match=r"no thing called 'thong'\. Choose one of: thing:COLOUR"):
        things.create("thong")
    with pytest.raises(InputError, match="cannot be made with weight"):
        things.create("thing", weight=3)


class OtherThing(Thing):
    """Another version."""


def test_a_name_without_its_version_stands_for_the_current_one(things: Registry[Thing]) -> None:
    things.add("box.v1", f"{__name__}:Thing", "A box")
    things.alias("box", "box.v1")
    assert things.names() == ("thing", "box") and things.entry("box.v1").name == "box"
    first = things.create("box.v1", size=2)
    assert things.create("box", size=2) is first
    things.add("box.v2", f"{__name__}:OtherThing", "A better box")
    things.alias("box", "box.v2")
    assert things.names() == ("thing", "box.v1", "box")
    assert type(things.create("box", size=2)) is OtherThing
    assert things.create("box.v1", size=2) is first
    with pytest.raises(InputError, match=r"Choose one of: thing:COLOUR, box\.v1, box\."):
        things.create("box.v3")


def test_presets_name_registered_things_only() -> None:
    for name in PRESETS:
        assert preset(name).name == name
    own = preset("memory:x.tsv|awesome:bert||")
    assert (own.translator, own.aligner, own.tagger) == ("memory:x.tsv", "awesome:bert", "")
    assert preset("mini:lug").aligner == preset("mini:lug").target_tagger == "mini:lug"
    with pytest.raises(InputError, match="no engine called 'maxi'"):
        preset("maxi")
    with pytest.raises(InputError, match="no aligner called 'guess'"):
        preset("mini|guess")


def test_published_projectors_have_versions() -> None:
    for name in ("seed-heuristic", "thesis-heuristic", "elp-published", "min-max"):
        assert name in projectors.names() and f"{name}.v1" not in projectors.names()
        assert projectors.create(f"{name}.v1") is projectors.create(name)
        assert projectors.parameters(f"{name}.v1") == projectors.parameters(name)
        assert projectors.create(f"{name}.v1").name == name
        assert projectors.usable_name(f"{name}.v1") == name  # as addresses are read


def test_plugins_stand_behind_what_is_built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    installed = (
        Plugin("cup", f"{__name__}:Thing", "acme 1.0"),
        Plugin("torn", "no_such_module:Thing", "acme 1.0"),
        Plugin("cup", f"{__name__}:OtherThing", "zeta 2.0"),
        Plugin("thing", f"{__name__}:OtherThing", "zeta 2.0"),
    )
    groups: list[str] = []

    def plugins(group: str) -> tuple[Plugin, ...]:
        groups.append(group)
        return installed

    monkeypatch.setattr(registry_module, "plugins", plugins)
    registry: Registry[Thing] = Registry("thing")
    registry.add("thing", f"{__name__}:Thing", "A thing")
    assert groups == []
    assert registry.names() == ("thing", "cup", "torn")
    assert registry.names() and groups == ["xproj.things"], "they are read once"
    assert type(registry.create("thing")) is Thing and type(registry.create("cup")) is Thing
    assert [entry.name for entry in registry.usable()] == ["thing", "cup"]
    with pytest.raises(PluginError, match=r"'torn' of the package acme 1\.0 cannot be loaded"):
        registry.usable_name("torn")
    duplicate, used, torn = registry.problems()
    assert "'cup' of the package zeta 2.0 is not used: the package acme 1.0 has one" in duplicate
    assert "'thing' of the package zeta 2.0 is not used: XProj has one" in used
    assert torn == registry.entry("torn").summary


def test_a_thing_may_be_registered_as_it_is() -> None:
    registry: Registry[object] = Registry("thing")
    instance = object()
    registry.add("it", instance, "A thing")
    assert registry.create("it") is instance and registry.entry("it").summary == "A thing"
