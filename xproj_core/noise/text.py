"""Noise on text: characters, keyboard slips, misread shapes, casing. Tokens stay as many."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar

import numpy as np
import regex

from xproj_core.domain import Sentence, languages
from xproj_core.domain.arrays import Matrix
from xproj_core.domain.errors import LanguageError
from xproj_core.domain.parameters import option
from xproj_core.noise import keyboards, ocr
from xproj_core.noise.base import Change, Changes, Layer, Noise, pick, quoted

WHERE = ("everywhere", "entities", "context")
Draws = Matrix[np.float64]
"""(characters, 3) in [0, 1)."""
_CLUSTER = regex.compile(r"\X")
_ALPHABETS = {
    "Latn": "abcdefghijklmnopqrstuvwxyz",
    "Cyrl": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "Grek": "αβγδεζηθικλμνξοπρστυφχψω",
    "Hebr": "אבגדהוזחטיכלמנסעפצקרשת",
    "Arab": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "Deva": "कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह",
    "Ethi": "ሀለሐመሠረሰሸቀበተነአከወዘየደገጠፀፈ",
}


@dataclass(frozen=True)
class TextNoise(Noise, ABC):
    """Works on the tokens of a sentence, all of them, those of entities, or the others."""

    layer: ClassVar[Layer] = "text"
    where: str = option("everywhere", "which tokens", choices=WHERE)

    def apply(self, sentence: Sentence) -> tuple[Sentence, Changes]:
        """The sentence with as many tokens, none of them empty, and what was done."""
        if not self.rate or not len(sentence):
            return sentence, ()
        clusters = [_CLUSTER.findall(token) for token in sentence.tokens]
        drawn = self.draws(sentence).random_sample((sum(map(len, clusters)), 3))
        tokens, start = [], 0
        for k, piece in enumerate(clusters):
            draws = drawn[start : start + len(piece)]
            start += len(piece)
            old = sentence.tokens[k]
            new = self._token(piece, draws, sentence.language) if self._here(sentence, k) else old
            tokens.append(new if new.strip() else old)
        noisy_sentence = with_tokens(sentence, tokens)
        pairs = enumerate(zip(sentence.tokens, tokens, strict=True))
        return noisy_sentence, tuple(
            Change(self.name, self.layer, f"{quoted(a)} became {quoted(b)}.", noisy_sentence, (k,))
            for k, (a, b) in pairs
            if a != b
        )

    def _here(self, sentence: Sentence, token: int) -> bool:
        inside = any(token in span for span in sentence.spans)
        return self.where == "everywhere" or inside == (self.where == "entities")

    @abstractmethod
    def _token(self, characters: list[str], draws: Draws, language: str) -> str:
        """A token from its characters (grapheme clusters); `draws` is (len(characters), 3)."""


@dataclass(frozen=True)
class Characters(TextNoise):
    """At each character an insertion, a deletion or a substitution, a third of the rate each.

    NAT's vanilla noise (Namysl et al. 2020); new letters are uniform over the script's alphabet.
    """

    name = "characters"

    def _token(self, characters: list[str], draws: Draws, language: str) -> str:
        noisy_characters: list[str] = []
        left = len(characters)
        for character, (hit, kind, which) in zip(characters, draws, strict=True):
            if hit >= self.rate:
                noisy_characters.append(character)
            elif kind < 1 / 3:
                noisy_characters += [_letter(language, character, which), character]
            elif kind < 2 / 3:
                # The last one standing stays: a token is never emptied.
                if left > 1 or noisy_characters:
                    left -= 1
                    continue
                noisy_characters.append(character)
            else:
                noisy_characters.append(_letter(language, character, which))
            left -= 1
        return "".join(noisy_characters)


@dataclass(frozen=True)
class Keyboard(TextNoise):
    """Each character that has a key becomes that of a key beside it, at the rate as probability.

    The layout is the one usual for the language, unless another is set.
    """

    name = "keyboard"
    layout: str = option(
        "", "keyboard layout; empty: the language's own", choices=("", *keyboards.LAYOUTS)
    )

    def _token(self, characters: list[str], draws: Draws, language: str) -> str:
        layout = self.layout or keyboards.layout(language)
        noisy_characters = []
        for character, (hit, which, _) in zip(characters, draws, strict=True):
            keys = keyboards.beside(character, layout) if hit < self.rate else ""
            noisy_characters.append(pick(keys, which) if keys else character)
        return "".join(noisy_characters)


@dataclass(frozen=True)
class Ocr(TextNoise):
    """Each shape that is easily misread is misread, at the rate as probability."""

    name = "ocr"

    def _token(self, characters: list[str], draws: Draws, language: str) -> str:
        noisy_characters: list[str] = []
        k = 0
        while k < len(characters):
            hit, which, _ = draws[k]
            size, shapes = _misread(characters[k : k + ocr.LONGEST])
            if hit < self.rate and shapes:
                noisy_characters.append(pick(shapes, which))
                k += size
            else:
                noisy_characters.append(characters[k])
                k += 1
        return "".join(noisy_characters)


@dataclass(frozen=True)
class Casing(TextNoise):
    """Each token is set in lower, upper or title case, at the rate as probability."""

    name = "casing"
    kind: str = option("lower", "the case that words get", choices=("lower", "upper", "title"))

    def _token(self, characters: list[str], draws: Draws, language: str) -> str:
        token = "".join(characters)
        if draws[0, 0] >= self.rate:
            return token
        return {"lower": token.lower, "upper": token.upper, "title": token.capitalize}[self.kind]()


def _misread(characters: list[str]) -> tuple[int, tuple[str, ...]]:
    """How many of `characters` make a shape, and what it may be read as; longest first."""
    for size in range(len(characters), 0, -1):
        shapes = ocr.read_as("".join(characters[:size]))
        if shapes:
            return size, shapes
    return 1, ()


@lru_cache(maxsize=512)
def _alphabet(language: str) -> str:
    try:
        return _ALPHABETS.get(languages.script(language), "")
    except LanguageError:
        return _ALPHABETS["Latn"]


def _letter(language: str, beside: str, draw: float) -> str:
    """A letter of the language's script, a capital in place of one.

    Where no alphabet is written down above, a letter that stands near `beside` in Unicode.
    """
    letter = str(pick(_alphabet(language) or _near(beside), draw))
    return letter.upper() if beside.isupper() and len(letter.upper()) == len(letter) else letter


def _near(character: str) -> str:
    place, script = ord(character[0]), unicodedata.name(character[0], "").partition(" ")[0]
    around = [chr(k) for k in range(max(0, place - 12), min(place + 13, 0x110000)) if k != place]
    known = (c for c in around if c.isalpha() and unicodedata.name(c, "").startswith(script))
    return "".join(known) or character[0]


def with_tokens(sentence: Sentence, tokens: list[str]) -> Sentence:
    """The sentence with as many other tokens; its text follows, where it had one."""
    if sentence.text is None or sentence.offsets is None:
        return replace(sentence, tokens=tuple(tokens), text=None, offsets=None)
    segments: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = end = 0
    for token, (start, stop) in zip(tokens, sentence.offsets, strict=True):
        between = sentence.text[end:start]
        segments += [between, token]
        offsets.append((length + len(between), length + len(between) + len(token)))
        length, end = offsets[-1][1], stop
    segments.append(sentence.text[end:])
    return replace(sentence, tokens=tuple(tokens), text="".join(segments), offsets=tuple(offsets))
