"""One question, all methods side by side: what the main page shows."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from xproj_core.answers.certainty import Parts, with_probabilities
from xproj_core.confidence.calibration_model import model_in_use
from xproj_core.domain import Evidence, Projection, Sentence, Span, languages
from xproj_core.domain.defaults import DEFAULT_METHODS, DEFAULT_PROJECTOR
from xproj_core.domain.errors import XProjError
from xproj_core.domain.overlap import disagreements
from xproj_core.formats.inline import parse_inline
from xproj_core.formats.typed import read_given
from xproj_core.methods import SLOTS, Edit, Memo, Mode, Steps, Task, chain, methods
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors
from xproj_core.project.elections import projections


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed over a sentence of the chain.

    `text` may carry labels inline; `labelled` says that these are all its labels, else the
    engine tags the text.
    """

    text: str
    labelled: bool = False


@dataclass(frozen=True)
class Question:
    """Everything that defines the main page.

    Attributes:
        text: plain text, text with labels inline, or pasted CoNLL. Labels on a target that is
            to be labelled are taken as gold; on a source they are what gets projected.
        edits: slot (see `methods.SLOTS`) to what was typed over it.
    """

    mode: Mode
    text: str
    source: str
    target: str
    pivot: str | None = None
    methods: tuple[str, ...] = DEFAULT_METHODS
    method_options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    projector: str = DEFAULT_PROJECTOR
    projector_options: Mapping[str, object] = field(default_factory=dict)
    edits: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """One method's answer; `problem` says in a sentence why there is none."""

    method: str
    evidence: Evidence | None = None
    projection: Projection | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All methods' answers.

    Attributes:
        target: the sentence whose labels are compared; None when no method got to one.
        gold: its known labels, None when there are none.
        disagreements: target tokens that the methods (and gold) do not label alike.
        computed: how many translations, alignments and taggings this answer needed anew.
        reused: how many were known from answers before.
        seconds: how long it took.
    """

    columns: tuple[Column, ...]
    target: Sentence | None
    gold: tuple[Span, ...] | None
    disagreements: frozenset[int]
    computed: Mapping[str, int]
    reused: Mapping[str, int]
    seconds: float


def answer(question: Question, engine: Engine, memo: Memo) -> Comparison:
    """Run every method of the question; a method that fails fills its column with why.

    Raises:
        InputError: the text itself cannot be used.
        LanguageError: the languages cannot.
    """
    started = time.perf_counter()
    task, gold = _task(question)
    steps = Steps(engine, memo)
    columns = _sure([_column(name, question, task, steps) for name in question.methods])
    target = next((c.evidence.target for c in columns if c.evidence), None)
    if question.mode is Mode.LABEL:
        target = task.sentence
    tracks = {c.method: c.projection.spans for c in columns if c.projection}
    if gold is not None:
        tracks["gold"] = gold
    return Comparison(
        columns=columns,
        target=target,
        gold=gold,
        disagreements=disagreements(tracks, len(target)) if target else frozenset(),
        computed=steps.work.computed,
        reused=steps.work.reused,
        seconds=time.perf_counter() - started,
    )


def _column(name: str, question: Question, task: Task, steps: Steps) -> Column:
    try:
        method = methods.create(name, **question.method_options.get(name, {}))
        projector = projectors.create(question.projector, **question.projector_options)
        evidence = method.gather([task], steps)[0]
        if isinstance(evidence, XProjError):
            return Column(name, problem=str(evidence))
        evidence = chain.with_tagset(evidence, task, steps.engine)
        projection = projections(projector, [evidence], steps.engine)[0]
    except XProjError as error:
        return Column(name, problem=str(error))
    return Column(name, evidence, projection)


def _sure(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns with a probability for each entity."""
    names = [str(k) for k in range(len(columns))]  # a method may stand there twice
    good = {n: c for n, c in zip(names, columns, strict=True) if c.evidence and c.projection}
    estimates = with_probabilities(
        {n: [c.evidence] for n, c in good.items() if c.evidence},
        {n: [c.projection] for n, c in good.items() if c.projection},
        {n: Parts(n, "") for n in good},
        model_in_use(),
    )
    return tuple(
        replace(column, projection=projection)
        if name in estimates and isinstance(projection := estimates[name][0], Projection)
        else column
        for name, column in zip(names, columns, strict=True)
    )


def _task(question: Question) -> tuple[Task, tuple[Span, ...] | None]:
    """The question as a task, and the gold labels of its target, if any."""
    source, target = languages.two(question.source, question.target)
    label = question.mode is Mode.LABEL
    sentence, labels = read_given(question.text, target if label else source)
    pivot = languages.normalise(question.pivot) if question.pivot else None
    spoken = {
        "source": source,
        "target": target,
        "pivot": pivot,
        "pivot-source": source,
        "back": target if label else source,
    }
    edits = {
        slot: _edit(question.edits[slot], language)
        for slot in SLOTS[question.mode]
        if slot in question.edits and (language := spoken[slot])
    }
    task = Task(
        question.mode,
        sentence,
        source,
        target,
        pivot,
        labels=None if label else labels,
        edits=edits,
    )
    return task, labels if label else None


def _edit(typed: Typed, language: str) -> Edit:
    sentence = parse_inline(typed.text, language)
    return Edit(sentence.labelled(()), sentence.spans if typed.labelled else None)
