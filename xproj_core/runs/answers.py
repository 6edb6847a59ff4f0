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
    stored_run = store.runs.get(run)
    configuration = configurations.from_json(stored_run.configuration)
    order = {name: k for k, name in enumerate(configuration.systems)}
    selected_numbers: Sequence[int] = range(stored_run.done)
    if isinstance(numbers, range) and numbers.step == 1:
        selected_numbers = range(numbers.start, min(numbers.stop, stored_run.done))
    elif numbers is not None:
        selected_numbers = sorted({n for n in numbers if n < stored_run.done})
    for start in range(0, len(selected_numbers), _AT_ONCE):
        some = selected_numbers[start : start + _AT_ONCE]
        records_by_number = {
            number: {r.system: r for r in sorted(group, key=lambda r: order.get(r.system, 0))}
            for number, group in groupby(store.runs.records(run, systems, some), lambda r: r.number)
        }
        for number, item in _items(store, stored_run.dataset, some):
            yield configuration.item(item), records_by_number.get(number, {})


def _items(store: Store, dataset: str, numbers: Sequence[int]) -> Iterator[tuple[int, Item]]:
    """Items by number; those that stand close together are read in one go."""
    first, last = numbers[0], numbers[-1]
    if last - first > 4 * len(numbers):
        yield from ((n, store.datasets.at(dataset, n)) for n in numbers)
        return
    selected_numbers = set(numbers)
    for number, item in enumerate(store.datasets.items(dataset, first, last + 1), first):
        if number in selected_numbers:
            yield number, item
