"""The things XProj talks about: spans, sentences, alignments, evidence, projections.

All are immutable. Indices are token indices, spans are half-open, alignments are
source x target.
"""

from xproj_core.domain.alignment import Alignment, Link
from xproj_core.domain.projection import (
    Candidate,
    Election,
    Evidence,
    Lost,
    Projected,
    Projection,
    Trace,
)
from xproj_core.domain.sentence import Sentence, Span, by_place

__all__ = [
    "Alignment",
    "Candidate",
    "Election",
    "Evidence",
    "Link",
    "Lost",
    "Projected",
    "Projection",
    "Sentence",
    "Span",
    "Trace",
    "by_place",
]
