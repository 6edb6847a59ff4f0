"""How many there are of something, in words."""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    """Text with a question mark for each lone surrogate; all other text as it is."""
    return text.encode("utf-8", "replace").decode()


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 entity", "2,000 entities"; the plural where it is not the noun with an s."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
