"""The engines of this process: loaded once, shared by everybody who has the page open."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread

import streamlit as st

from xproj_core.engines import Engine
from xproj_core.errors import XProjError
from xproj_core.methods import Memo

DEFAULT = "mini"


def load_engine(name: str) -> Engine:
    """A preset, or parts joined by "|"."""
    from xproj_core import presets

    return presets.load_engine(name)


def title(name: str) -> str:
    """An engine's name for people."""
    from xproj_core.presets import PRESETS

    return PRESETS[name].title if name in PRESETS else name


class Shelf:
    """Engines by name; one is loaded at a time, and each only once.

    Attributes:
        memo: what all answers of the process remember.
    """

    def __init__(self, load: Callable[[str], Engine]) -> None:
        self._load = load
        self._engines: dict[str, Engine] = {}
        self._locks: dict[str, Lock] = {}
        self._guard = Lock()
        self.memo = Memo()

    def get(self, name: str) -> Engine:
        """The engine; loads it if nobody has.

        Raises:
            XProjError: it cannot be loaded; the message says what to do.
        """
        with self._guard:
            lock = self._locks.setdefault(name, Lock())
        with lock:
            if name not in self._engines:
                self._engines[name] = self._load(name)
            return self._engines[name]

    def loaded(self) -> tuple[str, ...]:
        """Names of the engines that are in memory."""
        return tuple(self._engines)

    def warm(self, name: str) -> None:
        """Begin to load `name` without waiting."""
        if name not in self._engines:
            Thread(target=self._quietly, args=(name,), daemon=True).start()

    def _quietly(self, name: str) -> None:
        # Whoever asks for the engine is told what went wrong.
        with suppress(XProjError):
            self.get(name)


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """The shelf of this process."""
    return Shelf(load_engine)
