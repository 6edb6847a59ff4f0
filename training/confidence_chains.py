"""German sentences with gold labels, sent through Mini's own chain: every step errs as it does.

GermEval 2014 (CC BY 4.0): translated into English, tagged, linked and projected back, by every
method, with the links as they come and disturbed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from xproj_core.answers.many_items import Given, Job, items_of
from xproj_core.domain import Evidence, Projection, Sentence, Span
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.engines.presets import load_engine
from xproj_core.formats import conll
from xproj_core.methods import Mode, methods
from xproj_core.noise.alignment import AddLinks, AlignmentNoise, DropLinks, ShiftLinks
from xproj_core.project import projectors

LABELS = ("PER", "LOC", "ORG")
METHODS = ("direct", "pivot", "back_translation", "model_transfer", "markers")
PROJECTORS = (DEFAULT_PROJECTOR, "seed-heuristic", "min-max")
NOISES: tuple[type[AlignmentNoise], ...] = (DropLinks, AddLinks, ShiftLinks)
RATE = 0.2


@dataclass(frozen=True, slots=True)
class Example:
    """One projection with the gold labels of its target.

    `group` is the number of the sentence, `source` the name of what it was made from.
    """

    evidence: Evidence
    projection: Projection
    others: tuple[Projection, ...]
    gold: frozenset[Span]
    group: int
    source: str


def germeval(file: Path, count: int) -> list[Sentence]:
    """The first sentences with at least one PER, LOC or ORG, other labels left out."""
    tagged = (
        Sentence(sentence.tokens, "de", tuple(s for s in sentence.spans if s.label in LABELS))
        for sentence in conll.load(file, tag_column=3).sentences("de")
        if len(sentence) <= 40
    )
    return [sentence for sentence in tagged if sentence.spans][:count]


def chains(sentences: Sequence[Sentence], progress: bool = True) -> Iterator[Example]:
    """Every method and projector over each sentence, with clean and with disturbed links."""
    engine = load_engine("mini")
    chosen = [methods.create(name) for name in METHODS]
    all_projectors = [projectors.create(name) for name in PROJECTORS]
    nothing = Given(False, False, False)
    job = Job(engine, chosen, all_projectors, Mode.LABEL, "en", "de", "fr", nothing)
    for answer in job.run(items_of(sentences)):
        if progress and answer.number % 100 == 0:
            print(f"  {answer.number} of {len(sentences)}", flush=True)
        gold = frozenset(sentences[answer.number].spans)
        for name, projection in answer.projections.items():
            method, projector = name.split("/")
            evidence = answer.evidence[method]
            if isinstance(evidence, Exception) or isinstance(projection, Exception):
                continue
            beside = tuple(
                rival
                for other, rival in answer.projections.items()
                if other != name
                and other.endswith(f"/{projector}")
                and isinstance(rival, Projection)
            )
            for others in ((), beside):
                yield Example(evidence, projection, others, gold, answer.number, f"chain, {method}")
            if method == "direct":
                yield from _disturbed(evidence, projector, gold, answer.number)


def _disturbed(
    evidence: Evidence, projector: str, gold: frozenset[Span], number: int
) -> Iterator[Example]:
    """The same with links dropped, added or shifted, the noise drawn by the sentence's words."""
    noise = NOISES[number % len(NOISES)](rate=RATE)
    assert evidence.alignment is not None
    links, _ = noise.apply(evidence.source, evidence.target, evidence.alignment)
    disturbed = replace(evidence, alignment=links)
    [projection] = projectors.create(projector).project([disturbed])
    yield Example(disturbed, projection, (), gold, number, f"chain, {noise.name}")
