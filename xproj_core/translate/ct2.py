"""Translators from CTranslate2 folders (converted NLLB, M2M-100, OPUS-MT): no torch needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.domain.errors import CheckpointError, EngineError, NotInstalledError
from xproj_core.models.protocols import Translation
from xproj_core.translate.batched import BatchedTranslator, Piece
from xproj_core.translate.ct2_subwords import Subwords, of_folder
from xproj_core.translate.truncation import as_translation, output_limit

if TYPE_CHECKING:
    import ctranslate2

_END = "</s>"


class Ct2Translator(BatchedTranslator[str]):
    """One converted model."""

    def __init__(
        self,
        name: str,
        model: ctranslate2.Translator,
        subwords: Subwords,
        *,
        batch_size: int,
        beam: int,
        max_length: int,
    ) -> None:
        super().__init__(name, subwords.codes, batch_size=batch_size, limit=max_length)
        self._model, self._subwords, self._beam = model, subwords, beam
        self._language_tokens = frozenset(t for t in self.codes.targets.values() if t)

    def _encode(self, text: str, language: str) -> list[str]:
        return self._subwords.encode(text, language)

    def _run(self, batch: Sequence[Piece[str]], target: str, size: int) -> list[list[str]]:
        first = self.codes.first(target)
        try:
            results = self._model.translate_batch(
                [p.units for p in batch],
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

    def _decode(self, piece: Piece[str], units: list[str], target: str, size: int) -> Translation:
        words = [t for t in units if t not in self._language_tokens and t != _END]
        text = self._subwords.decode(words).strip()
        complete = units[-1:] == [_END]
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


def _open(folder: Path, device: str | None, compute_type: str) -> ctranslate2.Translator:
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
