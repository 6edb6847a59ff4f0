"""CoNLL columns: one token a line with its IOB2 tag, a blank line after each sentence.

A line is `token<TAB>tag` or `token tag`, with further columns in between if there are any. Two
blank lines in a row hold an empty sentence, so that files of the same text stay in step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xproj_core.domain import Sentence
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.formats import iob
from xproj_core.formats.decoding import decode, lines

Orphans = Literal["start", "outside", "error"]
_SPACES = re.compile(r"[ \t]+")
_TAG = re.compile(r"O|[BI]-.+")
_BILOU = re.compile(r"O|[BIMLEUS]-.+")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One sentence of a file: its tokens, their tags and the line of the first token."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ConllFile:
    """What a file holds, as written; `notes` is what the user should be told about it."""

    tagged: tuple[Tagged, ...]
    notes: tuple[str, ...] = ()
    file: str | None = None

    def sentences(self, language: str = "und", orphans: Orphans = "start") -> list[Sentence]:
        """The sentences with their entities.

        Args:
            orphans: what an I- without a B- before it means. "start": an entity begins there
                (the conlleval reading); "outside": no entity (strict IOB2); "error": refuse.

        Raises:
            FormatError: an orphan where `orphans` is "error".
        """
        if orphans not in ("start", "outside", "error"):
            raise InputError(f"orphans can be start, outside or error, not {orphans!r}.")
        sentences = []
        for block in self.tagged:
            if orphans == "error" and (wrong := iob.orphans(block.tags)):
                k = wrong[0]
                raise FormatError(
                    f"{block.tags[k]} at {block.tokens[k]!r} follows no B-{block.tags[k][2:]}.",
                    file=self.file,
                    line=block.line + k,
                )
            spans = iob.spans(block.tags, "strict" if orphans == "outside" else "conll")
            sentences.append(Sentence(block.tokens, language, spans))
        return sentences


def _columns(line: str) -> list[str]:
    line = line.rstrip(" \t")
    return line.split("\t") if "\t" in line else _SPACES.split(line.lstrip(" "))


def _row(
    line: str, token: int, tag: int, file: str | None, number: int, bilou: bool = False
) -> tuple[str, str]:
    columns = _columns(line)
    needed = max(2, token + 1, tag + 1)
    if len(columns) < needed:
        expected = "a token and a tag" if needed == 2 else f"{needed} columns"
        raise FormatError(
            f"expected {expected} with a tab or a space between; found only {line.strip()!r}.",
            file=file,
            line=number,
        )
    if not columns[token]:
        raise FormatError(
            "the token is missing: the line begins with a tab.", file=file, line=number
        )
    if not (_BILOU if bilou else _TAG).fullmatch(columns[tag]):
        expected = "O or B-, I-, L- or U-label" if bilou else "O, B-label or I-label"
        raise FormatError(
            f"expected {expected} as the tag of {columns[token]!r}; found"
            f" {columns[tag]!r}. If the tags stand in another column, say which.",
            file=file,
            line=number,
        )
    return columns[token], columns[tag]


def loads(
    data: bytes | str, *, file: str | None = None, token_column: int = 0, tag_column: int = -1
) -> ConllFile:
    """Parse the contents of a CoNLL file. Columns count from 0; -1 is the last one.

    Raises:
        FormatError: a line without a tag or with something else in its place.
    """
    text, notes = decode(data, file)
    tagged: list[Tagged] = []
    for block in blocks(lines(text), file, token_column, tag_column):
        if isinstance(block, FormatError):
            raise block
        tagged.append(block)
    empty = sum(not block.tokens for block in tagged)
    if empty:
        notes = (
            *notes,
            f"{file or 'The text'} holds {empty} empty sentence(s): blank lines in a"
            " row. They were kept, so that files stay in step.",
        )
    return ConllFile(tuple(tagged), notes, file)


def blocks(
    rows: Iterable[str],
    file: str | None = None,
    token_column: int = 0,
    tag_column: int = -1,
    *,
    bilou: bool = False,
    comments: bool = False,
) -> Iterator[Tagged | FormatError]:
    """The sentences of lines as they come, or what is wrong with the first bad line of one.

    Args:
        bilou: tags may be BILOU or BIOES.
        comments: lines that begin with "# " and hold no tab are left out.
    """
    pairs: list[tuple[str, str]] = []
    wrong: FormatError | None = None
    number = 0
    for number, line in enumerate(rows, 1):
        if comments and line.startswith("# ") and "\t" not in line:
            continue
        if not line.strip():
            yield wrong or _sentence(pairs, number)
            pairs, wrong = [], None
        elif wrong is None:
            try:
                pairs.append(_row(line, token_column, tag_column, file, number, bilou))
            except FormatError as error:
                wrong = error
    if pairs or wrong:
        yield wrong or _sentence(pairs, number + 1)


def _sentence(rows: Sequence[tuple[str, str]], end: int) -> Tagged:
    return Tagged(tuple(r[0] for r in rows), tuple(r[1] for r in rows), end - len(rows))


def load(path: str | Path, *, token_column: int = 0, tag_column: int = -1) -> ConllFile:
    """Read a CoNLL file; see `loads`. Raises InputError when it cannot be opened."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    return loads(data, file=str(path), token_column=token_column, tag_column=tag_column)


def dumps(
    sentences: Iterable[tuple[Sequence[str], Sequence[str]] | Sentence], separator: str = "\t"
) -> str:
    """CoNLL text of sentences, or of (tokens, tags) pairs where the tags are not plain IOB2.

    Raises:
        InputError: a token that a line cannot hold (empty, or with the separator or a line end
            in it), or as many tags as tokens are not there.
    """
    blocks = []
    for sentence in sentences:
        tokens: Sequence[str]
        if isinstance(sentence, Sentence):
            tokens, tags = sentence.tokens, iob.tags(sentence.spans, len(sentence))
        else:
            tokens, tags = sentence[0], tuple(sentence[1])
        if len(tokens) != len(tags):
            raise InputError(f"{len(tokens)} tokens cannot be written with {len(tags)} tags.")
        for token in tokens:
            _check(token, separator)
        rows = [f"{w}{separator}{t}\n" for w, t in zip(tokens, tags, strict=True)]
        blocks.append("".join(rows) + "\n")
    return "".join(blocks)


def _check(token: str, separator: str) -> None:
    forbidden = "\t\n\r\0" + separator
    if not token or any(c in token for c in forbidden):
        raise InputError(
            f"The token {token!r} cannot be written in CoNLL columns: it is empty or holds a"
            " column separator or a line end."
        )


def dump(
    path: str | Path,
    sentences: Iterable[tuple[Sequence[str], Sequence[str]] | Sentence],
    separator: str = "\t",
) -> None:
    """Write a CoNLL file; see `dumps`."""
    Path(path).write_text(dumps(sentences, separator), encoding="utf-8", newline="")
