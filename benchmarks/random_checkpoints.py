"""NLLB-600M, XLM-R-large and multilingual BERT in their real sizes, with random weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WORDS = [
    first + second + third
    for first in ("ba", "ke", "mi", "no", "ru", "ta")
    for second in ("lo", "mo", "na", "pi", "")
    for third in ("n", "r", "s", "")
]
LABELS = ("B-LOC", "B-MISC", "B-ORG", "I-LOC", "I-MISC", "I-ORG", "I-PER", "O")
_TINY = {"hidden": 32, "heads": 2, "layers": 2, "inner": 64}
# Published sizes: d_model 1024, 12 + 12 layers (NLLB); 1024, 24 layers (XLM-R-large); 768, 12.
_NLLB = {"hidden": 1024, "heads": 16, "layers": 12, "inner": 4096}
_XLMR = {"hidden": 1024, "heads": 16, "layers": 24, "inner": 4096}
_BERT = {"hidden": 768, "heads": 12, "layers": 12, "inner": 3072}


def make(root: Path, *, tiny: bool) -> dict[str, Path]:
    """Write the three checkpoints under `root`; their folders by name."""
    import torch

    torch.manual_seed(1)
    return {
        "nllb": _nllb(root / "nllb", _TINY if tiny else _NLLB, 400 if tiny else 256_206),
        "tagger": _tagger(root / "tagger", _TINY if tiny else _XLMR, 400 if tiny else 250_002),
        "bert": _bert(root / "bert", _TINY if tiny else _BERT, 400 if tiny else 119_547),
    }


def depth(folder: Path) -> int:
    """The number of layers of a checkpoint made here."""
    return int(json.loads((folder / "config.json").read_text("utf-8"))["num_hidden_layers"])


def _save(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _nllb(folder: Path, size: dict[str, int], vocabulary: int) -> Path:
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    # Every beginning of every word is a piece, so that a word comes out as one.
    merges = list(dict.fromkeys((f"▁{w[:k]}", w[k]) for k in range(6) for w in WORDS if k < len(w)))
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", *_letters(), *(a + b for a, b in merges)]
    tokenizer = NllbTokenizer(
        vocab={p: i for i, p in enumerate(pieces)},
        merges=merges,
        additional_special_tokens=["eng_Latn", "deu_Latn"],
        model_max_length=1024,
    )
    config = M2M100Config(
        vocab_size=vocabulary,
        d_model=size["hidden"],
        encoder_layers=size["layers"],
        decoder_layers=size["layers"],
        encoder_attention_heads=size["heads"],
        decoder_attention_heads=size["heads"],
        encoder_ffn_dim=size["inner"],
        decoder_ffn_dim=size["inner"],
        max_position_embeddings=1024,
    )
    model = M2M100ForConditionalGeneration(config)
    # Outputs are to be words: only ids that the small tokeniser can spell are produced.
    spelt = {*range(5, len(pieces)), *tokenizer.convert_tokens_to_ids(["eng_Latn", "deu_Latn"])}
    model.generation_config.suppress_tokens = [i for i in range(vocabulary) if i not in spelt]
    return _save(model, tokenizer, folder)


def _tagger(folder: Path, size: dict[str, int], vocabulary: int) -> Path:
    from transformers import (
        XLMRobertaConfig,
        XLMRobertaForTokenClassification,
        XLMRobertaTokenizer,
    )

    names = ["<s>", "<pad>", "</s>", "<unk>", *(f"▁{w}" for w in WORDS), "▁", *_letters()]
    names.append("<mask>")
    tokenizer = XLMRobertaTokenizer(
        vocab=[(p, -float(i)) for i, p in enumerate(names)], model_max_length=512
    )
    config = XLMRobertaConfig(
        vocab_size=vocabulary,
        max_position_embeddings=514,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
        **_sizes(size),
    )
    return _save(XLMRobertaForTokenClassification(config), tokenizer, folder)


def _bert(folder: Path, size: dict[str, int], vocabulary: int) -> Path:
    from transformers import BertConfig, BertModel, BertTokenizerFast

    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces += [*WORDS, *_letters(), *(f"##{c}" for c in _letters())]
    tokenizer = BertTokenizerFast(
        vocab={p: i for i, p in enumerate(pieces)}, do_lower_case=False, model_max_length=512
    )
    config = BertConfig(vocab_size=vocabulary, **_sizes(size))
    return _save(BertModel(config), tokenizer, folder)


def _sizes(size: dict[str, int]) -> dict[str, int]:
    return {
        "hidden_size": size["hidden"],
        "num_hidden_layers": size["layers"],
        "num_attention_heads": size["heads"],
        "intermediate_size": size["inner"],
    }


def _letters() -> list[str]:
    return sorted({c for word in WORDS for c in word})
