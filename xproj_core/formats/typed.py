"""What a person typed or pasted, as a sentence: plain, labelled inline, or CoNLL.

How long it may be: `text.tokenise`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.formats import bilou, conll
from xproj_core.formats.decoding import lines
from xproj_core.formats.inline import parse_inline

_TAG = re.compile(r"O|[BILUESM]-\S+")


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
    sentences = list(_pasted(text))
    if len(sentences) != 1:
        raise InputError(
            f"The pasted CoNLL has {len(sentences)} sentences. Paste one here, or use a dataset."
        )
    (block,) = sentences
    tagged = Sentence(block.tokens, language, bilou.spans(block.tags))
    return tagged.labelled(()), tagged.spans


def looks_like_conll(text: str) -> bool:
    """True when every line of several is a token and a tag of IOB2 or BILOU (BIOES)."""
    lines = _cells(text)
    return len(lines) > 1 and all(
        len(cells) >= 2 and _TAG.fullmatch(cells[-1]) is not None for cells in lines
    )


def _cells(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


def _pasted(text: str) -> Iterator[conll.Tagged]:
    """The sentences of columns; a first column that counts holds no tokens.

    Raises:
        FormatError: a line that does not parse.
    """
    cells = _cells(text)
    counts = all(len(c) > 2 and c[0].isdecimal() for c in cells)
    # IOB2 is BILOU without the letters for an entity's end, and is read by the same rules.
    for block in conll.blocks(lines(text), token_column=int(counts), bilou=True):
        if isinstance(block, FormatError):
            raise block
        if block.tokens:
            yield block
