"""Sentence pairs with English and the links that both directions of our word aligner agree on.

Aligning takes minutes, so each language's links are kept in a file: two tokenised sentences and
their Pharaoh links a line.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.encoder.sources import source
from training.ner_data import DATA
from training.tatoeba import Pair, read
from xproj_core.domain import Link
from xproj_core.mini.train.word_alignment import align_corpus
from xproj_core.text.tokenise import tokenise

LANGUAGES = ("de", "fr", "es", "sw", "zu", "ha")
LEAST_LINKED = 0.3
"""Pairs with a smaller share of linked words are probably no translations of each other."""
SPLIT_SEED = 1
"""That of the shipped aligner and translator: the same sentences are held out."""


@dataclass(frozen=True)
class LinkedPair:
    """Two tokenised sentences and their links, (English, other) word indices."""

    english: tuple[str, ...]
    other: tuple[str, ...]
    links: tuple[Link, ...]

    def followed_by(self, next_pair: LinkedPair) -> LinkedPair:
        """Both pairs as one."""
        n, m = len(self.english), len(self.other)
        shifted = tuple((i + n, j + m) for i, j in next_pair.links)
        return LinkedPair(
            self.english + next_pair.english, self.other + next_pair.other, self.links + shifted
        )


def prepare(folder: Path, data: Path = DATA) -> None:
    """Writes the files of all languages that `folder` lacks."""
    missing = [x for x in LANGUAGES if not _file(folder, x).exists()]
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        train = read(source("train-parallel", data), SPLIT_SEED).train
        for language in missing:
            write(linked(train["en", language], language), _file(folder, language))


def linked(pairs: Sequence[Pair], language: str) -> Iterator[LinkedPair]:
    """The pairs whose words mostly link, with the links that both directions agree on."""
    english = [tokenise(e, "en").tokens for e, _ in pairs]
    other = [tokenise(x, language).tokens for _, x in pairs]
    aligned = align_corpus(english, other)
    for n, (left, right) in enumerate(zip(english, other, strict=True)):
        links = aligned.links(n, "intersection")
        if links and len(links) >= LEAST_LINKED * max(len(left), len(right)):
            yield LinkedPair(tuple(left), tuple(right), tuple(links))


def write(pairs: Iterable[LinkedPair], file: Path) -> None:
    """All or nothing: a stopped run leaves no half file."""
    scratch = file.with_suffix(".part")
    with scratch.open("w", encoding="utf-8") as lines:
        for pair in pairs:
            if not any(c.isspace() for word in pair.english + pair.other for c in word):
                lines.write(f"{to_row(pair)}\n")
    os.replace(scratch, file)


def load(folder: Path) -> dict[str, list[str]]:
    """The rows that `prepare` wrote, by language; `parse` reads one.

    An epoch needs a tenth of them: as text all of them take a sixth of the memory.
    """
    # not splitlines: a tokenised text may hold other line separators
    return {
        language: _file(folder, language).read_text("utf-8").removesuffix("\n").split("\n")
        for language in LANGUAGES
    }


def to_row(pair: LinkedPair) -> str:
    """A pair as a line of text."""
    links = " ".join(f"{i}-{j}" for i, j in pair.links)
    return f"{' '.join(pair.english)}\t{' '.join(pair.other)}\t{links}"


def parse(row: str) -> LinkedPair:
    """The inverse of `to_row`."""
    english, other, links = row.split("\t")
    indices = (link.split("-") for link in links.split(" "))
    return LinkedPair(
        tuple(english.split(" ")),
        tuple(other.split(" ")),
        tuple((int(i), int(j)) for i, j in indices),
    )


def lengthened(
    pairs: Sequence[LinkedPair], rng: random.Random, most_words: int = 36
) -> Iterator[LinkedPair]:
    """The pairs, some joined: Tatoeba's sentences are short, and long ones are harder to align."""
    joined: LinkedPair | None = None
    for pair in pairs:
        if joined and len(joined.english) + len(pair.english) <= most_words and rng.random() < 0.6:
            joined = joined.followed_by(pair)
        else:
            if joined:
                yield joined
            joined = pair
    if joined:
        yield joined


def _file(folder: Path, language: str) -> Path:
    return folder / f"en-{language}.tsv"
