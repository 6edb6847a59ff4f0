"""Alignments the user already has: Pharaoh lines, matched to sentences by order or by words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from xproj_core.domain import Alignment, Sentence
from xproj_core.domain.errors import (
    EngineError,
    FormatError,
    InputError,
    ProjectionError,
)
from xproj_core.domain.item import Links
from xproj_core.formats import pharaoh
from xproj_core.formats.decoding import decode, lines

Words = tuple[str, ...]


class ImportedAligner:
    """Looks alignments up.

    With sentences given, a pair is found by its words, in either direction (the links are
    then turned round). Without, the pairs of one call of `align` are the file's lines, first
    to last; `part` takes a stretch of lines for a batch.
    """

    def __init__(
        self,
        links: Sequence[Links],
        sentences: Sequence[tuple[Words, Words]] | None = None,
        *,
        name: str = "pharaoh",
        first_line: int = 1,
        possible: bool = False,
    ) -> None:
        self._name, self._first_line, self._possible = name, first_line, possible
        self._links = tuple(links)
        if sentences is not None and len(sentences) != len(self._links):
            raise InputError(
                f"{name} has {len(self._links)} lines of links for {len(sentences)} sentence"
                " pairs. Give one line of links per pair; an empty line stands for no link."
            )
        self._sentences = sentences
        # The first of several equal pairs counts.
        self._places: dict[tuple[Words, Words], int] = {}
        for place, pair in enumerate(sentences or ()):
            self._places.setdefault(pair, place)

    @property
    def name(self) -> str:
        """ "pharaoh" and the file, if there is one."""
        return self._name

    def __len__(self) -> int:
        return len(self._links)

    def part(self, start: int, stop: int) -> ImportedAligner:
        """The aligner of lines `start` up to, not including, `stop` (counted from 0)."""
        pairs = None if self._sentences is None else self._sentences[start:stop]
        return ImportedAligner(
            self._links[start:stop],
            pairs,
            name=self._name,
            first_line=self._first_line + start,
            possible=self._possible,
        )

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        """One alignment (first x second) per pair, in order; every link scores 1.

        Raises:
            EngineError: a pair that has no line, or (by order) another number of pairs than
                of lines.
            ProjectionError: a link outside its sentences; the message names line and link.
        """
        if self._sentences is None and len(pairs) != len(self._links):
            raise EngineError(
                f"{self._name} has {len(self._links)} lines of links and was asked for"
                f" {len(pairs)} sentence pairs. Without the sentences they belong to, lines are"
                " matched by order: give as many pairs as lines, or give the sentences too."
            )
        return [self._look_up(place, *pair) for place, pair in enumerate(pairs)]

    def _look_up(self, place: int, first: Sentence, second: Sentence) -> Alignment:
        if self._sentences is None:
            return self._checked(place, first, second)
        here = self._places.get((first.tokens, second.tokens))
        if here is not None:
            return self._checked(here, first, second)
        turned = self._places.get((second.tokens, first.tokens))
        if turned is not None:
            return self._checked(turned, second, first).transposed()
        raise EngineError(
            f"{self._name} has no alignment for “{' '.join(first.tokens[:8])} …” and"
            f" “{' '.join(second.tokens[:8])} …”. Its sentences must have exactly these tokens;"
            " or choose an aligner that computes links."
        )

    def _checked(self, place: int, first: Sentence, second: Sentence) -> Alignment:
        try:
            return self._links[place].alignment((len(first), len(second)), self._possible)
        except ProjectionError as error:
            line = self._first_line + place
            raise ProjectionError(f"{self._name}, line {line}: {error}") from error


def load(
    file: str, *, sources: str | None = None, targets: str | None = None, possible: bool = False
) -> ImportedAligner:
    """An aligner from a Pharaoh file ("0-0 1-2" a line, source-target, from 0).

    Args:
        file: the links; or links, sources and targets with commas between.
        sources, targets: files with the sentences, one a line, tokens separated by spaces;
            give both or neither.
        possible: count possible links (`ipj`) as links too.

    Raises:
        FormatError: a line that does not parse, or files of different length.
        InputError: only one of the two sentence files is given.
    """
    if sources is None and file.count(",") == 2 and not Path(file).exists():
        file, sources, targets = file.split(",")
    links = pharaoh.load(file).links
    name = f"pharaoh:{file}"  # with its folder: results are remembered by this name
    if (sources is None) != (targets is None):
        raise InputError("Give both sentence files, source and target, or neither.")
    if sources is None or targets is None:
        return ImportedAligner(links, name=name, possible=possible)
    left, right = _words(Path(sources)), _words(Path(targets))
    for path, words in ((sources, left), (targets, right)):
        if len(words) != len(links):
            raise FormatError(
                f"there are {len(words)} sentences for {len(links)} lines of links in"
                f" {name}; give one sentence per line of links.",
                file=Path(path).name,
            )
    pairs = list(zip(left, right, strict=True))
    return ImportedAligner(links, pairs, name=name, possible=possible)


def _words(path: Path) -> list[Words]:
    try:
        text, _ = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    return [tuple(line.split()) for line in lines(text)]
