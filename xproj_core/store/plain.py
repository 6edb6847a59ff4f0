"""Values on their way into text columns and back."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from xproj_core.domain.errors import InputError
from xproj_core.text.strings import without_surrogates

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else


def new_id() -> str:
    """12 characters that nobody else has: an id is kept when it moves to another store."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def now() -> str:
    """The time in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def dumps(value: object) -> str:
    """JSON that every database takes, lone surrogates and NUL included."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    return text


def loads(text: str) -> Any:
    """What `dumps` wrote."""
    return json.loads(text)


def storable(words: str) -> str:
    """Text without what a text column cannot hold: NUL and lone halves of characters."""
    return without_surrogates(words.replace("\x00", " "))


def searchable(words: str) -> str:
    """Text in folded case, without what a text column cannot hold."""
    return storable(words.casefold())


def name_of(what: str, name: str) -> str:
    """A name, key or label that may stand in a text column as it is.

    Raises:
        InputError: it is empty or holds characters that no database stores.
    """
    if not name.strip():
        raise InputError(f"{what} is empty. Give it a name.")
    if "\x00" in name or without_surrogates(name) != name:
        raise InputError(f"{what} {name!r} holds characters that cannot be stored. Rename it.")
    return name
