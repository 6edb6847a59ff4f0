"""The one way from values to plain JSON values and back.

How a dataclass is stored follows from its fields (`codings`). The few types that are stored
otherwise are registered: those of the domain here, others where they are defined. What is read is
checked; nothing is coerced, and what is not known is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias, TypedDict, TypeVar, cast

from msgspec import UNSET, ValidationError, convert

from xproj_core.domain.codings import Finite, coding, register
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.domain.layouts import Form, Layout
from xproj_core.domain.projection import Candidate, Evidence, Projection, Trace
from xproj_core.domain.record import Placement, Record
from xproj_core.domain.sentence import Sentence, Span

__all__ = [
    "UNSET",
    "Finite",
    "Form",
    "Json",
    "JsonValue",
    "Layout",
    "describe",
    "from_json",
    "register",
    "to_json",
    "to_object",
]

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
Json: TypeAlias = dict[str, JsonValue]
RawJson: TypeAlias = dict[str, Any]
"""A JSON object from outside: nothing is known of its values yet."""
T = TypeVar("T")
_PLACE = re.compile(r"(.*) - at `\$\.?(.*)`", re.DOTALL)


def to_json(value: object) -> JsonValue:
    """Plain JSON values; `from_json` gives the value back."""
    write = coding(cast(Any, type(value))).write
    return cast(JsonValue, value if write is None else write(value))


def to_object(value: object) -> Json:
    """Plain JSON values of what is stored as an object."""
    return cast(Json, to_json(value))


def from_json(type_: type[T], plain: object) -> T:
    """The value that `to_json` wrote.

    Raises:
        InputError: it does not fit the type; the message says where.
    """
    stored, read, _ = coding(cast(Any, type_))
    try:
        checked = convert(plain, stored)
    except ValidationError as error:
        raise InputError(_message(type_, str(error))) from error
    return cast(T, checked if read is None else read(checked))


def _message(type_: object, problem: str) -> str:
    """msgspec's, with the place in front."""
    located = _PLACE.fullmatch(problem)
    problem, place = located.groups() if located else (problem, "")
    problem = problem[:1].lower() + problem[1:]
    name = getattr(type_, "__name__", str(type_)).lower()
    return f"This is no {name}: {f'{place}: ' if place else ''}{problem}."


# -- how the domain's types are stored ------------------------------------------------------------


class _StoredSpan(NamedTuple):
    start: int
    end: int
    label: str
    score: Finite | None = None


def _write_span(span: Span) -> list[JsonValue]:
    plain: list[JsonValue] = [span.start, span.end, span.label]
    return plain if span.score is None else [*plain, round(span.score, 4)]


def _round(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


_ROUNDED = Form[float | None, float | None](float | None, _round)


def _write_ends(record: Record, plain: Json) -> Json:
    """The ends of the chain are not written twice."""
    if record.chain[:1] != (record.source,):
        plain["source"] = to_json(record.source)
    if record.chain[-1:] != (record.target,):
        plain["target"] = to_json(record.target)
    return plain


def _read_ends(record: Record) -> Record:
    for side, end in (("source", record.chain[:1]), ("target", record.chain[-1:])):
        if getattr(record, side) is None:
            if not end:
                raise InputError(f"This is no record: there is neither a {side} nor a chain.")
            # nobody else has seen it yet, and `replace` takes as long as all the rest
            object.__setattr__(record, side, end[0])
    return record


_END = Form[Sentence, Sentence | None](Sentence | None, lambda _: None)

register(Span, Form(_StoredSpan, _write_span, lambda stored: Span(*stored)))
register(Sentence, Layout(omit=("spans", "text", "offsets")))
register(Item, Layout(omit=("source", "target", "gold", "links", "others", "notes")))
register(
    Placement,
    Layout(
        omit=("source", "target", "reason", "message", "rule", "margin", "probability"),
        defaults={"source": None, "target": None},
        forms={"confidence": _ROUNDED, "margin": _ROUNDED, "probability": _ROUNDED},
    ),
)
register(
    Record,
    Layout(
        required=("chain", "origins", "links", "placements", "oracle", "notes", "problem"),
        omit=("tagset",),
        forms={"source": _END, "target": _END},
        write=_write_ends,
        read=_read_ends,
    ),
)


# -- evidence and projections, to be looked at ----------------------------------------------------


class _NamedSpan(TypedDict):
    start: int
    end: int
    label: str


def _name_span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "label": span.label}


def _round_links(links: Iterable[tuple[int, int, float]]) -> JsonValue:
    return [[i, j, round(score, 4)] for i, j, score in links]


def _round_parts(parts: Mapping[str, float]) -> JsonValue:
    return {name: round(score, 4) for name, score in parts.items()}


register(
    Candidate,
    Layout(
        order=("start", "end", "score", "verdict", "parts"),
        forms={"score": _ROUNDED, "parts": Form(dict[str, float], _round_parts)},
    ),
)
register(
    Trace,
    Layout(
        order=(
            *("source", "rule", "confidence", "probability", "margin"),
            *("links", "candidates", "steps"),
        ),
        omit=("probability",),
        forms={
            "source": Form(
                _NamedSpan | None,
                lambda span: None if span is None else _name_span(span),
                lambda named: None if named is None else Span(**named),
            ),
            "confidence": _ROUNDED,
            "probability": _ROUNDED,
            "margin": _ROUNDED,
            "links": Form(tuple[tuple[int, int, float], ...], _round_links),
        },
    ),
)


def describe(evidence: Evidence | XProjError, outcome: Projection | XProjError) -> Json:
    """All that a method made of a sentence, as plain JSON values; or what prevented it."""
    for part in (evidence, outcome):
        if isinstance(part, XProjError):
            return {"problem": str(part)}
    assert isinstance(evidence, Evidence) and isinstance(outcome, Projection)
    origins = evidence.origins or [""] * len(evidence.chain)
    alignment = evidence.alignment
    links = (
        []
        if alignment is None
        else [(i, j, float(alignment.scores[i, j])) for i, j in alignment.pairs()]
    )
    return {
        "chain": [
            {
                "language": sentence.language,
                "tokens": list(sentence.tokens),
                "entities": [_name_span(span) for span in sentence.spans],
                "origin": origin,
            }
            for sentence, origin in zip(evidence.chain, origins, strict=True)
        ],
        "links": _round_links(links),
        "notes": list(evidence.notes),
        "entities": [
            {**_name_span(entity.span), "why": to_json(entity.trace)} for entity in outcome.entities
        ],
        "lost": [
            {
                **_name_span(lost.source),
                "reason": lost.reason,
                "message": lost.message,
                "why": to_json(lost.trace),
            }
            for lost in outcome.lost
        ],
    }
