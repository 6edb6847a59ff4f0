"""One name for each kind of entity, whatever a model calls it.

PER, LOC, ORG, MISC, DATE as in CoNLL-03 and MasakhaNER. OntoNotes' countries and cities
(GPE) and buildings (FAC) are LOC; nationalities, works, events, products, laws and languages
are MISC, as CoNLL-03 has them; its numbers have no counterpart and are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

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


_SAME: dict[str, str] = {
    "PERSON": "PER",
    "PERS": "PER",
    "PERSONNAME": "PER",
    "LOCATION": "LOC",
    "GPE": "LOC",
    "FAC": "LOC",
    "FACILITY": "LOC",
    "PLACE": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "CORPORATION": "ORG",
    "NORP": "MISC",
    "EVENT": "MISC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
    "MISCELLANEOUS": "MISC",
}
_DROPPED = ("CARDINAL", "ORDINAL", "QUANTITY", "PERCENT", "MONEY", "TIME")

STANDARD: Mapping[str, str | None] = MappingProxyType(
    {**_SAME, **dict.fromkeys(_DROPPED), "O": None}
)
"""A model's label to ours; None drops it. Labels that are not in it are kept, in capitals."""


def standard(label: str, changes: Mapping[str, str | None] | None = None) -> str | None:
    """Our name for a model's label; None if it is to be dropped.

    Args:
        changes: what the user wants otherwise, by the model's label.
    """
    if changes is not None and label in changes:
        return changes[label]
    name = label.upper()
    return STANDARD.get(name, name)
