"""What all subword translators share: lengths, announced truncation, and the way back to words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from xproj_core.domain import Sentence
from xproj_core.domain.errors import EngineError, InputError
from xproj_core.models.protocols import Translation
from xproj_core.text.detokenise import detokenise, text_of
from xproj_core.text.tokenise import tokenise

_QUOTED_WORDS = 6


def bucket(length: int) -> int:
    """`length` rounded up to a power of two, at least 16."""
    size = 16
    while size < length:
        size *= 2
    return size


def output_limit(size: int, limit: int) -> int:
    """How many subwords an output may have, from the input's rounded length."""
    return max(2, min(limit, 2 * size + 16))


@dataclass(frozen=True, slots=True)
class CutText:
    """A text that fits the model, and the words that did not.

    Attributes:
        text: what goes into the model, language prefix included.
        left_out: the tokens that were cut off, in order.
        limit: the model's limit in subwords.
    """

    text: str
    left_out: tuple[str, ...]
    limit: int

    @classmethod
    def of(
        cls, sentence: Sentence, prefix: str, count: Callable[[str], int], limit: int
    ) -> CutText:
        """The longest beginning of `sentence`, in whole tokens, that fits into `limit`.

        Args:
            prefix: what stands before the text ("<2de> ").
            count: subwords of a text, special ones included.

        Raises:
            InputError: not even the first token fits.
        """
        text = text_of(sentence)
        if count(prefix + text) <= limit:
            return cls(prefix + text, (), limit)
        low, high = 0, len(sentence)
        while low < high - 1:
            middle = (low + high) // 2
            if count(prefix + _beginning(sentence, middle)) <= limit:
                low = middle
            else:
                high = middle
        if low == 0:
            raise InputError(
                f"The word {sentence.tokens[0][:40]!r}… alone is longer than the {limit} subwords"
                " the translator takes. Split or remove it."
            )
        return cls(prefix + _beginning(sentence, low), sentence.tokens[low:], limit)

    def note(self, model: str) -> str:
        """The announcement for the user."""
        words = " ".join(self.left_out[:_QUOTED_WORDS])
        dots = " …" if len(self.left_out) > _QUOTED_WORDS else ""
        return (
            f"{model} takes {self.limit} subwords; the last {len(self.left_out)} words were not"
            f" translated, from “{words}{dots}” on. Split the sentence to translate all of it."
        )


def _beginning(sentence: Sentence, n_tokens: int) -> str:
    if sentence.text is not None and sentence.offsets is not None:
        return sentence.text[: sentence.offsets[n_tokens - 1][1]]
    return detokenise(sentence.tokens[:n_tokens], sentence.language)


def as_translation(
    text: str, target: str, name: str, notes: tuple[str, ...], *, complete: bool
) -> Translation:
    """The model's text as a tokenised translation.

    Raises:
        EngineError: the model wrote no word.
    """
    try:
        sentence = tokenise(text, target)
    except InputError as error:
        raise EngineError(
            f"{name} gave an empty translation. Type the translation in, or choose another"
            f" engine. ({error})"
        ) from error
    if not complete:
        notes += (
            f"{name} reached its output limit before the end of the sentence: the translation"
            " is cut off.",
        )
    return Translation(sentence, name, notes=notes)
