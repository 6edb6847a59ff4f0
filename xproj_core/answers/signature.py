"""What a result was made with, short enough to print beside every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from xproj_core import __version__
from xproj_core.models.protocols import Engine


def settings(thing: Any) -> dict[str, Any]:
    """The parameters of a method or projector."""
    if not is_dataclass(thing):
        return {}
    return {f.name: getattr(thing, f.name) for f in fields(thing) if f.init}


def of_engine(engine: Engine) -> dict[str, str]:
    """The names of the models in use."""
    names = {"translator": engine.translator.name, "aligner": engine.aligner.name}
    if engine.tagger is not None:
        names["tagger"] = engine.tagger.name
    if engine.target_tagger is not None:
        names["target_tagger"] = engine.target_tagger.name
    return names


def line(parts: Mapping[str, Any]) -> str:
    """`key:value` pairs joined by "|", as sacrebleu prints its own."""
    flat = {**parts, "version": __version__}
    return "|".join(
        f"{key}:{_short(value)}" for key, value in flat.items() if value not in (None, "", {})
    )


def without_version(text: str) -> str:
    """A line without XProj's version, which says who wrote it: what is the same follows from the
    rest."""
    return "|".join(part for part in text.split("|") if not part.startswith("version:"))


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return ",".join(f"{k}={_short(v)}" for k, v in value.items())
    return str(value)
