"""From the options of the best hypothesis to a sentence in the target language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

import regex

from xproj_core.domain import Alignment, Sentence
from xproj_core.mini.translator.known_words import NUMBER_ID, Vocabulary, is_verbatim
from xproj_core.mini.translator.phrase_table import LONGEST_PHRASE
from xproj_core.mini.translator.search import Option
from xproj_core.mini.translator.source import Source
from xproj_core.text.detokenise import detokenise

_QUOTES = {"de": "„“", "fr": "«»", "es": "«»", "en": "“”"}
_STOPS = frozenset({".", "!", "?"})
_VOWEL = regex.compile(r"(?i)^[aàâäeéèêëiîïoôöuùûüœæ]")
_ELIDED = {
    "le": "l'",
    "la": "l'",
    "de": "d'",
    "que": "qu'",
    "je": "j'",
    "ne": "n'",
    "se": "s'",
    "me": "m'",
    "te": "t'",
}
_FULL = {
    "l'": "le",
    "d'": "de",
    "qu'": "que",
    "j'": "je",
    "n'": "ne",
    "s'": "se",
    "m'": "me",
    "t'": "te",
}


@dataclass(slots=True)
class Word:
    """An output word with the source words it is linked to, and how strongly."""

    text: str
    links: tuple[int, ...]
    score: float
    copied: bool = False


def words_of(
    path: Sequence[Option], source: Source, vocabulary: Vocabulary, language: str
) -> list[Word]:
    """The output words of a path, in `language`; links are source word indices."""
    words = []
    for option in path:
        if option.copied:
            for i in range(option.start, option.end):
                text = source.surfaces[i]
                if language == "en" and i in source.genitives:
                    words += [Word(text[:-1], (i,), 1.0, True), Word("'s", (i,), 1.0, True)]
                    continue
                words.append(Word(text.lower() if i in source.small else text, (i,), 1.0, True))
            continue
        score = exp(
            (option.features[2] / len(option.words) + option.features[3] / option.length) / 2
        )
        for j, word in enumerate(option.words):
            links = tuple(
                option.start + i
                for i in range(option.length)
                if option.pattern >> (LONGEST_PHRASE * i + j) & 1
            )
            text = vocabulary.words[word]
            if word == NUMBER_ID:
                numbers = [i for i in range(option.start, option.end) if source.ids[i] == NUMBER_ID]
                linked = [i for i in links if i in numbers]
                place = sum(w == NUMBER_ID for w in option.words[:j])
                chosen = linked[0] if linked else numbers[place]
                text, links = source.surfaces[chosen], (chosen,)
            words.append(Word(text, links, 0.5 + 0.5 * score))
    return words


def finish(
    words: list[Word], source: Source, origin: Sentence, places: Sequence[int], language: str
) -> tuple[Sentence, Alignment]:
    """Casing, quotation marks, elision and spacing; the sentence and its alignment."""
    _quotes(words, source, language)
    if language == "fr":
        _elide(words)
    if language == "es":
        words = _opening_marks(words, source, origin, places)
    _capitals(words, source)
    texts = [w.text for w in words]
    sentence = _sentence(texts, language)
    scores = {(places[i], j): w.score for j, w in enumerate(words) for i in w.links}
    alignment = Alignment.from_links(scores, (len(origin), len(sentence)), scores)
    return sentence, alignment


def _capitals(words: list[Word], source: Source) -> None:
    if source.shouted:
        for word in words:
            word.text = word.text if word.copied else word.text.upper()
        return
    for word in words:
        if word.links and source.large.issuperset(word.links) and word.text.isalpha():
            word.text = word.text[:1].upper() + word.text[1:]
    first = next((s for s in source.surfaces if s[:1].isalpha()), "")
    if not first[:1].isupper():
        return
    due = True
    for word in words:
        if due and word.text[:1].isalpha() and not (word.copied and is_verbatim(word.text)):
            word.text = word.text[:1].upper() + word.text[1:]
        due = word.text in _STOPS or (due and not word.text[:1].isalnum())


def _quotes(words: list[Word], source: Source, language: str) -> None:
    """Typographic marks where the source has them, in the target's own style."""
    if not any(s in "“”„«»" for s in source.surfaces):
        return
    marks = _QUOTES.get(language, "“”")
    is_open = False
    for word in words:
        if word.text == '"' or (word.copied and word.text in "“”„«»"):
            word.text = marks[is_open]
            is_open = not is_open


def _elide(words: list[Word]) -> None:
    """French: l' before a vowel, le before a consonant."""
    for word, following in pairwise(words):
        lower = word.text.lower()
        vowel = bool(_VOWEL.match(following.text))
        if lower in _ELIDED and vowel and not word.copied:
            word.text = _ELIDED[lower]
        elif lower in _FULL and not vowel and following.text[:1].lower() not in "hy":
            word.text = _FULL[lower]


def _opening_marks(
    words: list[Word], source: Source, origin: Sentence, places: Sequence[int]
) -> list[Word]:
    """Spanish: ¿ and ¡ at the beginning of the clause that ends in ? or !."""
    marked_words: list[Word] = []
    start = 0
    for word in words:
        if word.text in {"?", "!"} and marked_words and marked_words[-1].text not in {"?", "!"}:
            while start < len(marked_words) and marked_words[start].text in {
                '"',
                "(",
                "–",
                "«",
                "“",
                "-",
            }:
                start += 1
            marked_words.insert(
                start, Word("¿" if word.text == "?" else "¡", word.links, word.score)
            )
        marked_words.append(word)
        if word.text in {"?", "!", ".", ":", ";", "..."}:
            start = len(marked_words)
    return marked_words


def _sentence(texts: Sequence[str], language: str) -> Sentence:
    """Tokens, their text, and where in it each stands."""
    text = detokenise(texts, language)
    offsets, at = [], 0
    for token in texts:
        start = text.index(token, at)
        at = start + len(token)
        offsets.append((start, at))
    return Sentence(tuple(texts), language, text=text, offsets=tuple(offsets))
