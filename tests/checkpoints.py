"""Tiny checkpoints in the real formats, with random weights, made on the spot.

Every maker writes what `save_pretrained` of the real model writes: configuration, weights in
safetensors, tokeniser files. The subword models are trained on the sentences below.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TEXTS = (
    "The river Nile flows through Egypt and Sudan.",
    "Nairobi is the capital of Kenya, and Kampala is the capital of Uganda.",
    "Marie Curie was born in Warsaw and worked in Paris.",
    "Wangari Maathai planted trees near Nyeri.",
    "Mto Nile unapita katika nchi ya Misri na Sudan.",
    "Nairobi ni mji mkuu wa Kenya.",
    "Berlin ist die Hauptstadt von Deutschland, und Wien die von Österreich.",
    "Die Donau fließt durch Wien, Bratislava und Budapest.",
    "Paris est la capitale de la France.",
    "La Seine traverse Paris avant de rejoindre la Manche.",
    "Lagos is the largest city in Nigeria; Abuja is its capital.",
    "Tokyo lies on the island of Honshu.",
)
WORDS = sorted({w for text in TEXTS for w in text.replace(",", " ,").replace(".", " .").split()})
NLLB_CODES = ("eng_Latn", "deu_Latn", "swh_Latn", "fra_Latn", "yor_Latn", "zho_Hans")
_SEED = 7


def sentencepiece_model(folder: Path, name: str, *, symbols: tuple[str, ...] = ()) -> Path:
    """A small unigram SentencePiece model, trained on `TEXTS`."""
    import sentencepiece

    text = folder / f"{name}.txt"
    text.write_text("\n".join(TEXTS * 3), encoding="utf-8")
    sentencepiece.SentencePieceTrainer.Train(
        input=str(text),
        model_prefix=str(folder / name),
        vocab_size=160 + len(symbols),
        hard_vocab_limit=False,
        user_defined_symbols=list(symbols),
        minloglevel=2,
    )
    text.unlink()
    (folder / f"{name}.vocab").unlink()
    return folder / f"{name}.model"


def _pieces(model: Path) -> list[str]:
    import sentencepiece

    loaded = sentencepiece.SentencePieceProcessor(model_file=str(model))
    return [loaded.id_to_piece(i) for i in range(loaded.get_piece_size())]


def _seeded() -> None:
    import torch

    torch.manual_seed(_SEED)


def _save(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _m2m_config(vocab_size: int) -> Any:
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
        init_std=0.6,
    )


def nllb(folder: Path) -> Path:
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
    _seeded()
    return _save(M2M100ForConditionalGeneration(_m2m_config(len(tokenizer))), tokenizer, folder)


def m2m100(folder: Path) -> Path:
    """M2M-100: SentencePiece tokeniser, "__xx__" codes after the vocabulary."""
    from transformers import M2M100ForConditionalGeneration, M2M100Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    pieces = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces += [p for p in _pieces(spm) if p not in pieces]
    vocab = folder / "pieces.json"
    vocab.write_text(json.dumps({p: i for i, p in enumerate(pieces)}), encoding="utf-8")
    tokenizer = M2M100Tokenizer(str(vocab), str(spm), model_max_length=64)
    _seeded()
    size = len(pieces) + 100 + 8  # the 100 languages and 8 made-up words of the original
    saved = _save(M2M100ForConditionalGeneration(_m2m_config(size)), tokenizer, folder)
    spm.unlink()
    vocab.unlink()
    return saved


def marian(folder: Path, *, source: str = "en", target: str = "de", codes: str = "") -> Path:
    """OPUS-MT: two SentencePiece models, one vocabulary; `codes` makes it multilingual."""
    from transformers import MarianConfig, MarianMTModel, MarianTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    (folder / "source.spm").write_bytes(spm.read_bytes())
    (folder / "target.spm").write_bytes(spm.read_bytes())
    spm.unlink()
    pieces = ["</s>", "<unk>"]
    pieces += [p for p in _pieces(folder / "target.spm") if p not in {*pieces, "<s>"}]
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
        init_std=0.6,
    )
    _seeded()
    model = MarianMTModel(config)
    model.generation_config.bad_words_ids = [[pad]]
    return _save(model, tokenizer, folder)


def madlad(folder: Path) -> Path:
    """MADLAD-400: T5 1.1 with "<2xx>" tokens in its vocabulary."""
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    folder.mkdir(parents=True, exist_ok=True)
    symbols = ("<2en>", "<2de>", "<2sw>", "<2fr>", "<2zh_Hant>")
    spm = sentencepiece_model(folder, "spm", symbols=symbols)
    pieces = [p for p in _pieces(spm) if p not in {"<unk>", "<s>", "</s>"}]
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
        initializer_factor=2.0,
    )
    _seeded()
    return _save(T5ForConditionalGeneration(config), tokenizer, folder)


def _word_piece_tokenizer() -> Any:
    from transformers import BertTokenizerFast

    letters = sorted({c for w in WORDS for c in w})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    pieces += [*sorted({w[:3] for w in WORDS if len(w) > 2}), "the", "##ing", "##er", "##an"]
    vocab = {p: i for i, p in enumerate(dict.fromkeys(pieces))}
    return BertTokenizerFast(vocab=vocab, do_lower_case=False, model_max_length=64)


def bert(folder: Path, *, layers: int = 4) -> Path:
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
    _seeded()
    return _save(BertModel(config), tokenizer, folder)


def xlmr_tagger(folder: Path, labels: tuple[str, ...]) -> Path:
    """XLM-R with a token classification head and these labels."""
    from transformers import (
        XLMRobertaConfig,
        XLMRobertaForTokenClassification,
        XLMRobertaTokenizer,
    )

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    pieces = [p for p in _pieces(spm) if p not in {"<unk>", "<s>", "</s>"}]
    spm.unlink()
    vocab = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
    vocab += [(p, -float(i)) for i, p in enumerate(pieces)] + [("<mask>", 0.0)]
    tokenizer = XLMRobertaTokenizer(vocab=vocab, model_max_length=62)
    config = XLMRobertaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=64,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        initializer_range=0.6,
        id2label=dict(enumerate(labels)),
        label2id={label: i for i, label in enumerate(labels)},
    )
    _seeded()
    return _save(XLMRobertaForTokenClassification(config), tokenizer, folder)
