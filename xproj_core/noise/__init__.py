"""Noises, by name: what can go wrong with text, tokens, translations, alignments and labels.

A noise is written NAME=RATE, with settings after commas: "characters=0.1,where=entities,seed=3".
"""

from xproj_core.noise.base import LAYERS, Change, Changes, Layer, Noise
from xproj_core.noise.known_noises import layer_of, make, noises, settings
from xproj_core.noise.notation import parse, written

__all__ = [
    "LAYERS",
    "Change",
    "Changes",
    "Layer",
    "Noise",
    "layer_of",
    "make",
    "noises",
    "parse",
    "settings",
    "written",
]
