"""The architecture of M2M-100 and NLLB, and what is taught to both."""

from __future__ import annotations

from typing import Any

from tests.checkpoints.texts import LESSONS


def m2m_config(vocab_size: int) -> Any:
    from transformers import M2M100Config

    return M2M100Config(
        vocab_size=vocab_size,
        d_model=32,
        encoder_layers=3,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        max_position_embeddings=64,
        init_std=0.1,
    )


def many_lessons(tokenizer: Any, codes: dict[str, str]) -> list[tuple[list[int], list[int]]]:
    """From English into Swahili and German."""
    examples = []
    for source, target in (("en", "sw"), ("en", "de")):
        tokenizer.src_lang, tokenizer.tgt_lang = codes[source], codes[target]
        for lesson in LESSONS:
            taught = tokenizer(lesson[source], text_target=lesson[target])
            examples.append((taught["input_ids"], taught["labels"]))
    return examples
