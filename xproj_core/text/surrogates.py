"""Lone halves of characters, which JSON may hold and nothing outside of Python takes."""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    """Text with a question mark for each lone surrogate; all other text as it is."""
    return text.encode("utf-8", "replace").decode()
