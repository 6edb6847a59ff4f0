"""Methods and projectors over many items, streamed in batches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count, islice
from typing import TypeVar

from xproj_core.domain import Evidence, Projection, Sentence
from xproj_core.engines import Engine
from xproj_core.errors import InputError, XProjError
from xproj_core.items import Item, Side
from xproj_core.methods import Edit, Memo, Method, Mode, Steps, Task
from xproj_core.outcomes import where_good
from xproj_core.project.base import Projector
from xproj_core.records import Record, record

T = TypeVar("T")
Outcome = Projection | XProjError


@dataclass(frozen=True, slots=True)
class Given:
    """What is taken from the data where they have it, instead of asking the engine.

    Attributes:
        translations: the other side of a pair, and the sentence in the pivot language.
        labels: gold labels of the source. Where they are there but not taken, they are
            projected as well, as `Record.oracle`.
    """

    translations: bool = True
    labels: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What every system made of one item.

    Attributes:
        number: the item's place in the input, from 0.
        evidence: method name to evidence, or to the error that prevented it.
        projections: system name to projection, or to that error.
        oracles: system name to the projection of the gold source labels, where wanted.
    """

    number: int
    item: Item
    evidence: Mapping[str, Evidence | XProjError]
    projections: Mapping[str, Outcome]
    oracles: Mapping[str, Projection] = field(default_factory=dict)

    def records(self) -> list[Record]:
        """One record per system, in order."""
        target = self.item.target or Sentence((), "und")
        return [
            record(self.item.key, self.number, name, self.evidence[method_of(name)], made,
                   target, self.oracles.get(name))
            for name, made in self.projections.items()
        ]  # fmt: skip


def system(method: str, projector: str) -> str:
    """The name of a method with a projector."""
    return f"{method}/{projector}"


def method_of(name: str) -> str:
    """The method in a system's name."""
    return name.partition("/")[0]


@dataclass
class Job:
    """Methods and projectors over items of one pair of languages.

    Attributes:
        batch_size: items that are translated, aligned and tagged together.
        new_memo: the memory of each batch. A new one for each keeps use of memory flat however
            long the input is; the methods of one batch share translations through it.
        seconds: time spent in each method and in projecting, summed up while running.
    """

    engine: Engine
    methods: Sequence[Method]
    projectors: Sequence[Projector]
    mode: Mode
    source: str
    target: str
    pivot: str | None = None
    given: Given = Given()
    batch_size: int = 32
    new_memo: Callable[[], Memo] = Memo
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of all systems, methods first."""
        return tuple(system(m.name, p.name) for m in self.methods for p in self.projectors)

    def run(self, items: Iterable[Item]) -> Iterator[Answer]:
        """One answer per item, in order; items with an empty sentence give empty answers."""
        numbers = count()
        for batch in chunks(items, self.batch_size):
            yield from self._batch(batch, numbers)

    def _batch(self, batch: Sequence[Item], numbers: Iterator[int]) -> Iterator[Answer]:
        tasks = {k: self.task(item) for k, item in enumerate(batch)}
        full = [k for k, task in tasks.items() if len(task.given)]
        steps = Steps(self.engine, self.new_memo())
        evidence: dict[str, list[Evidence | XProjError]] = {}
        projections: dict[str, list[Outcome]] = {}
        oracles: dict[str, list[Projection | None]] = {}
        for method in self.methods if full else ():
            asked = [tasks[k] for k in full]
            found = self._timed(method.name, partial(method.gather, asked, steps))
            evidence[method.name] = found
            for projector in self.projectors:
                name = system(method.name, projector.name)
                projections[name] = self._timed(
                    "projection", partial(self._project, projector, found)
                )
                oracles[name] = self._oracle(projector, found, [batch[k] for k in full])
        for k, item in enumerate(batch):
            if k not in full:
                yield Answer(next(numbers), item, {}, {})
                continue
            n = full.index(k)
            yield Answer(
                next(numbers),
                item,
                {name: made[n] for name, made in evidence.items()},
                {name: made[n] for name, made in projections.items()},
                {name: one for name, made in oracles.items() if (one := made[n]) is not None},
            )

    def _timed(self, what: str, work: Callable[[], list[T]]) -> list[T]:
        started = time.perf_counter()
        made = work()
        self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - started
        return made

    def _project(
        self, projector: Projector, evidence: Sequence[Evidence | XProjError]
    ) -> list[Outcome]:
        return where_good(evidence, lambda good: projector.project(good, self.engine))

    def _oracle(
        self, projector: Projector, evidence: Sequence[Evidence | XProjError], items: Sequence[Item]
    ) -> list[Projection | None]:
        """The gold source labels over the same links, where they were there but not used."""
        if self.given.labels or not self.given.translations:
            return [None] * len(items)
        wanted: dict[int, Evidence] = {}
        for k, (one, item) in enumerate(zip(evidence, items, strict=True)):
            gold = item.gold_of("source")
            if (
                isinstance(one, Evidence)
                and one.placed is None
                and gold is not None
                and gold.tokens == one.source.tokens
            ):
                wanted[k] = replace(one, source=one.source.labelled(gold.spans))
        made = iter(projector.project(list(wanted.values()), self.engine) if wanted else ())
        return [next(made) if k in wanted else None for k in range(len(items))]

    def task(self, item: Item) -> Task:
        """What is asked about one item.

        Raises:
            InputError: the side that the mode starts from is missing.
        """
        label = self.mode is Mode.LABEL
        given = item.target if label else item.source
        if given is None:
            side = "target" if label else "source"
            raise InputError(f"The item {item.key} has no {side} sentence, which is needed here.")
        gold = item.gold_of("source") if self.given.labels else None
        return Task(
            self.mode,
            given.labelled(()),
            self.source,
            self.target,
            self.pivot,
            labels=None if label or gold is None else gold.spans,
            edits=self._edits(item) if self.given.translations else {},
        )

    def _edits(self, item: Item) -> dict[str, Edit]:
        """The sentences that the data have already, by slot."""
        made: dict[str, Edit] = {}
        if self.mode is Mode.LABEL and item.source is not None:
            gold = item.gold_of("source") if self.given.labels else None
            typed = Edit(item.source.labelled(()), None if gold is None else gold.spans)
            made = {"source": typed, "pivot-source": typed}
        elif self.mode is Mode.TRANSLATE and item.target is not None:
            made = {"target": Edit(item.target.labelled(()))}
        if self.pivot is not None and self.pivot in item.others:
            made["pivot"] = Edit(item.others[self.pivot].labelled(()))
        return made


def items_of(sentences: Iterable[Sentence], mode: Mode = Mode.LABEL) -> Iterator[Item]:
    """Sentences without anything beside them, numbered from 1; their labels are gold if any."""
    side: Side = "target" if mode is Mode.LABEL else "source"
    for n, one in enumerate(sentences, 1):
        gold: frozenset[Side] = frozenset({side} if one.spans else ())
        yield Item(str(n), **{side: one}, gold=gold)  # type: ignore[arg-type]


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Consecutive lists of `size` items, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
