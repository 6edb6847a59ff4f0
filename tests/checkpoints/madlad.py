"""MADLAD-400."""

from __future__ import annotations

from pathlib import Path

from tests.checkpoints.making import pieces_of, save, seeded, sentencepiece_model, teach
from tests.checkpoints.texts import LESSONS


def make(folder: Path) -> Path:
    """MADLAD-400: T5 1.1 with "<2xx>" tokens in its vocabulary."""
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    symbols = ("<2en>", "<2de>", "<2sw>", "<2fr>", "<2zh_Hant>")
    spm = sentencepiece_model(folder, "spm", symbols=symbols)
    pieces = [p for p in pieces_of(spm) if p not in {"<unk>", "<s>", "</s>"}]
    spm.unlink()
    vocab = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocab += [(p, 0.0 if p in symbols else -float(i)) for i, p in enumerate(pieces)]
    tokenizer = T5Tokenizer(
        vocab=vocab, extra_ids=0, additional_special_tokens=list(symbols), model_max_length=64
    )
    config = T5Config(
        vocab_size=len(tokenizer),
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=3,
        num_decoder_layers=2,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        decoder_start_token_id=0,
        tie_word_embeddings=False,
    )
    seeded()
    model = T5ForConditionalGeneration(config)
    examples = []
    for language in ("de", "sw"):
        for lesson in LESSONS:
            taught = tokenizer(f"<2{language}> {lesson['en']}", text_target=lesson[language])
            examples.append((taught["input_ids"], taught["labels"]))
    teach(model, examples)
    return save(model, tokenizer, folder)
