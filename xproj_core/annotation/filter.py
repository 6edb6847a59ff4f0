"""Which items of a dataset somebody wants to see, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Order = Literal["number", "disagreement", "confidence"]
Status = Literal["", "open", "new", "started", "done"]
Marks = Literal["", "projected", "corrected", "rejected", "stale"]


@dataclass(frozen=True, slots=True)
class Filter:
    """All that is set must hold; what is "" or False does not matter.

    Attributes:
        order: as in the dataset, most disagreement first, or least confidence first.
        status: "open" is whatever is not done; "new" is what nobody has changed.
        label: an entity with this label is on it.
        error: it has an error of this kind (see `evaluate.errors.taxonomy`), where there are gold
            labels.
        lost: a source entity landed nowhere.
        annotator: this person has done something to it.
        words: either sentence contains this, in upper or lower case.
        disagreeing: the systems do not all label it alike.
        below: the least certain entity is less certain than this.
        marks: it has spans in this state, or stale ones.
    """

    order: Order = "number"
    status: Status = ""
    label: str = ""
    error: str = ""
    lost: bool = False
    annotator: str = ""
    words: str = ""
    disagreeing: bool = False
    below: float | None = None
    marks: Marks = ""
