"""Settings for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

pytest_plugins = ["tests.coverage_of_laws"]

# Each worker has a core: more threads only get into each other's way on arrays this small.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(name, "1")

# A busy machine must not fail a law: speed is measured in benchmarks/, never asserted in tests.
# Every run of the suite tries the same examples, so that what passed once passes elsewhere; new
# ones are looked for on purpose, with HYPOTHESIS_PROFILE=search.
settings.register_profile("xproj", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "xproj"))
