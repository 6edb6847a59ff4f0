"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

# A busy machine must not fail a law: speed is measured in benchmarks/, never asserted in tests.
settings.register_profile("xproj", deadline=None)
settings.load_profile("xproj")
