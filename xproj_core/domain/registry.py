"""Names for interchangeable things; nothing is imported before it is asked for.

A name may carry an argument after a colon: "transformers:facebook/nllb-200-distilled-600M".
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from threading import RLock
from typing import Any, Generic, TypeVar, cast

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, parameters

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered name.

    Attributes:
        where: "module:attribute" of a factory.
        summary: one line for the user.
        argument: what may stand after the colon, "" if nothing may.
    """

    name: str
    where: str
    summary: str
    argument: str = ""

    def load(self) -> Callable[..., Any]:
        """Import the factory."""
        module, _, attribute = self.where.partition(":")
        return cast("Callable[..., Any]", getattr(import_module(module), attribute))


class Registry(Generic[T]):
    """Entries of one kind; `create` builds each combination of name and options once."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, Entry] = {}
        self._made: dict[tuple[str, tuple[tuple[str, Any], ...]], T] = {}
        self._locks: dict[Hashable, Any] = {}
        self._lock = RLock()

    def add(self, name: str, where: str, summary: str, argument: str = "") -> None:
        """Register `name`; `where` is "module:factory"."""
        self._entries[name] = Entry(name, where, summary, argument)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def names(self) -> tuple[str, ...]:
        """All registered names, in the order of registration."""
        return tuple(self._entries)

    def entry(self, name: str) -> Entry:
        """The entry for `name` (an argument after a colon is allowed).

        Raises:
            InputError: unknown name; the message lists the known ones.
        """
        base = name.partition(":")[0]
        if base not in self._entries:
            known = ", ".join(f"{e.name}:{e.argument}" if e.argument else e.name for e in self)
            raise InputError(f"There is no {self.kind} called {name!r}. Choose one of: {known}.")
        return self._entries[base]

    def parameters(self, name: str) -> tuple[Parameter, ...]:
        """The parameters of what `name` stands for, in order.

        Raises:
            InputError: unknown name.
        """
        return parameters(self.entry(name).load())

    def create(self, name: str, **options: Any) -> T:
        """Build what `name` stands for, or return the one already built with these options."""
        entry = self.entry(name)
        argument = name.partition(":")[2]
        key = (name, tuple(sorted(options.items())))
        # A lock each: while one model is downloaded, others can be had.
        with self._lock:
            lock = self._locks.setdefault(key, RLock())
        with lock:
            if key not in self._made:
                factory = entry.load()
                given = (argument,) if argument else ()
                self._check(name, factory, given, options)
                made = factory(*given, **options)
                self._made[key] = cast("T", made)
            return self._made[key]

    def _check(
        self, name: str, factory: Callable[..., Any], given: tuple[str, ...], options: Any
    ) -> None:
        try:
            signature(factory).bind(*given, **options)
        except TypeError as error:
            raise InputError(
                f"The {self.kind} {name!r} cannot be made with {', '.join(options) or 'that'}:"
                f" {error}."
            ) from error

    def made(self) -> tuple[str, ...]:
        """Names of what has been built so far in this process."""
        return tuple(name for name, _ in list(self._made))
