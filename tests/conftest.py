"""Settings for all tests."""

from __future__ import annotations

import os

import pytest

from tests.laws import load_profile

pytest_plugins = ["tests.coverage_of_laws"]

# Each worker has a core: more threads only get into each other's way on arrays this small.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ.setdefault(name, "1")

load_profile()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a test in the browser waits for half of its time."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files of browser tests first: they take longest, and what is short fills the end."""
    items.sort(key=lambda item: "tests/browser/" not in item.nodeid)
