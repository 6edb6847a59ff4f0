"""Noises, by name: what can go wrong with text, tokens, translations, alignments and labels.

A noise is written NAME=RATE, with settings after commas: "characters=0.1,where=entities,seed=3".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from xproj_core.domain.errors import InputError
from xproj_core.domain.registry import Registry
from xproj_core.noise.base import LAYERS, Change, Changes, Layer, Noise

__all__ = [
    "LAYERS",
    "Change",
    "Changes",
    "Layer",
    "Noise",
    "Setting",
    "layer_of",
    "make",
    "noises",
    "parse",
    "settings",
]

noises: Registry[Noise] = Registry("noise")
_here = "xproj_core.noise"
for _name, _where, _summary in (
    ("characters", "text:Characters", "letters inserted, deleted, substituted"),
    ("keyboard", "text:Keyboard", "keys hit beside the one that was meant"),
    ("ocr", "text:Ocr", "shapes misread as similar ones"),
    ("casing", "text:Casing", "words in lower, upper or title case"),
    ("attach-punctuation", "tokens:AttachPunctuation", "punctuation attached to its word"),
    ("split-words", "tokens:SplitWords", "words cut at hyphens, apostrophes, punctuation"),
    ("join-words", "tokens:JoinWords", "clitics, hyphens and apostrophes joined to their words"),
    ("drop-words", "translation:DropWords", "words missing from a translation"),
    ("repeat-words", "translation:RepeatWords", "words said twice in a translation"),
    ("untranslated-words", "translation:UntranslatedWords", "words left untranslated"),
    ("reorder-words", "translation:ReorderWords", "words of a translation out of order"),
    ("drop-entities", "translation:DropEntities", "names missing from a translation"),
    ("drop-links", "alignment:DropLinks", "word links missing"),
    ("add-links", "alignment:AddLinks", "word links where none belong"),
    ("shift-links", "alignment:ShiftLinks", "word links one word beside"),
    ("miss-labels", "labels:MissLabels", "source entities missed"),
    ("spurious-labels", "labels:SpuriousLabels", "source entities made up"),
    ("move-boundaries", "labels:MoveBoundaries", "source entities a word too long or short"),
    ("change-labels", "labels:ChangeLabels", "source entities of the wrong type"),
):
    noises.add(_name, f"{_here}.{_where}", _summary)


@dataclass(frozen=True, slots=True)
class Setting:
    """What can be set besides rate and seed; `choices` is empty where anything goes."""

    name: str
    type: type
    default: Any
    help: str
    choices: tuple[str, ...] = ()
    max: int | None = None


def layer_of(name: str) -> Layer:
    """What a noise works on.

    Raises:
        InputError: there is no such noise.
    """
    kind: Any = noises.entry(name).load()
    layer: Layer = kind.layer
    return layer


def settings(name: str) -> tuple[Setting, ...]:
    """The settings of a noise, in order."""
    made: Any = noises.entry(name).load()
    return tuple(
        Setting(
            f.name,
            type(f.default),
            f.default,
            f.metadata["help"],
            f.metadata["choices"],
            f.metadata["max"],
        )
        for f in fields(made)
        if f.metadata
    )


def make(name: str, rate: float = 0.1, seed: int = 0, **options: Any) -> Noise:
    """A noise.

    Raises:
        InputError: no such noise or setting, or a value that it does not take.
    """
    kind = noises.entry(name).load()
    known = {s.name: s for s in settings(name)}
    for key, value in options.items():
        if key not in known:
            has = ", ".join(known) or "nothing else"
            raise InputError(f"{name} has no {key!r}: rate and seed can be set, and {has}.")
        top = known[key].max
        fits = top is None or (isinstance(value, int) and 1 <= value <= top)
        if type(value) is not known[key].type or not fits:
            raise InputError(f"{key} of {name} cannot be {value!r}: {known[key].help}.")
    made: Noise = kind(rate=rate, seed=seed, **options)
    return made


def parse(text: str, rate: float | None = None, seed: int | None = None) -> Noise:
    """A noise as it is written; `rate` and `seed` are for where the text names none.

    Raises:
        InputError: it does not parse; the message says how a noise is written.
    """
    head, *rest = (part.strip() for part in text.split(","))
    name, equals, written = (part.strip() for part in head.partition("="))
    noises.entry(name)
    known = {s.name: s.type for s in settings(name)} | {"seed": int}
    options: dict[str, Any] = {} if seed is None else {"seed": seed}
    if equals:
        options["rate"] = _number(float, "rate", written, text)
    elif rate is not None:
        options["rate"] = rate
    for item in rest:
        key, equals, value = (part.strip() for part in item.partition("="))
        if key not in known or not equals:
            raise InputError(
                f"{item!r} sets nothing of {name}. A noise is written NAME=RATE,KEY=VALUE, with"
                f" {', '.join(known)} for KEY."
            )
        options[key] = value if known[key] is str else _number(known[key], key, value, text)
    return make(name, **options)


def _number(kind: type, key: str, value: str, text: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise InputError(f"{key} in {text!r} must be a number, not {value!r}.") from error


def written(some: Iterable[Noise]) -> str:
    """Several noises in one line, for names and signatures."""
    return "+".join(one.spec for one in some)
