"""Noises as they are written: "characters=0.1,where=entities,seed=3"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, Scalar, converted
from xproj_core.noise.base import Noise
from xproj_core.noise.known_noises import make, noises


def parse(text: str, rate: float | None = None, seed: int | None = None) -> Noise:
    """A noise as it is written; `rate` and `seed` are for where the text names none.

    Raises:
        InputError: it does not parse; the message says how a noise is written.
    """
    head, *settings = (part.strip() for part in text.split(","))
    name, equals, written_rate = (part.strip() for part in head.partition("="))
    known = {p.name: p for p in noises.parameters(name)}
    options: dict[str, Any] = {} if seed is None else {"seed": seed}
    if equals:
        options["rate"] = _value(known["rate"], written_rate, text)
    elif rate is not None:
        options["rate"] = rate
    keys = [*(key for key in known if key not in ("rate", "seed")), "seed"]
    for setting in settings:
        key, equals, value = (part.strip() for part in setting.partition("="))
        if key not in keys or not equals:
            raise InputError(
                f"{setting!r} sets nothing of {name}. A noise is written NAME=RATE,KEY=VALUE, with"
                f" {', '.join(keys)} for KEY."
            )
        options[key] = _value(known[key], value, text)
    return make(name, **options)


def _value(parameter: Parameter, value: str, text: str) -> Scalar:
    try:
        return converted(parameter, value)
    except ValueError as error:
        expected = parameter.accepts.removeprefix("a ")
        raise InputError(
            f"{parameter.name} in {text!r} must be a {expected}, not {value!r}."
        ) from error


def written(noises: Iterable[Noise]) -> str:
    """Several noises in one line, for names and signatures."""
    return "+".join(noise.spec for noise in noises)
