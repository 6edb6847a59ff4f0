"""The translator: folders of tables, loaded a direction at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from threading import RLock

from xproj_core.domain import Alignment, Sentence, languages
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.mini import WEIGHTS
from xproj_core.mini.translator import array_archive
from xproj_core.mini.translator.array_archive import Array
from xproj_core.mini.translator.direction import Direction
from xproj_core.mini.translator.known_words import Vocabulary
from xproj_core.mini.translator.language_model import LanguageModel
from xproj_core.mini.translator.nouns import NounModel
from xproj_core.mini.translator.phrase_table import PhraseTable
from xproj_core.mini.translator.weights import Weights
from xproj_core.models.protocols import Translation

CONFIGURATION = "translator.json"
SHIPPED = WEIGHTS / "translator"
Key = tuple[str, str]


class Folder:
    """One folder of tables: word lists and language models by language, phrases by pair."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.settings: RawJson = json.loads((path / CONFIGURATION).read_text("utf-8"))
            self.weights = {
                tuple(name.split("-")): Weights.of(values)
                for name, values in self.settings["directions"].items()
            }
        except (OSError, ValueError, KeyError, AttributeError) as error:
            raise CheckpointError(
                f"{path} holds no translator ({error}). Give the folder that `xproj train` wrote;"
                f" it has a file {CONFIGURATION} in it."
            ) from error
        self._vocabularies: dict[str, Vocabulary] = {}
        self._models: dict[str, LanguageModel] = {}
        self._pairs: dict[str, dict[str, Array]] = {}
        self._reading: dict[Path, Future[dict[str, Array]]] = {}

    def prefetch(self, directions: Iterable[Key], pool: Executor) -> None:
        """Begin to read the files of `directions`: unpacking runs on all cores at once."""
        for source, target in directions:
            for path in (self._pair_file(source, target), self.path / f"{target}.lm.npz"):
                if path not in self._reading:
                    self._reading[path] = pool.submit(array_archive.load, path)

    def _pair_file(self, source: str, target: str) -> Path:
        forward = self.path / f"{source}-{target}.phrases.npz"
        return forward if forward.exists() else self.path / f"{target}-{source}.phrases.npz"

    def _arrays(self, path: Path) -> dict[str, Array]:
        begun = self._reading.pop(path, None)
        return begun.result() if begun else array_archive.load(path)

    def direction(self, source: str, target: str, weights: Weights | None = None) -> Direction:
        """Load what is needed to translate from `source` to `target`."""
        file = self._pair_file(source, target)
        pair = file.name.partition(".")[0]
        forward = pair == f"{source}-{target}"
        if pair not in self._pairs:
            self._pairs[pair] = self._arrays(file)
            table = PhraseTable(self._pairs[pair], forward)
        else:  # the second direction of a pair: the raw arrays are no longer needed
            table = PhraseTable(self._pairs.pop(pair), forward)
        return Direction(
            source,
            target,
            table,
            self._model(target),
            weights or self.weights[source, target],
            self._vocabulary(source),
            self._vocabulary(target),
            nouns=self._nouns(source),
        )

    def _nouns(self, language: str) -> NounModel | None:
        """This folder's model of names and nouns, else the shipped one, for most languages none."""
        files = (folder / f"{language}.nouns.npz" for folder in (self.path, SHIPPED))
        return next((NounModel.load(file) for file in files if file.is_file()), None)

    def _vocabulary(self, language: str) -> Vocabulary:
        if language not in self._vocabularies:
            words = array_archive.read_lines(self.path / f"{language}.words.xz")
            self._vocabularies[language] = Vocabulary(words)
        return self._vocabularies[language]

    def _model(self, language: str) -> LanguageModel:
        if language not in self._models:
            self._models[language] = LanguageModel(self._arrays(self.path / f"{language}.lm.npz"))
        return self._models[language]


class PhraseBasedTranslator:
    """Translates with the first folder that knows a direction."""

    def __init__(self, name: str, folders: Sequence[Path]) -> None:
        self._name = name
        self._folders = [Folder(path) for path in folders]
        self._loaded: dict[Key, Direction] = {}
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The name it was asked for by."""
        return self._name

    @property
    def directions(self) -> tuple[Key, ...]:
        """All (source, target) pairs, sorted."""
        return tuple(sorted({key for folder in self._folders for key in folder.weights}))

    def supports(self, source: str, target: str) -> bool:
        """True when `source` to `target` can be translated."""
        return self._folder(source, target) is not None

    def _folder(self, source: str, target: str) -> Folder | None:
        try:
            key = (languages.normalise(source), languages.normalise(target))
        except LanguageError:
            return None
        return next((f for f in self._folders if key in f.weights), None)

    def prefetch(self, directions: Iterable[Key]) -> None:
        """Begin to read what `directions` need, without waiting; unknown ones are left out."""
        pool = ThreadPoolExecutor()
        with self._lock:
            for key in directions:
                folder = self._folder(*key)
                if folder is not None and key not in self._loaded:
                    folder.prefetch([key], pool)
        pool.shutdown(wait=False)

    def direction(self, source: str, target: str) -> Direction:
        """The loaded direction.

        Raises:
            LanguageError: it is not among `directions`; the message lists what is.
        """
        folder = self._folder(source, target)
        if folder is None:
            known = sorted({s for s, t in self.directions})
            raise LanguageError(
                f"Mini cannot translate from {source} to {target}. It knows"
                f" {', '.join(known)} (not every pair of them). Teach it the pair with"
                " `xproj train`, or choose another translator."
            )
        key = (languages.normalise(source), languages.normalise(target))
        with self._lock:
            if key not in self._loaded:
                self._loaded[key] = folder.direction(*key)
            return self._loaded[key]

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """One translation per sentence, in order, each with the alignment it was made by.

        Raises:
            LanguageError: a sentence's language cannot be translated to `target`.
        """
        loaded = [self.direction(s.language, target) for s in sentences]
        return [
            Translation(*_pair(direction, sentence, self._name))
            for direction, sentence in zip(loaded, sentences, strict=True)
        ]


def _pair(
    direction: Direction, sentence: Sentence, name: str
) -> tuple[Sentence, str, Alignment | None]:
    translated, alignment = direction.translate(sentence)
    return translated, name, alignment
