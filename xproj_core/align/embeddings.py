"""Contextual subword vectors of whole batches of sentences, from one layer of any encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.align import layers
from xproj_core.domain import Sentence
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.errors import InputError
from xproj_core.models import checkpoints
from xproj_core.models.device import Device
from xproj_core.models.subwords import Pieces, padded
from xproj_core.models.windows import through

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True, slots=True)
class Embedded:
    """One sentence's vectors.

    Attributes:
        vectors: (n_subwords, size).
        words: (n_subwords,), the index of the token each subword belongs to; every token
            has at least one.
    """

    vectors: Matrix[np.float32]
    words: Vector[np.intp]

    def pooled(self) -> Matrix[np.float32]:
        """(n_tokens, size): the mean over each token's subwords."""
        starts = np.flatnonzero(np.diff(self.words, prepend=-1))
        counts = np.diff(np.append(starts, len(self.words)))
        sums = np.add.reduceat(self.vectors, starts, axis=0)
        return (sums / counts[:, None]).astype(np.float32)


class Encoder:
    """An encoder cut off above the layer in use; sentences in, subword vectors out.

    Sentences longer than the encoder takes are read in overlapping windows: none is
    truncated. Safe to call from several threads (one at a time computes).
    """

    def __init__(
        self,
        name: str,
        model: nn.Module,
        pieces: Pieces,
        pad: int | None,
        where: Device,
        *,
        n_layers: int,
        layer: int,
        limit: int,
    ) -> None:
        self.name, self.device, self.layer = name, where, min(layer, n_layers)
        self._model, self._pieces, self._pad, self._limit = model, pieces, pad, limit
        self._forward = layers.cut(model, n_layers, self.layer)
        self._lock = RLock()

    def embed(self, sentences: Sequence[Sentence], batch_size: int) -> list[Embedded]:
        """The vectors of each sentence, in order; equal sentences are computed once.

        Raises:
            InputError: a sentence without tokens.
            EngineError: out of memory on a single sentence.
        """
        if any(len(s) == 0 for s in sentences):
            raise InputError("A sentence without words cannot be aligned. Type at least one word.")
        keys = [(s.tokens, self._pieces.language(s.language)) for s in sentences]
        unique = list(dict.fromkeys(keys))
        with self._lock:
            self._pieces.learn([tokens for tokens, _ in unique])
            split = [self._pieces.of(tokens) for tokens, _ in unique]
            frames = [self._pieces.frame(language) for _, language in unique]
            vectors = through(
                [
                    (before, ids, after)
                    for (ids, _), (before, after) in zip(split, frames, strict=True)
                ],
                self._limit,
                batch_size,
                self._run,
                self.name,
                self.device.most_cells,
            )
        embeddings_by_key = {
            key: Embedded(v, words)
            for key, v, (_, words) in zip(unique, vectors, split, strict=True)
        }
        return [embeddings_by_key[key] for key in keys]

    def _run(self, batch: Sequence[list[int]]) -> list[Matrix[np.float32]]:
        """One forward pass up to the layer in use."""
        import torch

        ids, mask = padded(batch, self._pad, self.device.name)
        with torch.inference_mode():
            hidden = self._forward(self._model, ids, mask, self.layer)
        states = hidden.float().cpu().numpy()
        return [states[k, : len(row)] for k, row in enumerate(batch)]


def load(id_or_folder: str, layer: int, where: Device) -> Encoder:
    """The encoder of a hub id or folder; a seq2seq model's encoder half.

    Args:
        layer: the layer whose output is used, counted from 1; clipped to the deepest.

    Raises:
        CheckpointError, EngineError: as `checkpoints.load_model`.
    """
    config = checkpoints.load_config(id_or_folder)
    pieces, tokenizer = Pieces.load(id_or_folder, config.model_type)
    # Translators are saved with their output layer; Marian's positions load only with it.
    kind = "AutoModelForSeq2SeqLM" if config.is_encoder_decoder else "AutoModel"
    model = checkpoints.load_model(kind, id_or_folder, where)
    return Encoder(
        id_or_folder,
        model.get_encoder() if config.is_encoder_decoder else model,
        pieces,
        tokenizer.pad_token_id,
        where,
        n_layers=layers.depth(config),
        layer=layer,
        limit=checkpoints.input_limit(tokenizer, config),
    )
