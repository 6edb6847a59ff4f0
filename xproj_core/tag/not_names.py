"""What is no name, whatever its spelling reminds a model of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xproj_core.domain import Span

# Both patterns are linear in the length of the token: no nested repetition.
_ADDRESS = re.compile(
    r"(?i)(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+|[a-z]+://\S+|www\.\S+|@\w+"
    r"|[\w-]+(?:\.[\w-]+)+\.(?:com|net|org|edu|gov|info|io|uk|de|fr|es)"
)
_FILE = re.compile(
    r"(?i)\S+\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|txt|csv|tsv|html?|xml|json|jpe?g|png|gif|zip|gz|exe|mp[34])"
)


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


def is_small(words: Sequence[str], span: Span) -> bool:
    """True for a span without a capital or a figure: no name in an edited sentence.

    Words that a translator carried over look like names to a model that does not know them.
    """
    return not any(c.isupper() or c.isdigit() for w in words[span.start : span.end] for c in w)
