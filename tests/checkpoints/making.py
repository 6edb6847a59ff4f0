"""What the makers of all families share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.checkpoints.texts import TEXTS

_SEED = 7
MOST_STEPS, LEARNT = 400, 0.15


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


def pieces_of(model: Path) -> list[str]:
    import sentencepiece

    loaded = sentencepiece.SentencePieceProcessor(model_file=str(model))
    return [loaded.id_to_piece(i) for i in range(loaded.get_piece_size())]


def seeded() -> None:
    import torch

    torch.manual_seed(_SEED)


def teach(model: Any, examples: list[tuple[list[int], list[int]]]) -> None:
    """Learn (input ids, label ids) by heart."""
    import torch

    pad = model.config.pad_token_id
    longest = max(len(x) for x, _ in examples)
    ids = torch.tensor([[*x, *[pad] * (longest - len(x))] for x, _ in examples])
    ends = max(len(y) for _, y in examples)
    labels = torch.tensor([[*y, *[-100] * (ends - len(y))] for _, y in examples])
    optimiser = torch.optim.Adam(model.parameters(), lr=1e-2)
    slower = torch.optim.lr_scheduler.ExponentialLR(optimiser, 0.99)
    model.eval()  # no dropout: this is learning by heart
    for _ in range(MOST_STEPS):
        out = model(input_ids=ids, attention_mask=ids != pad, labels=labels)
        right = (out.logits.argmax(-1) == labels) | (labels == -100)
        loss = out.loss
        # The first label may be the language token: nothing tells it, and it is forced.
        if loss.item() < LEARNT and bool(right[:, 1:].all()):
            break
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        slower.step()
        # Marian starts its output from the padding token, whose vector is zero in real models.
        with torch.no_grad():
            model.get_input_embeddings().weight[pad] = 0.0
    else:
        raise AssertionError(f"the tiny model did not learn its lessons, loss {loss.item():.2f}")


def save(model: Any, tokenizer: Any, folder: Path) -> Path:
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
