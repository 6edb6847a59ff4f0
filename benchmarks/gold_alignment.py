"""The gold data that the aligner is measured on, in the form that it takes."""

from __future__ import annotations

import json
from pathlib import Path

from xproj_core.domain import Link, Sentence
from xproj_core.formats import conll, iob

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
Pair = tuple[Sentence, Sentence]


def manual_links(language: str, *splits: str) -> tuple[list[Pair], list[set[Link]]]:
    """XL-WA: English and `language`, with manual links."""
    pairs: list[Pair] = []
    links: list[set[Link]] = []
    for split in splits:
        for line in (DATA / f"xl-wa/{language}/{split}.tsv").read_text("utf-8").splitlines():
            english, other, gold = line.split("\t")[:3]
            pairs.append(
                (Sentence(tuple(english.split()), "en"), Sentence(tuple(other.split()), language))
            )
            numbers = (link.split("-") for link in gold.split())
            links.append({(int(i), int(j)) for i, j in numbers})
    return pairs, links


def europarl(language: str) -> list[Pair]:
    """Europarl-NER: English and `language`, both with gold entities."""
    english, other = (
        conll.load(DATA / f"europarl-ner/{code}-europarl.test.conll02").sentences(code)
        for code in ("en", language)
    )
    return list(zip(english, other, strict=True))


def pud(language: str) -> list[Pair]:
    """Universal NER PUD: English and `language` (pt or sv), both with gold entities."""
    pairs = []
    for line in (DATA / "pud-ner/pud.en-pt-sv.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        english, other = (
            Sentence(tuple(row[code]["tokens"]), code, iob.spans(row[code]["tags"]))
            for code in ("en", language)
        )
        pairs.append((english, other))
    return pairs
