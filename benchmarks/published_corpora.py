"""The gold data that published figures exist for, as items and as tagged evidence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.gold_alignment import DATA, europarl, pud
from tests.published import bambara, opinions
from xproj_core.domain import Evidence, Sentence
from xproj_core.formats import conll, iob
from xproj_core.items import Item
from xproj_core.text.tokenise import tokenise

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
    return [_both(n, s, t) for n, (s, t) in enumerate(europarl(language))]


def pud_items(source: str, target: str) -> list[Item]:
    """1,000 sentences with gold PER LOC ORG on every side; the third language is in `others`."""
    sides = {"en": [s for s, _ in pud("pt")]}
    sides |= {code: [t for _, t in pud(code)] for code in ("pt", "sv")}
    (third,) = sides.keys() - {source, target}
    return [
        _both(n, s, t, {third: p.labelled(())})
        for n, (s, t, p) in enumerate(zip(sides[source], sides[target], sides[third], strict=True))
    ]


def _both(n: int, source: Sentence, target: Sentence, others: dict[str, Sentence] | None = None):  # type: ignore[no-untyped-def]
    gold = frozenset({"source", "target"})
    return Item(str(n + 1), source, target, gold=gold, others=others or {})  # type: ignore[arg-type]


def mafand_items(name: str) -> Iterator[Item]:
    """MAFAND dev: gold on the African side only, DATE left out, human English or French beside.

    An English sentence is the source without labels; a French one is the pivot, and there is no
    source.
    """
    beside, code = name.partition("-")[0], MAFAND[name][1]
    for n, line in enumerate((DATA / f"masakhaner-mafand-dev/{name}.dev.jsonl").open("rb"), 1):
        row = json.loads(line)
        spans = tuple(s for s in iob.spans(row["tags"]) if s.label != "DATE")
        target = Sentence(tuple(row["tokens"]), code, spans)
        other = tokenise(row["src"], beside)
        gold = frozenset({"target"})
        if beside == "en":
            yield Item(str(n), other, target, gold=gold)  # type: ignore[arg-type]
        else:
            yield Item(str(n), None, target, gold=gold, others={beside: other})  # type: ignore[arg-type]
