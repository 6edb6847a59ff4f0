"""One sentence, clean and noisy: what the noise did, and what it broke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from xproj_core.answers.many_items import Job
from xproj_core.domain import Evidence, Projection, Span
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.methods import Memo
from xproj_core.noise import Change, Noise
from xproj_core.noise.labels import LABELS
from xproj_core.robustness.sweep import under


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a system made of an item; `problem` says why it is nothing."""

    item: Item
    evidence: Evidence | None
    projection: Projection | None
    problem: str | None = None

    @property
    def spans(self) -> frozenset[Span]:
        """The entities on the target."""
        return frozenset(self.projection.spans if self.projection else ())

    @property
    def gold(self) -> frozenset[Span]:
        """The right ones."""
        gold = self.item.gold_of("target")
        return frozenset(gold.spans if gold else ())


@dataclass(frozen=True, slots=True)
class Pair:
    """An item without and with noise.

    Attributes:
        changes: what the noise did on the way to this system's answer, in order.
    """

    clean: Outcome
    noisy: Outcome
    changes: tuple[Change, ...]

    @property
    def lost(self) -> list[Span]:
        """Right without noise and missing with it, as they stand in the noisy target."""
        return [b for a, b in self._golds() if a in self.clean.spans and b not in self.noisy.spans]

    @property
    def mended(self) -> list[Span]:
        """Wrong without noise and right with it."""
        return [b for a, b in self._golds() if a not in self.clean.spans and b in self.noisy.spans]

    @property
    def spurious(self) -> list[Span]:
        """Wrong, and not there without noise (all that is wrong, where the tokens are others)."""
        clean, noisy = self.clean.item.target, self.noisy.item.target
        same = clean is not None and noisy is not None and len(clean) == len(noisy)
        before = self.clean.spans if same else frozenset()
        return sorted(self.noisy.spans - self.noisy.gold - before)

    def _golds(self) -> list[tuple[Span, Span]]:
        """Gold entities before and after, one beside the other."""
        clean, noisy = sorted(self.clean.gold), sorted(self.noisy.gold)
        return list(zip(clean, noisy, strict=True)) if len(clean) == len(noisy) else []


def pair(
    job: Job,
    item: Item,
    noises: Sequence[Noise],
    system: str,
    memo: Memo,
    labels: Sequence[str] = LABELS,
) -> Pair:
    """One item through one system, twice.

    Args:
        job: clean; of its systems, the one called `system` is looked at.
        memo: remembers the clean engine's work.

    Raises:
        InputError: the job has no such system.
    """
    alone = _only(job, system)
    changes: list[Change] = []
    (changed,), with_noise = under(alone, [item], noises, memo, labels, changes.append)
    clean = _outcome(replace(alone, new_memo=lambda: memo), item)
    # A memory of its own: what is remembered is not done again, and would not be told.
    noisy = _outcome(replace(with_noise, new_memo=Memo), changed)
    return Pair(clean, noisy, tuple(dict.fromkeys(changes)))


def _only(job: Job, name: str) -> Job:
    if name not in job.members:
        raise InputError(f"There is no {name!r} here. Choose one of: {', '.join(job.systems)}.")
    method, projector = job.members[name]
    return replace(job, methods=[method], projectors=[projector], progress=None, seconds={})


def _outcome(job: Job, item: Item) -> Outcome:
    (answer,) = job.chunk([item])
    evidence = next(iter(answer.evidence.values()), None)
    projection = next(iter(answer.projections.values()), None)
    if isinstance(evidence, XProjError):
        return Outcome(item, None, None, str(evidence))
    if isinstance(projection, XProjError):
        return Outcome(item, evidence, None, str(projection))
    return Outcome(item, evidence, projection)
