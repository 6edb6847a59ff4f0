"""Evidence whose method placed the entities itself: nothing is left to project."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from xproj_core.domain import Evidence, Lost, Projected, Projection, Trace
from xproj_core.models.protocols import Engine


def placed(evidence: Evidence) -> Projection | None:
    """The entities that the method placed, untouched; None where it placed none.

    Their confidence is their own score, 1 where they have none.
    """
    if evidence.placed is None:
        return None
    rule = f"placed by the method {evidence.method}"
    entities = tuple(
        Projected(
            span,
            Trace(
                source,
                rule=rule,
                confidence=1.0 if span.score is None else min(1.0, max(0.0, span.score)),
            ),
        )
        for span, source in evidence.placed
    )
    # an entity that came from none (a tagger on the target found it) stands for itself
    found = {source or span for span, source in evidence.placed}
    lost = tuple(
        Lost(s, "method", f"The method {evidence.method} did not place it.", Trace(s, rule=rule))
        for s in evidence.source.spans
        if s not in found
    )
    return Projection(entities, lost)


class OneByOne(ABC):
    """A projector that looks at one sentence at a time."""

    def project(
        self, evidence: Sequence[Evidence], engine: Engine | None = None
    ) -> list[Projection]:
        """See `Projector.project`."""
        return [placed(one) or self._one(one) for one in evidence]

    @abstractmethod
    def _one(self, evidence: Evidence) -> Projection:
        """The projection of evidence whose method placed nothing itself."""
