"""A linear tagger: hashed features of words, a chain of tags. What `xproj train` makes.

Its folder holds `tagger.json` (name, classes, languages) and `weights.npz`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from xproj_core.domain import Sentence, Span
from xproj_core.domain.arrays import Matrix
from xproj_core.domain.errors import CheckpointError
from xproj_core.mini.tagger.linear_chain import marginals
from xproj_core.mini.tagger.word_features import BUCKETS, features
from xproj_core.models.protocols import TagProbabilities
from xproj_core.tag.iob2_decoding import decode
from xproj_core.tag.standard_labels import check_languages

SETTINGS, WEIGHTS = "tagger.json", "weights.npz"
KIND = "linear"
_TOGETHER = 256


@dataclass(frozen=True)
class Model:
    """Weights of features and of steps.

    Attributes:
        classes: IOB2 tags, "O" first.
        emissions: (BUCKETS, classes) float32, or int8 with `scale` for one unit.
        steps: (classes, classes), of a tag after another.
    """

    classes: tuple[str, ...]
    emissions: Matrix[np.float32] | Matrix[np.int8]
    steps: Matrix[np.float64]
    scale: float = 1.0

    def scores(self, sentence: Sequence[str]) -> Matrix[np.float64]:
        """(words, classes)."""
        rows = features(sentence)
        flat = np.fromiter((n for row in rows for n in row), np.int64)
        starts = np.cumsum([0, *map(len, rows)])[:-1]
        weights = self.emissions[flat].astype(np.float64)
        scores: Matrix[np.float64] = np.add.reduceat(weights, starts, axis=0) * self.scale
        return scores


def save(model: Model, folder: Path, name: str, languages: Sequence[str]) -> None:
    """Write a tagger: weights as bytes, most of them 0, deflated."""
    scale = float(np.abs(model.emissions).max(initial=1e-9)) * model.scale / 127
    small = np.rint(model.emissions * (model.scale / scale)).astype(np.int8)
    folder.mkdir(parents=True, exist_ok=True)
    from xproj_core.mini.translator import array_archive

    array_archive.save(
        folder / WEIGHTS, {"emissions": small, "steps": model.steps.astype(np.float32)}
    )
    settings = {
        "kind": KIND,
        "name": name,
        "classes": model.classes,
        "languages": list(languages),
        "scale": scale,
    }
    (folder / SETTINGS).write_text(json.dumps(settings) + "\n", "utf-8")


class LinearTagger:
    """Tags sentences of the languages it was taught.

    Raises:
        CheckpointError: the folder is incomplete or unreadable.
    """

    def __init__(self, folder: Path) -> None:
        from xproj_core.mini.translator import array_archive

        try:
            settings = json.loads((folder / SETTINGS).read_text("utf-8"))
            arrays = array_archive.load(folder / WEIGHTS)
            classes = tuple(map(str, settings["classes"]))
            emissions, steps = arrays["emissions"].astype(np.int8), arrays["steps"]
            scale = float(settings["scale"])
            self.model = Model(classes, emissions, steps.astype(np.float64), scale)
            self.name = str(settings["name"])
            self.languages: frozenset[str] | None = frozenset(map(str, settings["languages"]))
            if emissions.shape != (BUCKETS, len(classes)) or "O" not in classes:
                raise ValueError("its weights do not fit its classes")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(
                f"{folder} holds no tagger ({error}). Give a folder that"
                " `xproj train --labelled` wrote."
            ) from error
        self.labels = tuple(dict.fromkeys(c[2:] for c in classes if c != "O"))

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """Entities per sentence; a span's score is its tokens' mean probability."""
        return [decode(p.matrix, p.classes) for p in self.probabilities(sentences)]

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        """(n_tokens, n_classes) per sentence, rows summing to 1.

        Raises:
            LanguageError: a sentence is in a language the tagger was not taught.
        """
        check_languages(self, sentences)
        return [
            TagProbabilities(self.model.classes, matrix)
            for matrix in predict(self.model, [s.tokens for s in sentences])
        ]


def predict(model: Model, sentences: Sequence[Sequence[str]]) -> list[Matrix[np.float64]]:
    """(n_words, n_classes) probabilities per sentence."""
    matrices: list[Matrix[np.float64]] = [np.zeros((0, len(model.classes)))] * len(sentences)
    order = sorted((i for i, s in enumerate(sentences) if s), key=lambda i: len(sentences[i]))
    for chosen in _in_parts(order):
        lengths = np.array([len(sentences[i]) for i in chosen])
        padded = np.zeros((len(chosen), int(lengths.max()), len(model.classes)))
        for row, i in enumerate(chosen):
            padded[row, : lengths[row]] = model.scores(sentences[i])
        tags = marginals(padded, lengths, model.steps, model.classes).tags
        for row, i in enumerate(chosen):
            matrices[i] = tags[row, : lengths[row]]
    return matrices


def _in_parts(order: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(order), _TOGETHER):
        yield order[start : start + _TOGETHER]
