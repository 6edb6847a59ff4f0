"""Translators from CTranslate2 folders (converted NLLB, M2M-100, OPUS-MT): no torch needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

from xproj_core import languages
from xproj_core.device import in_batches
from xproj_core.domain import Sentence
from xproj_core.engines import Translation
from xproj_core.errors import CheckpointError, EngineError, NotInstalledError
from xproj_core.translate.ct2_subwords import Subwords, of_folder
from xproj_core.translate.subwords import CutText, as_translation, bucket, output_limit

_END = "</s>"


@dataclass(frozen=True, slots=True)
class _Piece:
    place: int
    tokens: list[str]
    notes: tuple[str, ...]


class Ct2Translator:
    """One converted model; safe to call from several threads (one at a time computes)."""

    def __init__(
        self,
        name: str,
        model: Any,
        subwords: Subwords,
        *,
        batch_size: int,
        beam: int,
        max_length: int,
    ) -> None:
        self._name, self._model, self._subwords = name, model, subwords
        self.codes = subwords.codes
        self._batch_size, self._beam, self._limit = batch_size, beam, max_length
        self._language_tokens = frozenset(t for t in self.codes.targets.values() if t)
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The folder."""
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
            for size, pieces in self._encode(sentences, target).items():
                run = partial(self._run, target=target, size=size)
                outputs = in_batches(pieces, self._batch_size, run, self._name)
                for piece, tokens in zip(pieces, outputs, strict=True):
                    done[piece.place] = self._decode(piece, tokens, target)
        return [done[place] for place in range(len(sentences))]

    def _encode(self, sentences: Sequence[Sentence], target: str) -> dict[int, list[_Piece]]:
        """Sentences by rounded length, longest first in each group."""
        groups: dict[int, list[_Piece]] = {}
        prefix = self.codes.prefix(target)
        for place, sentence in enumerate(sentences):
            language = languages.normalise(sentence.language)
            count = partial(self._count, language=language)
            cut = CutText.of(sentence, prefix, count, self._limit)
            tokens = self._subwords.encode(cut.text, language)
            notes = (cut.note(self._name),) if cut.left_out else ()
            groups.setdefault(bucket(len(tokens)), []).append(_Piece(place, tokens, notes))
        for pieces in groups.values():
            pieces.sort(key=lambda p: -len(p.tokens))
        return groups

    def _count(self, text: str, language: str) -> int:
        return len(self._subwords.encode(text, language))

    def _run(self, batch: Sequence[_Piece], target: str, size: int) -> list[list[str]]:
        first = self.codes.first(target)
        try:
            results = self._model.translate_batch(
                [p.tokens for p in batch],
                target_prefix=None if first is None else [[first]] * len(batch),
                beam_size=self._beam,
                max_batch_size=self._batch_size,
                max_input_length=0,  # 0: CTranslate2 itself cuts nothing off
                max_decoding_length=output_limit(size, self._limit),
                return_end_token=True,
            )
        except (ValueError, KeyError) as error:
            raise EngineError(
                f"{self._name} could not translate: {error}. Check that the tokeniser files in"
                " the folder belong to this model."
            ) from error
        return [list(r.hypotheses[0]) for r in results]

    def _decode(self, piece: _Piece, tokens: list[str], target: str) -> Translation:
        words = [t for t in tokens if t not in self._language_tokens and t != _END]
        text = self._subwords.decode(words).strip()
        complete = tokens[-1:] == [_END]
        return as_translation(text, target, self._name, piece.notes, complete=complete)


def load(
    folder: str,
    *,
    device: str | None = None,
    batch_size: int = 32,
    beam: int = 4,
    max_length: int | None = None,
    compute_type: str = "default",
) -> Ct2Translator:
    """A translator from a folder that a CTranslate2 converter wrote, tokeniser files included.

    Args:
        device: "cpu", "cuda", "cuda:1"; None for CUDA where there is one.
        compute_type: CTranslate2's number format ("default" keeps the saved one, "int8",
            "bfloat16", ...).
        batch_size, beam, max_length: as in `seq2seq.load`.

    Raises:
        NotInstalledError: ctranslate2 is missing.
        CheckpointError: not such a folder, or one without a tokeniser.
        LanguageError: its languages cannot be told.
    """
    path = Path(folder).expanduser()
    _check(path)
    subwords = of_folder(path)
    model = _open(path, device, compute_type)
    limit = min(subwords.limit, max_length or subwords.limit)
    return Ct2Translator(
        folder, model, subwords, batch_size=batch_size, beam=beam, max_length=limit
    )


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise CheckpointError(
            f"There is no folder {folder}. Give the folder that ct2-transformers-converter wrote."
        )
    if not (folder / "model.bin").is_file():
        raise CheckpointError(
            f"The folder {folder} is no CTranslate2 model: it lacks model.bin. Convert a"
            " transformers checkpoint with ct2-transformers-converter, or load it with the"
            " transformers engine."
        )


def _open(folder: Path, device: str | None, compute_type: str) -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        raise NotInstalledError("A CTranslate2 translator", "ctranslate2") from error
    if device is None:
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    kind, _, number = device.partition(":")
    try:
        return ctranslate2.Translator(
            str(folder), device=kind, device_index=int(number or 0), compute_type=compute_type
        )
    except (RuntimeError, ValueError) as error:
        raise CheckpointError(
            f"{folder} could not be opened on {device}: {' '.join(str(error).split())}. Convert"
            " the model again with the installed CTranslate2, or choose another device or number"
            " format."
        ) from error
