"""Names stand for things, made once; wrong names and options are said."""

from __future__ import annotations

import pytest

from xproj_core.domain.errors import InputError
from xproj_core.domain.registry import Registry
from xproj_core.engines.presets import PRESETS, preset


class Thing:
    made = 0

    def __init__(self, argument: str = "", *, size: int = 1) -> None:
        Thing.made += 1
        self.argument, self.size = argument, size


@pytest.fixture
def things() -> Registry[Thing]:
    registry: Registry[Thing] = Registry("thing")
    registry.add("thing", f"{__name__}:Thing", "A thing", "COLOUR")
    return registry


def test_each_combination_is_made_once(things: Registry[Thing]) -> None:
    before = Thing.made
    red = things.create("thing:red", size=2)
    assert things.create("thing:red", size=2) is red and red.argument == "red"
    assert things.create("thing:red", size=3) is not red
    assert Thing.made - before == 2 and things.made() == ("thing:red", "thing:red")


def test_wrong_names_and_options_are_input_errors(things: Registry[Thing]) -> None:
    with pytest.raises(InputError, match=r"no thing called 'thong'\. Choose one of: thing:COLOUR"):
        things.create("thong")
    with pytest.raises(InputError, match="cannot be made with weight"):
        things.create("thing", weight=3)


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
