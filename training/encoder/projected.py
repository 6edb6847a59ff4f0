"""Labels of the English side of sentence pairs, carried over to the other side.

A pair is used when each entity of its English side has one unbroken run of linked words, so that
nothing is lost and nothing guessed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from training.encoder import pairs
from training.encoder.pairs import LinkedPair
from training.ner_read import Example, read_columns, tags_of
from xproj_core.domain import Sentence, Span
from xproj_core.mini.tagger.ct2_token_classifier import load as load_tagger

CERTAIN = 0.75
"""Least score of every English entity of a pair that is used."""


def prepare(links: Path, languages: Iterable[str]) -> None:
    """Tags the English of `links/en-LANGUAGE.tsv`, writes `links/LANGUAGE.conll` where missing."""
    for language in languages:
        if not _file(links, language).exists():
            rows = [pairs.parse(row) for row in pairs.load(links)[language]]
            tagged = load_tagger().tag([Sentence(p.english, "en") for p in rows])
            examples = [carried(p, spans) for p, spans in zip(rows, tagged, strict=True)]
            _write([e for e in examples if e], _file(links, language))


def carried(pair: LinkedPair, spans: Iterable[Span]) -> Example | None:
    """The other side with labels; None where they are uncertain or have no clear place."""
    targets: list[tuple[int, int, str]] = []
    for span in spans:
        columns = sorted({j for i, j in pair.links if span.start <= i < span.end})
        is_run = bool(columns) and columns[-1] - columns[0] + 1 == len(columns)
        if not is_run or (span.score or 0.0) < CERTAIN:
            return None
        targets.append((columns[0], columns[-1] + 1, span.label))
    targets.sort()
    if any(a[1] > b[0] for a, b in pairwise(targets)):
        return None
    return Example(pair.other, tags_of(len(pair.other), targets), "projected")


def load(links: Path, language: str) -> list[Example]:
    """What `prepare` wrote."""
    return list(read_columns(_file(links, language), f"projected-{language}"))


def _file(links: Path, language: str) -> Path:
    return links / f"{language}.conll"


def _write(examples: Iterable[Example], file: Path) -> None:
    scratch = file.with_suffix(".part")
    with scratch.open("w", encoding="utf-8") as lines:
        for e in examples:
            lines.writelines(f"{w}\t{t}\n" for w, t in zip(e.words, e.tags, strict=True))
            lines.write("\n")
    os.replace(scratch, file)
