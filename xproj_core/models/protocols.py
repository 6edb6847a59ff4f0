"""What a translator, an aligner and a tagger have to offer. One Protocol per kind.

All are batch first: one call per batch, one sentence is a batch of one. They raise
LanguageError for languages they do not know and EngineError when a model fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.arrays import Matrix


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated sentence.

    Attributes:
        sentence: the translation, tokenised, in the target language.
        origin: who made it: a translator's name, "memory" or "typed".
        alignment: input tokens x output tokens, where the translator knows it.
        notes: sentences for the user, such as an announced truncation.
    """

    sentence: Sentence
    origin: str
    alignment: Alignment | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagProbabilities:
    """Class probabilities per token.

    Attributes:
        classes: IOB2 tags, "O" first.
        matrix: (n_tokens, n_classes), rows sum to 1.
    """

    classes: tuple[str, ...]
    matrix: Matrix[np.float64]


class Translator(Protocol):
    """Translates tokenised sentences; each carries its own language."""

    @property
    def name(self) -> str: ...

    def supports(self, source: str, target: str) -> bool:
        """True when `source` to `target` can be translated."""
        ...

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """One translation per sentence, in order."""
        ...


class Aligner(Protocol):
    """Aligns the words of sentence pairs."""

    @property
    def name(self) -> str: ...

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        """One alignment (first x second) per pair, in order."""
        ...


class Tagger(Protocol):
    """Finds entities."""

    @property
    def name(self) -> str: ...

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it was made for; None for a multilingual tagger."""
        ...

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The entities of each sentence, sorted by place."""
        ...


@runtime_checkable
class ProbabilisticTagger(Tagger, Protocol):
    """A tagger that can say how sure it is of every class at every token."""

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]: ...


@runtime_checkable
class TranslationScorer(Protocol):
    """A translation model that scores given translations (for NMTScore)."""

    def log_likelihoods(
        self, pairs: Sequence[tuple[str, str]], source: str, target: str
    ) -> list[float]:
        """Mean log-probability per token of each second text given the first, natural log."""
        ...


@dataclass(frozen=True)
class Engine:
    """The models in use.

    Attributes:
        tagger: labels the source side.
        target_tagger: tags the target directly (model transfer, tagger candidates); None
            where there is no tagger for it.
        scorer: for NMTScore; None where the translator cannot score.
    """

    name: str
    translator: Translator
    aligner: Aligner
    tagger: Tagger | None = None
    target_tagger: Tagger | None = None
    scorer: TranslationScorer | None = None

    @property
    def models(self) -> dict[str, str]:
        """The names of the models, by what they do."""
        names = {"translator": self.translator.name, "aligner": self.aligner.name}
        if self.tagger is not None:
            names["tagger"] = self.tagger.name
        if self.target_tagger is not None:
            names["target_tagger"] = self.target_tagger.name
        return names
