"""All lexicons of one or more folders, and word-by-word probabilities for a sentence pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain import languages
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.mini.aligner.bridges import bridge
from xproj_core.mini.aligner.lexicon import Lexicon, read_lexicon
from xproj_core.mini.aligner.routes import Composed, Direct, Route
from xproj_core.mini.aligner.vocabulary import Mixture


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lexicons say about a sentence pair.

    Attributes:
        forward, reverse: (n_source, n_target), P(target word | source word) and back.
        known: for either side, whether each word is in the vocabulary.
        log_counts: for either side, log2(1 + occurrences) of each word in training.
    """

    forward: Matrix[np.float32]
    reverse: Matrix[np.float32]
    known: tuple[Vector[np.bool_], Vector[np.bool_]]
    log_counts: tuple[Vector[np.float32], Vector[np.float32]]


class Lexicons:
    """Lexicons by language pair, read when first needed; later folders win."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files: dict[tuple[str, str], Path] = {}
        for folder in folders:
            for file in sorted(folder.glob("*-*.npz")):
                left, right = _languages(file)
                self._files.pop((right, left), None)
                self._files[left, right] = file
        self._read: dict[tuple[str, str], Lexicon] = {}
        self._routes: dict[tuple[str, str], Route | None] = {}

    def pairs(self) -> list[tuple[str, str]]:
        """The language pairs that there is a lexicon for."""
        return sorted(self._files)

    def direct(self, source: str, target: str) -> Lexicon | None:
        """The lexicon of exactly these languages, from either direction's file."""
        if (source, target) in self._read:
            return self._read[source, target]
        if (source, target) in self._files:
            lexicon = read_lexicon(self._files[source, target])
        elif (target, source) in self._files:
            lexicon = read_lexicon(self._files[target, source]).transposed()
        else:
            return None
        self._read[source, target] = lexicon
        return lexicon

    def route(self, source: str, target: str) -> Route | None:
        """The way from `source` to `target`: over one lexicon, or two and a language between.

        Within one language the way leads over another and back: words that share
        translations are alike.
        """
        if (source, target) not in self._routes:
            self._routes[source, target] = self._find(source, target)
        return self._routes[source, target]

    def _find(self, source: str, target: str) -> Route | None:
        lexicon = self.direct(source, target) if source != target else None
        if lexicon is not None:
            return Direct(lexicon)
        spoken = sorted({code for pair in self._files for code in pair}, key=lambda c: c != "en")
        for between in spoken:
            if between in (source, target):
                continue
            there, on = self.direct(source, between), self.direct(between, target)
            if there is not None and on is not None:
                return Composed(there, on)
        return None

    def relatives(self, source: str, target: str) -> list[tuple[Route, bool]]:
        """Routes from either language to third ones; True where it is from the target."""
        spoken = sorted({code for pair in self._files for code in pair} - {source, target})
        routes = []
        for start, backwards in ((source, False), (target, True)):
            ways = [self.route(start, other) for other in spoken]
            routes += [(route, backwards) for route in ways if route is not None]
        return routes

    def likeness(
        self, source: Sequence[str], target: Sequence[str], pair: tuple[str, str]
    ) -> Matrix[np.float32]:
        """(n_source, n_target) evidence from third languages (see `bridges`)."""
        ways = self.relatives(*pair)
        ahead = bridge(source, target, [route for route, backwards in ways if not backwards])
        back = bridge(target, source, [route for route, backwards in ways if backwards]).T
        return np.maximum(ahead, back)

    def evidence(
        self, source: Sequence[str], target: Sequence[str], pair: tuple[str, str]
    ) -> Evidence | None:
        """None where no lexicon connects the two languages."""
        route = self.route(*pair)
        if route is None:
            return None
        left = [route.left.mixture(w) for w in source]
        right = [route.right.mixture(w) for w in target]
        rows, row_ids = _mixing([m for m, _ in left])
        columns, column_ids = _mixing([m for m, _ in right])
        forward, reverse = route.between(row_ids, column_ids)
        return Evidence(
            np.clip(rows @ forward @ columns.T, 0, 1).astype(np.float32),
            np.clip(rows @ reverse @ columns.T, 0, 1).astype(np.float32),
            (np.array([k for _, k in left], bool), np.array([k for _, k in right], bool)),
            (
                np.array([route.left.log_count(w) for w in source], np.float32),
                np.array([route.right.log_count(w) for w in target], np.float32),
            ),
        )


def within_one_language(
    source: Sequence[str], target: Sequence[str], synonyms: Evidence | None
) -> Evidence:
    """Evidence that every word means itself, besides what `synonyms` says."""
    left = np.array([w.casefold() for w in source], object)[:, None]
    right = np.array([w.casefold() for w in target], object)[None, :]
    same = (left == right).astype(np.float32)
    if synonyms is None:
        shared = same.any(axis=1), same.any(axis=0)
        counts = np.zeros(len(source), np.float32), np.zeros(len(target), np.float32)
        return Evidence(same, same, shared, counts)
    # A word that stays is likelier than a synonym: halved, synonyms remain the runners-up.
    return Evidence(
        np.maximum(same, 0.5 * synonyms.forward),
        np.maximum(same, 0.5 * synonyms.reverse),
        synonyms.known,
        synonyms.log_counts,
    )


def _languages(file: Path) -> tuple[str, str]:
    left, _, right = file.stem.partition("-")
    try:
        return languages.normalise(left), languages.normalise(right)
    except LanguageError as error:
        raise CheckpointError(
            f"{file} should be named after its two languages, as in en-lg.npz. {error}"
        ) from error


def _mixing(mixtures: Sequence[Mixture]) -> tuple[Matrix[np.float32], Vector[np.int64]]:
    """Weights (n_tokens, n_ids) over the distinct known words in `mixtures`, and those."""
    ids = sorted({n for mixture in mixtures for n, _ in mixture})
    place = {n: k for k, n in enumerate(ids)}
    weights = np.zeros((len(mixtures), len(ids)), np.float32)
    for row, mixture in enumerate(mixtures):
        for n, weight in mixture:
            weights[row, place[n]] = weight
    return weights, np.array(ids, np.int64)
