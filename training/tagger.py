"""Fine-tunes the Mini tagger. `python -m training.tagger --output FOLDER` (CPU, two cores)."""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn

from training import ner_data
from training.ner_read import Example
from training.tagger_model import (
    CLASSES,
    IGNORED,
    Batch,
    TaggerModel,
    batches,
    encode,
    predict,
    pretrained_folder,
)
from training.tagger_scores import strict_f1
from xproj_core.mini.tagger.wordpieces import WordPieces
from xproj_core.tag.iob2_decoding import best_path


def parameter_groups(model: TaggerModel, rate: float, decay: float) -> list[dict[str, object]]:
    """Lower learning rates for lower layers (factor `decay` a layer); higher for new weights."""
    n_layers = model.encoder.config.num_hidden_layers
    groups = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("head") or "token_type" in name:
            factor = 8.0
        elif ".layer." in name:
            factor = decay ** (n_layers - 1 - int(name.split(".layer.")[1].split(".")[0]))
        else:
            factor = decay**n_layers
        weight_decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate * factor, "weight_decay": weight_decay})
    return groups


def tags(model: TaggerModel, examples: Sequence[Example], tokeniser: WordPieces) -> list[list[str]]:
    """Predicted IOB2 tags per sentence."""
    return [
        [CLASSES[c] for c in best_path(p, CLASSES)] for p in predict(model, examples, tokeniser)
    ]


def held_out_scores(
    model: TaggerModel, held_out: dict[str, list[Example]], tokeniser: WordPieces
) -> dict[str, float]:
    """Strict F1 on the held-out part of every corpus."""
    return {
        origin: round(strict_f1([e.tags for e in part], tags(model, part, tokeniser)), 4)
        for origin, part in held_out.items()
    }


@torch.no_grad()
def average_into(averaged: TaggerModel, model: TaggerModel, keep: float, done: int) -> None:
    """Moves `averaged` towards `model`: an exponential moving average of the weights.

    The first steps (`done` counts them) weigh more, so that the start is soon forgotten.
    """
    keep = min(keep, (1 + done) / (20 + done))
    for old, new in zip(averaged.parameters(), model.parameters(), strict=True):
        if new.requires_grad:
            old.lerp_(new, 1 - keep)


def train(options: argparse.Namespace) -> None:
    """Trains; saves the averaged weights every 50 batches and scores them after each epoch."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    mixture = ner_data.load()
    tokeniser = WordPieces(pretrained_folder() / "tokenizer.json")
    model = TaggerModel.pretrained()
    averaged = TaggerModel.pretrained()
    optimiser = torch.optim.AdamW(parameter_groups(model, options.rate, options.layer_decay))
    plan = _plan(mixture, tokeniser, options)
    total = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(s / (0.06 * total), (total - s) / (0.94 * total))
    )
    options.output.mkdir(parents=True, exist_ok=True)
    began = time.time()
    for number, epoch in enumerate(plan):
        model.train()
        for step, batch in enumerate(epoch):
            loss = _step(model, batch, options.smoothing)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            average_into(averaged, model, options.average, schedule.last_epoch)
            if step % 50 == 0:
                seconds = time.time() - began
                print(f"{number}.{step}/{len(epoch)} loss {loss:.3f} {seconds:.0f} s", flush=True)
                torch.save(averaged.state_dict(), options.output / "weights.pt")
            if schedule.last_epoch == options.stop:
                break
        scores = held_out_scores(averaged, mixture.held_out, tokeniser)
        print(f"held out {json.dumps(scores)} {time.time() - began:.0f} s", flush=True)
        torch.save(averaged.state_dict(), options.output / "weights.pt")
        if schedule.last_epoch == options.stop:
            break


def _step(model: TaggerModel, batch: Batch, smoothing: float) -> float:
    """Gradients of one batch, clipped; returns the loss."""
    ids, types, mask, targets = batch
    loss = nn.functional.cross_entropy(
        model(ids, types, mask).flatten(0, 1),
        targets.flatten(),
        ignore_index=IGNORED,
        label_smoothing=smoothing,
    )
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    return loss.item()


def _plan(
    mixture: ner_data.Mixture, tokeniser: WordPieces, options: argparse.Namespace
) -> list[list[Batch]]:
    """The batches of every epoch."""
    plan = []
    for number in range(options.epochs):
        sentences = ner_data.epoch(mixture, options.seed * 1000 + number)
        rng = random.Random(options.seed + number)
        plan.append(list(batches(encode(sentences, tokeniser), options.batch, rng)))
    return plan


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--stop", type=int, help="stop after so many batches")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--batch", type=int, default=1000, help="subwords in a batch")
    parser.add_argument("--smoothing", type=float, default=0.05)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
