"""Under which name the actions of somebody who logged in are kept.

A display name is what a person likes to be called: two people may have the same, and most
providers let everybody change their own. So the e-mail address stands beside it or, where the
provider says that nobody checked the address, the provider's own name for the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

LONGEST = 60


def cleaned(text: str) -> str:
    """A name on one line, without what cannot be printed, of a length that fits into a table."""
    return _printable(text)[:LONGEST]


def identity(claims: Mapping[str, object]) -> str:
    """What an identity token's claims say, as one name; "" where they name nobody.

    Two people never get the same, whatever they call themselves.
    """
    name, unique = called(claims), _unique(claims)
    return f"{name} ({unique})" if name and unique and name != unique else unique


def called(claims: Mapping[str, object]) -> str:
    """What somebody likes to be called; the e-mail address where the token has no name."""
    full_name = " ".join(_text(claims, part) for part in ("given_name", "family_name"))
    return cleaned(_text(claims, "name") or full_name.strip()) or _unique(claims)


def _unique(claims: Mapping[str, object]) -> str:
    address = _text(claims, "email").casefold()
    if address and claims.get("email_verified", True) in (True, "true"):
        return address
    subject = _text(claims, "sub")
    host = urlsplit(_text(claims, "iss")).netloc
    return f"{subject} at {host}" if subject and host else subject


def _text(claims: Mapping[str, object], name: str) -> str:
    claim = claims.get(name)
    return _printable(claim) if isinstance(claim, str) else ""


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
