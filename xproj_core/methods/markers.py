"""Markers: the labels ride through translation in brackets; no alignment at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.domain.parameters import option
from xproj_core.methods import chain
from xproj_core.methods.base import Task
from xproj_core.methods.brackets import SIMILAR, Marked, marked_translations
from xproj_core.methods.published_markers import read_as_easy_project
from xproj_core.methods.steps import Steps
from xproj_core.models.protocols import Translation


def locate(
    start: int, end: int, words: Sequence[str], target: Sequence[str], occupied: frozenset[int]
) -> tuple[int, int] | None:
    """The [start, end) of `target` that says what words[start:end] say; None if nothing does.

    Words that stand in both sentences in the same order decide; where those leave the span
    open, the most similar window of at most one word more or less, over `SIMILAR`. Of equals
    the one nearest to the span's relative place wins. Target words in `occupied` are left out.
    """
    blocks = SequenceMatcher(None, list(words), list(target), autojunk=False)
    shared = {a + k: b + k for a, b, size in blocks.get_matching_blocks() for k in range(size)}
    places = [shared.get(i) for i in range(start, end)]
    positions = [p for p in places if p is not None]
    if len(positions) == end - start == positions[-1] - positions[0] + 1 and not occupied & set(
        positions
    ):
        return positions[0], positions[-1] + 1
    return _most_similar(start, end, words, target, occupied)


def _most_similar(
    start: int, end: int, words: Sequence[str], target: Sequence[str], occupied: frozenset[int]
) -> tuple[int, int] | None:
    phrase = " ".join(words[start:end])
    length, place = end - start, start / max(1, len(words))
    best: tuple[float, float, int, int] | None = None
    for size in range(max(1, length - 1), length + 2):
        for begin in range(len(target) - size + 1):
            if any(i in occupied for i in range(begin, begin + size)):
                continue
            score = fuzz.ratio(phrase, " ".join(target[begin : begin + size])) / 100
            key = (score, -abs(begin / len(target) - place), begin, begin + size)
            if score > SIMILAR and (best is None or key > best):
                best = key
    return (best[2], best[3]) if best else None


@dataclass(frozen=True)
class Markers:
    """m = MT(s with markers); its entities are looked up in the shared target by their words.

    EasyProject labels m itself. Here all methods share one target, so that they can be
    compared; where m, without its markers, is that target, the two are the same. With
    `as_published` the brackets are read, and sentences left out, by EasyProject's own rules.
    """

    name = "markers"
    places_labels = True
    as_published: bool = option(
        False, "sentences that EasyProject's code would leave out get no entity"
    )

    def gather(self, tasks: Sequence[Task], steps: Steps) -> list[Evidence | XProjError]:
        """Entities placed on the target without alignment."""
        sources = chain.sources(tasks, steps)
        targets = chain.targets(tasks, steps, sources)
        labelled = chain.labelled(tasks, steps, "source", sources)
        reader = read_as_easy_project if self.as_published else None
        marked = marked_translations(labelled, steps, tasks[0].target, reader)
        return lift(self._evidence, labelled, sources, marked, targets)

    def _evidence(
        self, labelled: Sentence, source: Translation, marked: Marked, target: Translation
    ) -> Evidence:
        placed: list[tuple[Span, Span | None]] = []
        for span, entity in zip(marked.sentence.spans, marked.sources, strict=True):
            apart = [p for p, source in placed if source is None or not source.overlaps(entity)]
            occupied = frozenset(i for p in apart for i in range(p.start, p.end))
            place = locate(
                span.start, span.end, marked.sentence.tokens, target.sentence.tokens, occupied
            )
            if place is not None:
                placed.append((Span(*place, span.label), entity))
        return Evidence(
            self.name,
            labelled,
            target.sentence,
            None,
            (labelled, marked.sentence, target.sentence),
            (None, None),
            placed=tuple(placed),
            origins=(source.origin, marked.origin, target.origin),
            notes=tuple(dict.fromkeys(chain.notes(source, target) + marked.notes)),
        )
