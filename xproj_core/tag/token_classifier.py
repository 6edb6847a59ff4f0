"""A tagger from any transformers token classification checkpoint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.errors import CheckpointError, LanguageError
from xproj_core.models import checkpoints
from xproj_core.models.device import Device, pick
from xproj_core.models.protocols import TagProbabilities
from xproj_core.models.subwords import Pieces, padded
from xproj_core.models.windows import through
from xproj_core.tag.iob2_decoding import decode
from xproj_core.tag.tag_schemes import Scheme, scheme_of

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class TokenClassifier:
    """Each token is classified by its first subword; the best valid IOB2 sequence is taken.

    Sentences longer than the model takes are read in overlapping windows. Safe to call from
    several threads (one at a time computes).
    """

    def __init__(
        self,
        name: str,
        model: PreTrainedModel,
        pieces: Pieces,
        pad: int | None,
        scheme: Scheme,
        where: Device,
        *,
        limit: int,
        batch_size: int,
        made_for: frozenset[str] | None,
    ) -> None:
        self._name, self._model, self._pieces, self._pad = name, model, pieces, pad
        self.scheme, self.device, self._languages = scheme, where, made_for
        self._limit, self._batch_size = limit, batch_size
        self._lock = RLock()

    @property
    def name(self) -> str:
        """The checkpoint's id or folder."""
        return self._name

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity types, named as in `standard_labels`."""
        return self.scheme.types

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages given at loading; None for any."""
        return self._languages

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The entities of each sentence; a span's score is its tokens' mean probability."""
        return [decode(p.matrix, p.classes) for p in self.probabilities(sentences)]

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        """IOB2 class probabilities, (n_tokens, n_classes) for each sentence.

        Raises:
            LanguageError: a sentence in a language the tagger was not loaded for.
            EngineError: out of memory on a single sentence.
        """
        self._check_languages(sentences)
        with self._lock:
            self._pieces.learn([s.tokens for s in sentences])
            split = [self._pieces.of(s.tokens) for s in sentences]
            before, after = self._pieces.frame(None)
            filled = [k for k, (ids, _) in enumerate(split) if ids]
            rows = through(
                [(before, split[k][0], after) for k in filled],
                self._limit,
                self._batch_size,
                self._run,
                self._name,
                self.device.most_cells,
            )
        rows_by_sentence = dict(zip(filled, rows, strict=True))
        return [
            self._per_token(rows_by_sentence.get(k), owners) for k, (_, owners) in enumerate(split)
        ]

    def _per_token(
        self, rows: Matrix[np.float32] | None, owners: Vector[np.intp]
    ) -> TagProbabilities:
        if rows is None:
            return TagProbabilities(self.scheme.classes, np.zeros((0, len(self.scheme.classes))))
        firsts = np.flatnonzero(np.diff(owners, prepend=-1))
        matrix = rows[firsts].astype(np.float64)
        return self.scheme.iob2(matrix / matrix.sum(axis=1, keepdims=True))

    def _run(self, batch: Sequence[list[int]]) -> list[Matrix[np.float32]]:
        import torch

        ids, mask = padded(batch, self._pad, self.device.name)
        with torch.inference_mode():
            logits = self._model(input_ids=ids, attention_mask=mask).logits
            chances = torch.softmax(logits.float(), dim=-1).cpu().numpy()
        return [chances[k, : len(row)] for k, row in enumerate(batch)]

    def _check_languages(self, sentences: Sequence[Sentence]) -> None:
        for language in {languages.normalise(s.language) for s in sentences}:
            if self._languages is not None and language not in self._languages:
                known = ", ".join(languages.name(c) for c in sorted(self._languages))
                raise LanguageError(
                    f"The tagger {self._name} was made for {known}, not for"
                    f" {languages.name(language)}. Choose a multilingual tagger, or label the"
                    " sentence yourself."
                )


def load(
    id_or_folder: str,
    *,
    device: str | None = None,
    batch_size: int = 32,
    labels: str | Sequence[str] | None = None,
    scheme: str | None = None,
    label_names: Mapping[str, str | None] | None = None,
    languages: str | Sequence[str] | None = None,
) -> TokenClassifier:
    """A tagger from a hub id or a local folder.

    Args:
        labels: the classes in order ("O,B-PER,I-PER"), for checkpoints that do not name them.
        scheme: "iob1" or "iob2" where the labels do not show which.
        label_names: the checkpoint's entity type to ours, None to drop it; the rest is
            renamed as `xproj_core.tag.standard_labels` says.
        languages: what the tagger is good for ("en" or "en,de"); None for any language.

    Raises:
        CheckpointError: no token classifier, or classes that cannot be read.
        EngineError: the hub cannot be reached, or memory ran out.
    """
    where = pick(device)
    config = checkpoints.load_config(id_or_folder)
    names = _listed(labels) or [config.id2label[k] for k in range(len(config.id2label))]
    if len(names) != len(config.id2label):
        raise CheckpointError(
            f"{id_or_folder} has {len(config.id2label)} classes, but labels= names {len(names)}."
        )
    iob1 = None if scheme is None else scheme.lower() == "iob1"
    tags = scheme_of(id_or_folder, names, iob1=iob1, changes=label_names)
    pieces, tokenizer = Pieces.load(id_or_folder, config.model_type)
    model = checkpoints.load_model("AutoModelForTokenClassification", id_or_folder, where)
    return TokenClassifier(
        id_or_folder,
        model,
        pieces,
        tokenizer.pad_token_id,
        tags,
        where,
        limit=checkpoints.input_limit(tokenizer, config),
        batch_size=batch_size,
        made_for=_codes(languages),
    )


def _listed(value: str | Sequence[str] | None) -> list[str]:
    if value is None:
        return []
    return [v.strip() for v in value.split(",")] if isinstance(value, str) else list(value)


def _codes(value: str | Sequence[str] | None) -> frozenset[str] | None:
    return frozenset(languages.normalise(code) for code in _listed(value)) or None
