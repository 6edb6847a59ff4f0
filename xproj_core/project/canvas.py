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
        for n, draft in enumerate(drafts):
            if takers := self._takers(n, draft):
                names = " and ".join(
                    explain.entity(evidence.source, drafts[o].source) for o in takers
                )
                _tell(draft, names, lost=n not in spans_by_writer)
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

    def _takers(self, n: int, draft: Draft) -> list[int]:
        """Who wrote over words that draft `n` had claimed."""
        claimed = (self.owner[w] for run in draft.claims for w in range(*run))
        return list(dict.fromkeys(o for o in claimed if o is not None and o != n))


def _tell(draft: Draft, takers: str, lost: bool) -> None:
    if lost:
        draft.lose("collision", f"{takers} took its words.", f"overlaps {takers}")
    else:
        draft.verdicts.update(dict.fromkeys(draft.claims, f"overlaps {takers}"))
        draft.steps.append(f"{takers} took some of its words.")
