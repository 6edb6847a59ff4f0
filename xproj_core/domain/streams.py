"""Streams cut into lists that fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def cut(
    stream: Iterable[T], most: int, weight: Callable[[T], int], capacity: int
) -> Iterator[list[T]]:
    """Consecutive lists of at most `most` members that weigh no more than `capacity` together.

    A member that is too heavy by itself has a list of its own.
    """
    part: list[T] = []
    used = 0
    for member in stream:
        member_weight = weight(member)
        if part and (len(part) == most or used + member_weight > capacity):
            yield part
            part, used = [], 0
        part.append(member)
        used += member_weight
    if part:
        yield part
