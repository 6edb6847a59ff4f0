"""Published data under ../shared/data, as evidence with its gold entities."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from xproj_core.datasets import Loaded, read
from xproj_core.domain import Evidence, Span

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
Corpus = tuple[list[Evidence], list[tuple[Span, ...]]]


def needs(folder: str) -> pytest.MarkDecorator:
    """Skip where the data are not there."""
    there = (DATA / folder).is_dir()
    return pytest.mark.skipif(not there, reason=f"needs ../shared/data/{folder}")


def _evidence(dataset: Loaded) -> Corpus:
    """The items with links as evidence, and the gold of their targets."""
    evidence: list[Evidence] = []
    gold: list[tuple[Span, ...]] = []
    for item in dataset.items:
        assert item.source is not None and item.target is not None and item.links is not None
        source, target = item.source, item.target
        links = item.links.alignment((len(source), len(target)))
        item_evidence = Evidence(
            "given", source, target.labelled(()), links, (source, target), (None,)
        )
        evidence.append(item_evidence)
        gold.append(target.spans)
    return evidence, gold


@lru_cache(maxsize=1)
def bambara() -> Corpus:
    """The Bambara chain: 1,274 sentences, tagged translations, published alignments."""
    return _evidence(read(DATA / "bambara-chain", split="test, aligned"))


@lru_cache(maxsize=4)
def opinions(aligner: str, split: str) -> Corpus:
    """English opinion targets and their Spanish translation, aligned by `aligner`."""
    return _evidence(read(DATA / "absa-en-es", split=f"{split}, {aligner}"))
