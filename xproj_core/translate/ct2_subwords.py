"""Texts to subwords and back for CTranslate2 folders, with whatever tokeniser lies beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xproj_core.domain.errors import CheckpointError, NotInstalledError
from xproj_core.models import checkpoints, language_codes
from xproj_core.models.language_codes import LanguageCodes

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_SOURCE_MODELS = ("source.spm", "sentencepiece.bpe.model", "sentencepiece.model", "spiece.model")
_TARGET_MODELS = ("target.spm", *_SOURCE_MODELS[1:])
_VOCABULARIES = ("shared_vocabulary", "source_vocabulary", "target_vocabulary")


class Subwords(Protocol):
    """A translation model's way of cutting text up."""

    codes: LanguageCodes
    limit: int

    def encode(self, text: str, language: str) -> list[str]:
        """The text's subwords, special tokens included."""
        ...

    def decode(self, tokens: Sequence[str]) -> str:
        """The text of an output's subwords."""
        ...


class TransformersSubwords:
    """The tokeniser of the transformers checkpoint that the folder was converted from."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = checkpoints.explained(str(folder), lambda: _auto(folder))
        self.codes = language_codes.of_checkpoint(
            str(folder),
            language_codes.vocabulary(self._tokenizer),
            source=getattr(self._tokenizer, "source_lang", None),
            target=getattr(self._tokenizer, "target_lang", None),
        )
        self.limit = _limit(self._tokenizer.model_max_length)

    def encode(self, text: str, language: str) -> list[str]:
        if self.codes.forced:
            self._tokenizer.src_lang = self.codes.source(language)
        ids = self._tokenizer(text, verbose=False)["input_ids"]
        return list(self._tokenizer.convert_ids_to_tokens(ids))

    def decode(self, tokens: Sequence[str]) -> str:
        ids = self._tokenizer.convert_tokens_to_ids(list(tokens))
        return str(self._tokenizer.decode(ids, skip_special_tokens=True))


class SentencePieceSubwords:
    """Bare SentencePiece models, as older OPUS-MT and NLLB conversions have them."""

    def __init__(self, folder: Path) -> None:
        try:
            import sentencepiece
        except ImportError as error:
            raise NotInstalledError("This CTranslate2 model", "sentencepiece") from error
        source, target = _first(folder, _SOURCE_MODELS), _first(folder, _TARGET_MODELS)
        if source is None or target is None:
            raise CheckpointError(
                f"The CTranslate2 folder {folder} has no tokeniser. Copy the original model's"
                " tokenizer_config.json and tokenizer.json (or its .spm / sentencepiece files)"
                " into it; ct2-transformers-converter does so with --copy_files."
            )
        self._source, self._target = (
            sentencepiece.SentencePieceProcessor(model_file=str(f)) for f in (source, target)
        )
        self.codes = language_codes.of_checkpoint(str(folder), _vocabulary(folder))
        self.limit = 512

    def encode(self, text: str, language: str) -> list[str]:
        prefix, rest = [], text
        if not self.codes.forced and text.startswith((">>", "<2")):
            first, _, rest = text.partition(" ")
            prefix = [first]
        elif self.codes.forced:
            code = self.codes.source(language)
            prefix = [self.codes.targets.get(language, code)]
        return [*prefix, *self._source.encode(rest, out_type=str), "</s>"]

    def decode(self, tokens: Sequence[str]) -> str:
        return str(self._target.decode_pieces(list(tokens)))


def of_folder(folder: Path) -> Subwords:
    """The tokeniser of a CTranslate2 folder.

    Raises:
        CheckpointError: there is none; the message says which files to copy.
        LanguageError: its languages cannot be told.
    """
    if any((folder / f).is_file() for f in ("tokenizer_config.json", "tokenizer.json")):
        return TransformersSubwords(folder)
    return SentencePieceSubwords(folder)


def _auto(folder: Path) -> PreTrainedTokenizerBase:
    transformers = checkpoints.import_transformers()
    return transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=False)


def _limit(stated: object) -> int:
    return stated if isinstance(stated, int) and 0 < stated < 1_000_000 else 512


def _first(folder: Path, names: Sequence[str]) -> Path | None:
    return next((folder / n for n in names if (folder / n).is_file()), None)


def _vocabulary(folder: Path) -> set[str]:
    tokens: set[str] = set()
    for name in _VOCABULARIES:
        as_json, as_text = folder / f"{name}.json", folder / f"{name}.txt"
        if as_json.is_file():
            tokens.update(json.loads(as_json.read_text(encoding="utf-8")))
        elif as_text.is_file():
            tokens.update(as_text.read_text(encoding="utf-8").split("\n"))
    return tokens
