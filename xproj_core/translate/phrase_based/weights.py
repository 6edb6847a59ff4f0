"""The features of the model and their weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

FEATURES = (
    "target_given_source", "source_given_target", "lexical_target", "lexical_source",
    "phrases", "words", "language_model", "distance", "previous", "following", "copied",
)  # fmt: skip
(TARGET_GIVEN_SOURCE, SOURCE_GIVEN_TARGET, LEXICAL_TARGET, LEXICAL_SOURCE, PHRASES, WORDS,
 LANGUAGE_MODEL, DISTANCE, PREVIOUS, FOLLOWING, COPIED) = range(len(FEATURES))  # fmt: skip


@dataclass(frozen=True)
class Weights:
    """A log-linear model's weights, all for features that are logarithms or counts.

    The four `*_given_*` and `lexical_*` and `language_model`, `previous`, `following`
    multiply log-probabilities; `phrases`, `words`, `copied` multiply counts; `distance`
    multiplies the number of source words jumped over, as a negative number.
    """

    target_given_source: float = 0.2
    source_given_target: float = 0.2
    lexical_target: float = 0.15
    lexical_source: float = 0.15
    phrases: float = -0.1
    words: float = 0.6
    language_model: float = 0.5
    distance: float = 0.1
    previous: float = 0.2
    following: float = 0.2
    copied: float = -1.0

    def vector(self) -> tuple[float, ...]:
        """The weights in the order of `FEATURES`."""
        return tuple(getattr(self, name) for name in FEATURES)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Weights:
        """From a JSON object; unknown names are ignored."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: float(v) for name, v in values.items() if name in known})

    def json(self) -> dict[str, float]:
        """Rounded, for the configuration file."""
        return {name: round(value, 4) for name, value in asdict(self).items()}
