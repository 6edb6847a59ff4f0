"""M2M-100."""

from __future__ import annotations

import json
from pathlib import Path

from tests.checkpoints.m2m import m2m_config, many_lessons
from tests.checkpoints.making import pieces_of, save, seeded, sentencepiece_model, teach


def make(folder: Path) -> Path:
    """M2M-100: SentencePiece tokeniser, "__xx__" codes after the vocabulary."""
    from transformers import M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    pieces = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces += [p for p in pieces_of(spm) if p not in pieces]
    vocab = folder / "pieces.json"
    vocab.write_text(json.dumps({p: i for i, p in enumerate(pieces)}), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(vocab), str(spm), model_max_length=64)
    seeded()
    size = len(pieces) + 100 + 8  # the 100 languages and 8 made-up words of the original
    model = M2M100ForConditionalGeneration(m2m_config(size))
    teach(model, many_lessons(tokenizer, {"en": "en", "sw": "sw", "de": "de"}))
    saved = save(model, tokenizer, folder)
    spm.unlink()
    vocab.unlink()
    return saved
