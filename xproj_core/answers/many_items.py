"""Methods and projectors over many items, streamed in chunks (see `chunks`)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from xproj_core.align.given_links import GivenLinks
from xproj_core.answers.certainty import Parts, with_probabilities
from xproj_core.answers.choice import Choice, distinguish
from xproj_core.answers.chunks import batches, chunks
from xproj_core.answers.system import System, evidence_name
from xproj_core.confidence.calibration_model import CalibrationModel
from xproj_core.domain import Evidence, Projection, Sentence
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item, Side
from xproj_core.domain.outcomes import guarded, lift, where_good
from xproj_core.domain.record import Record, record
from xproj_core.methods import Edit, Memo, Method, Mode, Steps, Task, chain, places_labels
from xproj_core.models.protocols import Engine
from xproj_core.project.base import Projector
from xproj_core.project.elections import projections

T = TypeVar("T")
Outcome = Projection | XProjError


@dataclass(frozen=True, slots=True)
class Given:
    """What is taken from the data where they have it, instead of asking the engine.

    Attributes:
        translations: the other side of a pair, and the sentence in the pivot language.
        labels: gold labels of the source. Where they are there but not taken, they are
            projected as well, as `Record.oracle`.
        links: gold word links, sure and possible, instead of the aligner's.
    """

    translations: bool = True
    labels: bool = True
    links: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What every system made of one item.

    Attributes:
        number: the item's place in the input, from 0.
        evidence: method name to evidence, or to the error that prevented it. Where there are
            several engines or settings of one method, the names are those of `Job.linking`.
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
            record(
                self.item.key,
                self.number,
                name,
                self.evidence[System.parse(name).evidence],
                projection,
                target,
                self.oracles.get(name),
            )
            for name, projection in self.projections.items()
        ]


@dataclass
class Job:
    """Methods and projectors over items of one pair of languages.

    Attributes:
        batch_size: items that are translated, aligned and tagged together, at most.
        new_memo: the memory of each chunk. A new one for each keeps use of memory flat however
            long the input is; the methods of one chunk share translations through it.
        progress: called with the number of items after each batch. What it raises stops the work.
        engine_name: the engine's in the names of systems, where there are several.
        confidence: what estimates the probability of each entity; None for no estimates, which
            can be made of records at any time (`certainty.sure_records`), with any model.
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
    progress: Callable[[int], None] | None = None
    engine_name: str = ""
    confidence: CalibrationModel | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def linking(self) -> dict[str, Method]:
        """The methods by the name of their evidence."""
        return {
            evidence_name(choice, self.engine_name): method
            for choice, method in distinguish(self.methods).items()
        }

    @property
    def members(self) -> dict[str, tuple[Method, Projector]]:
        """The method and the projector of each system, by its name; methods first.

        A method that places labels itself is one system, named with the first projector: all
        others would repeat it.
        """
        return {
            str(System(linking, projecting, self.engine_name)): (method, projector)
            for linking, method in distinguish(self.methods).items()
            for projecting, projector in self._projecting(method)
        }

    def _projecting(self, method: Method) -> list[tuple[Choice, Projector]]:
        """The projectors that make a difference to a method."""
        every = list(distinguish(self.projectors).items())
        return every[:1] if places_labels(method) else every

    @property
    def systems(self) -> tuple[str, ...]:
        """The names of all systems, methods first."""
        return tuple(self.members)

    def run(self, items: Iterable[Item]) -> Iterator[Answer]:
        """One answer per item, in order; items with an empty sentence give empty answers."""
        return together([self], items)

    def chunk(self, items: Sequence[Item], first: int = 0) -> list[Answer]:
        """The answers to items that stand together, `first` being the number of the first.

        An item that cannot be answered has the error in place of every system's answer.
        """
        engine = self.engine
        if self.given.links and self.given.translations:
            engine = replace(engine, aligner=GivenLinks(engine.aligner, items))
        steps = Steps(engine, self.new_memo())
        answers: dict[int, Answer] = {}
        tasks: dict[int, Task] = {}
        for k, item in enumerate(items):
            try:
                tasks[k] = self.task(item)
            except XProjError as error:
                answers[k] = self._unanswered(first + k, item, error)
        for batch in batches({k: items[k].longest for k in tasks}, self.batch_size):
            full = [k for k in batch if len(tasks[k].sentence)]
            numbered = {first + k: items[k] for k in full}
            batch_answers = self._batch(numbered, [tasks[k] for k in full], steps) if full else []
            answers.update(zip(full, batch_answers, strict=True))
            if self.progress is not None:
                self.progress(len(batch))
        return [answers.get(k) or Answer(first + k, item, {}, {}) for k, item in enumerate(items)]

    def _unanswered(self, number: int, item: Item, error: XProjError) -> Answer:
        return Answer(
            number, item, dict.fromkeys(self.linking, error), dict.fromkeys(self.systems, error)
        )

    def _batch(
        self, items: Mapping[int, Item], tasks: Sequence[Task], steps: Steps
    ) -> Iterator[Answer]:
        evidence: dict[str, list[Evidence | XProjError]] = {}
        projections: dict[str, list[Outcome]] = {}
        oracles: dict[str, list[Projection | None]] = {}
        parts: dict[str, Parts] = {}
        for linking, method in distinguish(self.methods).items():
            name = evidence_name(linking, self.engine_name)
            gathered = self._timed(name, partial(method.gather, tasks, steps))
            noted = lift(partial(chain.with_tagset, engine=steps.engine), gathered, tasks)
            evidence[name] = linked = list(map(_of_data, noted))
            for projecting, projector in self._projecting(method):
                system = str(System(linking, projecting, self.engine_name))
                projections[system] = self._timed(
                    "projection", partial(self._project, projector, linked)
                )
                oracles[system] = self._oracle(projector, linked, list(items.values()))
                parts[system] = Parts(name, str(projecting))
        if self.confidence is not None:
            estimate = partial(with_probabilities, evidence, projections, parts, self.confidence)
            projections = self._timed("confidence", estimate)
        for n, (number, item) in enumerate(items.items()):
            yield Answer(
                number,
                item,
                {name: results[n] for name, results in evidence.items()},
                {name: results[n] for name, results in projections.items()},
                {
                    name: oracle
                    for name, results in oracles.items()
                    if (oracle := results[n]) is not None
                },
            )

    def _timed(self, what: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        results = work()
        self.seconds[what] = self.seconds.get(what, 0.0) + time.perf_counter() - started
        return results

    def _project(
        self, projector: Projector, evidence: Sequence[Evidence | XProjError]
    ) -> list[Outcome]:
        def project(some: list[Evidence]) -> list[Projection]:
            return projections(projector, some, self.engine)

        return where_good(evidence, partial(guarded, project))

    def _oracle(
        self, projector: Projector, evidence: Sequence[Evidence | XProjError], items: Sequence[Item]
    ) -> list[Projection | None]:
        """The gold source labels over the same links, where they were there but not used."""
        if self.given.labels or not self.given.translations:
            return [None] * len(items)
        gold_evidence: dict[int, Evidence] = {}
        for k, (item_evidence, item) in enumerate(zip(evidence, items, strict=True)):
            gold = item.gold_of("source")
            if (
                isinstance(item_evidence, Evidence)
                and item_evidence.placed is None
                and item_evidence.election is None
                and gold is not None
                and gold.tokens == item_evidence.source.tokens
            ):
                gold_evidence[k] = replace(
                    item_evidence, source=item_evidence.source.labelled(gold.spans)
                )
        projections = dict(
            zip(gold_evidence, self._project(projector, list(gold_evidence.values())), strict=True)
        )
        return [
            projection if isinstance(projection := projections.get(k), Projection) else None
            for k in range(len(items))
        ]

    def task(self, item: Item) -> Task:
        """What is asked about one item.

        Raises:
            InputError: the side that the mode starts from is missing.
        """
        label = self.mode is Mode.LABEL
        sentence = item.target if label else item.source
        if sentence is None:
            side = "target" if label else "source"
            raise InputError(f"The item {item.key} has no {side} sentence, which is needed here.")
        gold = item.gold_of("source") if self.given.labels else None
        return Task(
            self.mode,
            sentence.labelled(()),
            self.source,
            self.target,
            self.pivot,
            labels=None if label or gold is None else gold.spans,
            edits=self._edits(item) if self.given.translations else {},
            others=self._others(item) if self.given.translations else {},
        )

    def _others(self, item: Item) -> dict[str, Edit]:
        """The sentences in further languages, with their labels if they have any.

        One without labels has none where the source is known to hold no entity either; else the
        engine tags it.
        """
        gold = item.gold_of("source") if self.given.labels else None
        without = () if gold is not None and not gold.spans else None
        return {
            code: Edit(
                sentence.labelled(()), (sentence.spans or without) if self.given.labels else None
            )
            for code, sentence in item.others.items()
        }

    def _edits(self, item: Item) -> dict[str, Edit]:
        """The sentences that the data have already, by slot."""
        edits: dict[str, Edit] = {}
        if self.mode is Mode.LABEL and item.source is not None:
            gold = item.gold_of("source") if self.given.labels else None
            typed = Edit(item.source.labelled(()), None if gold is None else gold.spans)
            edits = {"source": typed, "pivot-source": typed}
        elif self.mode is Mode.TRANSLATE and item.target is not None:
            edits = {"target": Edit(item.target.labelled(()))}
        if self.pivot is not None and self.pivot in item.others:
            edits["pivot"] = Edit(item.others[self.pivot].labelled(()))
        return edits


def _of_data(evidence: Evidence | XProjError) -> Evidence | XProjError:
    """What the data had is given; nobody typed it."""
    if isinstance(evidence, XProjError) or "typed" not in evidence.origins:
        return evidence
    origins = tuple("given" if origin == "typed" else origin for origin in evidence.origins)
    return replace(evidence, origins=origins)


def items_of(sentences: Iterable[Sentence], mode: Mode = Mode.LABEL) -> Iterator[Item]:
    """Sentences without anything beside them, numbered from 1; their labels are gold if any."""
    side: Side = "target" if mode is Mode.LABEL else "source"
    for n, sentence in enumerate(sentences, 1):
        gold: frozenset[Side] = frozenset({side} if sentence.spans else ())
        yield Item(str(n), **{side: sentence}, gold=gold)  # type: ignore[arg-type]


def together(jobs: Sequence[Job], items: Iterable[Item], first: int = 0) -> Iterator[Answer]:
    """One answer per item, in order, with the systems of every job (one job per engine);
    `first` is the number of the first item."""
    for chunk in chunks(items):
        for answers in zip(*(job.chunk(chunk, first) for job in jobs), strict=True):
            yield answers[0] if len(answers) == 1 else _joined(answers)
        first += len(chunk)


def _joined(answers: Sequence[Answer]) -> Answer:
    evidence: dict[str, Evidence | XProjError] = {}
    projections: dict[str, Outcome] = {}
    oracles: dict[str, Projection] = {}
    for answer in answers:
        evidence |= answer.evidence
        projections |= answer.projections
        oracles |= answer.oracles
    return Answer(answers[0].number, answers[0].item, evidence, projections, oracles)
