"""Cuts a vocabulary to the pieces that are needed, without changing how text is split.

The tokeniser looks for the most probable pieces of a word. Taking away pieces that a text does
not use takes away splits that lost anyway, so the text is split as before. Text that did use them
falls back on shorter pieces, in the end on single characters, which are all kept.
"""

from __future__ import annotations

import copy
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

_WORDS = "embeddings.word_embeddings.weight"
_BLANK = "▁"

Settings = dict[str, Any]
"""The contents of a tokenizer.json with a unigram model."""


def pieces_of(sentences: Iterable[Sequence[str]], tokenizer: Tokenizer) -> Counter[int]:
    """How often each piece occurs, each word being split alone as the back ends do."""
    words = Counter(word for sentence in sentences for word in sentence)
    counts: Counter[int] = Counter()
    distinct = list(words)
    for start in range(0, len(distinct), 50_000):
        part = distinct[start : start + 50_000]
        split = tokenizer.encode_batch(part, add_special_tokens=False)
        for word, encoding in zip(part, split, strict=True):
            for piece in encoding.ids:
                counts[piece] += words[word]
    return counts


def choose(settings: Settings, counts: Counter[int], size: int) -> list[int]:
    """Ids of the `size` pieces to keep, sorted.

    Special pieces and single characters; then the most probable ones, half by `counts` and half
    by the original vocabulary, which was learnt from text in a hundred languages.
    """
    vocabulary = settings["model"]["vocab"]
    special = {token["id"] for token in settings["added_tokens"]}
    piece_ids = special | {
        i for i, (piece, _) in enumerate(vocabulary) if len(piece.strip(_BLANK)) <= 1
    }
    total = max(1, counts.total())
    rest = sorted(
        set(range(len(vocabulary))) - piece_ids,
        key=lambda i: (-(counts[i] / total + math.exp(vocabulary[i][1])), i),
    )
    return sorted(piece_ids | set(rest[: max(0, size - len(piece_ids))]))


def cut_settings(settings: Settings, piece_ids: Sequence[int]) -> Settings:
    """The tokeniser of the pieces `piece_ids`, numbered anew in their order."""
    new = {old: i for i, old in enumerate(piece_ids)}
    cut = copy.deepcopy(settings)
    model = cut["model"]
    model["vocab"] = [settings["model"]["vocab"][i] for i in piece_ids]
    model["unk_id"] = new[model["unk_id"]]
    for token in cut["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in cut["post_processor"]["special_tokens"].values():
        token["ids"] = [new[i] for i in token["ids"]]
    return cut


def cut_folder(start: Path, piece_ids: Sequence[int], n_layers: int, output: Path) -> None:
    """The encoder in `start` with the pieces `piece_ids` and the lowest `n_layers`, as a folder."""
    tensors = {
        name: tensor
        for name, tensor in load_file(start / "model.safetensors").items()
        if ".layer." not in name or int(name.split(".layer.")[1].split(".")[0]) < n_layers
    }
    tensors[_WORDS] = tensors[_WORDS][torch.tensor(piece_ids)].clone()
    config = json.loads((start / "config.json").read_text("utf-8"))
    config.update(vocab_size=len(piece_ids), num_hidden_layers=n_layers)
    config["pad_token_id"] = piece_ids.index(config["pad_token_id"])
    output.mkdir(parents=True, exist_ok=True)
    save_file(tensors, output / "model.safetensors", metadata={"format": "pt"})
    (output / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
    settings = cut_settings(read_settings(start), piece_ids)
    (output / "tokenizer.json").write_text(
        json.dumps(settings, ensure_ascii=False), encoding="utf-8"
    )
    names = (start / "tokenizer_config.json").read_text("utf-8")
    (output / "tokenizer_config.json").write_text(names, encoding="utf-8")


def read_settings(folder: Path) -> Settings:
    """The tokenizer.json of a folder."""
    settings: Settings = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    return settings
