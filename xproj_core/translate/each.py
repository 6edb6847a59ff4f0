"""Translating a batch in which some sentences may fail."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.domain import Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import guarded
from xproj_core.models.protocols import Translation, Translator


def translate_each(
    translator: Translator, sentences: Sequence[Sentence], target: str
) -> list[Translation | XProjError]:
    """One translation or error per sentence; only a batch that fails is retried one by one.

    A translator that knows better has a `translate_each(sentences, target)` of its own.
    """
    own = getattr(translator, "translate_each", None)
    if own is not None:
        return list(own(sentences, target))
    return guarded(lambda some: translator.translate(some, target), list(sentences))
