"""Noise on translations: words dropped, repeated, left untranslated, reordered; names dropped.

The alignment that comes with a translation follows its words, so that it stays right.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.arrays import Matrix
from xproj_core.domain.parameters import option
from xproj_core.models.protocols import Translation
from xproj_core.noise.base import Change, Changes, Layer, Noise, quoted
from xproj_core.noise.edits import Edited, edited, unchanged

Draws = Matrix[np.float64]
"""(words, 2) in [0, 1)."""
Part = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Made:
    """A translation about to be changed.

    Attributes:
        original: what was translated.
        sentence: its translation.
        alignment: given x translation, for noises that need to know; None if nobody does.
        entities: the spans of names in the translation, for noises that need to know.
    """

    original: Sentence
    sentence: Sentence
    alignment: Alignment | None = None
    entities: tuple[Span, ...] = ()

    def inputs(self, token: int) -> list[int]:
        """The words of `original` that one word of the translation renders."""
        if self.alignment is None:
            return []
        return [int(i) for i in np.flatnonzero(self.alignment.links[:, token])]


class TranslationNoise(Noise, ABC):
    """Works on the words of one translation."""

    layer: ClassVar[Layer] = "translation"
    needs_alignment: ClassVar[bool] = False
    needs_entities: ClassVar[bool] = False

    def apply(self, rendering: Made) -> tuple[Edited, Changes]:
        """The noisy translation, of at least one word, and what was done."""
        sentence = rendering.sentence
        if not self.rate or not len(sentence):
            return unchanged(sentence), ()
        draws = self.draws(rendering.original, sentence).random_sample((len(sentence), 2))
        hit = draws[:, 0] < self.rate
        edit = edited(sentence, self._parts(rendering, [bool(h) for h in hit], draws))
        if edit.sentence.tokens == sentence.tokens:  # such as one word changing places with itself
            return unchanged(sentence), ()
        return edit, tuple(self._changes(rendering, edit))

    @abstractmethod
    def _parts(self, rendering: Made, hit: Sequence[bool], draws: Draws) -> list[Part]:
        """The new words, each with the old word it was."""

    @abstractmethod
    def _changes(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        """What was done."""

    def _change(self, message: str, edit: Edited, tokens: Iterable[int] = ()) -> Change:
        return Change(self.name, self.layer, message, edit.sentence, tuple(tokens))

    def _describe_dropped(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        left = {k for old in edit.origins for k in old}
        for k, token in enumerate(rendering.sentence.tokens):
            if k not in left:
                after = [n for n, old in enumerate(edit.origins) if old and old[0] > k][:1]
                yield self._change(f"{quoted(token)} was dropped.", edit, after)


def followed(translation: Translation, edit: Edited) -> Translation:
    """The translation with other words; alignment and labels go with them."""
    spans = edit.spans(translation.sentence.spans)
    alignment = translation.alignment
    return replace(
        translation,
        sentence=edit.sentence.labelled(spans),
        alignment=None if alignment is None else edit.columns(alignment),
    )


@dataclass(frozen=True)
class DropWords(TranslationNoise):
    """Each word is dropped with the rate as probability; one always stays."""

    name = "drop-words"

    def _parts(self, rendering: Made, hit: Sequence[bool], draws: Draws) -> list[Part]:
        indices = [k for k in range(len(hit)) if not hit[k]] or [int(np.argmax(draws[:, 0]))]
        return [(rendering.sentence.tokens[k], (k,)) for k in indices]

    def _changes(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        return self._describe_dropped(rendering, edit)


@dataclass(frozen=True)
class RepeatWords(TranslationNoise):
    """Each word is said twice, at the rate as probability."""

    name = "repeat-words"

    def _parts(self, rendering: Made, hit: Sequence[bool], draws: Draws) -> list[Part]:
        tokens = rendering.sentence.tokens
        return [(t, (k,)) for k, t in enumerate(tokens) for _ in range(1 + hit[k])]

    def _changes(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        for n in range(1, len(edit.origins)):
            if edit.origins[n] == edit.origins[n - 1]:
                message = f"{quoted(edit.sentence.tokens[n])} was said twice."
                yield self._change(message, edit, (n - 1, n))


@dataclass(frozen=True)
class UntranslatedWords(TranslationNoise):
    """Each word is left as it was in the text translated, at the rate as probability.

    Only words that render one; those that render nothing stay.
    """

    name = "untranslated-words"
    needs_alignment = True

    def _parts(self, rendering: Made, hit: Sequence[bool], draws: Draws) -> list[Part]:
        tokens = list(rendering.sentence.tokens)
        for k in range(len(tokens)):
            inputs = rendering.inputs(k) if hit[k] else []
            if inputs:
                tokens[k] = rendering.original.tokens[inputs[0]]
        return [(t, (k,)) for k, t in enumerate(tokens)]

    def _changes(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        pairs = zip(rendering.sentence.tokens, edit.sentence.tokens, strict=True)
        for k, (before, after) in enumerate(pairs):
            if before != after:
                message = f"{quoted(after)} was left untranslated (not {quoted(before)})."
                yield self._change(message, edit, (k,))


@dataclass(frozen=True)
class ReorderWords(TranslationNoise):
    """Each word moves up to `distance` words to the right, at the rate as probability.

    The local shuffling of denoising autoencoders (Lample et al. 2018), hitting some words only.
    """

    name = "reorder-words"
    distance: int = option(3, "how many words far a word may move", min=1, max=50)

    def _parts(self, rendering: Made, hit: Sequence[bool], draws: Draws) -> list[Part]:
        keys = [k + (1 + draws[k, 1] * self.distance if hit[k] else 0.0) for k in range(len(hit))]
        order = sorted(range(len(hit)), key=lambda k: (keys[k], k))
        return [(rendering.sentence.tokens[k], (k,)) for k in order]

    def _changes(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        for n, (k,) in enumerate(edit.origins):
            if n > k:
                places = "one place" if n - k == 1 else f"{n - k} places"
                message = f"{quoted(edit.sentence.tokens[n])} moved {places} to the right."
                yield self._change(message, edit, (n,))


@dataclass(frozen=True)
class DropEntities(TranslationNoise):
    """Each name is dropped from the translation, at the rate as probability.

    Names are what the tagger, or the data, say they are.
    """

    name = "drop-entities"
    needs_alignment = True
    needs_entities = True

    def _parts(self, rendering: Made, hit: Sequence[bool], draws: Draws) -> list[Part]:
        entity_words = {
            k for s in rendering.entities if hit[s.start] for k in range(s.start, s.end)
        }
        indices = [k for k in range(len(hit)) if k not in entity_words] or [0]
        return [(rendering.sentence.tokens[k], (k,)) for k in indices]

    def _changes(self, rendering: Made, edit: Edited) -> Iterable[Change]:
        return self._describe_dropped(rendering, edit)
