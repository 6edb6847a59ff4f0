"""Names for interchangeable things; nothing is imported before it is asked for.

A name may carry an argument after a colon: "transformers:facebook/nllb-200-distilled-600M".
What other packages add stands beside what is built in (see `plugins`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import cache, cached_property, reduce
from importlib import import_module
from inspect import getdoc, signature
from threading import RLock
from typing import Any, Generic, TypeVar, cast

from xproj_core.domain.errors import InputError, PluginError
from xproj_core.domain.parameters import Parameter, parameters
from xproj_core.domain.plugins import Plugin, plugins

T = TypeVar("T")
_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered name.

    Attributes:
        where: "module:attribute" of a factory, or the thing itself.
        about: one line for the user; of a plugin, what it says of itself.
        argument: what may stand after the colon, "" if nothing may.
        package: of a plugin, the package that has it.
    """

    kind: str
    name: str
    where: object
    about: str = ""
    argument: str = ""
    package: str = ""

    def load(self) -> Any:
        """Import what it stands for.

        Raises:
            PluginError: it is a plugin and cannot be imported.
        """
        if not isinstance(self.where, str):
            return self.where
        module, _, attribute = self.where.partition(":")
        try:
            return reduce(getattr, filter(None, attribute.split(".")), import_module(module))
        except Exception as error:  # whatever another package's code raises
            if not self.package:
                raise
            raise PluginError(self.kind, self.name, self.package, error) from error

    @property
    def summary(self) -> str:
        """One line for the user: what it is, or why it cannot be loaded."""
        return self.about or self.problem or _line_about(self.load())

    @property
    def problem(self) -> str:
        """Why a plugin cannot be loaded; "" if it can. What is built in is not tried."""
        return _problem(self) if self.package else ""


class Registry(Generic[T]):
    """Entries of one kind; `create` builds each combination of name and options once."""

    def __init__(self, kind: str) -> None:
        """`kind` in the singular; plugins are the entry points of "xproj." and its plural."""
        self.kind = kind
        self._entries: dict[str, Entry] = {}
        self._aliases: dict[str, str] = {}
        self._made: dict[tuple[str, tuple[tuple[str, object], ...]], T] = {}
        self._locks: dict[Hashable, AbstractContextManager[bool]] = {}
        self._lock = RLock()

    def add(self, name: str, where: str | T, summary: str, argument: str = "") -> None:
        """Register `name`; `where` is "module:factory", or the thing itself."""
        self._entries[name] = Entry(self.kind, name, where, summary, argument)

    def alias(self, name: str, full: str) -> None:
        """Let `name` stand for the entry `full`, which is listed by `name` from now on.

        For names with a version: `name` is the current one's.
        """
        before = self._aliases.get(name)
        if before is not None:
            self._entries[before] = replace(self._entries[before], name=before)
        self._aliases[name] = full
        self._entries[full] = replace(self._entries[full], name=name)

    def __iter__(self) -> Iterator[Entry]:
        yield from self._entries.values()
        yield from (e for e in self._installed.values() if not self._own(e.name))

    def names(self) -> tuple[str, ...]:
        """All registered names, in the order of registration, plugins last."""
        return tuple(entry.name for entry in self)

    def usable(self) -> tuple[Entry, ...]:
        """All entries but the plugins that cannot be loaded; imports plugins."""
        return tuple(entry for entry in self if not entry.problem)

    def problems(self) -> tuple[str, ...]:
        """A sentence for each plugin that cannot be loaded, or is not used; imports plugins."""
        return (*self._refused, *(entry.problem for entry in self if entry.problem))

    def entry(self, name: str) -> Entry:
        """The entry for `name` (an argument after a colon is allowed).

        Raises:
            InputError: unknown name; the message lists the known ones.
        """
        full = self._full(name)
        entry = self._entries.get(full) or self._installed.get(full)
        if entry is None:
            known = ", ".join(f"{e.name}:{e.argument}" if e.argument else e.name for e in self)
            raise InputError(f"There is no {self.kind} called {name!r}. Choose one of: {known}.")
        return entry

    def usable_name(self, text: str) -> str:
        """The name, as listings have it, of what `text` names.

        Raises:
            InputError: unknown name.
            PluginError: it is a plugin and cannot be imported.
        """
        entry = self.entry(text)
        entry.load()
        return entry.name

    def parameters(self, name: str) -> tuple[Parameter, ...]:
        """The parameters of what `name` stands for, in order.

        Raises:
            InputError: unknown name.
            PluginError: it is a plugin and cannot be imported.
        """
        return parameters(self.entry(name).load())

    def create(self, name: str, **options: object) -> T:
        """Build what `name` stands for, or return the one already built with these options."""
        entry = self.entry(name)
        _, colon, argument = name.partition(":")
        key = (self._full(name) + colon + argument, tuple(sorted(options.items())))
        # A lock each: while one model is downloaded, others can be had.
        with self._lock:
            lock = self._locks.setdefault(key, RLock())
        with lock:
            if key not in self._made:
                factory = entry.load()
                if callable(factory):
                    arguments = (argument,) if argument else ()
                    self._check(name, factory, arguments, options)
                    factory = factory(*arguments, **options)
                self._made[key] = cast("T", factory)
            return self._made[key]

    def _check(
        self,
        name: str,
        factory: Callable[..., object],
        arguments: tuple[str, ...],
        options: Mapping[str, object],
    ) -> None:
        try:
            signature(factory).bind(*arguments, **options)
        except TypeError as error:
            raise InputError(
                f"The {self.kind} {name!r} cannot be made with {', '.join(options) or 'that'}:"
                f" {error}."
            ) from error

    def created_names(self) -> tuple[str, ...]:
        """Names of what has been built so far in this process."""
        return tuple(name for name, _ in list(self._made))

    def _full(self, name: str) -> str:
        """The name without its argument, with its version."""
        base = name.partition(":")[0]
        return self._aliases.get(base, base)

    def _own(self, name: str) -> bool:
        return name in self._entries or name in self._aliases

    @cached_property
    def _installed(self) -> dict[str, Entry]:
        """The plugins by name; of several with one name the first."""
        entries: dict[str, Entry] = {}
        for plugin in plugins(f"xproj.{self.kind}s"):
            if _NAME.fullmatch(plugin.name) and not self._own(plugin.name):
                entry = Entry(self.kind, plugin.name, plugin.where, package=plugin.package)
                entries.setdefault(plugin.name, entry)
        return entries

    @property
    def _refused(self) -> Iterator[str]:
        for plugin in plugins(f"xproj.{self.kind}s"):
            reason = self._reason_against(plugin)
            if reason:
                yield (
                    f"The {self.kind} {plugin.name!r} of the package {plugin.package} is not"
                    f" used: {reason}."
                )

    def _reason_against(self, plugin: Plugin) -> str:
        """Why a plugin is not used; "" if it is."""
        if self._own(plugin.name):
            return "XProj has one of that name"
        if plugin.name not in self._installed:
            return "a name is made of letters, digits, '.', '-' and '_'"
        first = self._installed[plugin.name].package
        return "" if first == plugin.package else f"the package {first} has one of that name"


@cache
def _problem(entry: Entry) -> str:
    try:
        entry.load()
    except PluginError as error:
        return str(error)
    return ""


def _line_about(component: object) -> str:
    """Its attribute `summary`, or the first line of its docstring without the full stop."""
    summary = getattr(component, "summary", None)
    if isinstance(summary, str):
        return summary
    return (getdoc(component) or "").partition("\n")[0].rstrip(".")
