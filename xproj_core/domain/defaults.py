"""What is taken where nobody says otherwise."""

from __future__ import annotations

DEFAULT_METHODS = ("direct", "pivot", "back_translation")
"""The methods that stand side by side."""

DEFAULT_PROJECTOR = "match-exact"
"""What turns links into labels."""

NOISE_RATES = (0.1, 0.2, 0.3, 0.5)
"""The shares that noise disturbs, one after the other."""

NOISE_SEEDS = (1, 2, 3)
"""The repetitions of each noise, with draws of their own."""

RESAMPLES = 10_000
"""The samples of an interval, and the shuffles of a test."""

CONFIDENCE_THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""The confidences below which entities are dropped, to see what precision and recall remain."""

REPORT_EXAMPLES = 12
"""The sentences that a report shows."""
