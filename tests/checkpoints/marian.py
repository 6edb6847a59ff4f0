"""OPUS-MT."""

from __future__ import annotations

import json
from pathlib import Path

from tests.checkpoints.making import pieces_of, save, seeded, sentencepiece_model, teach
from tests.checkpoints.texts import LESSONS

_LESSON_CODES = {"swh": "sw", "deu": "de"}


def make(folder: Path, *, source: str = "en", target: str = "de", codes: str = "") -> Path:
    """OPUS-MT: two SentencePiece models, one vocabulary; `codes` makes it multilingual."""
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    (folder / "source.spm").write_bytes(spm.read_bytes())
    (folder / "target.spm").write_bytes(spm.read_bytes())
    spm.unlink()
    pieces = ["</s>", "<unk>"]
    pieces += [p for p in pieces_of(folder / "target.spm") if p not in {*pieces, "<s>"}]
    pieces += [f">>{code}<<" for code in codes.split()] + ["<pad>"]
    vocab = folder / "vocab.json"
    vocab.write_text(json.dumps({p: i for i, p in enumerate(pieces)}), encoding="utf-8")
    tokenizer = MarianTokenizer(
        str(folder / "source.spm"),
        str(folder / "target.spm"),
        str(vocab),
        source_lang=source,
        target_lang=target,
        model_max_length=64,
    )
    pad = len(pieces) - 1
    config = MarianConfig(
        vocab_size=len(pieces),
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        max_position_embeddings=64,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        bos_token_id=None,
        eos_token_id=0,
        forced_eos_token_id=0,
        activation_function="swish",
        scale_embedding=True,
        init_std=0.1,
    )
    seeded()
    model = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[pad]]
    examples = []
    taught_codes = [(f">>{c}<< ", _LESSON_CODES[c]) for c in codes.split() if c in _LESSON_CODES]
    for prefix, language in taught_codes or [("", target)]:
        for lesson in LESSONS:
            taught = tokenizer(prefix + lesson["en"], text_target=lesson[language])
            examples.append((taught["input_ids"], taught["labels"]))
    teach(model, examples)
    return save(model, tokenizer, folder)
