"""multilingual-e5-small's kind: a BERT with a unigram vocabulary, without a pooler."""

from __future__ import annotations

import json
from pathlib import Path

from tests.checkpoints.making import seeded

PIECES = (
    "▁ ▁Ada ▁in ▁Accra ▁A ▁the ▁sees ▁siehe t ▁hund hund ▁er ▁dog s ▁dogs ▁do g er a c d e "
    "f h i k l m n o r u A D B C é 東 京 ▁東京 . ▁. ada ra cc"
).split()


def make(folder: Path, *, layers: int = 4) -> Path:
    """The folder, with the tokeniser settings that the real one has."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    special = ["<s>", "<pad>", "</s>", "<unk>"]
    # longer pieces are likelier than the ones they consist of, as in a vocabulary that was learnt
    vocabulary = [(p, 0.0) for p in special]
    vocabulary += [(p, -3.0 - 0.01 * i) for i, p in enumerate(PIECES)] + [("<mask>", 0.0)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([*special, "<mask>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "tokenizer_config.json").write_text(
        json.dumps(
            {
                "tokenizer_class": "PreTrainedTokenizerFast",
                "model_max_length": 128,
                "cls_token": "<s>",
                "sep_token": "</s>",
                "unk_token": "<unk>",
                "pad_token": "<pad>",
            }
        )
    )
    seeded()
    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=48,
        max_position_embeddings=128,
        pad_token_id=1,
        initializer_range=0.2,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder
