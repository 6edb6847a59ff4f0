"""Under which name the actions of somebody who logged in are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.review.identity import called, cleaned, identity

ANA = {"sub": "1001", "iss": "https://login.example.org/x", "name": "Ana Obi"}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (ANA | {"email": "Ana@Example.org"}, "Ana Obi (ana@example.org)"),
        (ANA | {"email": "ana@example.org", "email_verified": True}, "Ana Obi (ana@example.org)"),
        # anybody can write another's address into a profile that nobody checks
        (
            ANA | {"email": "ben@example.org", "email_verified": False},
            "Ana Obi (1001 at login.example.org)",
        ),
        (ANA, "Ana Obi (1001 at login.example.org)"),
        ({"sub": "1001", "given_name": "Ana", "family_name": "Obi"}, "Ana Obi (1001)"),
        ({"sub": "1001", "email": "ana@example.org"}, "ana@example.org"),
        ({"sub": "1001", "name": ["Ana"], "email": 7}, "1001"),
        (ANA | {"name": "Ana\n\u202eObi\x00 "}, "Ana Obi (1001 at login.example.org)"),
        ({"name": "Ana Obi"}, ""),
        ({}, ""),
    ],
)
def test_names_and_addresses(claims: dict[str, object], expected: str) -> None:
    assert identity(claims) == expected


def test_the_button_shows_what_somebody_likes_to_be_called() -> None:
    assert called(ANA | {"email": "ana@example.org"}) == "Ana Obi"
    assert called({"sub": "1001", "email": "ana@example.org"}) == "ana@example.org"


@given(st.text(), st.text(), st.text("abc@.", min_size=1), st.text("abc@.", min_size=1))
def test_two_addresses_are_two_people_whatever_they_call_themselves(
    name: str, other: str, first: str, second: str
) -> None:
    if first == second:
        return
    identities = {
        identity({"name": n, "email": e, "sub": e}) for n, e in ((name, first), (other, second))
    }
    assert len(identities) == 2


def test_a_long_name_never_cuts_the_address_off() -> None:
    assert identity(ANA | {"name": "x" * 500, "email": "a@b.org"}) == f"{'x' * 60} (a@b.org)"
    assert len(cleaned("y" * 500)) == 60
