"""Settings for all tests."""

from __future__ import annotations

import os

import pytest
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


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a test in the browser waits for half of its time."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of browser tests first: they take longest, and what is short fills the end."""
    items.sort(key=lambda item: "tests/browser/" not in item.nodeid)
