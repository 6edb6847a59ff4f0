"""The features of the model and their weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

TABLE_FEATURES = 5  # the first ones, which come with a phrase pair
FEATURES = (
    "target_given_source",
    "source_given_target",
    "lexical_target",
    "lexical_source",
    "rarity",
    "phrases",
    "words",
    "language_model",
    "distance",
    "previous",
    "following",
    "copied",
)
(
    TARGET_GIVEN_SOURCE,
    SOURCE_GIVEN_TARGET,
    LEXICAL_TARGET,
    LEXICAL_SOURCE,
    RARITY,
    PHRASES,
    WORDS,
    LANGUAGE_MODEL,
    DISTANCE,
    PREVIOUS,
    FOLLOWING,
    COPIED,
) = range(12)


@dataclass(frozen=True)
class Weights:
    """A log-linear model's weights, all for features that are logarithms or counts.

    The four `*_given_*` and `lexical_*` and `language_model`, `previous`, `following`
    multiply log-probabilities; `rarity` multiplies minus one over the number of
    sentences a phrase pair was seen in; `phrases`, `words`, `copied` multiply counts; `distance`
    multiplies the number of source words jumped over, as a negative number.
    """

    target_given_source: float = 0.15
    source_given_target: float = 0.28
    lexical_target: float = 0.1
    lexical_source: float = 0.1
    rarity: float = 1.4
    phrases: float = -0.1
    words: float = 0.5
    language_model: float = 0.24
    distance: float = 0.1
    previous: float = 0.1
    following: float = 0.15
    copied: float = -0.7

    def vector(self) -> tuple[float, ...]:
        """The weights in the order of `FEATURES`."""
        return tuple(getattr(self, name) for name in FEATURES)

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Weights:
        """From a JSON object; unknown names are ignored."""
        known = {f.name for f in fields(cls)}
        return cls(**{name: float(v) for name, v in values.items() if name in known})

    def json(self) -> dict[str, float]:
        """Rounded, for the configuration file."""
        return {name: round(value, 4) for name, value in asdict(self).items()}
