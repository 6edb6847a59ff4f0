"""Tokens that are addresses, whatever their spelling reminds a model of."""

from __future__ import annotations

import re

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
