"""A token classifier that runs on CTranslate2 and NumPy: no torch, no transformers.

Its folder holds a CTranslate2 encoder (model.bin, config.json, vocabulary.json), the subword
`tokenizer.json`, the last linear layer `head.npz` and `tagger.json` with the classes.
`training/tagger_export.py` writes such a folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain import Sentence, Span
from xproj_core.domain.arrays import Cube, Vector
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import CheckpointError, EngineError, NotInstalledError
from xproj_core.mini import WEIGHTS
from xproj_core.mini.tagger.case_features import case_classes
from xproj_core.mini.tagger.not_names import is_address, is_edited, tidied
from xproj_core.mini.tagger.wordpieces import Window, WordPieces, windows
from xproj_core.models.protocols import TagProbabilities
from xproj_core.tag.iob2_decoding import decode
from xproj_core.tag.standard_labels import check_languages

if TYPE_CHECKING:
    import ctranslate2

SHIPPED = WEIGHTS / "tagger"
BATCH_PIECES = 512
"""Subwords in one call of the model, padding included: more no longer fit a core's cache."""


def load(folder: str | Path = SHIPPED) -> Ct2TokenClassifier:
    """The tagger in `folder`, by default the one that ships with Mini."""
    return Ct2TokenClassifier(Path(folder))


class Ct2TokenClassifier:
    """Tags words by their first subword; sentences of any length, cut where punctuation allows.

    Raises:
        CheckpointError: the folder is incomplete or unreadable.
        NotInstalledError: ctranslate2 is missing.
    """

    def __init__(self, folder: Path) -> None:
        settings = _settings(folder)
        try:
            self.name = str(settings["name"])
            self.classes = tuple(str(c) for c in settings["classes"])
            self.languages: frozenset[str] | None = frozenset(settings["languages"]) or None
            self._limit = int(settings["max_pieces"])
            with np.load(folder / "head.npz") as head:
                self._weight = head["weight"].astype(np.float32)
                self._bias = head["bias"].astype(np.float32)
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise CheckpointError(
                f"The tagger in {folder} is incomplete: {error}. Copy the whole folder again."
            ) from error
        self.labels = tuple(dict.fromkeys(c[2:] for c in self.classes if c != "O"))
        self._outside = np.array([float(c == "O") for c in self.classes])
        self._pieces = WordPieces(folder / "tokenizer.json")
        self._encoder = _encoder(folder)

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """Entities per sentence; a span's score is its tokens' mean probability.

        In a sentence that is written as edited text is, a name has a capital, and no small words
        after its last one.
        """
        entities = [decode(p.matrix, p.classes) for p in self.probabilities(sentences)]
        return [
            tuple(trimmed for span in spans if (trimmed := tidied(s.tokens, span)))
            if is_edited(s.tokens)
            else spans
            for s, spans in zip(sentences, entities, strict=True)
        ]

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        """(n_tokens, n_classes) per sentence, rows summing to 1.

        Raises:
            LanguageError: a sentence is in a language the tagger was not made for.
            EngineError: the model failed on the batch.
        """
        check_languages(self, sentences)
        words = [s.tokens for s in sentences]
        pieces = self._pieces.encode(words)
        cases = [case_classes(w) for w in words]
        matrices = [np.zeros((len(w), len(self.classes))) for w in words]
        parts = [
            window for i, w in enumerate(words) for window in windows(i, w, pieces[i], self._limit)
        ]
        for batch in _batches(parts, pieces):
            inputs = [
                _inputs(w, pieces[w.sentence], cases[w.sentence], self._pieces) for w in batch
            ]
            scores = self._scores([ids for ids, _, _ in inputs], [types for _, types, _ in inputs])
            for row, (window, (_, _, firsts)) in enumerate(zip(batch, inputs, strict=True)):
                matrices[window.sentence][window.start : window.end] = scores[row, firsts]
        for sentence, matrix in zip(words, matrices, strict=True):
            matrix[np.array([is_address(w) for w in sentence], dtype=bool)] = self._outside
        return [TagProbabilities(self.classes, m) for m in matrices]

    def _scores(self, ids: list[list[int]], types: list[list[int]]) -> Cube[np.float64]:
        """(batch, longest, classes) probabilities."""
        try:
            output = self._encoder.forward_batch(ids, token_type_ids=types)
        except RuntimeError as error:
            raise EngineError(
                f"The tagger {self.name} failed on a batch of {len(ids)} pieces of text: {error}."
                " Try a shorter text; if it fails again, copy the model folder anew."
            ) from error
        hidden = np.array(output.last_hidden_state)
        logits = (hidden @ self._weight.T + self._bias).astype(np.float64)
        exponents = np.exp(logits - logits.max(axis=-1, keepdims=True))
        probabilities: Cube[np.float64] = exponents / exponents.sum(axis=-1, keepdims=True)
        return probabilities


def _settings(folder: Path) -> RawJson:
    missing = [
        f
        for f in ("tagger.json", "tokenizer.json", "head.npz", "model.bin")
        if not (folder / f).is_file()
    ]
    if missing:
        raise CheckpointError(
            f"{folder} holds no CTranslate2 tagger: {', '.join(missing)} not found. Choose a"
            " folder written by training/tagger_export.py."
        )
    try:
        settings: RawJson = json.loads((folder / "tagger.json").read_text("utf-8"))
    except ValueError as error:
        raise CheckpointError(f"{folder / 'tagger.json'} is not valid JSON: {error}.") from error
    return settings


def _encoder(folder: Path) -> ctranslate2.Encoder:
    try:
        import ctranslate2
    except ImportError as error:
        raise NotInstalledError("The Mini tagger", "ctranslate2") from error
    try:
        return ctranslate2.Encoder(
            str(folder), device="cpu", compute_type="int8", intra_threads=_threads()
        )
    except (RuntimeError, ValueError) as error:
        raise CheckpointError(
            f"{folder / 'model.bin'} could not be loaded: {error}. Copy the whole folder again."
        ) from error


def _threads() -> int:
    """Cores this process may use, at most 4: more only help batches larger than ours."""
    if hasattr(os, "sched_getaffinity"):
        return min(4, len(os.sched_getaffinity(0)))
    return min(4, os.cpu_count() or 1)


def _inputs(
    window: Window, pieces: list[list[int]], cases: list[int], vocabulary: WordPieces
) -> tuple[list[int], list[int], Vector[np.intp]]:
    """Subword ids and token types with [CLS] and [SEP], and where each word starts."""
    ids, types, firsts = [vocabulary.start], [0], []
    for word in range(window.start, window.end):
        firsts.append(len(ids))
        ids += pieces[word]
        types += [cases[word]] * len(pieces[word])
    return [*ids, vocabulary.end], [*types, 0], np.array(firsts, dtype=np.intp)


def _batches(parts: list[Window], pieces: list[list[list[int]]]) -> Iterator[list[Window]]:
    """Windows of like length together, longest first, BATCH_PIECES subwords at most."""
    lengths = {w: 2 + sum(len(p) for p in pieces[w.sentence][w.start : w.end]) for w in parts}
    batch: list[Window] = []
    for window in sorted(parts, key=lambda w: -lengths[w]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
