"""Words of scripts that put no space between them: Chinese, Japanese, Thai, Lao, Khmer, Burmese.

ICU's dictionaries know words of all six. Where its Python package is not installed, each grapheme
cluster is a token: a letter with its marks, which nothing may cut.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from icu import BreakIterator

PACKAGE = "icukit-pyicu"
_CLUSTER = regex.compile(r"\X")


def unspaced_words(text: str, start: int, end: int, language: str) -> list[tuple[int, int]]:
    """The code-point ranges of the words in `text[start:end]`, letters of unspaced scripts only."""
    run = text[start:end]
    clusters = [start + m.end() for m in _CLUSTER.finditer(run)]
    ends = clusters
    if segmenter():
        # A dictionary knows no clusters that Unicode made later: only their edges count.
        edges = frozenset(clusters)
        ends = [start + k for k in _word_ends(run, language) if start + k in edges]
    return list(zip([start, *ends[:-1]], ends, strict=True))


@lru_cache(maxsize=1)
def segmenter() -> str:
    """What cuts unspaced text into words, with its version; "" where nothing does."""
    if find_spec("icu") is None:
        return ""
    import icu

    return f"ICU {icu.ICU_VERSION}"


def announced() -> str:
    """What cuts unspaced text, as a sentence for people."""
    name = segmenter()
    if name:
        return f"Chinese, Japanese, Thai, Lao, Khmer and Burmese are cut into words by {name}."
    return (
        "Chinese, Japanese, Thai, Lao, Khmer and Burmese are cut into characters. For words,"
        f" install {PACKAGE}: pip install {PACKAGE}"
    )


def _word_ends(run: str, language: str) -> list[int]:
    """Where words end, in code points. ICU counts UTF-16 units."""
    iterator = _iterator(language)
    iterator.setText(run)
    ends = list(iterator)
    if run.isascii() or max(run) <= "\uffff":
        return ends
    units = {0: 0}
    at = 0
    for k, character in enumerate(run, 1):
        at += 2 if character > "\uffff" else 1
        units[at] = k
    return [units[k] for k in ends if k in units]


@lru_cache(maxsize=64)
def _iterator(language: str) -> BreakIterator:
    from icu import BreakIterator, Locale

    return BreakIterator.createWordInstance(Locale(language))
