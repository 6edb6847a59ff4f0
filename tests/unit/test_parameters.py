"""Laws of the parameters of every method, projector and noise; what is wrong is said."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.align import aligners
from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import (
    Parameter,
    Scalar,
    changed,
    checked,
    fits,
    option,
    parameters,
    parse,
    parse_options,
    written,
)
from xproj_core.domain.registry import Registry
from xproj_core.methods import methods
from xproj_core.noise import make, noises
from xproj_core.noise import parse as parse_noise
from xproj_core.project import projectors
from xproj_core.tag import taggers
from xproj_core.translate import translators

WITH_PARAMETERS: tuple[Registry[Any], ...] = (methods, projectors, noises)
REGISTRIES: tuple[Registry[Any], ...] = (*WITH_PARAMETERS, translators, aligners, taggers)
KNOWN = [
    pytest.param(entry.name, parameter, id=f"{registry.kind}-{entry.name}-{parameter.name}")
    for registry in WITH_PARAMETERS
    for entry in registry
    for parameter in registry.parameters(entry.name)
]


def values(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Any value that a parameter takes."""
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    if parameter.type is bool:
        return st.booleans()
    if parameter.type is str:
        return st.text()
    low, high = parameter.min, parameter.max
    if parameter.type is int:
        return st.integers(*(None if bound is None else int(bound) for bound in (low, high)))
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def outside(parameter: Parameter) -> list[object]:
    """Values of all kinds that it does not take."""
    wrong: list[object] = [None, [], object(), math.nan, math.inf, -math.inf]
    wrong += [] if parameter.type is str and not parameter.choices else ["none of these"]
    wrong += [] if parameter.type is bool else [True]
    wrong += [] if parameter.type is float else [0.5]
    wrong += [] if parameter.type in (int, float) else [1]
    number = parameter.type in (int, float)
    wrong += [parameter.type(parameter.min - 1)] if number and parameter.min is not None else []
    wrong += [parameter.type(parameter.max + 1)] if number and parameter.max is not None else []
    return wrong


@pytest.mark.parametrize(("owner", "parameter"), KNOWN)
@given(st.data())
def test_what_is_written_is_read(owner: str, parameter: Parameter, data: st.DataObject) -> None:
    value = data.draw(values(parameter))
    assert checked(parameter, value) == value
    for text in (written(value), str(value)):  # as in addresses, and as in signatures
        parsed_value = parse(parameter, text)
        assert parsed_value == value and type(parsed_value) is parameter.type
    if parameter.type is not str or parameter.choices:
        text = f" {parameter.name} = {written(value)} "
        assert parse_options(owner, [text], [parameter]) == {parameter.name: value}


@pytest.mark.parametrize(("owner", "parameter"), KNOWN)
def test_the_default_is_taken_and_nothing_outside(owner: str, parameter: Parameter) -> None:
    assert parameter.help and not parameter.help.endswith(".")
    assert type(checked(parameter, parameter.default)) is parameter.type
    assert parse(parameter, written(parameter.default)) == parameter.default
    for value in outside(parameter):
        assert not fits(parameter, value)
        with pytest.raises(InputError) as caught:
            checked(parameter, value, owner)
        assert parameter.name in str(caught.value) and parameter.accepts in str(caught.value)
    for text in ("nan", "inf", "-inf", "1e999", "9" * 5000, "5.5.5", "maybe"):
        if parameter.type is not str or parameter.choices:
            with pytest.raises(InputError, match=f"{parameter.name} of {owner} takes"):
                parse(parameter, text, owner)


# Listed before any test runs: tests of other files register engines of their own.
REGISTERED = [
    pytest.param(registry, entry.name, id=f"{registry.kind}-{entry.name}")
    for registry in REGISTRIES
    for entry in registry
]


@pytest.mark.parametrize(("registry", "name"), REGISTERED)
def test_every_field_of_what_is_registered_is_declared(registry: Registry[Any], name: str) -> None:
    """A dataclass field that nobody declared would be no parameter on any page."""
    instance = registry.entry(name).load()
    if registry in WITH_PARAMETERS:
        assert is_dataclass(instance)
    names = [f.name for f in fields(instance) if f.init] if is_dataclass(instance) else []
    assert [p.name for p in registry.parameters(name)] == names


@dataclass(frozen=True)
class Sample:
    """One parameter of each kind."""

    share: float = option(0.5, "a share", min=0, max=1)
    words: int = option(3, "so many words")
    soft: bool = option(False, "soft")
    name: str = option("x", "any word")
    undeclared: str = ""
    late: int = field(init=False, default=0)


SHARE, WORDS, SOFT, NAME = parameters(Sample)


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (SHARE, "1", 1.0),
        (SHARE, "1e-3", 0.001),
        (WORDS, "5", 5),
        (WORDS, " -5 ", -5),
        (SOFT, "Yes", True),
        (SOFT, "0", False),
        (SOFT, "off", False),
        (NAME, " as it is ", " as it is "),
    ],
)
def test_texts(parameter: Parameter, text: str, value: Scalar) -> None:
    parsed_value = parse(parameter, text)
    assert (parsed_value, type(parsed_value)) == (value, type(value))


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        (SHARE, "5.0", "share takes a number from 0 to 1, not '5.0'."),
        (SHARE, "", "share takes a number from 0 to 1, not ''."),
        (WORDS, "5.0", "words takes a whole number, not '5.0'."),
        (SOFT, "maybe", "soft takes true or false, not 'maybe'."),
    ],
)
def test_texts_that_write_no_value(parameter: Parameter, value: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(parameter, value)
    assert str(caught.value) == message


def test_a_whole_number_is_a_number_and_nothing_else_is_taken_for_another() -> None:
    assert type(checked(SHARE, 1)) is float
    for parameter, value in ((WORDS, 5.0), (WORDS, True), (SHARE, True), (SOFT, 1), (NAME, 1)):
        assert not fits(parameter, value)
    assert not fits(SHARE, 10**400)


def test_only_what_is_declared_is_a_parameter() -> None:
    assert [p.name for p in parameters(Sample)] == ["share", "words", "soft", "name"]
    assert parameters(Sample()) == parameters(Sample)
    assert parameters(len) == () == parameters(object())
    options = {"share": 0.5, "words": 4, "nothing": 1}
    assert changed(parameters(Sample), options) == {"words": 4}


def test_an_undeclared_key_is_named_with_what_there_is() -> None:
    with pytest.raises(InputError, match=r"sample has no parameter 'x'. It has share .*; words"):
        parse_options("sample", ["x=1"], parameters(Sample))
    with pytest.raises(InputError, match=r"write KEY=VALUE, such as share=0.5"):
        parse_options("sample", ["share"], parameters(Sample))


@pytest.mark.parametrize("name", noises.names())
@given(st.data())
def test_a_noise_reads_all_its_settings_again(name: str, data: st.DataObject) -> None:
    known = [p for p in noises.parameters(name) if p.name not in ("rate", "seed")]
    noise = make(name, 0.25, 3, **{p.name: data.draw(values(p)) for p in known})
    assert parse_noise(noise.spec) == noise
