"""The review page: which sentence, whose version of it, and the queue that it stands in.

A link may also ask for the labels of a run and system; these stay out of the view, with the
sentence of the link. What makes no sense counts as not written, silently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import get_args

from xproj_core.annotation.filter import Filter, Marks, Order, Status
from xproj_core.domain.errors import InputError
from xproj_ui.address import declaration
from xproj_ui.address.declaration import QueryParameter, Reader
from xproj_ui.address.query import LONGEST


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise InputError(f"it is one of {', '.join(choices)}.")
        return text

    return parse


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise InputError("it lies between 0 and 1.")
    return share


def _flag(name: str, about: str) -> QueryParameter:
    return QueryParameter(name, about, False, lambda text: text == "1", lambda _: "1")


_PLACE = (
    QueryParameter("dataset", "the dataset's id"),
    QueryParameter("item", "the sentence, by its key"),
    QueryParameter("layer", "whose version: “gold” for the adjudicated one; one's own without it"),
    QueryParameter("panel", "the section that is open below"),
)
_FILTER = (
    QueryParameter("order", "of the queue", "number", _one_of(get_args(Order))),
    QueryParameter("status", "of the sentences", "", _one_of(get_args(Status))),
    QueryParameter("label", "that an entity has"),
    QueryParameter("error", "of the projection, by its kind"),
    _flag("lost", "a source entity landed nowhere"),
    QueryParameter("annotator", "who has changed something"),
    QueryParameter("words", "that a sentence contains"),
    _flag("disagreeing", "the systems do not label it alike"),
    QueryParameter("below", "the least certain label is below this", None, _share),
    QueryParameter("marks", "the state that labels are in", "", _one_of(get_args(Marks))),
)
_REQUEST = (
    QueryParameter("run", "in a link: whose labels are to be corrected"),
    QueryParameter("system", "in a link: the run's system that is meant"),
)
PARAMETERS = (*_PLACE, *_FILTER, *_REQUEST)


@dataclass(frozen=True, slots=True)
class View:
    """Which sentence, in which version, with which panel; and the queue's order and filters."""

    dataset: str = ""
    item: str = ""
    layer: str = ""
    panel: str = ""
    filter: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Request:
    """The labels that a link asks for: those of a run, or of one of its systems."""

    run: str = ""
    system: str = ""


def decode(parameters: Mapping[str, str]) -> View:
    """The view an address stands for."""
    reader = Reader(_short(parameters))
    place = {p.name: reader.read(p) for p in _PLACE}
    return View(**place, filter=Filter(**{p.name: reader.read(p) for p in _FILTER}))


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`."""
    place = [(p, getattr(view, p.name)) for p in _PLACE]
    return declaration.encode([*place, *((p, getattr(view.filter, p.name)) for p in _FILTER)])


def own(parameters: Mapping[str, str]) -> dict[str, str]:
    """Those parameters of an address that make its view, as they stand there."""
    names = {p.name for p in (*_PLACE, *_FILTER)}
    return {name: text for name, text in _short(parameters).items() if name in names and text}


def decode_request(parameters: Mapping[str, str]) -> Request:
    """What only a link asks for."""
    reader = Reader(_short(parameters))
    return Request(**{p.name: reader.read(p) for p in _REQUEST})


def encode_request(request: Request) -> dict[str, str]:
    """The parameters of what a link asks for; a system is one of a run."""
    parameters = declaration.encode((p, getattr(request, p.name)) for p in _REQUEST)
    return parameters if request.run else {}


def filters_set(queue_filter: Filter) -> int:
    """How many of the parameters a filter needs."""
    return len(declaration.encode((p, getattr(queue_filter, p.name)) for p in _FILTER))


def _short(parameters: Mapping[str, str]) -> dict[str, str]:
    return {name: text[:LONGEST] for name, text in parameters.items()}
