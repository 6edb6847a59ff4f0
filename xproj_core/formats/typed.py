"""What a person typed or pasted, as a sentence: plain, labelled inline, or CoNLL.

How long it may be: `text.tokenise`.
"""

from __future__ import annotations

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import InputError
from xproj_core.formats import conll
from xproj_core.formats.inline import parse_inline


def read_given(text: str, language: str) -> tuple[Sentence, tuple[Span, ...] | None]:
    """The sentence without labels, and its labels; None where it carries none.

    Raises:
        InputError: no word in it, or more than one CoNLL sentence.
        FormatError: labels that do not parse; line or column is named.
    """
    language = languages.normalise(language)
    if not looks_like_conll(text):
        sentence = parse_inline(text, language)
        return sentence.labelled(()), sentence.spans or None
    sentences = [s for s in conll.loads(text).sentences(language) if len(s)]
    if len(sentences) != 1:
        raise InputError(
            f"The pasted CoNLL has {len(sentences)} sentences. Paste one here, or use a dataset."
        )
    return sentences[0].labelled(()), sentences[0].spans


def looks_like_conll(text: str) -> bool:
    """True when every line of several is a token and an IOB tag."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(
        len(cells) >= 2 and (cells[-1] == "O" or cells[-1][:2] in {"B-", "I-"}) for cells in lines
    )
