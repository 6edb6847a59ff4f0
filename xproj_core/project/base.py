"""What every projector offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from xproj_core.domain import Evidence, Lost, Projected, Projection, Trace
from xproj_core.domain.errors import ProjectionError
from xproj_core.formats import iob
from xproj_core.models.protocols import Engine
from xproj_core.project.duplicates import distinct


def placed(evidence: Evidence) -> Projection | None:
    """The entities that the method placed, untouched; None where it placed none.

    Their confidence is their own score, 1 where they have none.

    Raises:
        ProjectionError: the evidence is that of several voters.
    """
    if evidence.election is not None:
        raise ProjectionError(
            f"The method {evidence.method} lets several vote: use `elections.projections`."
        )
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
    sources = {source or span for span, source in evidence.placed}
    lost = tuple(
        Lost(s, "method", f"The method {evidence.method} did not place it.", Trace(s, rule=rule))
        for s in evidence.source.spans
        if s not in sources
    )
    return Projection(entities, lost)


class OneByOne(ABC):
    """A projector that looks at one sentence at a time."""

    def project(
        self, evidence: Sequence[Evidence], engine: Engine | None = None
    ) -> list[Projection]:
        """See `Projector.project`."""
        return [
            placed(instance) or distinct(self._project(instance), instance) for instance in evidence
        ]

    @abstractmethod
    def _project(self, evidence: Evidence) -> Projection:
        """The projection of evidence whose method placed nothing itself."""


class Projector(Protocol):
    """Turns evidence into entities on the target; batch first.

    Its parameters are the fields of a frozen dataclass, each declared with `option`.
    """

    @property
    def name(self) -> str: ...

    def project(
        self, evidence: Sequence[Evidence], engine: Engine | None = None
    ) -> list[Projection]:
        """One projection per piece of evidence, in order.

        Every source entity is either projected (once or, by some projectors, several times)
        or lost exactly once. Evidence whose method placed the entities itself comes back as
        it is. `engine` is needed only for scores and candidates that ask a model.

        Raises:
            ProjectionError: evidence with neither an alignment nor placed entities.
            EngineError: a model is asked for that the engine does not have.
        """
        ...


@dataclass(frozen=True, slots=True)
class TaggedProjection(Projection):
    """A projection by a projector that writes tags; `tags` are exactly those it wrote.

    They may hold what spans cannot say, such as an I- without a B-. The spans are what the
    conlleval reading of the tags gives.
    """

    tags: tuple[str, ...] = ()


def tags_of(projection: Projection, length: int) -> tuple[str, ...]:
    """The IOB2 tags of a target of `length` tokens.

    Raises:
        InputError: entities overlap (methods that place entities themselves may do so).
    """
    if isinstance(projection, TaggedProjection):
        return projection.tags
    return iob.tags(projection.spans, length)
