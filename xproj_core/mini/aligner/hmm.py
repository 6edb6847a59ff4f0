"""Hidden-Markov word alignment: posteriors for a batch of sentence pairs at once.

The hidden state at target token j is the source token i that it renders, or "none". Jumps
i -> i' have a weight that depends on i' - i alone (Vogel, Ney & Tillmann 1996); a "none" state
remembers the last source token (Och & Ney 2003).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Cube, Matrix, Vector

MAX_JUMP = 12


@dataclass(frozen=True, slots=True)
class Jumps:
    """Weights of moving along the source by d tokens, d = -MAX_JUMP-1 .. MAX_JUMP+1.

    The first and last weight hold for every longer jump. `null` is the probability of a
    target token that renders nothing.
    """

    weights: Vector[np.floating]
    null: float = 0.1

    @classmethod
    def initial(cls, null: float = 0.1) -> Jumps:
        """Weights that fall with the distance from one step to the right."""
        steps = np.arange(-MAX_JUMP - 1, MAX_JUMP + 2)
        return cls(np.exp(-0.6 * np.abs(steps - 1)) + 0.01, null)

    def matrix(self, n: int) -> Matrix[np.floating]:
        """(n + 1, n): weight from source token r - 1 (r = 0: before the first) to token c."""
        distance = np.arange(n)[None, :] - (np.arange(n + 1) - 1)[:, None]
        clipped = np.clip(distance, -MAX_JUMP - 1, MAX_JUMP + 1) + MAX_JUMP + 1
        matrix: Matrix[np.floating] = self.weights[clipped].astype(np.float32)
        return matrix


@dataclass(frozen=True, slots=True)
class Posteriors:
    """What forward-backward finds.

    Attributes:
        links: (batch, n_target, n_source), P(target token j renders source token i).
        null: (batch, n_target), P(it renders none).
        jumps: (n_source + 1, n_source), expected number of jumps, None unless asked for.
    """

    links: Cube[np.floating]
    null: Matrix[np.floating]
    jumps: Matrix[np.floating] | None


def posteriors(
    emission: Cube[np.floating],
    null_emission: Matrix[np.floating],
    valid: Matrix[np.bool_],
    model: Jumps,
    count_jumps: bool = False,
) -> Posteriors:
    """Forward-backward over padded sentence pairs.

    Args:
        emission: (batch, n_target, n_source), P(target token | source token); 0 in padded
            source columns, 1 in the valid columns of padded target rows.
        null_emission: (batch, n_target); 1 in padded rows.
        valid: (batch, n_source), True where there is a source token.
        count_jumps: also return expected jump counts (for re-estimation).
    """
    weight = model.matrix(emission.shape[2])
    # Out of each state the weights of the tokens that exist sum to one.
    out = 1.0 / (valid.astype(np.float32) @ weight.T)
    # Target position first: every step then works on memory that lies together.
    by_step = np.ascontiguousarray(emission.transpose(1, 0, 2)), null_emission.T.copy()
    step = _Step(*by_step, weight, out, np.float32(model.null))
    jumps = np.zeros_like(weight) if count_jumps else None
    links, null = _backward(step, *_forward(step), jumps)
    return Posteriors(links.transpose(1, 0, 2), null.T, None if jumps is None else jumps * weight)


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step of either recursion needs. A state is the last source token rendered,
    counted from 1; state 0 stands before the first.

    Attributes:
        emission: (n_target, batch, n_source), as in `posteriors` with the target first.
        null_emission: (n_target, batch).
        weight: (n_source + 1, n_source), of moving from a state to a token.
        out: (batch, n_source + 1), one over the weights out of a state to tokens that exist.
        null: the probability of a target token that renders nothing.
    """

    emission: Cube[np.floating]
    null_emission: Matrix[np.floating]
    weight: Matrix[np.floating]
    out: Matrix[np.floating]
    null: np.float32


def _forward(step: _Step) -> tuple[Cube[np.floating], Cube[np.floating], Cube[np.floating]]:
    """Scaled P(tokens so far, token j renders i), (n_target, batch, n_source); the same for
    "none", and the state before j, both with n_source + 1 states."""
    length, batch, width = step.emission.shape
    real = np.empty((length, batch, width), np.float32)
    none = np.empty((length, batch, width + 1), np.float32)
    before = np.zeros((length + 1, batch, width + 1), np.float32)
    before[0, :, 0] = 1.0
    for j in range(length):
        last = before[j]
        here = (1 - step.null) * ((last * step.out) @ step.weight) * step.emission[j]
        idle = step.null * last * step.null_emission[j, :, None]
        scale = 1.0 / np.maximum(here.sum(axis=1) + idle.sum(axis=1), 1e-30)[:, None]
        real[j], none[j] = here * scale, idle * scale
        before[j + 1] = none[j]
        before[j + 1, :, 1:] += real[j]
    return real, none, before


def _backward(
    step: _Step,
    real: Cube[np.floating],
    none: Cube[np.floating],
    before: Cube[np.floating],
    jumps: Matrix[np.floating] | None,
) -> tuple[Cube[np.floating], Matrix[np.floating]]:
    """Posteriors of links, (n_target, batch, n_source), and of "none", (n_target, batch); adds
    the expected jumps, unweighted, to `jumps`."""
    links = np.empty_like(step.emission)
    null = np.empty_like(step.null_emission)
    beta = np.ones_like(before[0])
    for j in range(len(links) - 1, -1, -1):
        here, idle = real[j] * beta[:, 1:], none[j] * beta
        total = np.maximum(here.sum(axis=1) + idle.sum(axis=1), 1e-30)
        links[j] = here / total[:, None]
        null[j] = idle.sum(axis=1) / total
        ahead = (1 - step.null) * step.emission[j] * beta[:, 1:]
        back = (ahead @ step.weight.T) * step.out
        back += step.null * step.null_emission[j, :, None] * beta
        scale = 1.0 / np.maximum((before[j] * back).sum(axis=1), 1e-30)[:, None]
        if jumps is not None:
            jumps += (before[j] * step.out * scale).T @ ahead
        beta = back * scale
    return links, null
