"""Linear algebra on one thread: the same bytes on any number of cores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, NumPy's and SciPy's linear algebra keep to one thread.

    Sums split over threads are rounded otherwise. The arrays here are small besides: on a busy
    machine, threads wait for one another longer than they work.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield
