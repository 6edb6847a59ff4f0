"""How probable a seq2seq model finds a given translation (teacher forcing, in batches)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xproj_core.models.device import Device, in_batches

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_IGNORED = -100


def mean_log_probabilities(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    pairs: Sequence[tuple[str, str]],
    *,
    codes: tuple[str, str] | None,
    limit: int,
    batch_size: int,
    where: Device,
    name: str,
) -> list[float]:
    """Mean log p(target subword | source, subwords before it) of each (source, target) text.

    Args:
        codes: source code and target token for models with a forced first token, else None.
        limit: most subwords of either side; longer texts are scored on their beginning.

    Returns:
        One natural logarithm per pair, in order. The forced language token is left out of
        the mean, the end-of-sentence token is part of it.
    """
    examples = _encode(tokenizer, pairs, codes, limit)
    order = sorted(range(len(pairs)), key=lambda k: -sum(map(len, examples[k])))
    scores = in_batches(
        [examples[k] for k in order],
        batch_size,
        lambda batch: _score(model, tokenizer, batch, skip_first=codes is not None, where=where),
        name,
    )
    placed = dict(zip(order, scores, strict=True))
    return [placed[k] for k in range(len(pairs))]


def _encode(
    tokenizer: PreTrainedTokenizerBase,
    pairs: Sequence[tuple[str, str]],
    codes: tuple[str, str] | None,
    limit: int,
) -> list[tuple[list[int], list[int]]]:
    if not pairs:
        return []
    if codes is not None:
        tokenizer.src_lang = codes[0]
    options = {"truncation": True, "max_length": limit}
    sources = tokenizer([s for s, _ in pairs], **options)["input_ids"]
    if codes is None:
        # Marian reads and writes with two different subword models.
        targets = tokenizer(text_target=[t for _, t in pairs], **options)["input_ids"]
        return list(zip(sources, targets, strict=True))
    bare = tokenizer([t for _, t in pairs], add_special_tokens=False, **options)["input_ids"]
    first = tokenizer.convert_tokens_to_ids(codes[1])
    targets = [[first, *ids[: limit - 2], tokenizer.eos_token_id] for ids in bare]
    return list(zip(sources, targets, strict=True))


def _score(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    batch: Sequence[tuple[list[int], list[int]]],
    *,
    skip_first: bool,
    where: Device,
) -> list[float]:
    import torch

    inputs = tokenizer.pad({"input_ids": [s for s, _ in batch]}, return_tensors="pt", padding=True)
    inputs = inputs.to(where.name)
    longest = max(len(t) for _, t in batch)
    labels = torch.tensor(
        [[*t, *[_IGNORED] * (longest - len(t))] for _, t in batch], device=where.name
    )
    with torch.inference_mode():
        logits = model(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], labels=labels
        ).logits
        log_p = torch.log_softmax(logits.float(), dim=-1)
    if skip_first:
        labels = labels.clone()
        labels[:, 0] = _IGNORED
    counted = labels != _IGNORED
    chosen = log_p.gather(2, labels.clamp(min=0).unsqueeze(2)).squeeze(2) * counted
    means = chosen.sum(dim=1) / counted.sum(dim=1)
    return [float(m) for m in means]
