"""A view as query parameters of the page's address, and back.

Nothing that equals its default is written; the start view is the empty address. A parameter
that makes no sense is left out and named in a sentence: a link never breaks the page.

text, src, tgt, via     the text and the three languages
mode, engine            "translate" where a labelled text is translated; the engine's name
methods, projector      names; methods with commas between
p.NAME, METHOD.NAME     parameters of the projector and of a method
labels.SLOT, retag.SLOT what was typed over a sentence: its labels count, or it is tagged again
sel, view               the entity explained; "heat" for the matrix
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

from xproj_core.answers.one_sentence import DEFAULT_METHODS, Question, Typed
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.parameters import Parameter, changed, parse, written
from xproj_core.methods import SLOTS, Mode, methods
from xproj_core.project import projectors
from xproj_ui.project_page.view import DRAWINGS, View, start

LIMIT = 30_000
"""Encoded characters a link may have: servers refuse much longer ones."""

_SELECTED = re.compile(r"[\w-]{1,40}(?::[\w-]{1,40}){1,3}", re.ASCII)
_ENGINE = re.compile(r"[^\x00-\x1f\x7f]{1,400}")
_SLOTS = tuple(dict.fromkeys(slot for slots in SLOTS.values() for slot in slots))


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`; none for the start view."""
    if view == start():
        return {}
    question = view.question
    found = {
        "text": question.text,
        "src": question.source,
        "tgt": question.target,
        "via": question.pivot or "",
        "mode": "" if question.mode is Mode.LABEL else question.mode.value,
        "engine": "" if view.engine == start().engine else view.engine,
        "methods": "" if question.methods == DEFAULT_METHODS else ",".join(question.methods),
        "projector": "" if question.projector == _projector() else question.projector,
        "sel": view.selected or "",
        "view": "" if view.drawing == DRAWINGS[0] else view.drawing,
    }
    kept = {key: value for key, value in found.items() if value or key in ("text", "via")}
    return kept | _options(question) | _typed(question)


def _projector() -> str:
    return start().question.projector


def _options(question: Question) -> dict[str, str]:
    found = changed(projectors.parameters(question.projector), question.projector_options)
    options = {f"p.{name}": written(value) for name, value in found.items()}
    for method, values in question.method_options.items():
        for name, value in changed(methods.parameters(method), values).items():
            options[f"{method}.{name}"] = written(value)
    return options


def _typed(question: Question) -> dict[str, str]:
    return {
        f"{'labels' if typed.labelled else 'retag'}.{slot}": typed.text
        for slot, typed in question.edits.items()
    }


def too_long(parameters: Mapping[str, str]) -> bool:
    """True when no link can hold the parameters."""
    size = sum(len(value) for value in parameters.values())
    return size > LIMIT or len(urlencode(parameters, errors="replace")) > LIMIT


def decode(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view an address stands for, and a sentence for each parameter that was left out."""
    if not parameters:
        return start(), ()
    reader = _Reader(parameters)
    question = replace(
        start().question,
        text=parameters.get("text", start().question.text),
        mode=reader.read("mode", Mode, start().question.mode),
        source=reader.read("src", languages.normalise, start().question.source),
        target=reader.read("tgt", languages.normalise, start().question.target),
        pivot=reader.read("via", _pivot, start().question.pivot),
        methods=reader.read("methods", _methods, DEFAULT_METHODS),
        projector=reader.read("projector", _known_projector, _projector()),
    )
    question = replace(
        question,
        projector_options=reader.options("p", projectors.parameters(question.projector)),
        method_options=_method_options(reader),
        edits=_edits(parameters, question.mode),
    )
    view = View(
        question,
        reader.read("engine", lambda v: _matching(_ENGINE, v), start().engine),
        reader.read("sel", lambda v: _matching(_SELECTED, v), None),
        reader.read("view", lambda v: v if v in DRAWINGS else _refuse(), DRAWINGS[0]),
    )
    reader.name_unknown()
    return view, tuple(reader.problems)


class _Reader:
    """Reads parameters one by one and remembers what was wrong with them."""

    def __init__(self, parameters: Mapping[str, str]) -> None:
        self.parameters = parameters
        self.problems: list[str] = []
        self.used = {"text", *(f"{kind}.{s}" for kind in ("labels", "retag") for s in _SLOTS)}

    def read(self, key: str, convert: Callable[[str], Any], default: Any) -> Any:
        self.used.add(key)
        if key not in self.parameters:
            return default
        try:
            return convert(self.parameters[key])
        except (XProjError, ValueError) as error:
            value = self.parameters[key][:40]
            reason = f": {error}" if isinstance(error, XProjError) and str(error) else "."
            self.problems.append(f"The link's {key}={value!r} was left out{reason}")
            return default

    def options(self, prefix: str, known: Iterable[Parameter]) -> dict[str, Any]:
        found = {}
        for parameter in known:
            key = f"{prefix}.{parameter.name}"
            value = self.read(key, partial(parse, parameter), parameter.default)
            if value != parameter.default:
                found[parameter.name] = value
        return found

    def name_unknown(self) -> None:
        unknown = [key[:40] for key in self.parameters if key not in self.used]
        if unknown:
            shown = ", ".join(map(repr, unknown[:5]))
            self.problems.append(f"The link has parameters that mean nothing here: {shown}.")


def _method_options(reader: _Reader) -> dict[str, dict[str, Any]]:
    wanted = {key.partition(".")[0] for key in reader.parameters} & set(methods.names())
    found = {name: reader.options(name, methods.parameters(name)) for name in sorted(wanted)}
    return {name: options for name, options in found.items() if options}


def _edits(parameters: Mapping[str, str], mode: Mode) -> dict[str, Typed]:
    edits = {}
    for slot in SLOTS[mode]:
        for kind in ("retag", "labels"):
            if f"{kind}.{slot}" in parameters:
                edits[slot] = Typed(parameters[f"{kind}.{slot}"], kind == "labels")
    return edits


def _pivot(value: str) -> str | None:
    return languages.normalise(value) if value else None


def _methods(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(methods.usable_name(name) for name in value.split(",")))


def _known_projector(value: str) -> str:
    return projectors.usable_name(value)


def _matching(pattern: re.Pattern[str], value: str) -> str:
    return value if pattern.fullmatch(value) else _refuse()


def _refuse() -> str:
    raise InputError("")
