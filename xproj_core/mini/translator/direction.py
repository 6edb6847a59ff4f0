"""Translation in one direction."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.domain import Alignment, Sentence
from xproj_core.mini.translator.known_words import Entries, Vocabulary
from xproj_core.mini.translator.known_words import words_of as source_words
from xproj_core.mini.translator.language_model import LanguageModel
from xproj_core.mini.translator.nouns import NounModel
from xproj_core.mini.translator.phrase_table import PhraseTable
from xproj_core.mini.translator.rendering import finish, words_of
from xproj_core.mini.translator.search import Hypothesis, Limits, Search, path_of
from xproj_core.mini.translator.source import Source, analyse
from xproj_core.mini.translator.span_options import Options
from xproj_core.mini.translator.weights import Weights

_WALLS = frozenset('()[]{};:–/"')
_STOPS = frozenset(".!?")
STRETCH = 25  # words; a longer stretch is closed at its next comma


class Direction:
    """Everything needed to translate from one language to another. Safe to share."""

    def __init__(
        self,
        source: str,
        target: str,
        table: PhraseTable,
        model: LanguageModel,
        weights: Weights,
        source_words: Vocabulary,
        target_words: Vocabulary,
        limits: Limits | None = None,
        nouns: NounModel | None = None,
    ) -> None:
        """`nouns` where the source language gives a capital to common nouns."""
        self.source, self.target = source, target
        self.table, self.model, self.weights = table, model, weights
        self._source, self.target_vocabulary = source_words, target_words
        self.limits = limits or Limits()
        self._nouns = nouns
        self._entries = Entries(source_words, table.single_words(len(source_words)))
        self._options = Options(table, model, weights, target_words, target)

    def with_weights(self, weights: Weights, limits: Limits | None = None) -> Direction:
        """The same tables under other weights."""
        return Direction(
            self.source,
            self.target,
            self.table,
            self.model,
            weights,
            self._source,
            self.target_vocabulary,
            limits or self.limits,
            self._nouns,
        )

    def translate(self, sentence: Sentence) -> tuple[Sentence, Alignment]:
        """The translation, and input tokens x output tokens."""
        words = source_words(sentence.tokens, sentence.language)
        surfaces = words.surfaces
        if not surfaces:  # nothing but marks that the target does without
            return sentence_of_marks(sentence, self.target)
        source = analyse(surfaces, words.forms, self._entries, self.source, self._nouns)
        best = self.search(source)
        return self.render(best, source, sentence, words.places)

    def search(self, source: Source, *, keep_others: bool = False) -> Hypothesis:
        """The best hypothesis for an analysed sentence."""
        forms = [self._source.words[i] for i in source.ids]
        run = Search(
            len(source.ids),
            self._options.of(source),
            walls(forms),
            self.model,
            self.weights,
            self.limits,
            keep_others=keep_others,
        )
        return run.run()

    def render(
        self, best: Hypothesis, source: Source, origin: Sentence, places: Sequence[int]
    ) -> tuple[Sentence, Alignment]:
        """A hypothesis as a sentence."""
        words = words_of(path_of(best), source, self.target_vocabulary, self.target)
        return finish(words, source, origin, places, self.target)

    def analyse(self, sentence: Sentence) -> tuple[Source, tuple[int, ...]]:
        """The sentence as the search sees it, and its words' token indices."""
        words = source_words(sentence.tokens, sentence.language)
        surfaces = words.surfaces
        source = analyse(surfaces, words.forms, self._entries, self.source, self._nouns)
        return source, words.places


def sentence_of_marks(sentence: Sentence, language: str) -> tuple[Sentence, Alignment]:
    """The same tokens, each linked to itself."""
    copied = Sentence(sentence.tokens, language, text=sentence.text, offsets=sentence.offsets)
    size = len(sentence)
    return copied, Alignment.from_links([(i, i) for i in range(size)], (size, size))


def walls(forms: Sequence[str]) -> list[int]:
    """In which stretch each word stands: words do not move out of their stretch.

    Brackets, quotation marks and stops close one; so does a comma in a long sentence.
    """
    number, begin, stretches = 0, 0, []
    for i, form in enumerate(forms):
        alone = form in _WALLS
        if alone and i > begin:
            number, begin = number + 1, i
        stretches.append(number)
        long = form == "," and i - begin >= STRETCH
        if alone or long or (form in _STOPS and i + 1 < len(forms)):
            number, begin = number + 1, i + 1
    return stretches
