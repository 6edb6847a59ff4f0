"""The gold data that published figures exist for, as items and as tagged evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.gold_alignment import DATA
from tests.published import bambara, opinions
from xproj_core.datasets import read
from xproj_core.domain import Evidence
from xproj_core.domain.item import Item
from xproj_core.formats import conll

Tags = tuple[str, ...]
MAFAND = {
    "en-lug": ("Luganda", "lg"),
    "en-luo": ("Luo", "luo"),
    "en-tsn": ("Setswana", "tn"),
    "en-twi": ("Twi", "tw"),
    "fr-bam": ("Bambara", "bm"),
    "fr-wol": ("Wolof", "wo"),
}
"""File name to the target language's name and code."""


@dataclass(frozen=True, slots=True)
class Published:
    """Evidence that was published as files, and the gold tags as the files have them."""

    evidence: Sequence[Evidence]
    gold: Sequence[Tags]
    ignore: tuple[str, ...] = ()


def bambara_chain() -> Published:
    """MasakhaNER2 Bambara, test: translation, source labels and links as published."""
    gold = conll.load(DATA / "bambara-chain/test-bam.txt").tagged
    return Published(bambara()[0], [tuple(t.tags) for t in gold], ("DATE", "MISC"))


def bambara_projected() -> list[Tags]:
    """The projection that was published with the Bambara chain."""
    file = DATA / "bambara-chain/test-translate-bam-projected.txt"
    return [tuple(t.tags) for t in conll.load(file).tagged]


def opinion_targets(aligner: str, split: str) -> Published:
    """English-Spanish opinion targets with gold on both sides, and published links."""
    file = DATA / f"absa-en-es/DeepL.Iker.{split}.tsv"
    gold = conll.load(file, tag_column=1).tagged
    return Published(opinions(aligner, split)[0], [tuple(t.tags) for t in gold])


def opinions_projected(aligner: str, split: str) -> list[Tags]:
    """The projections that Easy-Label-Projection published."""
    file = DATA / f"absa-en-es/DeepL.50000.{aligner}.{split}.projected.tsv"
    return [tuple(t.tags) for t in conll.load(file).tagged]


def europarl_items(language: str) -> list[Item]:
    """799 sentences, gold PER LOC ORG MISC on the English and on the other side."""
    return _read("europarl-ner", "en", language)


def pud_items(source: str, target: str) -> list[Item]:
    """1,000 sentences with gold PER, LOC, ORG on each side; the third language is in `others`."""
    return _read("pud-ner", source, target)


def mafand_items(name: str) -> list[Item]:
    """MAFAND dev: gold on the African side only, human English or French beside it.

    An English sentence is the source without labels; a French one is the pivot, and there is no
    source.
    """
    beside, target = name.split("-")
    items = _read("masakhaner-mafand-dev", beside, target)
    if beside == "en":
        return items
    return [replace(i, source=None, others={beside: i.source}) for i in items if i.source]


def _read(folder: str, source: str, target: str) -> list[Item]:
    dataset = read(DATA / folder, source_language=source, target_language=target)
    return list(dataset.items)
