"""Sentences in languages that a tagger was not made for are refused."""

from __future__ import annotations

from collections.abc import Sequence

from xproj_core.domain import Sentence
from xproj_core.domain import languages as language_names
from xproj_core.domain.errors import LanguageError
from xproj_core.models.protocols import Tagger


def check_languages(tagger: Tagger, sentences: Sequence[Sentence]) -> None:
    """Nothing, where the tagger knows the language of each sentence.

    Raises:
        LanguageError: a sentence is in another one; the message names those it knows.
    """
    for sentence in sentences:
        if tagger.languages is None or sentence.language in tagger.languages:
            continue
        known = ", ".join(sorted(language_names.name(x) for x in tagger.languages))
        raise LanguageError(
            f"The tagger {tagger.name} knows {known}, not"
            f" {language_names.name(sentence.language)}. Choose another tagger, or give the"
            " labels yourself."
        )
