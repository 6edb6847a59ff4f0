"""Published data under ../shared/data, as evidence with its gold entities."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.formats import conll, pharaoh

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
Corpus = tuple[list[Evidence], list[tuple[Span, ...]]]


def needs(folder: str) -> pytest.MarkDecorator:
    """Skip where the data are not there."""
    there = (DATA / folder).is_dir()
    return pytest.mark.skipif(not there, reason=f"needs ../shared/data/{folder}")


def _evidence(
    sources: list[Sentence], golds: list[Sentence], alignments: Path, swap: bool = False
) -> Corpus:
    shapes = [(len(s), len(g)) for s, g in zip(sources, golds, strict=True)]
    links = pharaoh.load(alignments, shapes, swap=swap).links
    evidence = [
        Evidence("given", s, g.labelled(()), one.alignment(shape), (s, g), (None,))
        for s, g, one, shape in zip(sources, golds, links, shapes, strict=True)
    ]
    return evidence, [g.spans for g in golds]


@lru_cache(maxsize=1)
def bambara() -> Corpus:
    """The Bambara chain: 1,274 sentences, tagged translations, published alignments."""
    folder = DATA / "bambara-chain"
    return _evidence(
        conll.load(folder / "test-translate-bam-en-preds.txt").sentences("en"),
        conll.load(folder / "test-bam.txt").sentences("bm"),
        folder / "bam-en-alignments.txt",
        swap=True,
    )


@lru_cache(maxsize=4)
def opinions(aligner: str, split: str) -> Corpus:
    """English opinion targets and their Spanish translation, aligned by `aligner`."""
    folder = DATA / "absa-en-es"
    end = ".itermax.talp" if aligner == "simalign" else ".talp"
    return _evidence(
        conll.load(folder / f"original-en/en.absa.{split}.tsv").sentences("en"),
        conll.load(folder / f"DeepL.Iker.{split}.tsv", tag_column=1).sentences("es"),
        folder / f"DeepL.50000.{aligner}.{split}{end}",
    )
