"""XLM-R that tags."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.checkpoints.making import (
    LEARNT,
    MOST_STEPS,
    pieces_of,
    save,
    seeded,
    sentencepiece_model,
)
from tests.checkpoints.texts import CONLL_03, TAGGED


def make(folder: Path, labels: tuple[str, ...] = CONLL_03) -> Path:
    """XLM-R with a token classification head; with CoNLL-03's labels it knows `TAGGED`."""
    from transformers import (
        XLMRobertaConfig,
        XLMRobertaForTokenClassification,
        XLMRobertaTokenizer,
    )

    folder.mkdir(parents=True, exist_ok=True)
    spm = sentencepiece_model(folder, "spm")
    pieces = [p for p in pieces_of(spm) if p not in {"<unk>", "<s>", "</s>"}]
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
    seeded()
    model = XLMRobertaForTokenClassification(config)
    if labels == CONLL_03:
        teach_tags(model, tokenizer, labels)
    return save(model, tokenizer, folder)


def teach_tags(model: Any, tokenizer: Any, labels: tuple[str, ...]) -> None:
    """Learn `TAGGED` by heart, the first subword of each word carrying its tag."""
    import torch

    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    model.eval()
    rows = []
    for words, tags in TAGGED:
        ids, targets = [0], [-100]
        for word, tag in zip(words.split(), tags.split(), strict=True):
            of_word = tokenizer(word, add_special_tokens=False)["input_ids"]
            ids += of_word
            targets += [labels.index(tag), *[-100] * (len(of_word) - 1)]
        rows.append((torch.tensor([[*ids, 2]]), torch.tensor([[*targets, -100]])))
    for _ in range(MOST_STEPS):
        losses = torch.stack([model(input_ids=x, labels=y).loss for x, y in rows])
        if losses.max().item() < LEARNT:
            break
        optimiser.zero_grad()
        torch.autograd.backward(losses.sum())
        optimiser.step()
