"""What `run` keeps of its answers: labels and counts, so that memory stays flat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from xproj_core.corpus import Answer
from xproj_core.domain import Evidence, Projection, Sentence, Span
from xproj_core.evaluate.entities import score_spans
from xproj_core.traces import as_json


@dataclass
class Collected:
    """One method's labels over all sentences, and what is reported about them.

    Attributes:
        system: the name of the method with its projector.
        traces: None where they are not asked for.
        notes: what models said (truncation, lost markers), and the sentences it was about.
    """

    method: str
    system: str
    traces: list[Any] | None = None
    spans: list[tuple[Span, ...]] = field(default_factory=list)
    entities: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, list[int]] = field(default_factory=dict)

    def add(self, answer: Answer) -> None:
        """Take over what the method made of one sentence."""
        outcome = answer.projections.get(self.system)
        evidence = answer.evidence.get(self.method)
        spans: tuple[Span, ...] = ()
        if isinstance(outcome, Projection):
            spans = outcome.spans
            self.entities += len(outcome.entities)
            self.lost.update(lost.reason for lost in outcome.lost)
        elif outcome is not None:
            self.failures.append({"sentence": answer.number + 1, "problem": str(outcome)})
        if isinstance(evidence, Evidence):
            for note in evidence.notes:
                self.notes.setdefault(note, []).append(answer.number + 1)
        self.spans.append(spans)
        if self.traces is not None:
            known = outcome is not None and evidence is not None
            self.traces.append(as_json(evidence, outcome) if known else None)  # type: ignore[arg-type]

    def summary(self, sentences: list[Sentence]) -> dict[str, Any]:
        """For run.json; with scores where the input carries labels."""
        made: dict[str, Any] = {
            "entities": self.entities,
            "lost": dict(self.lost),
            "failures": self.failures,
            "notes": [{"note": note, "sentences": where} for note, where in self.notes.items()],
        }
        if any(s.spans for s in sentences):
            made["scores"] = score_spans([s.spans for s in sentences], self.spans).as_dict()
        return made

    def remarks(self) -> list[str]:
        """What nobody should have to look up in run.json."""
        said = []
        if self.failures:
            first = self.failures[0]
            said.append(
                f"{self.method}: {len(self.failures)} of {len(self.spans)} sentences were not"
                f" labelled. The first, sentence {first['sentence']}: {first['problem']}"
            )
        for note, where in self.notes.items():
            more = f" and {len(where) - 1} more" if len(where) > 1 else ""
            said.append(f"{self.method}, sentence {where[0]}{more}: {note}")
        return said
