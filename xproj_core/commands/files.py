"""Reading and writing the files that commands share."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from xproj_core import languages
from xproj_core.domain import Sentence
from xproj_core.errors import FormatError, InputError, TooLongError
from xproj_core.formats import conll
from xproj_core.formats.decoding import decode, lines
from xproj_core.text.tokenise import MAX_TOKENS, tokenise

_TAG = re.compile(r"O|[BI]-\S+")
_GLUED = re.compile(r"\w[.!?。]$")
CONLL_SUFFIXES = frozenset({".conll", ".conll02", ".iob", ".iob2", ".bio", ".tsv"})


def tell(notes: Iterable[str]) -> None:
    """Things the user should know, on standard error."""
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def read_text(path: Path, language: str, *, raw: bool = False) -> list[Sentence]:
    """One sentence a line: tokens between spaces, or with `raw` as XProj tokenises them.

    An empty line is an empty sentence, so that parallel files stay in step.

    Raises:
        InputError: the file cannot be opened, or a line has more than `MAX_TOKENS` tokens.
    """
    try:
        text, notes = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    tell(notes if text.strip() else (*notes, f"{path} is empty."))
    sentences = [
        _tokenised(line, language, path, number)
        if raw and line.strip()
        else Sentence(tuple(line.split()), language)
        for number, line in enumerate(lines(text), 1)
    ]
    _check_lengths(path, enumerate(sentences, 1))
    glued = sum(bool(s.tokens and _GLUED.search(s.tokens[-1])) for s in sentences)
    if not raw and glued > len(sentences) / 2:
        tell(
            [f"most lines of {path} end in a word with its full stop attached. If the text is"
             " not tokenised yet, add --tokenise."]
        )  # fmt: skip
    return sentences


def _tokenised(line: str, language: str, path: Path, number: int) -> Sentence:
    try:
        return tokenise(line, language)
    except InputError as error:
        raise FormatError(str(error), file=str(path), line=number) from error


def read_conll(path: Path, language: str) -> list[Sentence]:
    """Labelled sentences; an I- without a B- starts an entity."""
    read = conll.load(path)
    tell(read.notes if read.tagged else (*read.notes, f"{path} is empty."))
    sentences = read.sentences(language)
    _check_lengths(path, ((t.line, s) for t, s in zip(read.tagged, sentences, strict=True)))
    return sentences


def _check_lengths(path: Path, places: Iterable[tuple[int, Sentence]]) -> None:
    """An alignment is a matrix: a file without sentence breaks would need a machine's memory."""
    for line, sentence in places:
        if len(sentence) > MAX_TOKENS:
            raise TooLongError(
                f"{path}, line {line}: the sentence has {len(sentence):,} tokens; one may have"
                f" {MAX_TOKENS:,}. Put every sentence on a line of its own, or in CoNLL a blank"
                " line after each."
            )


def read_sentences(path: Path, language: str, *, raw: bool = False) -> list[Sentence]:
    """CoNLL where the name's ending or the content says so, else text.

    Labelled corpora are often called test.txt; their tokens are not to be read as sentences.
    """
    language = languages.normalise(language)
    if path.suffix.lower() in CONLL_SUFFIXES:
        return read_conll(path, language)
    sentences = read_text(path, language, raw=raw)
    if not _holds_tags(sentences):
        return sentences
    tell([f"{path} holds a token and a tag a line and was read as CoNLL."])
    return read_conll(path, language)


def _holds_tags(lines_read: list[Sentence]) -> bool:
    """True when nine in ten lines of several end in an IOB tag after something else."""
    full = [s.text.split() if s.text else s.tokens for s in lines_read if s.tokens]
    tagged = sum(len(cells) > 1 and bool(_TAG.fullmatch(cells[-1])) for cells in full)
    return len(full) > 1 and tagged >= 0.9 * len(full)


def in_step(
    first: list[Sentence], second: list[Sentence], names: tuple[Path, Path]
) -> Iterator[tuple[Sentence, Sentence]]:
    """Pairs of sentences.

    Raises:
        InputError: the files do not have as many sentences.
    """
    if len(first) != len(second):
        raise InputError(
            f"{names[0]} has {len(first)} sentences and {names[1]} has {len(second)}: they must"
            " be parallel, one translation per sentence."
        )
    return zip(first, second, strict=True)


def write_conll(path: Path, sentences: Iterable[Sentence]) -> None:
    """CoNLL; the folder is made where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    conll.dump(path, sentences)
