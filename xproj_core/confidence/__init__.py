"""How probable it is that a projected entity is right, place and label.

`probabilities` asks a fitted model about features of the links, the words, the tagger, the
agreement of projectors and methods, and the way back; `estimated` puts the answers into the
projections. The model that ships is in `weights.json`, its card in MODEL_CARD.md.
"""

from __future__ import annotations

from xproj_core.confidence.calibration_model import CalibrationModel, model_in_use, shipped_model
from xproj_core.confidence.estimate import estimated, probabilities
from xproj_core.confidence.panel import panel
from xproj_core.confidence.sentence_clues import FEATURES

__all__ = [
    "FEATURES",
    "CalibrationModel",
    "estimated",
    "model_in_use",
    "panel",
    "probabilities",
    "shipped_model",
]
