"""Mini, the engine that ships: the rest of the core reaches it by its registry name only."""

from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights")
"""What Mini has learnt: a folder each for the translator, the aligner and the tagger."""
