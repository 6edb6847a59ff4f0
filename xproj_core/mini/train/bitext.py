"""Trains a phrase-based translator: the steps, and all of them for one pair of languages."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, overload

import numpy as np

from xproj_core.domain import Link, Sentence
from xproj_core.domain.arrays import Vector
from xproj_core.learn.trainer import Progress
from xproj_core.mini.aligner.lexicon import Lexicon
from xproj_core.mini.train.casing import encode
from xproj_core.mini.train.coded_corpus import code_side
from xproj_core.mini.train.disk import forget
from xproj_core.mini.train.lexicon_training import lexicon_of
from xproj_core.mini.train.ngrams import train_language_model
from xproj_core.mini.train.phrase_extraction import Linked
from xproj_core.mini.train.phrase_tables import Limits, build_table
from xproj_core.mini.train.sides import LONGEST, Side, split_words
from xproj_core.mini.train.tuning import tune
from xproj_core.mini.train.word_alignment import (
    AlignedCorpus,
    align_coded,
    align_corpus,
)
from xproj_core.mini.translator import array_archive
from xproj_core.mini.translator.known_words import Vocabulary
from xproj_core.mini.translator.translator import CONFIGURATION, Folder
from xproj_core.mini.translator.weights import Weights

AlignerName = Literal["own", "eflomal"]
NULL = 0.01
"""A tenth of what is best for links by themselves: phrases rather want a link too many. On tuning
sentences under default weights: Hausa +1.5 and +2.3 chrF, isiZulu +0.6 and +1.0, Swahili +0.5 both
ways, Spanish +0.0 and +0.8."""


@dataclass(frozen=True)
class Language:
    """All training sentences of one language."""

    code: str
    vocabulary: Vocabulary
    side: Side

    @classmethod
    def of(cls, texts: Iterable[str], code: str, folder: Path | None = None) -> Language:
        """Tokenise and true-case `texts`, no two of them the same; they are kept in `folder`."""
        vocabulary, side = encode((split_words(text, code) for text in texts), code, folder)
        return cls(code, vocabulary, side)

    def write(self, folder: Path, work: Path | None = None) -> None:
        """Word list and language model to `folder`; `work` is for what is needed meanwhile."""
        array_archive.write_lines(folder / f"{self.code}.words.xz", self.vocabulary.words)
        model = train_language_model(self.side, self.vocabulary, work)
        array_archive.save(folder / f"{self.code}.lm.npz", model)


@dataclass(frozen=True)
class Bitext:
    """Two languages' sentences, paired, none of them empty or over 60 words."""

    left: Side
    right: Side
    vocabularies: tuple[Vocabulary, Vocabulary]

    @classmethod
    def of(
        cls,
        left: Language,
        right: Language,
        rows: tuple[Vector[np.int64], Vector[np.int64]],
        folder: Path | None = None,
    ) -> Bitext:
        """Sentence `rows[0][n]` of `left` with sentence `rows[1][n]` of `right`, for every n."""
        sizes = [
            np.diff(language.side.starts)[some]
            for language, some in zip((left, right), rows, strict=True)
        ]
        keep = (np.minimum(*sizes) > 0) & (np.maximum(*sizes) <= LONGEST)
        sides = [
            language.side.pick(rows[n][keep], folder and folder / f"bitext.{n}")
            for n, language in enumerate((left, right))
        ]
        return cls(sides[0], sides[1], (left.vocabulary, right.vocabulary))

    def words(self) -> tuple[list[str], list[str]]:
        """Both sides' words by number, as an aligner knows them: without blanks."""
        left, right = self.vocabularies
        return ([w.replace(" ", "") for w in left.words], [w.replace(" ", "") for w in right.words])

    def lexicon(self, aligned: AlignedCorpus, folder: Path | None = None) -> Lexicon:
        """What an aligner learns from the bitext and its alignment."""
        return lexicon_of((self.left, self.right), self.words(), aligned, folder)


@dataclass(frozen=True)
class _Sentences(Sequence[list[str]]):
    """A side as words, made when they are asked for."""

    side: Side
    words: Sequence[str]

    def __len__(self) -> int:
        return len(self.side)

    @overload
    def __getitem__(self, key: int) -> list[str]: ...

    @overload
    def __getitem__(self, key: slice) -> list[list[str]]: ...

    def __getitem__(self, key: int | slice) -> list[str] | list[list[str]]:
        if isinstance(key, slice):
            return [self[n] for n in range(*key.indices(len(self)))]
        if not -len(self) <= key < len(self):
            raise IndexError(key)
        return [self.words[i] for i in self.side.sentence(key % len(self))]


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
            links = [self._aligned.links(n) for n in range(*key.indices(len(self)))]
            forget(self._aligned.forward, self._aligned.reverse)
            return links
        if not -len(self) <= key < len(self):
            raise IndexError(key)
        return self._aligned.links(key % len(self))


def align(
    bitext: Bitext,
    *,
    seed: int = 0,
    aligner: AlignerName = "own",
    progress: Progress | None = None,
    folder: Path | None = None,
) -> AlignedCorpus:
    """Word-align a bitext, readily; the links are kept in `folder`."""
    sides, words = (bitext.left, bitext.right), bitext.words()
    if aligner != "own":
        texts = [_Sentences(sides[n], words[n]) for n in (0, 1)]
        return align_corpus(*texts, seed=seed, aligner=aligner, progress=progress)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        work = Path(name)
        left, right = (code_side(sides[n], words[n], work / f"coded.{n}") for n in (0, 1))
        return align_coded(left, right, work, NULL, progress, keep=folder)


def write_table(
    linked: Linked,
    vocabularies: tuple[Vocabulary, Vocabulary],
    file: Path,
    limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
    folder: Path | None = None,
) -> int:
    """Extract, count, prune and store phrase pairs; how many were kept."""
    arrays = build_table(linked, vocabularies, limits or Limits(), folder, progress)
    array_archive.save(file, arrays)
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
    folder: Path,
    source: str,
    target: str,
    pairs: Sequence[tuple[Sentence, str]],
    *,
    seed: int,
    rounds: int = 4,
    progress: Callable[[float], None] | None = None,
) -> tuple[Weights, float]:
    """Weights for one direction of a folder whose tables are written, and their chrF1."""
    direction = Folder(folder).direction(source, target, Weights())
    weights, history = tune(direction, pairs, seed=seed, rounds=rounds, progress=progress)
    return weights, max(history)
