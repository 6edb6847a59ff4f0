"""Trains a phrase-based translator: the steps, and all of them for one pair of languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, overload

import numpy as np

from xproj_core.domain import Link, Sentence
from xproj_core.train.agreement import Progress
from xproj_core.train.ngrams import train_language_model
from xproj_core.train.phrase_counting import count_phrases
from xproj_core.train.phrase_extraction import Linked
from xproj_core.train.phrase_tables import Limits, build_table
from xproj_core.train.sides import LONGEST, Side, encode, split_words
from xproj_core.train.tuning import tune
from xproj_core.train.word_alignment import AlignedCorpus, align_corpus
from xproj_core.translate.phrase_based import archive
from xproj_core.translate.phrase_based.translator import CONFIGURATION, Folder
from xproj_core.translate.phrase_based.weights import Weights
from xproj_core.translate.phrase_based.words import Vocabulary

AlignerName = Literal["own", "eflomal"]
Pairs = Sequence[tuple[str, str]]
NULL = 0.01
"""A tenth of what is best for links by themselves: phrases rather want a link too many. On tuning
sentences under default weights: Hausa +1.5 and +2.3 chrF, isiZulu +0.6 and +1.0, Swahili +0.5 both
ways, Spanish +0.0 and +0.8."""


@dataclass(frozen=True)
class Language:
    """All training sentences of one language.

    `rows` finds a text's sentence in `side`.
    """

    code: str
    vocabulary: Vocabulary
    side: Side
    rows: dict[str, int]

    @classmethod
    def of(cls, texts: Iterable[str], code: str) -> Language:
        """Tokenise and true-case `texts`; repetitions count once."""
        rows = {text: n for n, text in enumerate(dict.fromkeys(texts))}
        vocabulary, side = encode([split_words(text, code) for text in rows], code)
        return cls(code, vocabulary, side, rows)

    def write(self, folder: Path) -> None:
        """Word list and language model."""
        archive.write_lines(folder / f"{self.code}.words.xz", self.vocabulary.words)
        model = train_language_model(self.side, self.vocabulary)
        archive.save(folder / f"{self.code}.lm.npz", model)


@dataclass(frozen=True)
class Bitext:
    """Two languages' sentences, paired, none of them empty or over 60 words."""

    left: Side
    right: Side
    vocabularies: tuple[Vocabulary, Vocabulary]

    @classmethod
    def of(cls, left: Language, right: Language, pairs: Pairs) -> Bitext:
        rows = np.array([(left.rows[a], right.rows[b]) for a, b in pairs]).reshape(-1, 2)
        sizes = [np.diff(language.side.starts)[rows[:, k]]
                 for k, language in enumerate((left, right))]  # fmt: skip
        keep = (np.minimum(*sizes) > 0) & (np.maximum(*sizes) <= LONGEST)
        return cls(left.side.pick(rows[keep, 0]), right.side.pick(rows[keep, 1]),
                   (left.vocabulary, right.vocabulary))  # fmt: skip

    def words(self, side: int) -> list[list[str]]:
        """The words of one side (0 or 1), for an aligner: without blanks."""
        corpus = (self.left, self.right)[side]
        words = [w.replace(" ", "") for w in self.vocabularies[side].words]
        return [[words[i] for i in corpus.sentence(n)] for n in range(len(corpus))]


class Links(Sequence[list[Link]]):
    """A corpus' symmetrised links, made when they are asked for."""

    def __init__(self, aligned: AlignedCorpus) -> None:
        self._aligned = aligned

    def __len__(self) -> int:
        return len(self._aligned)

    @overload
    def __getitem__(self, key: int) -> list[Link]: ...

    @overload
    def __getitem__(self, key: slice) -> list[list[Link]]: ...

    def __getitem__(self, key: int | slice) -> list[Link] | list[list[Link]]:
        if isinstance(key, slice):
            return [self._aligned.links(n) for n in range(*key.indices(len(self)))]
        if not -len(self) <= key < len(self):
            raise IndexError(key)
        return self._aligned.links(key % len(self))


def align(
    bitext: Bitext, *, seed: int = 0, aligner: AlignerName = "own",
    progress: Progress | None = None,
) -> AlignedCorpus:  # fmt: skip
    """Word-align a bitext, readily."""
    return align_corpus(
        bitext.words(0), bitext.words(1), seed=seed, aligner=aligner, null=NULL, progress=progress
    )


def write_table(
    bitext: Bitext, links: Sequence[Sequence[Link]], file: Path, limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
) -> int:  # fmt: skip
    """Extract, count, prune and store phrase pairs; how many were kept."""
    counts = count_phrases(bitext.left, bitext.right, links, progress=progress)
    linked = Linked.of(bitext.left, bitext.right, links)
    arrays = build_table(counts, linked, bitext.vocabularies, limits or Limits())
    archive.save(file, arrays)
    return len(arrays["partners"])


def write_settings(
    folder: Path, directions: dict[str, Weights], scores: dict[str, float], seed: int
) -> None:
    """The configuration file: weights, and the chrF1 that tuning ended with."""
    settings = {
        "format": 1,
        "seed": seed,
        "tuning_chrf1": {name: round(value, 2) for name, value in sorted(scores.items())},
        "directions": {name: w.json() for name, w in sorted(directions.items())},
    }
    (folder / CONFIGURATION).write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


def tune_direction(
    folder: Path, source: str, target: str, pairs: Sequence[tuple[Sentence, str]], *,
    seed: int, rounds: int = 4, progress: Callable[[float], None] | None = None,
) -> tuple[Weights, float]:  # fmt: skip
    """Weights for one direction of a folder whose tables are written, and their chrF1."""
    direction = Folder(folder).direction(source, target, Weights())
    weights, history = tune(direction, pairs, seed=seed, rounds=rounds, progress=progress)
    return weights, max(history)
