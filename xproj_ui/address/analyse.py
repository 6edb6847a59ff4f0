"""The analyse page: runs, the view of them, and which sentences are listed.

Its address is all that it knows. What makes no sense counts as not written, silently.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from xproj_core.domain.errors import InputError
from xproj_core.evaluate.analysis.selection import PARAMETERS as SELECTION
from xproj_core.evaluate.analysis.selection import Pick, from_address
from xproj_ui.address import declaration, query
from xproj_ui.address.declaration import QueryParameter, Reader


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def _page(text: str) -> int:
    if not (text.isdecimal() and len(text) < 9 and int(text)):
        raise InputError("pages are counted from 1.")
    return int(text)


_OWN = (
    QueryParameter("run", "runs, with commas between", (), _several, ",".join),
    QueryParameter("drop", "labels left out", (), _several, ",".join),
    QueryParameter("show", "the view"),
    QueryParameter("of", "the system it is about"),
    QueryParameter("other", "the system it is compared with"),
    QueryParameter("along", "what figures are broken up by"),
    QueryParameter("ref", "the dataset of the literature"),
    QueryParameter("page", "page of the list of sentences, from 1", 1, _page),
)
_SELECTION = tuple(QueryParameter(name, "see `selection`") for name in SELECTION)
PARAMETERS = (*_OWN, *_SELECTION)


@dataclass(frozen=True, slots=True)
class View:
    """What is shown, by the names of the parameters.

    Attributes:
        selection: the parameters that say which sentences are listed, as they stand in the address:
            who reads them has to know the systems of the runs.
    """

    run: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    show: str = ""
    of: str = ""
    other: str = ""
    along: str = ""
    ref: str = ""
    page: int = 1
    selection: Mapping[str, str] = field(default_factory=dict)

    def pick(self, systems: Collection[str]) -> Pick | None:
        """Which sentences are listed; None where none are."""
        return from_address(self.selection, systems)


def decode(parameters: Mapping[str, str]) -> View:
    """The view an address stands for."""
    reader = Reader(parameters)
    own = {p.name: reader.read(p) for p in _OWN}
    selection = {p.name: text for p in _SELECTION if (text := reader.read(p))}
    return View(**own, selection=selection)


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`."""
    own = [(p, getattr(view, p.name)) for p in _OWN]
    selection = [(p, view.selection.get(p.name, "")) for p in _SELECTION]
    return declaration.encode([*own, *selection])


def enter() -> None:
    """What other pages left in the address goes."""
    query.keep([p.name for p in PARAMETERS])


def current() -> View:
    """The view of the address."""
    return decode(query.parameters())
