"""Bytes of a text file to lines, whatever wrote it."""

from __future__ import annotations

import codecs

from xproj_core.errors import FormatError


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
    found = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return found[:-1] if found[-1] == "" else found
