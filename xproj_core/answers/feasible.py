"""What cannot be answered at all, known before anything is computed.

A method is asked about real items with models that do nothing but refuse what the real ones
refuse: languages that nobody translates or tags, a tagger or a scorer that is not there. So this
holds for every method, also for one that somebody else has written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from xproj_core.answers.many_items import Job
from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.methods import Memo, Mode, Steps
from xproj_core.models.protocols import (
    ProbabilisticTagger,
    Tagger,
    TagProbabilities,
    Translation,
    Translator,
)
from xproj_core.project.elections import projections

PROBES = 8
"""Items that are asked about: where none of them can be answered, nothing is expected of the
rest."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands in the way of a job.

    Attributes:
        systems: name of each system that answers none of the items, to why.
        unknown_labels: labels of the data that the tagger, which was asked, never gives.
    """

    systems: dict[str, str]
    unknown_labels: tuple[str, ...] = ()


def obstacles(job: Job, items: Iterable[Item], labels: Collection[str] = ()) -> Obstacles:
    """What a job will not be able to do; nothing is translated, aligned or tagged.

    Args:
        items: of the data; the first `PROBES` with words are asked about.
        labels: those that the data have.
    """
    dry = _DryTagger.of(job.engine.tagger)
    direct = _DryTagger.of(job.engine.target_tagger)
    engine = replace(
        job.engine,
        translator=_DryTranslator(job.engine.translator),
        aligner=_DryAligner(),
        tagger=dry,
        target_tagger=direct,
        scorer=None if job.engine.scorer is None else _DryScorer(),
    )
    some = list(_probes(job, items))
    reasons = _reasons(replace(job, engine=engine), some) if some else {}
    asked = [t for t in (dry, direct) if t is not None and t.asked]
    given = {label for tagger in asked for label in tagger.labels}
    return Obstacles(reasons, tuple(sorted(set(labels) - given)) if asked else ())


def pivots(
    translator: Translator, mode: Mode, source: str, target: str, candidates: Iterable[str]
) -> list[str]:
    """Those candidates through which `translator` gets from one side to the other, in order."""

    def speaks(code: str) -> bool:
        if code in (source, target):
            return False
        if mode is Mode.TRANSLATE:
            return translator.supports(source, code)
        return translator.supports(target, code) and translator.supports(code, source)

    return [code for code in candidates if speaks(code)]


def _probes(job: Job, items: Iterable[Item]) -> Iterator[Item]:
    n = 0
    for item in items:
        side = item.target if job.mode is Mode.LABEL else item.source
        if side is not None and len(side):
            yield item
            n += 1
        if n == PROBES:
            return


def _reasons(job: Job, items: Sequence[Item]) -> dict[str, str]:
    """The systems without a single answer, each with the first reason."""
    reasons: dict[str, str] = {}
    answered: set[str] = set()
    for item in items:
        for system, problem in _problems(job, item).items():
            if problem is None:
                answered.add(system)
            else:
                reasons.setdefault(system, problem)
    return {system: why for system, why in reasons.items() if system not in answered}


def _problems(job: Job, item: Item) -> dict[str, str | None]:
    """Why each system does not answer an item; None where it does."""
    problems: dict[str, str | None] = {}
    for system, (method, projector) in job.members.items():
        try:
            evidence = method.gather([job.task(item)], Steps(job.engine, Memo()))[0]
            if isinstance(evidence, XProjError):
                raise evidence
            projections(projector, [evidence], job.engine)
        except XProjError as error:
            problems[system] = str(error)
        else:
            problems[system] = None
    return problems


class _DryTranslator:
    """Gives back what it is told, in the other language, wherever the real one would translate."""

    def __init__(self, real: Translator) -> None:
        self._real, self.name = real, real.name

    def supports(self, source: str, target: str) -> bool:
        return self._real.supports(source, target)

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """What the real one does not support it is asked for: it knows what it remembers, and
        says best why it refuses."""
        return [
            Translation(replace(s.labelled(()), language=target), self.name)
            if self.supports(s.language, target)
            else self._real.translate([s], target)[0]
            for s in sentences
        ]


class _DryAligner:
    """Links the first words, then the second, and so on."""

    name = "dry"

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        shapes = [(len(first), len(second)) for first, second in pairs]
        return [Alignment.from_links([(i, i) for i in range(min(s))], s) for s in shapes]


class _DryScorer:
    """Finds all translations equally likely."""

    def log_likelihoods(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str
    ) -> list[float]:
        return [-1.0] * len(pairs)


@dataclass
class _DryTagger:
    """Labels the first word; knows the languages and labels that the real one knows."""

    name: str
    labels: tuple[str, ...]
    languages: frozenset[str] | None
    asked: bool = field(default=False)

    @classmethod
    def of(cls, tagger: Tagger | None) -> _DryTagger | None:
        if tagger is None:
            return None
        kind = _DryProbabilisticTagger if isinstance(tagger, ProbabilisticTagger) else cls
        return kind(tagger.name, tagger.labels, tagger.languages)

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        self.asked = True
        return [(Span(0, 1, self.labels[0]),) if len(s) and self.labels else () for s in sentences]


class _DryProbabilisticTagger(_DryTagger):
    """Is sure of nothing."""

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        import numpy as np

        return [TagProbabilities(("O",), np.ones((len(s), 1), dtype=np.float64)) for s in sentences]
