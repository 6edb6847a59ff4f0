"""Which items of a dataset somebody wants to see, and in which order; it lives in the URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

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
        error: it has an error of this kind (see `evaluate.kinds`), where there are gold labels.
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

    def encode(self) -> dict[str, str]:
        """URL parameters: what differs from the default."""
        made = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                made[field.name] = "1" if value is True else str(value)
        return made


_CHOICES = {"order": get_args(Order), "status": get_args(Status), "marks": get_args(Marks)}
_FLAGS = ("lost", "disagreeing")


def decode(given: Mapping[str, str]) -> Filter:
    """The filter that `encode` wrote; what anybody else wrote is taken where it makes sense."""
    made: dict[str, object] = {}
    for name in (f.name for f in fields(Filter)):
        value = given.get(name, "")
        if name in _FLAGS:
            made[name] = value == "1"
        elif name == "below":
            made[name] = _share(value)
        elif name not in _CHOICES or value in _CHOICES[name]:
            made[name] = value
    return Filter(**made)  # type: ignore[arg-type]


def _share(value: str) -> float | None:
    try:
        share = float(value)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None
