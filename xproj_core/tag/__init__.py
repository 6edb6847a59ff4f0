"""Taggers, by name."""

from __future__ import annotations

from xproj_core.domain.registry import Registry
from xproj_core.models.protocols import Tagger

taggers: Registry[Tagger] = Registry("tagger")
_here = "xproj_core.tag"
taggers.add(
    "mini",
    "xproj_core.mini.tagger.tagger:load",
    "Mini: English PER, LOC, ORG, and what it was taught",
    "FOLDER",
)
taggers.add(
    "transformers",
    f"{_here}.token_classifier:load",
    "Any Hugging Face token classifier",
    "ID-OR-FOLDER",
)
taggers.add("spacy", f"{_here}.spacy_pipeline:load", "Any spaCy pipeline", "NAME-OR-FOLDER")
