"""Counts, for one answer, what was computed anew and what was remembered."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from xproj_core.errors import XProjError
from xproj_core.methods import Memo

T = TypeVar("T")
U = TypeVar("U")
_NAMES = {"translate": "translation", "align": "alignment", "tag": "tagging"}


@dataclass(frozen=True, slots=True)
class Work:
    """Steps of an answer by kind: how many were computed, how many were at hand."""

    computed: dict[str, int]
    kept: dict[str, int]

    def __str__(self) -> str:
        return f"computed: {_listed(self.computed)}; kept: {_listed(self.kept)}"


def _listed(counts: dict[str, int]) -> str:
    words = [
        f"{n} {noun}{'' if n == 1 else 's'}"
        for kind, noun in _NAMES.items()
        if (n := counts.get(kind, 0))
    ]
    return ", ".join(words) or "nothing"


class Tally(Memo):
    """A memo for one answer in front of the one that all users share.

    The shared memo's own counter also moves with other people's answers.
    """

    def __init__(self, shared: Memo) -> None:
        self._shared = shared
        self._asked: dict[str, set[Hashable]] = {}
        self._missed: dict[str, set[Hashable]] = {}
        self.computed: dict[str, int] = {}

    def recall(
        self,
        kind: str,
        items: list[T],
        key: Callable[[T], Hashable],
        compute: Callable[[list[T]], Sequence[U | XProjError]],
    ) -> list[U | XProjError]:
        """See `Memo.recall`."""

        def counted(some: list[T]) -> Sequence[U | XProjError]:
            missed = self._missed.setdefault(kind, set())
            missed.update(map(key, some))
            self.computed[kind] = len(missed)
            return compute(some)

        self._asked.setdefault(kind, set()).update(map(key, items))
        return self._shared.recall(kind, items, key, counted)

    def work(self) -> Work:
        """What was done so far."""
        kept = {k: len(keys) - self.computed.get(k, 0) for k, keys in self._asked.items()}
        return Work(dict(self.computed), kept)
