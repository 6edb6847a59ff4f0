"""A tagger for languages that it was never trained on: word by word in another's words.

Each word is replaced by its likeliest translation in a lexicon, in the order that the words stand
in, and a tagger of that language reads the result (the word-by-word part of Mayhew et al. 2017,
"Cheap Translation for Cross-Lingual Named Entity Recognition"). Tokens stay one to one, so that
the spans hold as they are. Capital letters, which say most about names, are kept; in languages
that write every noun with one, those of common nouns are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from xproj_core.domain import Sentence, Span
from xproj_core.domain import languages as language_names
from xproj_core.mini.aligner.lexicon import Lexicon
from xproj_core.mini.aligner.lexicons import Lexicons
from xproj_core.mini.translator import array_archive
from xproj_core.mini.translator.known_words import Vocabulary, begins_anew
from xproj_core.mini.translator.nouns import Judge, NounModel
from xproj_core.mini.translator.translator import SHIPPED
from xproj_core.models.protocols import ProbabilisticTagger, TagProbabilities
from xproj_core.tag.standard_labels import check_languages
from xproj_core.text.strings import without_surrogates

_LEAST = 0.05
"""Less probable translations are left out: the word stays as it is."""
_NOUNS_LARGE = frozenset({"de", "lb"})
"""Languages in which a capital letter does not tell a name."""


class GlossedTagger:
    """Reads sentences in the words of the language that `tagger` knows.

    Args:
        tagger: knows `through`.
        lexicons: where words of the other languages are looked up.
        words: words of `through` as they are usually written, most frequent first.
        through: the language of the glosses.
    """

    def __init__(
        self,
        tagger: ProbabilisticTagger,
        lexicons: Lexicons,
        words: Sequence[str],
        through: str = "en",
        name: str = "mini-glossed",
    ) -> None:
        self.name = name
        self.labels = tagger.labels
        self._tagger, self._through = tagger, through
        self._lexicons, self._usual = lexicons, Vocabulary(words)
        pairs = (pair for pair in lexicons.pairs() if through in pair)
        self.languages: frozenset[str] = frozenset(c for p in pairs for c in p) - {through}
        self._looked_up = lru_cache(maxsize=100_000)(self._look_up)

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The entities of each sentence, as they are in its glosses.

        Raises:
            LanguageError: there is no lexicon for a sentence's language.
        """
        return self._tagger.tag([self.gloss(s) for s in sentences])

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        """(n_tokens, n_classes) per sentence, as they are for its glosses.

        Raises:
            LanguageError: there is no lexicon for a sentence's language.
        """
        return self._tagger.probabilities([self.gloss(s) for s in sentences])

    def gloss(self, sentence: Sentence) -> Sentence:
        """The sentence word by word, as many tokens as before.

        Raises:
            LanguageError: there is no lexicon for its language.
        """
        check_languages(self, [sentence])
        code = language_names.normalise(sentence.language)
        tokens = tuple(map(without_surrogates, sentence.tokens))
        nouns = Judge(tokens, *_german()) if code in _NOUNS_LARGE else None
        written = (self._written(tokens, i, code, nouns) for i in range(len(tokens)))
        return Sentence(tuple(written), self._through)

    def _written(self, tokens: Sequence[str], i: int, language: str, nouns: Judge | None) -> str:
        """The gloss of one token with the capital letters that it should have."""
        token = tokens[i]
        large, due = token[:1].isupper(), begins_anew(tokens, i)
        common = nouns is not None and nouns.is_noun(i, known=False)
        word, certain = self._looked_up(token, language)
        if not token[:1].isalpha() or (word == token.casefold() and large and not due):
            return token  # a name is the same in both languages
        if not certain and large and not due and not common:
            return token  # an unknown word with a capital of its own is a name, not a misspelling
        if word is None:
            return token.lower() if common else token
        usual = self._usual.usual(word)
        word = self._usual.words[usual] if usual else word
        if large and token.isupper() and len(token) > 1:
            return word.upper()
        if large and (due or language not in _NOUNS_LARGE):
            return word[:1].upper() + word[1:]
        return word

    def _look_up(self, token: str, language: str) -> tuple[str | None, bool]:
        """The likeliest translation, and whether the word or all its parts are known."""
        lexicon = self._lexicon(language)
        mixture, known = lexicon.left.mixture(token)
        certain = known or bool(lexicon.left.parts(token.casefold()))
        if not mixture:
            return None, certain
        row = sum(weight * lexicon.forward[n] for n, weight in mixture).toarray()[0]
        best = int(row.argmax())
        return (lexicon.right.words[best] if row[best] > _LEAST else None), certain

    def _lexicon(self, language: str) -> Lexicon:
        lexicon = self._lexicons.direct(language, self._through)
        assert lexicon is not None, language  # `languages` names only those with a lexicon
        return lexicon


def load(tagger: ProbabilisticTagger, folders: Sequence[Path], words: Path) -> GlossedTagger:
    """A tagger with the lexicons in `folders` and the word list in the file `words`."""
    return GlossedTagger(tagger, Lexicons(folders), array_archive.read_lines(words))


@lru_cache(maxsize=1)
def _german() -> tuple[Vocabulary, NounModel]:
    """What tells nouns from names in German, and nearly so in Luxembourgish."""
    words = array_archive.read_lines(SHIPPED / "de.words.xz")
    return Vocabulary(words), NounModel.load(SHIPPED / "de.nouns.npz")
