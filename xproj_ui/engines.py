"""The engines of this process: loaded once, shared by everybody who has the page open."""

from __future__ import annotations

import gc
import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import combinations
from pathlib import Path
from threading import Lock, Thread

import streamlit as st

from xproj_core.answers.one_sentence import Question
from xproj_core.domain import Sentence
from xproj_core.domain.errors import EngineError, XProjError
from xproj_core.learn.teaching_job import taught_folders
from xproj_core.methods import Memo
from xproj_core.models.protocols import Engine
from xproj_ui import resources

_guard = Lock()
_known = 0


def freeze_loaded_modules() -> None:
    """Exempt all that is in memory now from later searches, if modules were loaded since.

    What is exempt is still freed once nothing refers to it, except where it refers to itself.
    Only so much is ever kept for that reason: this is done again a few dozen times at most, as
    there are only so many modules.
    """
    global _known
    with _guard:
        if len(sys.modules) == _known:
            return
        _known = len(sys.modules)
        gc.freeze()


_LOG = logging.getLogger(__name__)
DEFAULT = "mini"
_REST = 6.0  # seconds


def load_engine(name: str) -> Engine:
    """A preset, or parts joined by "|"."""
    from xproj_core.engines import presets

    return presets.load_engine(name)


def title(name: str) -> str:
    """An engine's name for people."""
    from xproj_core.engines.presets import engine_title

    return engine_title(name)


def taught_name(folder: Path) -> str:
    """The engine name of Mini with what was taught into `folder`."""
    return f"mini:{folder}"


class Shelf:
    """Engines by name. Their parts are kept by the registries, which load each only once.

    Args:
        load: gives an engine.
        taught: names that can be chosen besides the presets.

    Attributes:
        memo: what all answers of the process remember.
    """

    def __init__(self, load: Callable[[str], Engine], taught: Callable[[], Sequence[str]]) -> None:
        self._load, self.offered = load, taught
        self._names: dict[str, None] = {}
        self.memo = Memo()

    def get(self, name: str) -> Engine:
        """The engine; loads what nobody has loaded.

        Raises:
            XProjError: it cannot be loaded; the message says what to do.
        """
        engine = self._loaded(name)
        self._names[name] = None
        return engine

    def _loaded(self, name: str) -> Engine:
        try:
            return self._load(name)
        except XProjError:
            raise
        except Exception as error:
            _LOG.exception("the engine %r could not be loaded", name)
            raise EngineError(
                f"The engine {title(name)} could not be loaded, through a fault of the program."
                " Choose another engine; the terminal has the details."
            ) from error

    def loaded(self) -> tuple[str, ...]:
        """Names of the engines that are in memory."""
        return tuple(self._names)

    def warm(self, name: str, question: Question) -> None:
        """Begin to load `name` without waiting, and what an answer to `question` needs of it."""
        if name not in self._names:
            Thread(target=self._quietly, args=(name, question), daemon=True).start()

    def _quietly(self, name: str, question: Question) -> None:
        # Whoever asks the engine for an answer is told what went wrong.
        with suppress(Exception):
            _prefetch(self.get(name), question)
        freeze_loaded_modules()


def _prefetch(engine: Engine, question: Question) -> None:
    """Read the files that the first page needs: the translator's on other cores meanwhile."""
    source, target, pivot = question.source, question.target, question.pivot or question.source
    machine = getattr(engine.translator, "fallback", engine.translator)
    if hasattr(machine, "prefetch"):
        machine.prefetch([(target, source), (target, pivot), (pivot, source), (source, target)])
    words = [Sentence(("Paris",), code) for code in (source, target, pivot)]
    engine.aligner.align([(a, b) for a, b in combinations(words, 2) if a.language != b.language])
    if hasattr(machine, "prefetch"):
        # Romanisation takes seconds to load; have it there before the first Arabic sentence,
        # but not while the first page is being made.
        time.sleep(_REST)
        engine.aligner.align([(Sentence(("Париж",), "ru"), words[0])])


def _taught() -> list[str]:
    return [taught_name(folder) for folder in taught_folders(resources.taught_folder())]


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """The shelf of this process."""
    return Shelf(load_engine, _taught)
