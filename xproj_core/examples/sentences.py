"""Sentences to click: each shows one thing that makes projection easy or hard.

The texts were written for XProj, with their entities as inline markup. Every group has the
target sentence, an English translation and a translation into a pivot language.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from types import MappingProxyType

from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError
from xproj_core.formats.inline import parse_inline

SOURCE = "en"


@dataclass(frozen=True)
class Example:
    """One sentence in several languages, with its gold entities in each.

    Attributes:
        id: a short name for URLs, beginning with the target language.
        title: what the sentence is about, for a button.
        target: the language that is to receive labels.
        pivot: the intermediate language that the group has a translation into.
        note: what a newcomer should look at, one sentence.
        marked: language to text with inline markup; has `target`, `pivot` and `SOURCE`.
        back: the English put back into the target language, with markup, by somebody who
            does not look at the original; without it a translation memory would hand back
            the original itself. Empty where there is none.
        uneven: why the languages do not have the same entities; empty where they do.
    """

    id: str
    title: str
    target: str
    pivot: str
    note: str
    marked: Mapping[str, str]
    back: str = ""
    uneven: str = ""

    @cached_property
    def sentences(self) -> Mapping[str, Sentence]:
        """Language to tokens with gold spans."""
        parsed = {code: parse_inline(text, code) for code, text in self.marked.items()}
        return MappingProxyType(parsed)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Language to text without markup, as the translation memory serves it."""
        plain = {code: sentence.text or "" for code, sentence in self.sentences.items()}
        return MappingProxyType(plain)

    @cached_property
    def back_translation(self) -> Sentence | None:
        """`back` as tokens with gold spans."""
        return parse_inline(self.back, self.target) if self.back else None


@lru_cache(maxsize=1)
def load() -> tuple[Example, ...]:
    """Every example, in the order in which they are shown."""
    file = resources.files("xproj_core.examples").joinpath("examples.json")
    return tuple(
        Example(
            id=group["id"],
            title=group["title"],
            target=group["target"],
            pivot=group["pivot"],
            note=group["note"],
            marked=MappingProxyType(group["texts"]),
            back=group.get("back", ""),
            uneven=group.get("uneven", ""),
        )
        for group in json.loads(file.read_text(encoding="utf-8"))
    )


def get(id: str) -> Example:
    """The example called `id`.

    Raises:
        InputError: there is none; the message lists those there are.
    """
    for example in load():
        if example.id == id:
            return example
    known = ", ".join(example.id for example in load())
    raise InputError(f"There is no example {id!r}. Choose one of: {known}.")
