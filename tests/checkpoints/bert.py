"""Multilingual BERT."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.checkpoints.making import save, seeded
from tests.checkpoints.texts import WORDS


def _word_piece_tokenizer() -> Any:
    from transformers import BertTokenizerFast

    letters = sorted({c for w in WORDS for c in w})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    pieces += [*sorted({w[:3] for w in WORDS if len(w) > 2}), "the", "##ing", "##er", "##an"]
    vocab = {p: i for i, p in enumerate(dict.fromkeys(pieces))}
    return BertTokenizerFast(vocab=vocab, do_lower_case=False, model_max_length=64)


def make(folder: Path, *, layers: int = 4) -> Path:
    """Multilingual BERT's architecture and WordPiece tokeniser."""
    from transformers import BertConfig, BertModel

    tokenizer = _word_piece_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
        initializer_range=0.6,
    )
    seeded()
    return save(BertModel(config), tokenizer, folder)
