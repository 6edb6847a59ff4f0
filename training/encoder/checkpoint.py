"""Everything that a stopped training needs to go on as if it had never stopped."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from xproj_core.domain.errors import XProjError

FILE = "checkpoint.pt"


class CheckpointMismatchError(XProjError):
    """A checkpoint of a training with other settings."""


@dataclass
class State:
    """Where a training stands.

    Attributes:
        settings: what must not change between two runs of one training.
        step: updates made.
        epoch, index: the batch that comes next.
        weights, averaged: of what is trained.
        optimiser: its state_dict; empty before the first step.
        chance: torch's generator.
    """

    settings: dict[str, Any]
    step: int = 0
    epoch: int = 0
    index: int = 0
    weights: dict[str, torch.Tensor] = field(default_factory=dict)
    averaged: dict[str, torch.Tensor] = field(default_factory=dict)
    optimiser: dict[str, Any] = field(default_factory=dict)
    chance: torch.Tensor = field(default_factory=torch.get_rng_state)


def save(state: State, folder: Path) -> None:
    """All or nothing: a process killed meanwhile leaves the checkpoint before."""
    scratch = folder / f"{FILE}.part"
    with scratch.open("wb") as file:
        torch.save(vars(state), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(scratch, folder / FILE)


def load(folder: Path, settings: dict[str, Any] | None = None) -> State | None:
    """The state that `folder` holds; None if there is none.

    Raises:
        CheckpointMismatchError: it was made with settings other than `settings`.
    """
    if not (folder / FILE).exists():
        return None
    state = State(**torch.load(folder / FILE, weights_only=True))
    if settings is not None and state.settings != settings:
        changed = sorted(
            name
            for name in settings.keys() | state.settings.keys()
            if settings.get(name) != state.settings.get(name)
        )
        raise CheckpointMismatchError(
            f"The training in {folder} was begun with other settings ({', '.join(changed)}). Give"
            " the same ones again, or another folder to begin anew."
        )
    return state
