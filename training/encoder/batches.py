"""Sentences as padded tensors, grouped by length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from tokenizers import Tokenizer

from training.encoder.pairs import LinkedPair
from training.ner_read import LABELS, Example

CLASSES = ("O", *(f"{p}-{label}" for label in LABELS for p in "BI"))
IGNORED = -100
"""The class of pieces that are not their word's first."""
MOST_PIECES = 110
"""In one training sentence; what follows is left out."""


@dataclass(frozen=True)
class TagBatch:
    """Padded piece ids, attention mask and class of each word's first piece."""

    ids: torch.Tensor
    mask: torch.Tensor
    targets: torch.Tensor


@dataclass(frozen=True)
class LinkBatch:
    """English sentences, then as many of other languages.

    Attributes:
        ids, mask: (2 * pairs, longest).
        links: (pairs, longest, longest), English pieces x other pieces, True where words link.
        valid: (pairs, longest, 2), True at pieces of words: English, other.
    """

    ids: torch.Tensor
    mask: torch.Tensor
    links: torch.Tensor
    valid: torch.Tensor


class Pieces:
    """Splits each word on its own, as the back ends do."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        ids = self._tokenizer.get_vocab()
        self.start, self.end, self.unknown, self.pad = (
            ids[piece] for piece in ("<s>", "</s>", "<unk>", "<pad>")
        )
        self._known: dict[str, list[int]] = {}

    def learn(self, sentences: Sequence[Sequence[str]]) -> None:
        """Splits all words not seen before."""
        new = list({w: None for words in sentences for w in words if w not in self._known})
        encoded = self._tokenizer.encode_batch(new, add_special_tokens=False)
        self._known.update((w, e.ids or [self.unknown]) for w, e in zip(new, encoded, strict=True))

    def of(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """Ids of a sentence and the word of each (-1 for the frame), cut to `MOST_PIECES`."""
        ids, owners = [self.start], [-1]
        for number, word in enumerate(words):
            piece_ids = self._known[word]
            if len(ids) + len(piece_ids) >= MOST_PIECES:
                break
            ids += piece_ids
            owners += [number] * len(piece_ids)
        return [*ids, self.end], [*owners, -1]


_Row = TypeVar("_Row")


def grouped(
    rows: Sequence[_Row], lengths: Sequence[int], most: int, rng: random.Random
) -> list[list[_Row]]:
    """Shuffled groups of rows of like length, at most `most` pieces each, padding included."""
    order = sorted(range(len(rows)), key=lambda i: (lengths[i], rng.random()))
    groups: list[list[_Row]] = [[]]
    for i in order:
        if groups[-1] and (len(groups[-1]) + 1) * lengths[i] > most:
            groups.append([])
        groups[-1].append(rows[i])
    rng.shuffle(groups)
    return groups


def tag_batches(
    examples: Sequence[Example], tokeniser: Pieces, most: int, rng: random.Random
) -> list[list[Example]]:
    """An epoch's sentences in groups; `tag_batch` makes tensors of one."""
    tokeniser.learn([e.words for e in examples])
    return grouped(examples, [len(tokeniser.of(e.words)[0]) for e in examples], most, rng)


def link_batches(
    pairs: Sequence[LinkedPair], tokeniser: Pieces, most: int, rng: random.Random
) -> list[list[LinkedPair]]:
    """Sentence pairs in groups; `link_batch` makes tensors of one."""
    tokeniser.learn([side for p in pairs for side in (p.english, p.other)])
    lengths = [2 * max(len(tokeniser.of(s)[0]) for s in (p.english, p.other)) for p in pairs]
    return grouped(pairs, lengths, most, rng)


def tag_batch(group: Sequence[Example], tokeniser: Pieces) -> TagBatch:
    """Tensors of some sentences."""
    split = [tokeniser.of(e.words) for e in group]
    ids, mask = padded([ids for ids, _ in split], tokeniser.pad)
    targets = torch.full(ids.shape, IGNORED)
    for row, (example, (_, owners)) in enumerate(zip(group, split, strict=True)):
        for place, word in first_pieces(owners):
            targets[row, place] = CLASSES.index(example.tags[word])
    return TagBatch(ids, mask, targets)


def link_batch(group: Sequence[LinkedPair], tokeniser: Pieces) -> LinkBatch:
    """Tensors of some sentence pairs."""
    left = [tokeniser.of(p.english) for p in group]
    right = [tokeniser.of(p.other) for p in group]
    ids, mask = padded([ids for ids, _ in (*left, *right)], tokeniser.pad)
    n = ids.shape[1]
    links = np.zeros((len(group), n, n), dtype=bool)
    valid = np.zeros((len(group), n, 2), dtype=bool)
    for row, pair in enumerate(group):
        words = np.zeros((len(pair.english) + 1, len(pair.other) + 1), dtype=bool)
        for i, j in pair.links:
            words[i, j] = True  # the frame's owner, -1, is the last row and column: no link
        a, b = np.array(left[row][1]), np.array(right[row][1])
        links[row, : len(a), : len(b)] = words[np.ix_(a, b)]
        valid[row, : len(a), 0], valid[row, : len(b), 1] = a >= 0, b >= 0
    return LinkBatch(ids, mask, torch.from_numpy(links), torch.from_numpy(valid))


def padded(rows: Sequence[Sequence[int]], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask of rows of unequal length."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def first_pieces(owners: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(place, word) of each word's first piece."""
    before = -1
    for place, word in enumerate(owners):
        if word >= 0 and word != before:
            yield place, word
        before = word
