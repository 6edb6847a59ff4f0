"""NLLB-200."""

from __future__ import annotations

import json
from pathlib import Path

from tests.checkpoints.m2m import m2m_config, many_lessons
from tests.checkpoints.making import save, seeded, teach
from tests.checkpoints.texts import NLLB_CODES, TEXTS


def make(folder: Path) -> Path:
    """NLLB-200: M2M-100 architecture, BPE tokeniser, FLORES-200 codes."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import M2M100ForConditionalGeneration, NllbTokenizer

    bpe = Tokenizer(models.BPE(unk_token="<unk>"))
    bpe.pre_tokenizer = pre_tokenizers.Metaspace()
    bpe.train_from_iterator(
        TEXTS,
        trainers.BpeTrainer(
            vocab_size=220,
            special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
            show_progress=False,
        ),
    )
    parts = json.loads(bpe.to_str())["model"]
    tokenizer = NllbTokenizer(
        vocab=parts["vocab"],
        merges=[tuple(m) for m in parts["merges"]],
        additional_special_tokens=list(NLLB_CODES),
        model_max_length=64,
    )
    seeded()
    model = M2M100ForConditionalGeneration(m2m_config(len(tokenizer)))
    codes = {"en": "eng_Latn", "sw": "swh_Latn", "de": "deu_Latn"}
    teach(model, many_lessons(tokenizer, codes))
    return save(model, tokenizer, folder)
