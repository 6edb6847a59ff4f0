"""What every noise has: a layer, a rate, a seed, and draws that depend on content alone.

Draws are made for every character, token, link or entity, whether it is hit or not, and compared
with the rate. The same content therefore gets the same noise in any batch, order and process,
and what is hit at a low rate is hit at a higher one as well.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeVar, get_args

import numpy as np

from xproj_core.domain import Link, Sentence, Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, fits, option, parameters, written

Layer = Literal["text", "tokens", "translation", "alignment", "labels"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a noise did.

    Attributes:
        noise: the noise's name.
        layer: what it works on.
        message: what it did, as a sentence.
        sentence: where, as it is afterwards (of a link: the sentence nearer the source).
        tokens: its tokens that are concerned.
        other: of a link: the sentence on the far side.
        removed, added: of a link: what was there before, and what is there now.
        before, after: of a label: the entity before and now; None where there is none.
    """

    noise: str
    layer: Layer
    message: str
    sentence: Sentence
    tokens: tuple[int, ...] = ()
    other: Sentence | None = None
    removed: Link | None = None
    added: Link | None = None
    before: Span | None = None
    after: Span | None = None


Changes = tuple[Change, ...]


@dataclass(frozen=True)
class Noise:
    """Base of all noises; further fields, declared with `option`, are settings of their own."""

    name: ClassVar[str]
    layer: ClassVar[Layer]
    rate: float = option(0.1, "how much is hit; of what, each noise says", min=0, max=1)
    seed: int = option(0, "another seed hits something else")

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise InputError(f"The rate of {self.name} must lie between 0 and 1, not {self.rate}.")
        for parameter in parameters(self):
            value = getattr(self, parameter.name)
            if not fits(parameter, value):
                raise InputError(
                    f"{parameter.name} of {self.name} cannot be {value!r}: it takes"
                    f" {parameter.accepts}, {parameter.help}."
                )

    @property
    def spec(self) -> str:
        """Name, rate, what differs from the defaults, and the seed, as `parse` reads them."""
        own = [
            f",{p.name}={written(value)}"
            for p in settings(self)
            if (value := getattr(self, p.name)) != p.default
        ]
        return f"{self.name}={self.rate:g}{''.join(own)},seed={self.seed}"

    def draws(self, *content: Sentence) -> np.random.RandomState:
        """Random numbers that depend on name, seed and content, and on nothing else.

        RandomState because its stream is the one that NumPy promises never to change.
        """
        return draws(self.name, self.seed, *(_written(s) for s in content))


def settings(noise: Noise | type[Noise]) -> tuple[Parameter, ...]:
    """What can be set besides rate and seed."""
    return tuple(p for p in parameters(noise) if p.name not in ("rate", "seed"))


def draws(name: str, seed: int, *content: str) -> np.random.RandomState:
    """See `Noise.draws`."""
    text = "\x1d".join((name, str(seed), *content))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return np.random.RandomState(np.frombuffer(digest, "<u4").astype(np.uint32))


def _written(sentence: Sentence) -> str:
    return "\x1e".join((sentence.language, *sentence.tokens))


def pick(items: Iterable[Item], draw: float) -> Item:
    """One of `items` by a draw in [0, 1)."""
    known = tuple(items)
    return known[min(int(draw * len(known)), len(known) - 1)]


def named(words: str) -> str:
    """Words in a message; those that run from right to left keep that to themselves."""
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in words):
        return f"\u2068{words}\u2069"
    return words


def quoted(words: str) -> str:
    """The same in quotation marks."""
    return f"“{named(words)}”"
