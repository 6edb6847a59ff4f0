"""Lists in which an item that failed is its error, so that one cannot sink a batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from xproj_core.domain.errors import XProjError

T = TypeVar("T")
U = TypeVar("U")


def first_error(*values: object) -> XProjError | None:
    """The first of `values` that is an error."""
    return next((v for v in values if isinstance(v, XProjError)), None)


def lift(function: Callable[..., T], *columns: Sequence[object]) -> list[T | XProjError]:
    """`function` over each row of the parallel `columns`; a row with an error gives the error."""
    results: list[T | XProjError] = []
    for row in zip(*columns, strict=True):
        error = first_error(*row)
        if error is None:
            try:
                results.append(function(*row))
                continue
            except XProjError as raised:
                error = raised
        results.append(error)
    return results


def where_good(
    items: Sequence[T | XProjError], compute: Callable[[list[T]], Sequence[U | XProjError]]
) -> list[U | XProjError]:
    """`compute` over the good items in one call; errors stay where they are."""
    good = [item for item in items if not isinstance(item, XProjError)]
    results = iter(compute(good)) if good else iter(())
    return [item if isinstance(item, XProjError) else next(results) for item in items]


def guarded(
    compute: Callable[[list[T]], Sequence[U | XProjError]], items: list[T]
) -> list[U | XProjError]:
    """`compute(items)`; if the batch fails, each item by itself."""
    try:
        return list(compute(items))
    except XProjError as error:
        if len(items) == 1:
            return [error]
    return [result for item in items for result in guarded(compute, [item])]
