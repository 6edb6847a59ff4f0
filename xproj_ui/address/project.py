"""The project page: the question, the engine that answers it, and what is looked at.

The start view is the empty address. A parameter that makes no sense is left out and named in a
sentence. Beside `PARAMETERS` there are `p.NAME` for a parameter of the projector, `METHOD.NAME`
for one of a method, and what was typed over a sentence: `labels.SLOT`, whose labels count, or
`retag.SLOT`, which is tagged again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from xproj_core.answers.one_sentence import Question, Typed
from xproj_core.domain import languages
from xproj_core.domain.defaults import DEFAULT_METHODS
from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, changed, parse, written
from xproj_core.methods import SLOTS, Mode, methods
from xproj_core.project import projectors
from xproj_ui.address import declaration
from xproj_ui.address.declaration import QueryParameter, Reader
from xproj_ui.address.project_view import DRAWINGS, View, start

LIMIT = 30_000
"""Encoded characters a link may have: servers refuse much longer ones."""

_SELECTED = re.compile(r"[\w-]{1,40}(?::[\w-]{1,40}){1,3}", re.ASCII)
_ENGINE = re.compile(r"[^\x00-\x1f\x7f]{1,400}")
_SLOTS = tuple(dict.fromkeys(slot for slots in SLOTS.values() for slot in slots))


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise InputError("")
        return text

    return parse


def _drawing(text: str) -> str:
    if text not in DRAWINGS:
        raise InputError("")
    return text


def _sentence(text: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise InputError("")
    return int(text)


def _pivot(text: str) -> str | None:
    return languages.normalise(text) if text else None


def _methods(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(methods.usable_name(name) for name in text.split(",")))


def _projector(text: str) -> str:
    return projectors.usable_name(text)


_START = start()
_ASKED = _START.question
_LANGUAGE = languages.normalise
TEXT = QueryParameter("text", "the text to label or translate", _ASKED.text, always=True)
SOURCE = QueryParameter("src", "the source language", _ASKED.source, _LANGUAGE, always=True)
TARGET = QueryParameter("tgt", "the target language", _ASKED.target, _LANGUAGE, always=True)
PIVOT = QueryParameter("via", "the third one", _ASKED.pivot, _pivot, lambda v: v or "", True)
MODE = QueryParameter("mode", "“translate” a labelled text", _ASKED.mode, Mode, lambda v: v.value)
ENGINE = QueryParameter("engine", "by its name", _START.engine, _matching(_ENGINE))
METHODS = QueryParameter("methods", "commas between", DEFAULT_METHODS, _methods, ",".join)
PROJECTOR = QueryParameter("projector", "by its name", _ASKED.projector, _projector)
SELECTED = QueryParameter("sel", "the entity explained", _START.selected, _matching(_SELECTED))
DRAWING = QueryParameter("view", "“heat” for the matrix", _START.drawing, _drawing)
SENTENCE = QueryParameter("sentence", "of several, from 1; 0 for all as one", None, _sentence)
PARAMETERS = (
    *(TEXT, SOURCE, TARGET, PIVOT, MODE, ENGINE),
    *(METHODS, PROJECTOR, SELECTED, DRAWING, SENTENCE),
)
EDITS = {
    (slot, kind): QueryParameter(f"{kind}.{slot}", "what was typed over a sentence", None)
    for slot in _SLOTS
    for kind in ("retag", "labels")
}


def _option(owner: str, parameter: Parameter) -> QueryParameter:
    return QueryParameter(
        f"{owner}.{parameter.name}",
        parameter.help,
        parameter.default,
        partial(parse, parameter),
        written,
    )


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`; none for the start view."""
    if view == _START:
        return {}
    question = view.question
    values = [
        *((TEXT, question.text), (SOURCE, question.source), (TARGET, question.target)),
        *((PIVOT, question.pivot), (MODE, question.mode), (ENGINE, view.engine)),
        *((METHODS, question.methods), (PROJECTOR, question.projector)),
        *((SELECTED, view.selected), (DRAWING, view.drawing)),
        (SENTENCE, view.sentence),
    ]
    return declaration.encode([*values, *_options(question), *_typed(question)])


def _options(question: Question) -> Iterator[tuple[QueryParameter, object]]:
    owners = [("p", projectors.parameters(question.projector), question.projector_options)]
    owners += [(m, methods.parameters(m), o) for m, o in question.method_options.items()]
    for owner, known, options in owners:
        named = {parameter.name: parameter for parameter in known}
        for name, value in changed(known, options).items():
            yield _option(owner, named[name]), value


def _typed(question: Question) -> Iterator[tuple[QueryParameter, object]]:
    for slot, typed in question.edits.items():
        yield EDITS[slot, "labels" if typed.labelled else "retag"], typed.text


def too_long(parameters: Mapping[str, str]) -> bool:
    """True when no link can hold the parameters."""
    size = sum(len(value) for value in parameters.values())
    return size > LIMIT or len(urlencode(parameters, errors="replace")) > LIMIT


def decode(parameters: Mapping[str, str]) -> tuple[View, tuple[str, ...]]:
    """The view an address stands for, and a sentence for each parameter that was left out."""
    if not parameters:
        return _START, ()
    reader = Reader(parameters)
    question = replace(
        _ASKED,
        text=reader.read(TEXT),
        mode=reader.read(MODE),
        source=reader.read(SOURCE),
        target=reader.read(TARGET),
        pivot=reader.read(PIVOT),
        methods=reader.read(METHODS),
        projector=reader.read(PROJECTOR),
    )
    question = replace(
        question,
        projector_options=_read_options(reader, "p", projectors.parameters(question.projector)),
        method_options=_method_options(reader),
        edits=_edits(reader, question.mode),
    )
    looked_at = reader.read(SELECTED), reader.read(DRAWING), reader.read(SENTENCE)
    view = View(question, reader.read(ENGINE), *looked_at)
    reader.name_unknown()
    return view, tuple(reader.problems)


def _read_options(reader: Reader, owner: str, known: Iterable[Parameter]) -> dict[str, object]:
    values = {parameter.name: reader.read(_option(owner, parameter)) for parameter in known}
    return changed(known, values)


def _method_options(reader: Reader) -> dict[str, dict[str, object]]:
    owners = {name.partition(".")[0] for name in reader.parameters} & set(methods.names())
    values = {m: _read_options(reader, m, methods.parameters(m)) for m in sorted(owners)}
    return {name: options for name, options in values.items() if options}


def _edits(reader: Reader, mode: Mode) -> dict[str, Typed]:
    """What was typed over the sentences of `mode`; those of the other mode are nobody's fault."""
    texts = {place: reader.read(parameter) for place, parameter in EDITS.items()}
    return {
        slot: Typed(text, kind == "labels")
        for (slot, kind), text in texts.items()
        if text is not None and slot in SLOTS[mode]
    }
