"""Measuring what the tests reach (`--cov`) must not make them much slower.

Before Python 3.12 a line that is measured costs a multiple of itself, and a law runs most lines a
hundred times. So its first examples are measured; the others are tried as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import wraps
from typing import Any

import pytest
from coverage import Coverage
from hypothesis import is_hypothesis_test

MEASURED = 10
"""Examples of each law."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    measuring = Coverage.current()
    if measuring is None or not is_hypothesis_test(pyfuncitem.obj):
        return (yield)
    law = pyfuncitem.obj.hypothesis
    examples = law.inner_test
    law.inner_test = _measured(examples, measuring)
    try:
        return (yield)
    finally:
        law.inner_test = examples
        measuring.start()


def _measured(examples: Callable[..., Any], measuring: Coverage) -> Callable[..., Any]:
    """The same law, which stops measuring after some examples."""
    tried = 0

    @wraps(examples)
    def example(*args: Any, **kwargs: Any) -> Any:
        nonlocal tried
        tried += 1
        if tried == MEASURED:
            measuring.stop()
        return examples(*args, **kwargs)

    return example
