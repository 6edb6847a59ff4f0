"""How many examples a law is tried with.

Every run of the suite tries the same share of them, so that it is soon over and what passed once
passes elsewhere. `HYPOTHESIS_PROFILE=nightly` tries all, `HYPOTHESIS_PROFILE=search` looks for new
ones, thirty times as many.
"""

from __future__ import annotations

import os

from hypothesis import settings

_USUAL = 100
_SHARES = {"suite": 0.3, "nightly": 1.0, "search": 30.0}
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "suite")


def examples(all_examples: int) -> int:
    """Examples of a law that a run at night tries with `all_examples`."""
    return round(all_examples * _SHARES[PROFILE])


def load_profile() -> None:
    """Set what holds for laws that say nothing themselves.

    A busy machine must not fail a law: speed is measured in benchmarks/, never asserted in tests.
    """
    settings.register_profile(
        PROFILE,
        deadline=None,
        derandomize=PROFILE != "search",
        max_examples=examples(_USUAL),
    )
    settings.load_profile(PROFILE)
