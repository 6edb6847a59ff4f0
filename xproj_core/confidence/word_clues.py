"""What the words say of a projected entity: likeness to the source's words, capitals, length.

Names are often copied or spelt alike, and where a script has capitals they begin with one.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from xproj_core.domain import Sentence, Span

LONG_WORD = 4  # characters; the likeness of shorter words is chance
WORD_FEATURES = (
    "no_source",
    "length_ratio",
    "length_differs",
    "letters_ratio",
    "letters_differ",
    "one_word",
    "three_words",
    "source_words",
    "same_words",
    "likeness",
    "least_like_source_word",
    "least_like_target_word",
    "more_like_beside",
    "more_like_elsewhere",
    "capitals",
    "capitals_fewer",
    "small_at_edge",
    "capital_before",
    "capital_after",
    "source_capital_after",
    "mark_at_edge",
    "mark_within",
    "digit",
    "shortest_word",
    "longest_word",
)


def word_clues(
    source: Sentence, target: Sentence, entity: Span | None, span: Span
) -> dict[str, float]:
    """The values of `WORD_FEATURES`; those that compare are 0 where there is no source entity."""
    clues = dict.fromkeys(WORD_FEATURES, 0.0)
    words = target.words(span)
    clues |= _shape(words)
    clues["capital_before"] = float(span.start > 1 and _capital(target.tokens[span.start - 1]))
    clues["capital_after"] = float(span.end < len(target) and _capital(target.tokens[span.end]))
    if entity is None:
        clues["no_source"] = 1.0
        return clues
    original = source.words(entity)
    clues["source_capital_after"] = float(
        entity.end < len(source) and _capital(source.tokens[entity.end])
    )
    capitals = sum(map(_capital, original)) / len(original)
    clues["capitals_fewer"] = capitals - clues["capitals"]
    clues["small_at_edge"] = float(
        any(_capital(original[k]) and not _capital(words[k]) for k in (0, -1))
    )
    clues |= _lengths(original, words)
    clues |= _likeness(original, words, target, span)
    return clues


def _shape(words: Sequence[str]) -> dict[str, float]:
    sizes = [len(word) for word in words]
    marks = [not any(c.isalnum() for c in word) for word in words]
    return {
        "one_word": float(len(words) == 1),
        "three_words": float(len(words) >= 3),
        "capitals": sum(map(_capital, words)) / len(words),
        "mark_at_edge": float(marks[0] or marks[-1]),
        "mark_within": float(any(marks)),
        "digit": float(any(c.isdigit() for word in words for c in word)),
        "shortest_word": min(6, *sizes, 6) / 6,
        "longest_word": min(12, max(sizes)) / 12,
    }


def _lengths(original: Sequence[str], words: Sequence[str]) -> dict[str, float]:
    ratio = math.log(len(words) / len(original))
    before, after = len(_letters("".join(original))), len(_letters("".join(words)))
    letters = math.log((after + 1) / (before + 1))
    return {
        "length_ratio": ratio,
        "length_differs": abs(ratio),
        "letters_ratio": letters,
        "letters_differ": abs(letters),
        "source_words": math.log(len(original)),
    }


def _likeness(
    original: Sequence[str], words: Sequence[str], target: Sentence, span: Span
) -> dict[str, float]:
    original_text = "".join(original)
    likeness = _alike(original_text, "".join(words))
    beside = [
        (span.start + a, span.end + b)
        for a, b in ((-1, 0), (0, 1), (1, 0), (0, -1))
        if 0 <= span.start + a < span.end + b <= len(target)
    ]
    best = max((_alike(original_text, "".join(target.tokens[a:b])) for a, b in beside), default=0.0)
    table = [[_alike(a, b) for b in words] for a in original]
    within = elsewhere = 0.0
    rest = target.tokens[: span.start] + target.tokens[span.end :]
    for word, row in zip(original, table, strict=True):
        if len(word) >= LONG_WORD:
            within = max(within, *row)
            elsewhere = max(elsewhere, *(_alike(word, other) for other in rest), 0.0)
    return {
        "same_words": float(_letters(original_text) == _letters("".join(words))),
        "likeness": likeness,
        "least_like_source_word": min(max(row) for row in table),
        "least_like_target_word": min(max(column) for column in zip(*table, strict=True)),
        "more_like_beside": best - likeness,
        "more_like_elsewhere": elsewhere - within,
    }


def _capital(word: str) -> bool:
    return word[:1].isupper()


@lru_cache(maxsize=1 << 14)
def _letters(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())


@lru_cache(maxsize=1 << 16)
def _alike(first: str, second: str) -> float:
    """1 for the same letters in the same order, 0 where none is shared or there are none."""
    a, b = _letters(first), _letters(second)
    return Indel.normalized_similarity(a, b) if a and b else 0.0
