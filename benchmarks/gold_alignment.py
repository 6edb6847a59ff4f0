"""The gold data that the aligner is measured on, in the form that it takes."""

from __future__ import annotations

from pathlib import Path

from xproj_core.datasets import Loaded, read
from xproj_core.domain import Link, Sentence

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
Pair = tuple[Sentence, Sentence]


def manual_links(language: str, *splits: str) -> tuple[list[Pair], list[set[Link]]]:
    """XL-WA: English and `language`, with manual links."""
    datasets = [read(DATA / "xl-wa", target_language=language, split=split) for split in splits]
    links = [set(item.links.sure) for dataset in datasets for item in dataset.items if item.links]
    return [pair for dataset in datasets for pair in pairs(dataset)], links


def europarl(language: str) -> list[Pair]:
    """Europarl-NER: English and `language`, both with gold entities."""
    return pairs(read(DATA / "europarl-ner", source_language="en", target_language=language))


def pud(language: str) -> list[Pair]:
    """Universal NER PUD: English and `language` (pt or sv), both with gold entities."""
    return pairs(read(DATA / "pud-ner", source_language="en", target_language=language))


def pairs(dataset: Loaded) -> list[Pair]:
    """The two sentences of every item."""
    return [
        (i.source, i.target) for i in dataset.items if i.source is not None and i.target is not None
    ]
