"""A logistic model of being right, small enough to read: a weight per feature, and its card.

    P(right) = 1 / (1 + exp(-(a + b · (bias + Σ weight · (value - mean) / scale))))

`a` and `b` (Platt's) are fitted on sentences that the weights have not seen.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from xproj_core.confidence.sentence_clues import FEATURES, FORMAT
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.codec import from_json, to_object
from xproj_core.domain.errors import InputError

CONFIDENCE = "XPROJ_CONFIDENCE"
EDGE = 5.0
SHIPPED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class CalibrationModel:
    """Weights, and what they were fitted on.

    Attributes:
        format: of the features that it was fitted on.
        fitted_on: what it was fitted on, a sentence for a reader.
        entities, sentences: how many that were.
        names: of the features, in order; means, scales, weights: one for each.
        slope, shift: Platt's b and a.
    """

    format: int
    fitted_on: str
    entities: int
    sentences: int
    names: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float
    slope: float = 1.0
    shift: float = 0.0

    def __post_init__(self) -> None:
        sizes = {len(self.names), len(self.means), len(self.scales), len(self.weights)}
        if self.format != FORMAT or self.names != FEATURES or len(sizes) != 1:
            raise InputError(
                f"This confidence model was fitted on features of format {self.format}, and"
                f" format {FORMAT} is in use. Fit it again with `xproj confidence`."
            )
        if not all(np.isfinite(self.scales)) or min(self.scales) <= 0:
            raise InputError("This confidence model has a scale that is not above 0.")

    def logits(self, values: Matrix[np.float64]) -> Vector[np.float64]:
        """(n,) before Platt's line, of (n, features)."""
        logits: Vector[np.float64] = self.scaled(values) @ np.array(self.weights) + self.bias
        return logits

    def scaled(self, values: Matrix[np.float64]) -> Matrix[np.float64]:
        """Values in scales from their means, at most `EDGE` of them.

        Far outside what was seen, a feature says no more than at the edge.
        """
        scaled: Matrix[np.float64] = (values - np.array(self.means)) / np.array(self.scales)
        return np.clip(scaled, -EDGE, EDGE)

    def probabilities(self, values: Matrix[np.float64]) -> Vector[np.float64]:
        """(n,) in [0, 1], of (n, features)."""
        return sigmoid(self.shift + self.slope * self.logits(values))

    @property
    def fingerprint(self) -> str:
        """The first 8 hex digits of SHA-256 over what decides."""
        return hashlib.sha256(self.dumps().encode()).hexdigest()[:8]

    def dumps(self) -> str:
        """JSON, a line per field."""
        return json.dumps(to_object(self), indent=1, ensure_ascii=False) + "\n"


def sigmoid(logits: Vector[np.float64]) -> Vector[np.float64]:
    """1 / (1 + exp(-x)), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * logits))


def loads(text: str, where: str = "this text") -> CalibrationModel:
    """What `dumps` wrote.

    Raises:
        InputError: it is no model, or its features are of another format.
    """
    try:
        plain = json.loads(text)
    except ValueError as error:
        raise InputError(f"{where} is no confidence model: {error}.") from error
    return from_json(CalibrationModel, plain)


@lru_cache(maxsize=1)
def shipped_model() -> CalibrationModel:
    """The model that comes with XProj; see MODEL_CARD.md."""
    return loads(SHIPPED.read_text(encoding="utf-8"), str(SHIPPED))


def load(path: Path | str) -> CalibrationModel:
    """The model in a file that `xproj confidence` wrote.

    Raises:
        InputError: it cannot be read, or is none.
    """
    try:
        text = Path(path).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The confidence model {path} cannot be read: {error}.") from error
    return loads(text, str(path))


def model_in_use() -> CalibrationModel:
    """The file that XPROJ_CONFIDENCE names, else the shipped model.

    Raises:
        InputError: it names no model.
    """
    named = os.environ.get(CONFIDENCE, "").strip()
    return _loaded(named, _changed(named)) if named else shipped_model()


def _changed(path: str) -> float:
    """When the file was written; 0 where there is none, which `load` says."""
    try:
        return Path(path).expanduser().stat().st_mtime
    except OSError:
        return 0.0


@lru_cache(maxsize=4)
def _loaded(path: str, _: float) -> CalibrationModel:
    return load(path)
