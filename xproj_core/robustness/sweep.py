"""Every system under every noise, at every rate, with every seed; one pass over the data.

A chunk of the data is answered clean first; its translations, alignments and tags are kept in
one memory while the noises are gone through, so that only what a noise touches is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from xproj_core.answers.choice import Choice, distinguish, write_choices
from xproj_core.answers.chunks import chunks
from xproj_core.answers.many_items import Job
from xproj_core.domain import Alignment, Projection, Sentence
from xproj_core.domain.defaults import NOISE_RATES, NOISE_SEEDS
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item
from xproj_core.methods import Memo, Mode, Steps
from xproj_core.noise import Noise, parse
from xproj_core.noise.engine import Record, noisy
from xproj_core.noise.items import corrupted
from xproj_core.noise.labels import LABELS
from xproj_core.robustness.counts import CLEAN, Condition, Tally, counted
from xproj_core.robustness.journal import Found, Journal, Row

_MEMORY = 40_000


def combined(text: str, rate: float, seed: int) -> tuple[Noise, ...]:
    """Noises joined by "+", all at one rate: "drop-words+drop-links".

    Raises:
        InputError: one of them does not parse, or names its own rate.
    """
    noises = []
    for part in text.split("+"):
        if "=" in part.partition(",")[0]:
            raise InputError(
                f"{part.strip()!r} names a rate of its own. In a sweep the rates are given once,"
                " for all noises."
            )
        noises.append(parse(part, rate, seed))
    return tuple(noises)


@dataclass
class Sweep:
    """What is run.

    Attributes:
        job: the systems, with the clean engine.
        noises: each written as for `combined`.
        labels: those that there are, for noise on given labels.
        ignore: labels that do not count.
        progress: called with the number of sentences after each condition of a chunk that was
            answered, of `conditions` times the sentences in all. What it raises stops the sweep.
        journal: has the answers of a sweep that was broken off, and keeps those of this one.
    """

    job: Job
    noises: Sequence[str]
    rates: Sequence[float] = NOISE_RATES
    seeds: Sequence[int] = NOISE_SEEDS
    labels: Sequence[str] = LABELS
    ignore: Sequence[str] = ()
    progress: Callable[[int], None] | None = None
    tally: Tally = field(default_factory=Tally)
    journal: Journal | None = None

    def __post_init__(self) -> None:
        self.rates = tuple(sorted({float(r) for r in self.rates if r}))
        self.seeds = tuple(dict.fromkeys(self.seeds))
        self.noises = tuple(dict.fromkeys(" ".join(n.split()) for n in self.noises))
        if not (self.noises and self.rates and self.seeds):
            raise InputError("A sweep needs at least one noise, one rate above 0 and one seed.")
        for condition in self._noisy():
            combined(*condition)
        if self.job.mode is Mode.TRANSLATE and not self.job.given.translations:
            raise InputError(
                "A machine's translations have no gold labels to be scored by. Use the"
                " translations of the dataset, or label its target side."
            )

    @property
    def conditions(self) -> int:
        """How many runs there are, the clean one included."""
        return 1 + sum(1 for _ in self._noisy())

    def _noisy(self) -> Iterator[Condition]:
        for noise in self.noises:
            for rate in self.rates:
                for seed in self.seeds:
                    yield Condition(noise, rate, seed)

    def run(self, items: Iterable[Item], first: int = 0) -> Iterator[Tally]:
        """The tally after each chunk: the same object, growing.

        Sentences are numbered from `first`; equal numbers are resampled together.

        Raises:
            InputError: no item has gold labels on its target.
        """
        n_items = 0
        for chunk in chunks(items):
            self._chunk(chunk, first + n_items)
            n_items += len(chunk)
            yield self.tally
        if n_items and not self.tally.sentences:
            raise InputError(
                "No sentence of the dataset has gold labels on its target, so nothing can be"
                " scored."
            )

    def _chunk(self, chunk: Sequence[Item], first: int) -> None:
        memo = Memo(_MEMORY)
        scored = [k for k, item in enumerate(chunk) if item.gold_of("target") is not None]
        numbers = [first + k for k in scored]
        weights = self.tally.weights(numbers)
        clean: Found = {}
        computed = False
        for condition in (CLEAN, *self._noisy()):
            answers = self.journal.take(first, condition) if self.journal is not None else None
            if answers is None:
                if clean and not computed:
                    # as a sweep that was never broken off: the clean work first, all together
                    self._answers(chunk, scored, first, CLEAN, memo)
                computed = True
                answers = self._answers(chunk, scored, first, condition, memo)
                if self.journal is not None:
                    self.journal.keep(first, condition, len(chunk), answers)
                if self.progress is not None:
                    self.progress(len(chunk))
            clean = clean or answers
            for system, (rows, problems) in answers.items():
                self.tally.add(condition, system, rows, weights, problems)
                if condition != CLEAN:
                    self.tally.differ(condition, system, numbers, clean[system][0], rows)
        self.tally.sentences += len(scored)

    def _answers(
        self,
        chunk: Sequence[Item],
        scored: Sequence[int],
        first: int,
        condition: Condition,
        memo: Memo,
    ) -> Found:
        """What the systems make of a chunk under one condition; `scored` are places in it."""
        items, job = self.condition(chunk, condition, memo)
        answers = job.chunk(items, first)
        rows_by_system = {}
        for system in job.systems:
            projections = [answers[k].projections.get(system) for k in scored]
            rows = [
                _row(items[k], projection, self.ignore)
                for k, projection in zip(scored, projections, strict=True)
            ]
            rows_by_system[system] = (
                rows,
                sum(isinstance(projection, XProjError) for projection in projections),
            )
        return rows_by_system

    def condition(
        self, items: Sequence[Item], condition: Condition, memo: Memo
    ) -> tuple[list[Item], Job]:
        """The items and the job of one condition."""
        job = replace(self.job, new_memo=lambda: memo, progress=None, seconds={})
        if condition == CLEAN:
            return list(items), job
        return under(job, items, combined(*condition), memo, self.labels)

    @property
    def parts(self) -> dict[str, object]:
        """What the figures are made with, for a signature; `settings` is a hash of all options."""
        job = self.job
        options = [Choice.of(method).options for method in job.methods]
        options += [Choice.of(projector).options for projector in job.projectors]
        return {
            "noises": "/".join(self.noises),
            "rates": ",".join(f"{r:g}" for r in self.rates),
            "seeds": ",".join(map(str, self.seeds)),
            "methods": ",".join(job.linking),
            "projectors": write_choices(distinguish(job.projectors)),
            "settings": hashlib.sha256(repr(options).encode()).hexdigest()[:8],
            "engine": job.engine.models,
            "languages": f"{job.source}>{job.target}" + (f" via {job.pivot}" if job.pivot else ""),
            "mode": job.mode.value,
            "given": "+".join(n for n in ("translations", "labels") if getattr(job.given, n))
            or "nothing",
            "ignored": ",".join(self.ignore),
        }


def under(
    job: Job,
    items: Sequence[Item],
    noises: Sequence[Noise],
    memo: Memo,
    labels: Sequence[str] = LABELS,
    record: Record | None = None,
) -> tuple[list[Item], Job]:
    """Items and job with noise in them: in the data where these give something, else in the engine.

    Args:
        memo: that of the clean job, which is not asked twice.
        record: is told each thing that the noise does, when it does it.
    """
    order = [code for code in (job.source, job.pivot, job.target) if code]
    steps = Steps(job.engine, memo)

    def align(first: Sentence, second: Sentence) -> Alignment:
        (alignment,) = steps.align([first.labelled(())], [second.labelled(())])
        if isinstance(alignment, XProjError):
            raise alignment
        return alignment

    noisy_items = []
    for item in items:
        changed, changes = corrupted(item, noises, job.mode, labels, align)
        noisy_items.append(changed)
        for change in changes if record else ():
            record(change)  # type: ignore[misc]
    engine = noisy(job.engine, noises, memo=memo, order=order, record=record)
    return noisy_items, replace(job, engine=engine)


def _row(item: Item, projection: object, ignore: Sequence[str]) -> Row:
    gold = item.gold_of("target")
    assert gold is not None
    spans = projection.spans if isinstance(projection, Projection) else ()
    return counted(gold.spans, spans, ignore)
