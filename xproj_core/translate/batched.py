"""What translators on subwords have in common: cutting, batches of like length, order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import Generic, TypeVar

from xproj_core.domain import Sentence, languages
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import guarded
from xproj_core.models.device import in_batches
from xproj_core.models.language_codes import LanguageCodes
from xproj_core.models.protocols import Translation, Translator
from xproj_core.translate.truncation import CutText, bucket


def translate_each(
    translator: Translator, sentences: Sequence[Sentence], target: str
) -> list[Translation | XProjError]:
    """One translation or error per sentence; only a batch that fails is retried one by one.

    A translator that knows better has a `translate_each(sentences, target)` of its own.
    """
    own = getattr(translator, "translate_each", None)
    if own is not None:
        return list(own(sentences, target))
    return guarded(lambda some: translator.translate(some, target), list(sentences))


Unit = TypeVar("Unit", int, str)
"""A subword: its id or its text, as the model wants it."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Unit]):
    """One sentence on its way through the model."""

    place: int
    units: list[Unit]
    notes: tuple[str, ...]


class BatchedTranslator(ABC, Generic[Unit]):
    """One model; safe to call from several threads (one at a time computes).

    Results do not depend on what else is in the batch: the length an output may have is
    fixed by the sentence's own length alone.
    """

    def __init__(self, name: str, codes: LanguageCodes, *, batch_size: int, limit: int) -> None:
        """`limit` is the most subwords that a source sentence may have."""
        self._name, self.codes = name, codes
        self._batch_size, self._limit = batch_size, limit
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The checkpoint's id or folder."""
        return self._name

    def supports(self, source: str, target: str) -> bool:
        """True when the model translates `source` into `target`."""
        return self.codes.knows(source, target)

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """One translation per sentence, in order; truncation is said in its notes.

        Raises:
            LanguageError: a source language or the target is unknown to the model.
            EngineError: the model failed, or memory ran out on a single sentence.
        """
        for language in {s.language for s in sentences}:
            self.codes.check(language, target)
        done: dict[int, Translation] = {}
        with self._lock:
            for size, pieces in sorted(self._cut(sentences, target).items()):
                run = partial(self._run, target=target, size=size)
                outputs = in_batches(pieces, self._batch_size, run, self._name)
                for piece, units in zip(pieces, outputs, strict=True):
                    done[piece.place] = self._decode(piece, units, target, size)
        return [done[place] for place in range(len(sentences))]

    def _cut(self, sentences: Sequence[Sentence], target: str) -> dict[int, list[Piece[Unit]]]:
        """Sentences by rounded length, longest first in each group."""
        groups: dict[int, list[Piece[Unit]]] = {}
        prefix = self.codes.prefix(target)
        for place, sentence in enumerate(sentences):
            language = languages.normalise(sentence.language)
            cut = CutText.of(sentence, prefix, partial(self._count, language=language), self._limit)
            units = self._encode(cut.text, language)
            notes = (cut.note(self._name),) if cut.left_out else ()
            groups.setdefault(bucket(len(units)), []).append(Piece(place, units, notes))
        for pieces in groups.values():
            pieces.sort(key=lambda p: -len(p.units))
        return groups

    def _count(self, text: str, language: str) -> int:
        """How many subwords `text` has."""
        return len(self._encode(text, language))

    @abstractmethod
    def _encode(self, text: str, language: str) -> list[Unit]:
        """The subwords of a source text."""

    @abstractmethod
    def _run(self, batch: Sequence[Piece[Unit]], target: str, size: int) -> list[list[Unit]]:
        """The model's outputs for pieces of rounded length `size`."""

    @abstractmethod
    def _decode(self, piece: Piece[Unit], units: list[Unit], target: str, size: int) -> Translation:
        """An output as a translation."""
