"""Tags as projectors that write tags write them: later ones over earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xproj_core.domain import Evidence, Span
from xproj_core.formats import iob
from xproj_core.project import explain
from xproj_core.project.base import TaggedProjection
from xproj_core.project.explain import Draft


class Canvas:
    """The tags of one target sentence, and for each word who wrote its tag last."""

    def __init__(self, length: int) -> None:
        self.tags = ["O"] * length
        self.owner: list[int | None] = [None] * length

    def write(self, words: Iterable[int], label: str, owner: int) -> None:
        """B-label on the first of `words`, I-label on the others, whatever was there."""
        prefix = "B-"
        for word in words:
            self.tags[word], self.owner[word] = prefix + label, owner
            prefix = "I-"

    def projection(self, drafts: Sequence[Draft], evidence: Evidence) -> TaggedProjection:
        """What was written, as entities: each belongs to the writer of its first word.

        A draft that claimed words and has no entity left lost them to the others.
        """
        if not drafts:
            return TaggedProjection((), (), tuple(self.tags))
        spans_by_writer: dict[int, list[Span]] = {}
        for span in iob.spans(self.tags):
            writer = self.owner[span.start]
            assert writer is not None
            spans_by_writer.setdefault(writer, []).append(span)
        for n in range(len(drafts)):
            self._tell(n, drafts, evidence, lost=n not in spans_by_writer)
        entities = [
            p
            for n, spans in spans_by_writer.items()
            for p in explain.projected(drafts[n], evidence, spans)
        ]
        return TaggedProjection(
            entities=tuple(sorted(entities, key=lambda p: p.span)),
            lost=tuple(
                explain.lost(draft, evidence)
                for n, draft in enumerate(drafts)
                if n not in spans_by_writer
            ),
            tags=tuple(self.tags),
        )

    def _tell(self, n: int, drafts: Sequence[Draft], evidence: Evidence, lost: bool) -> None:
        """Say of draft `n` who wrote over which of its claims."""
        draft, takers = drafts[n], dict[int, None]()
        for run in draft.claims:
            own = dict.fromkeys(o for w in range(*run) if (o := self.owner[w]) not in (None, n))
            if own:
                draft.verdicts[run] = f"overlaps {_names(own, drafts, evidence)}"
                takers.update(own)
        if takers and lost:
            draft.lose("collision", f"{explain.took(_names(takers, drafts, evidence))}.")
        elif takers:
            took = explain.took(_names(takers, drafts, evidence), "some of its words")
            draft.steps.append(f"{took}.")


def _names(numbers: Iterable[int], drafts: Sequence[Draft], evidence: Evidence) -> str:
    return " and ".join(explain.entity(evidence.source, drafts[n].source) for n in numbers)
