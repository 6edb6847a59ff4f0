"""Engines small enough to see through: a word list, an exact aligner, a tagger of capitals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.errors import LanguageError
from xproj_core.models.protocols import Engine, Translation
from xproj_core.text.detokenise import detokenise

WORDS = {
    ("en", "de"): {"the": "das", "plant": "werk", "visited": "besuchte", "old": "alte"},
    ("en", "fr"): {"the": "l", "plant": "usine", "visited": "visita", "old": "vieille"},
    ("de", "fr"): {"das": "l", "werk": "usine", "besuchte": "visita", "alte": "vieille"},
}


def word_list(source: str, target: str) -> dict[str, str] | None:
    """Source word to target word, in either direction; None for unknown pairs."""
    if (source, target) in WORDS:
        return WORDS[source, target]
    back = WORDS.get((target, source))
    return {v: k for k, v in back.items()} if back else None


@dataclass
class WordTranslator:
    """Word by word; unknown words stay. Counts what it was asked."""

    name: str = "words"
    calls: list[tuple[tuple[str, ...], str]] = field(default_factory=list)

    def supports(self, source: str, target: str) -> bool:
        return word_list(source, target) is not None

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        return [self._translate_sentence(s, target) for s in sentences]

    def _translate_sentence(self, sentence: Sentence, target: str) -> Translation:
        words = word_list(sentence.language, target)
        if words is None:
            raise LanguageError(f"no words from {sentence.language} to {target}")
        self.calls.append((sentence.tokens, target))
        tokens = tuple(words.get(t, t) for t in sentence.tokens)
        target_sentence = Sentence(tokens, target, text=detokenise(tokens, target))
        n = len(tokens)
        return Translation(
            target_sentence, self.name, Alignment.from_links([(i, i) for i in range(n)], (n, n))
        )


@dataclass
class WordAligner:
    """Links words that the word list, or spelling, makes equal."""

    name: str = "exact"
    calls: list[tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        return [self._align_pair(*pair) for pair in pairs]

    def _align_pair(self, first: Sentence, second: Sentence) -> Alignment:
        self.calls.append((first.tokens, second.tokens))
        words = word_list(first.language, second.language) or {}
        links = [
            (i, j)
            for i, a in enumerate(first.tokens)
            for j, b in enumerate(second.tokens)
            if words.get(a, a) == b
        ]
        return Alignment.from_links(links, (len(first), len(second)))


@dataclass
class CapitalTagger:
    """Every capitalised word is a LOC."""

    name: str = "capitals"
    labels: tuple[str, ...] = ("LOC",)
    languages: frozenset[str] | None = None
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        self.calls.extend(s.tokens for s in sentences)
        return [
            tuple(Span(i, i + 1, "LOC") for i, t in enumerate(s.tokens) if t[:1].isupper())
            for s in sentences
        ]


def translated(engine: Engine) -> list[tuple[tuple[str, ...], str]]:
    """What the translator was asked: tokens and the language to translate them into."""
    assert isinstance(engine.translator, WordTranslator)
    return engine.translator.calls


def engine(**changes: object) -> Engine:
    """All three together."""
    parts: dict[str, object] = {
        "translator": WordTranslator(),
        "aligner": WordAligner(),
        "tagger": CapitalTagger(),
        "target_tagger": CapitalTagger(),
        **changes,
    }
    return Engine("fake", **parts)  # type: ignore[arg-type]
