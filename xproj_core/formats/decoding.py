"""Bytes of a text file to lines, whatever wrote it."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from xproj_core.domain.errors import FormatError, InputError


def decode(data: bytes | str, file: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of `data` without its byte-order mark, and what the user should know about it.

    UTF-8 is expected; UTF-16 with a byte-order mark is accepted, and what is not UTF-8 is read
    as Latin-1 and announced.

    Raises:
        FormatError: the data hold null characters, so they are no text.
    """
    notes: tuple[str, ...] = ()
    if isinstance(data, str):
        text = data.removeprefix("\ufeff")
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        notes = (f"{file or 'The text'} is UTF-16 and was read as such.",)
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            text = data.decode("latin-1")
            notes = (
                f"{file or 'The text'} is not UTF-8 (byte 0x{data[error.start]:02x} in line"
                f" {line}); it was read as Latin-1. Check its accented letters.",
            )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError("null character: this is not a text file.", file=file, line=line)
    return text, notes


def lines(text: str) -> list[str]:
    """The lines of `text`, ended by LF, CRLF or CR; a line end at the very end adds no line.

    `str.splitlines` would also break at form feeds and at U+2028, which occur inside tokens.
    """
    if not text:
        return []
    split_lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return split_lines[:-1] if split_lines[-1] == "" else split_lines


def open_lines(source: Path | bytes, file: str | None = None) -> tuple[Iterator[str], list[str]]:
    """The lines of a file one after the other, decoded as `decode` would, never all in memory.

    Raises:
        InputError: the file cannot be opened.
        FormatError: it holds null characters, so it is no text.
    """
    encoding, notes = _encoding(source, file)
    stream: BinaryIO = io.BytesIO(source) if isinstance(source, bytes) else _opened(source)
    return _lines_of(io.TextIOWrapper(stream, encoding, errors="replace")), notes


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _lines_of(stream: io.TextIOWrapper) -> Iterator[str]:
    with stream:
        for line in stream:  # ended by LF, CRLF or CR, as in `lines`
            yield line.removesuffix("\n")


def _encoding(source: Path | bytes, file: str | None) -> tuple[str, list[str]]:
    """The encoding's name for Python, and what the user should know about it."""
    name = file or "The text"
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    utf16 = False
    wrong: tuple[int, int] | None = None  # the byte and its line
    with io.BytesIO(source) if isinstance(source, bytes) else _opened(source) as stream:
        number, piece = 0, stream.read(1 << 20)
        while True:
            if number == 0:
                utf16 = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            if b"\0" in piece and not utf16:
                raise FormatError(
                    "null character: this is not a text file.",
                    file=file,
                    line=line + piece.count(b"\n", 0, piece.index(b"\0")),
                )
            if wrong is None and not utf16:
                try:
                    decoder.decode(piece, final=not piece)
                except UnicodeDecodeError as error:
                    before = bytes(error.object[: error.start]).count(b"\n")
                    wrong = error.object[error.start], line + before
            line += piece.count(b"\n")
            if not piece:
                break
            number, piece = number + 1, stream.read(1 << 20)
    if utf16:
        return "utf-16", [f"{name} is UTF-16 and was read as such."]
    if wrong is not None:
        return "latin-1", [
            f"{name} is not UTF-8 (byte 0x{wrong[0]:02x} in line {wrong[1]}); it was read as"
            " Latin-1. Check its accented letters."
        ]
    return "utf-8-sig", []
