"""What a linear tagger sees of a word: letters, shape, neighbours, as hashed numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

from xproj_core.mini.tagger.case_features import case_classes

BUCKETS = 1 << 18
"""Features share so many weights; two that meet in one learn to live together."""
_EDGE = "\x02"
_RUN = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def shape(word: str) -> str:
    """Capitals as X, small letters as x, other letters as a, digits as 0; runs shortened."""
    kinds = "".join(
        "X"
        if c.isupper()
        else "x"
        if c.islower()
        else "a"
        if c.isalpha()
        else "0"
        if c.isdigit()
        else c
        for c in word[:30]
    )
    return _RUN.sub(r"\1\1", kinds)


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> tuple[str, ...]:
    """Features of a word by itself."""
    lower = word.lower()[:30]
    framed = f"<{lower}>"
    ends = [f"p{n}{lower[:n]}" for n in range(1, 5) if len(lower) >= n]
    ends += [f"s{n}{lower[-n:]}" for n in range(1, 5) if len(lower) >= n]
    inside = {f"g{framed[i : i + 3]}" for i in range(len(framed) - 2)}
    return (f"w{lower}", f"W{word[:30]}", f"h{shape(word)}", *ends, *sorted(inside))


def features(words: Sequence[str]) -> list[list[int]]:
    """Feature numbers below `BUCKETS` of every word of a sentence, the same on any machine."""
    size = len(words)
    lower = [_EDGE, _EDGE, *(w.lower()[:30] for w in words), _EDGE, _EDGE]
    shapes = [_EDGE, *(shape(w) for w in words), _EDGE]
    cases = [9, *case_classes(words), 9]
    numbers = []
    for i in range(size):
        two, previous, here, next_, after = lower[i : i + 5]
        names = [
            "b",
            f"c{cases[i + 1]}",
            f"-1{previous}",
            f"+1{next_}",
            f"-2{two}",
            f"+2{after}",
            f"-a{previous}|{here}",
            f"+a{here}|{next_}",
            f"-s{previous[-3:]}",
            f"+s{next_[-3:]}",
            f"-h{shapes[i]}",
            f"+h{shapes[i + 2]}",
            f"hh{'|'.join(shapes[i : i + 3])}",
            f"cc{cases[i]}{cases[i + 1]}{cases[i + 2]}",
            f"-1c{previous}|{cases[i + 1]}",
            f"+1c{next_}|{cases[i + 1]}",
            *_of_word(words[i]),
        ]
        numbers.append([crc32(name.encode("utf-8", "surrogatepass")) % BUCKETS for name in names])
    return numbers
