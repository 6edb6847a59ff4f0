"""Tokens to subwords, token by token, with any transformers tokeniser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import LanguageError
from xproj_core.models import checkpoints, language_codes
from xproj_core.models.language_codes import LanguageCodes

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

# Byte-level BPE tells a word after a space from one without.
_BYTE_LEVEL = frozenset({"roberta", "longformer", "bart", "modernbert", "deberta"})
_MOST_KNOWN = 200_000  # tokens remembered; a dataset of any length takes no more memory


class Pieces:
    """Splits each token on its own, as SimAlign, AWESoME and taggers' training do.

    Not safe for concurrent use: the caller holds the model's lock.
    """

    def __init__(self, name: str, tokenizer: PreTrainedTokenizerBase) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self._frames: dict[str | None, tuple[list[int], list[int]]] = {}
        self._codes = _codes(name, tokenizer)

    @classmethod
    def load(cls, id_or_folder: str, model_type: str) -> tuple[Pieces, PreTrainedTokenizerBase]:
        """The pieces of a hub id or folder, and its tokeniser.

        Raises:
            CheckpointError, EngineError: as `checkpoints.load_tokenizer`.
        """
        options = {"add_prefix_space": True} if model_type in _BYTE_LEVEL else {}
        tokenizer = checkpoints.load_tokenizer(id_or_folder, **options)
        return cls(id_or_folder, tokenizer), tokenizer

    def learn(self, texts: Sequence[Sequence[str]]) -> None:
        """Split every token not seen before, in one call of the tokeniser."""
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        new = list({w: None for tokens in texts for w in tokens if w not in self._known})
        if not new:
            return
        encoded = self._tokenizer(new, add_special_tokens=False, verbose=False)["input_ids"]
        unknown = [self._tokenizer.unk_token_id or 0]
        self._known.update((w, list(ids) or unknown) for w, ids in zip(new, encoded, strict=True))

    def of(self, tokens: Sequence[str]) -> tuple[list[int], Vector[np.intp]]:
        """Subword ids of tokens already learnt, and the token's index of each; none is empty."""
        ids = [i for token in tokens for i in self._known[token]]
        counts = [len(self._known[token]) for token in tokens]
        return ids, np.repeat(np.arange(len(tokens)), counts)

    def language(self, language: str) -> str | None:
        """The code the tokeniser marks a language with (translators' encoders), else None."""
        if self._codes is None:
            return None
        try:
            return self._codes.source(language)
        except LanguageError:
            return None

    def frame(self, language: str | None) -> tuple[list[int], list[int]]:
        """The special tokens before and after a sentence."""
        if language not in self._frames:
            if language is not None:
                self._tokenizer.src_lang = language
            bare = list(self._tokenizer("a", add_special_tokens=False)["input_ids"])
            full = list(self._tokenizer("a")["input_ids"])
            places = range(len(full) - len(bare) + 1)
            at = next((k for k in places if full[k : k + len(bare)] == bare), 0)
            self._frames[language] = (full[:at], full[at + len(bare) :])
        return self._frames[language]


def _codes(name: str, tokenizer: PreTrainedTokenizerBase) -> LanguageCodes | None:
    if not hasattr(tokenizer, "src_lang"):
        return None
    try:
        return language_codes.of_checkpoint(name, language_codes.vocabulary(tokenizer))
    except LanguageError:
        return None


def padded(batch: Sequence[list[int]], pad: int | None, device: str) -> tuple[Tensor, Tensor]:
    """(ids, attention mask) tensors of a batch on `device`."""
    import torch

    longest = max(map(len, batch))
    ids = torch.tensor([[*row, *[pad or 0] * (longest - len(row))] for row in batch])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in batch])
    return ids.to(device), mask.to(device)
