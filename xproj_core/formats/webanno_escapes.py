"""What a backslash stands before in WebAnno TSV 3, in text and in values."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(->|.)", re.DOTALL)
_JAVA = re.compile(r"\\(u+[0-9A-Fa-f]{4}|.)", re.DOTALL)
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n*]")
_NAMED = {"\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b", "\\": "\\\\"}
# all control characters but the vertical tab, which INCEpTION writes and reads as it is
_CONTROL = re.compile(r"[\x00-\x0a\x0c-\x1f\\]")


def escaped_value(value: str) -> str:
    """A feature's value with a backslash before what is reserved."""
    return _RESERVED.sub(lambda m: {"\t": "\\t", "\n": "\\n"}.get(m[0], "\\" + m[0]), value)


def escaped_text(text: str) -> str:
    """Text with a backslash before backslashes and control characters."""
    return _CONTROL.sub(lambda m: _NAMED.get(m[0], "\\" + m[0]), text)


def unescaped(text: str) -> str:
    """Text or value without its backslashes."""
    return _ESCAPE.sub(lambda m: _LETTERS.get(m[1], m[1]), text)


def unescaped_java(text: str) -> str:
    """Text of versions 3.0 and 3.1, which write what is not ASCII as \\uXXXX."""
    units = _JAVA.sub(
        lambda m: chr(int(m[1][-4:], 16)) if len(m[1]) > 4 else _LETTERS.get(m[1], m[1]), text
    )
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def stacked(value: str) -> list[str]:
    """A column's values: parted by | that no backslash stands before."""
    values, start, k = [], 0, 0
    while k < len(value):
        if value[k] == "\\":
            k += 1
        elif value[k] == "|":
            values.append(value[start:k])
            start = k + 1
        k += 1
    return [*values, value[start:]]
