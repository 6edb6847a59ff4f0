"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# A busy machine must not fail a law: speed is measured in benchmarks/, never asserted in tests.
# Every run of the suite tries the same examples, so that what passed once passes elsewhere; new
# ones are looked for on purpose, with HYPOTHESIS_PROFILE=search.
settings.register_profile("xproj", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "xproj"))
