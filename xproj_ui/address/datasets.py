"""The datasets page: the one that is open, or that data are being added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xproj_ui.address import declaration, query
from xproj_ui.address.declaration import QueryParameter, Reader

DATASET = QueryParameter("dataset", "the id of the dataset that is open")
ADD = QueryParameter("add", "data are being added", False, lambda _: True, lambda _: "1")
PARAMETERS = (DATASET, ADD)


@dataclass(frozen=True, slots=True)
class View:
    """`dataset` is the id of the open one; "" shows them all, or what adds data."""

    dataset: str = ""
    adding: bool = False


def decode(parameters: Mapping[str, str]) -> View:
    """The view an address stands for; a dataset comes before adding one."""
    reader = Reader(parameters)
    return View(reader.read(DATASET), reader.read(ADD) and DATASET.name not in parameters)


def encode(view: View) -> dict[str, str]:
    """The parameters of `view`; none for the list of all datasets."""
    return declaration.encode([(DATASET, view.dataset), (ADD, view.adding)])


def current() -> View:
    """The view of the address, from which what other pages left is taken out."""
    return decode(query.keep([p.name for p in PARAMETERS]))


def open_dataset(id: str) -> None:
    """Show one dataset from the next run on."""
    query.put(encode(View(dataset=id)))


def open_form() -> None:
    """Show what adds data."""
    query.put(encode(View(adding=True)))


def open_list() -> None:
    """Show all datasets."""
    query.put(encode(View()))
