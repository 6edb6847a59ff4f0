"""The encoder as a torch module: links from a middle layer, tags from the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import nn

from training.encoder.batches import CLASSES, IGNORED, LinkBatch, TagBatch

LINK_LAYER = 8
TEMPERATURE = 0.06
"""Of the softmax over cosines; lower makes training look at near misses only."""


class Encoder(nn.Module):
    """A BERT whose embeddings and lowest layers stay as they are, with a head for tags.

    What stays frozen keeps the words of languages that the training data lack comparable to
    those of languages that it has, and costs no gradient.
    """

    def __init__(self, bert: Any, frozen: int) -> None:
        super().__init__()
        self.bert = bert
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(bert.config.hidden_size, len(CLASSES))
        bert.embeddings.requires_grad_(False)
        for layer in bert.encoder.layer[:frozen]:
            layer.requires_grad_(False)

    @classmethod
    def load(cls, folder: Path, frozen: int) -> Encoder:
        """The encoder of a transformers folder, with a new head."""
        from transformers import BertModel

        return cls(BertModel.from_pretrained(str(folder), add_pooling_layer=False), frozen)

    def hidden(self, ids: torch.Tensor, mask: torch.Tensor, layer: int | None = None) -> Any:
        """(batch, length, size) output of a layer, by default of the last."""
        state = self.bert.embeddings(input_ids=ids)
        # 0 where there is a piece, far below every score where there is padding
        bias = (1.0 - mask[:, None, None, :].to(state.dtype)) * torch.finfo(state.dtype).min
        for block in self.bert.encoder.layer[:layer]:
            output = block(state, bias)
            state = output[0] if isinstance(output, tuple) else output
        return state

    def tag_loss(self, batch: TagBatch, smoothing: float) -> torch.Tensor:
        """Cross entropy at the first piece of every word."""
        scores = self.head(self.dropout(self.hidden(batch.ids, batch.mask)))
        return nn.functional.cross_entropy(
            scores.flatten(0, 1),
            batch.targets.flatten(),
            ignore_index=IGNORED,
            label_smoothing=smoothing,
        )

    def link_loss(self, batch: LinkBatch, layer: int = LINK_LAYER) -> torch.Tensor:
        """How improbable linked words are to choose each other by their cosines.

        English sentences are the first half of the batch, the others the second. A piece of a
        linked word may choose any piece of any of its partners.
        """
        vectors = nn.functional.normalize(self.hidden(batch.ids, batch.mask, layer), dim=-1)
        left, right = vectors.chunk(2)
        scores = left @ right.transpose(1, 2) / TEMPERATURE
        losses = [
            _choice_loss(scores.masked_fill(~batch.valid[:, None, :, 1], -1e4), batch.links),
            _choice_loss(
                scores.masked_fill(~batch.valid[:, :, None, 0], -1e4).transpose(1, 2),
                batch.links.transpose(1, 2),
            ),
        ]
        return (losses[0] + losses[1]) / 2


def _choice_loss(scores: torch.Tensor, links: torch.Tensor) -> torch.Tensor:
    """Mean over rows with a link of -log P(one of the linked columns)."""
    right = scores.masked_fill(~links, -1e4).logsumexp(-1) - scores.logsumexp(-1)
    return -right[links.any(-1)].mean()


def parameter_groups(model: Encoder, rate: float, decay: float) -> list[dict[str, Any]]:
    """Lower learning rates for lower layers (factor `decay` a layer); higher for the head."""
    n_layers = len(model.bert.encoder.layer)
    groups: list[dict[str, Any]] = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            layer = int(name.split(".layer.")[1].split(".")[0]) if ".layer." in name else None
            factor = 8.0 if layer is None else decay ** (n_layers - 1 - layer)
            weight_decay = 0.01 if parameter.ndim > 1 else 0.0
            groups.append(
                {"params": [parameter], "lr": rate * factor, "weight_decay": weight_decay}
            )
    return groups


def trainable(model: Encoder) -> dict[str, torch.Tensor]:
    """The weights that training changes, by name."""
    return {name: p.data for name, p in model.named_parameters() if p.requires_grad}


def set_weights(model: Encoder, weights: dict[str, torch.Tensor]) -> None:
    """The inverse of `trainable`."""
    own = trainable(model)
    if own.keys() != weights.keys():
        raise ValueError("these weights belong to an encoder with other layers frozen")
    for name, tensor in own.items():
        tensor.copy_(weights[name])


def average(averaged: dict[str, torch.Tensor], new: dict[str, torch.Tensor], keep: float) -> None:
    """Moves `averaged` towards `new`: an exponential moving average of the weights."""
    for name, tensor in averaged.items():
        tensor.lerp_(new[name], 1 - keep)
