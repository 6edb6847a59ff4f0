"""What the steps of one answer took: computed anew, or remembered from before."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class Work:
    """Counts by kind of step ("translate", "align", "tag"), each thing once."""

    def __init__(self) -> None:
        self._asked: dict[str, set[Hashable]] = {}
        self._missed: dict[str, set[Hashable]] = {}

    def ask(self, kind: str, keys: Iterable[Hashable]) -> None:
        """These are wanted."""
        self._asked.setdefault(kind, set()).update(keys)

    def miss(self, kind: str, keys: Iterable[Hashable]) -> None:
        """These were not at hand."""
        self._missed.setdefault(kind, set()).update(keys)

    @property
    def computed(self) -> dict[str, int]:
        """How many were computed anew."""
        return {kind: len(keys) for kind, keys in self._missed.items()}

    @property
    def kept(self) -> dict[str, int]:
        """How many were at hand."""
        computed = self.computed
        return {kind: len(keys) - computed.get(kind, 0) for kind, keys in self._asked.items()}
