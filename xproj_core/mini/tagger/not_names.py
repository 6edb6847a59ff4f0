"""What is no name, whatever its spelling reminds a model of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from xproj_core.domain import Span

# Both patterns are linear in the length of the token: no nested repetition.
_ADDRESS = re.compile(
    r"(?i)(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://\S+|www\.\S+|@\w+"
    r"|[\w-]+(?:\.[\w-]+)+\.(?:com|net|org|edu|gov|info|io|uk|de|fr|es)"
)
_FILE = re.compile(
    r"(?i)\S+\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|csv|tsv|html?|xml|json|jpe?g|png|gif|zip|gz|exe|mp[34])"
)

_PARTICLES = frozenset(
    "al bin d' da dal de del della den der di dos du el ibn la le les ten ter van von zu".split()
)
"""Small words that a person's name may begin with: "de Gaulle"."""


def is_address(token: str) -> bool:
    """True for an e-mail address, a URL, a host name with a subdomain, a user name or a file name.

    "Amazon.com" is none of these: a company may be called so.
    """
    return bool(_ADDRESS.fullmatch(token) or _FILE.fullmatch(token))


def is_edited(words: Sequence[str]) -> bool:
    """True for a sentence that begins with a capital, ends with a stop and holds no address."""
    first = next((w for w in words if w[:1].isalpha()), "")
    if not first[:1].isupper() or words[-1] not in {".", "!", "?", '"'}:
        return False
    return not any(w[:1] in {"@", "#"} or "://" in w for w in words)


def tidied(words: Sequence[str], span: Span) -> Span | None:
    """What is left of a span of an edited sentence without small words at its edges.

    A name ends in a word with a capital or a figure, a person's begins with one or with a
    particle; a span without any is none. Words that a translator carried over look like parts of
    names to a model that does not know them.
    """
    start, end = span.start, span.end
    while end > start and _is_small(words[end - 1]):
        end -= 1
    while (
        span.label == "PER"
        and start < end
        and _is_small(words[start])
        and words[start] not in _PARTICLES
    ):
        start += 1
    return replace(span, start=start, end=end) if start < end else None


def _is_small(word: str) -> bool:
    return not any(c.isupper() or c.isdigit() for c in word)
