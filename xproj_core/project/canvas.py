"""Tags as projectors that write tags write them: later ones over earlier ones.

Tags are flat. Where source entities share words there is a word list for each in their place: what
stands apart in the source takes words from each other, what overlaps there does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xproj_core.domain import Evidence, Projection, Span
from xproj_core.formats import iob
from xproj_core.project import explain
from xproj_core.project.base import TaggedProjection
from xproj_core.project.explain import Draft
from xproj_core.project.nesting import NONE, sharing
from xproj_core.project.words import runs


class Canvas:
    """The tags of one target sentence, and for each word who wrote its tag last.

    Args:
        nested: source entities that overlap may share words; without, tags are flat as published.
    """

    def __init__(self, evidence: Evidence, nested: bool = True) -> None:
        self._evidence = evidence
        self._spans = evidence.source.spans
        self._shared = sharing(self._spans) if nested else NONE
        self._tags = ["O"] * len(evidence.target)
        self._words: list[set[int]] = [set() for _ in self._spans]
        self._takers: list[dict[int, int]] = [{} for _ in self._spans]

    def write(self, words: Sequence[int], owner: int) -> None:
        """B-label on the first of `words`, I-label on the others, over whatever was there.

        Args:
            owner: the number of the source entity, whose label it is.
        """
        prefix = "B-"
        for word in words:
            self._tags[word] = prefix + self._spans[owner].label
            prefix = "I-"
            for other, own in enumerate(self._words):
                if other == owner or (other, owner) in self._shared:
                    continue
                if word in own or word in self._takers[other]:
                    own.discard(word)
                    self._takers[other][word] = owner
            self._words[owner].add(word)
            self._takers[owner].pop(word, None)

    def spans(self) -> list[tuple[int, Span]]:
        """What is written, by number of the entity that wrote its first word."""
        return list(self._nested() if self._shared else self._flat())

    def _nested(self) -> Iterator[tuple[int, Span]]:
        for owner, words in enumerate(self._words):
            for start, end in runs(sorted(words)):
                yield owner, Span(start, end, self._spans[owner].label)

    def _flat(self) -> Iterator[tuple[int, Span]]:
        for span in iob.spans(self._tags):
            yield next(n for n, words in enumerate(self._words) if span.start in words), span

    def projection(self, drafts: Sequence[Draft]) -> Projection:
        """What was written, as entities: each belongs to the writer of its first word.

        A draft that claimed words and has no entity left lost them to the others. Where all is flat
        the projection holds the tags, too.
        """
        spans_by_writer: dict[int, list[Span]] = {}
        for writer, span in self.spans():
            spans_by_writer.setdefault(writer, []).append(span)
        for n in range(len(drafts)):
            self._tell(n, drafts, lost=n not in spans_by_writer)
        entities = [
            p
            for n, spans in spans_by_writer.items()
            for p in explain.projected(drafts[n], self._evidence, spans)
        ]
        entities.sort(key=lambda p: p.span)
        lost = tuple(
            explain.lost(draft, self._evidence)
            for n, draft in enumerate(drafts)
            if n not in spans_by_writer
        )
        if self._shared:
            return Projection(tuple(entities), lost)
        return TaggedProjection(tuple(entities), lost, tuple(self._tags))

    def _tell(self, n: int, drafts: Sequence[Draft], lost: bool) -> None:
        """Say of draft `n` who wrote over which of its claims."""
        draft, takers = drafts[n], dict[int, None]()
        for run in draft.claims:
            own = dict.fromkeys(o for w in range(*run) if (o := self._takers[n].get(w)) is not None)
            if own:
                draft.verdicts[run] = f"overlaps {self._names(own, drafts)}"
                takers.update(own)
        if takers and lost:
            draft.lose("collision", f"{explain.took(self._names(takers, drafts))}.")
        elif takers:
            took = explain.took(self._names(takers, drafts), "some of its words")
            draft.steps.append(f"{took}.")

    def _names(self, numbers: Iterable[int], drafts: Sequence[Draft]) -> str:
        source = self._evidence.source
        return " and ".join(explain.entity(source, drafts[n].source) for n in numbers)
