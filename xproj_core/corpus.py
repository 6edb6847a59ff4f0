"""Methods over many sentences, streamed in batches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, islice

from xproj_core.domain import Evidence, Projection, Sentence
from xproj_core.engines import Engine
from xproj_core.errors import XProjError
from xproj_core.methods import Memo, Method, Mode, Steps, Task
from xproj_core.outcomes import where_good
from xproj_core.project.base import Projector

Outcome = Projection | XProjError


@dataclass(frozen=True, slots=True)
class Answer:
    """What every method made of one sentence.

    Attributes:
        number: the sentence's place in the input, from 0.
        evidence, projections: method name to result, or to the error that prevented it.
    """

    number: int
    sentence: Sentence
    evidence: Mapping[str, Evidence | XProjError]
    projections: Mapping[str, Outcome]


@dataclass
class Job:
    """Methods and a projector over sentences of one pair of languages.

    Attributes:
        batch_size: sentences that are translated, aligned and tagged together.
        seconds: time spent in each method and in projecting, summed up while running.
    """

    engine: Engine
    methods: Sequence[Method]
    projector: Projector
    mode: Mode
    source: str
    target: str
    pivot: str | None = None
    batch_size: int = 32
    seconds: dict[str, float] = field(default_factory=dict)

    def run(self, sentences: Iterable[Sentence]) -> Iterator[Answer]:
        """One answer per sentence, in order; empty sentences give empty answers."""
        numbers = count()
        for batch in chunks(sentences, self.batch_size):
            full = [s for s in batch if len(s)]
            # A new memory for each batch keeps use of memory flat however long the input is;
            # the methods of one batch share translations and alignments through it.
            steps = Steps(self.engine, Memo())
            found = {m.name: self._method(m, full, steps) for m in self.methods} if full else {}
            place = count()
            for sentence in batch:
                k = next(place) if len(sentence) else None
                yield Answer(
                    next(numbers),
                    sentence,
                    {} if k is None else {name: e[k] for name, (e, _) in found.items()},
                    {} if k is None else {name: p[k] for name, (_, p) in found.items()},
                )

    def _method(
        self, method: Method, sentences: Sequence[Sentence], steps: Steps
    ) -> tuple[list[Evidence | XProjError], list[Outcome]]:
        started = time.perf_counter()
        evidence = method.gather([self._task(s) for s in sentences], steps)
        gathered = time.perf_counter()
        projections = where_good(
            evidence,
            lambda good: self.projector.project(good, self.engine),
        )
        for name, spent in (
            (method.name, gathered - started),
            ("projection", time.perf_counter() - gathered),
        ):
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
        return evidence, projections

    def _task(self, sentence: Sentence) -> Task:
        labels = sentence.spans if self.mode is Mode.TRANSLATE else None
        given = sentence.labelled(())
        return Task(self.mode, given, self.source, self.target, self.pivot, labels=labels)


def chunks(items: Iterable[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Consecutive lists of `size` items, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
