"""Translation memory: sentences whose translations are known, before any machine is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from xproj_core.domain import Sentence, languages
from xproj_core.domain.errors import FormatError, InputError, LanguageError, XProjError
from xproj_core.domain.outcomes import first_error
from xproj_core.formats.decoding import decode, lines
from xproj_core.models.protocols import Translation, Translator
from xproj_core.text.detokenise import text_of
from xproj_core.text.tokenise import tokenise
from xproj_core.translate.batched import translate_each

Group = Mapping[str, Sentence]
"""Translations of one another, by language."""


def load(file: str) -> TranslationMemory:
    """A memory from TSV: language codes in the first row, one group a row, gaps allowed.

    Raises:
        InputError: the file cannot be opened.
        FormatError, LanguageError: it does not parse.
    """
    try:
        text, _ = decode(Path(file).read_bytes(), file)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.") from error
    rows = [line.split("\t") for line in lines(text)]
    if not rows or len(rows[0]) < 2:
        raise FormatError(
            "expected a first row of at least two language codes, such as en<TAB>sw.",
            file=file,
            line=1,
        )
    codes = [languages.normalise(code) for code in rows[0]]
    groups: list[Group] = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) > len(codes):
            raise FormatError(
                f"{len(row)} columns, but the first row names {len(codes)} languages.",
                file=file,
                line=number,
            )
        cells = zip(codes, row, strict=False)
        try:
            groups.append({code: tokenise(cell, code) for code, cell in cells if cell.strip()})
        except InputError as error:
            raise FormatError(str(error), file=file, line=number) from error
    return TranslationMemory(groups, name=f"memory:{file}")


class TranslationMemory:
    """Looks sentences up; what it does not hold goes to `fallback`.

    Texts are compared after Unicode NFC and without white space, upper and lower case being
    the same where nothing matches exactly. Where several groups hold a text, the first with the
    wanted language counts.
    """

    def __init__(
        self, groups: Sequence[Group], fallback: Translator | None = None, name: str = "memory"
    ) -> None:
        self.fallback = fallback
        self.name = f"{name}+{fallback.name}" if fallback else name
        self._pairs: set[tuple[str, str]] = set()
        self._exact: dict[tuple[str, str, str], Sentence] = {}
        self._folded: dict[tuple[str, str, str], Sentence] = {}
        for group in groups:
            for source, sentence in group.items():
                for target in group.keys() - {source}:
                    self._pairs.add((source, target))
                    words = _words(sentence)
                    self._exact.setdefault((source, target, words), group[target])
                    self._folded.setdefault((source, target, words.casefold()), group[target])

    def supports(self, source: str, target: str) -> bool:
        """True when the memory or its fallback translates between the two."""
        known = self.fallback is not None and self.fallback.supports(source, target)
        return known or (source, target) in self._pairs

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """Every sentence, or the first error."""
        results = self.translate_each(sentences, target)
        error = first_error(*results)
        if error is not None:
            raise error
        return [r for r in results if isinstance(r, Translation)]

    def translate_each(
        self, sentences: Sequence[Sentence], target: str
    ) -> list[Translation | XProjError]:
        """Each sentence's translation, or why there is none."""
        results: list[Translation | XProjError | None] = [self.find(s, target) for s in sentences]
        missing = [k for k, result in enumerate(results) if result is None]
        answers = self._ask([sentences[k] for k in missing], target)
        for k, answer in zip(missing, answers, strict=True):
            results[k] = answer
        return [r for r in results if r is not None]

    def find(self, sentence: Sentence, target: str) -> Translation | None:
        """The known translation, if there is one."""
        words = _words(sentence)
        match = self._exact.get((sentence.language, target, words)) or self._folded.get(
            (sentence.language, target, words.casefold())
        )
        return Translation(match, "memory") if match else None

    def _ask(self, sentences: Sequence[Sentence], target: str) -> list[Translation | XProjError]:
        known = [
            self.fallback is not None and self.fallback.supports(s.language, target)
            for s in sentences
        ]
        able = [s for s, yes in zip(sentences, known, strict=True) if yes]
        answers = iter(
            translate_each(self.fallback, able, target) if self.fallback and able else ()
        )
        return [
            next(answers) if yes else _nobody(s.language, target)
            for s, yes in zip(sentences, known, strict=True)
        ]


def _nobody(source: str, target: str) -> LanguageError:
    pair = f"{languages.name(source)} into {languages.name(target)}"
    return LanguageError(
        f"This engine cannot translate {pair}. Type the translation in, choose another engine,"
        " or teach Mini the pair."
    )


def _words(sentence: Sentence) -> str:
    """The text without white space, which differs between typed and tokenised input."""
    return "".join(unicodedata.normalize("NFC", text_of(sentence)).split())
