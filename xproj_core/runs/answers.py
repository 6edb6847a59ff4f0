"""What a run made, beside the items that it was made from: what scores and pages read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.runs import configuration as configurations

if TYPE_CHECKING:
    from xproj_core.store.store import Store

_AT_ONCE = 256


def answers(
    store: Store,
    run: str,
    systems: Sequence[str] | None = None,
    numbers: Sequence[int] | range | None = None,
) -> Iterator[tuple[Item, dict[str, Record]]]:
    """Each finished item with the record of every system, in order, as a stream.

    Items have the labels that count in the run. Systems are in the run's order; an empty
    sentence has none.

    Args:
        systems: only these.
        numbers: only the items with these numbers, from 0.

    Raises:
        StoreError: there is no such run.
    """
    found = store.runs.get(run)
    one = configurations.from_json(found.configuration)
    order = {name: k for k, name in enumerate(one.systems)}
    wanted: Sequence[int] = range(found.done)
    if isinstance(numbers, range) and numbers.step == 1:
        wanted = range(numbers.start, min(numbers.stop, found.done))
    elif numbers is not None:
        wanted = sorted({n for n in numbers if n < found.done})
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        made = {
            number: {r.system: r for r in sorted(group, key=lambda r: order.get(r.system, 0))}
            for number, group in groupby(store.runs.records(run, systems, some), lambda r: r.number)
        }
        for number, item in _items(store, found.dataset, some):
            yield one.item(item), made.get(number, {})


def _items(store: Store, dataset: str, numbers: Sequence[int]) -> Iterator[tuple[int, Item]]:
    """Items by number; those that stand close together are read in one go."""
    first, last = numbers[0], numbers[-1]
    if last - first > 4 * len(numbers):
        yield from ((n, store.datasets.at(dataset, n)) for n in numbers)
        return
    wanted = set(numbers)
    for number, item in enumerate(store.datasets.items(dataset, first, last + 1), first):
        if number in wanted:
            yield number, item
