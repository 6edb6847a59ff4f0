"""The training loop: tags and links in turn, from one resumable stream of batches."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn

from training.encoder import checkpoint
from training.encoder.batches import Pieces, link_batch, link_batches, tag_batch, tag_batches
from training.encoder.checkpoint import State
from training.encoder.model import Encoder, average, parameter_groups, set_weights, trainable
from training.encoder.pairs import LinkedPair, lengthened, parse
from training.ner_read import Example

LINKS_EVERY = 4
"""Every so manieth batch is one of sentence pairs."""
PAIRS = {"de": 14_000, "fr": 12_000, "es": 12_000, "sw": 4_000, "zu": 4_000, "ha": 2_000}
"""Most in an epoch; another sample in each."""

Group = tuple[str, Sequence[Any]]
"""("tags", examples) or ("links", pairs)."""


@dataclass(frozen=True)
class Settings:
    """What decides the result; written into every checkpoint."""

    seed: int = 1
    frozen: int = 3
    rate: float = 2e-4
    layer_decay: float = 0.9
    pieces: int = 1200
    smoothing: float = 0.05
    link_weight: float = 0.5
    warm_up: int = 150
    keep: float = 0.998


class Sentences(Protocol):
    """Where an epoch's tagged sentences come from (`training.encoder.tagged`)."""

    def epoch(self, number: int, seed: int) -> list[Example]:
        """Shuffled sentences; the same for the same number and seed."""
        ...


@dataclass(frozen=True)
class Data:
    """What is trained on: tagged sentences, and rows of linked pairs by language."""

    tagged: Sentences
    pairs: dict[str, list[str]]
    tokeniser: Pieces

    def epoch(self, number: int, settings: Settings) -> list[Group]:
        """The batches of an epoch in order; the same for the same number and settings."""
        rng = random.Random(f"{settings.seed}/{number}")
        sentences = self.tagged.epoch(number, settings.seed)
        tags = tag_batches(sentences, self.tokeniser, settings.pieces, rng)
        chosen: list[LinkedPair] = []
        for language, rows in self.pairs.items():
            part = rng.sample(rows, min(len(rows), PAIRS[language]))
            chosen += lengthened([parse(row) for row in part], rng)
        links = iter(link_batches(chosen, self.tokeniser, settings.pieces, rng))
        groups: list[Group] = []
        for group in tags:
            groups.append(("tags", group))
            if len(groups) % LINKS_EVERY == LINKS_EVERY - 1:
                groups += [("links", pairs) for pairs in [next(links, None)] if pairs]
        return groups


def rate_at(step: int, total: int, warm_up: int) -> float:
    """Factor of the learning rate: rising, then level, then falling in the last three tenths.

    Level for long, so that `total` may be changed between two runs until the fall begins.
    """
    falling = 0.3 * total
    return max(0.02, min(1.0, (step + 1) / warm_up, (total - step) / falling))


class Training:
    """One training: its model, optimiser and place in the data."""

    def __init__(self, model: Encoder, data: Data, settings: Settings, state: State | None) -> None:
        self.model, self.data, self.settings = model, data, settings
        self.optimiser = torch.optim.AdamW(
            parameter_groups(model, settings.rate, settings.layer_decay)
        )
        self._rates = [group["lr"] for group in self.optimiser.param_groups]
        if state is None:
            torch.manual_seed(settings.seed)
            state = State(asdict(settings))
            nn.init.normal_(model.head.weight, std=0.02)
            nn.init.zeros_(model.head.bias)
            state.averaged = {name: p.clone() for name, p in trainable(model).items()}
        else:
            set_weights(model, state.weights)
            self.optimiser.load_state_dict(state.optimiser)
            torch.set_rng_state(state.chance)
        self.state = state

    def snapshot(self) -> State:
        """The state with the present weights."""
        self.state.weights = trainable(self.model)
        self.state.optimiser = self.optimiser.state_dict()
        self.state.chance = torch.get_rng_state()
        return self.state

    def steps(self, total: int) -> Iterator[tuple[str, float]]:
        """Trains up to `total` steps; after each, what kind it was and its loss."""
        self.model.train()
        while self.state.step < total:
            groups = self.data.epoch(self.state.epoch, self.settings)
            while self.state.index < len(groups) and self.state.step < total:
                kind, group = groups[self.state.index]
                loss = self._step(kind, group, total)
                self.state.step += 1
                self.state.index += 1
                yield kind, loss
            if self.state.index >= len(groups):
                self.state.epoch, self.state.index = self.state.epoch + 1, 0

    def _step(self, kind: str, group: Sequence[Any], total: int) -> float:
        settings, step = self.settings, self.state.step
        if kind == "tags":
            loss = self.model.tag_loss(tag_batch(group, self.data.tokeniser), settings.smoothing)
            weight = 1.0
        else:
            loss = self.model.link_loss(link_batch(group, self.data.tokeniser))
            weight = settings.link_weight
        self.optimiser.zero_grad(set_to_none=True)
        (weight * loss).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        factor = rate_at(step, total, settings.warm_up)
        for parameters, rate in zip(self.optimiser.param_groups, self._rates, strict=True):
            parameters["lr"] = rate * factor
        self.optimiser.step()
        # the first steps weigh more, so that the start is soon forgotten
        average(
            self.state.averaged,
            trainable(self.model),
            min(settings.keep, (1 + step) / (20 + step)),
        )
        return loss.item()


def run(
    training: Training, total: int, work: Path, every: float, say: Callable[[str], None]
) -> None:
    """Trains to the end, saving every `every` seconds and when asked to stop."""
    signals: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda n, _: signals.append(n))
    saved = began = time.monotonic()
    losses: dict[str, list[float]] = {"tags": [], "links": []}
    first = training.state.step
    for kind, loss in training.steps(total):
        losses[kind].append(loss)
        state = training.state
        if state.step % 50 == 0:
            means = {k: round(sum(v) / len(v), 4) for k, v in losses.items() if v}
            speed = (time.monotonic() - began) / (state.step - first)
            say(f"step {state.step}/{total} epoch {state.epoch} {means} {speed:.2f} s a step")
            losses = {"tags": [], "links": []}
        if signals or time.monotonic() - saved > every:
            checkpoint.save(training.snapshot(), work)
            saved = time.monotonic()
        if signals:
            say(f"stopped at step {state.step}; go on with --resume")
            return
    checkpoint.save(training.snapshot(), work)
    say(f"done: {total} steps")
