"""How a job ends: finished, cancelled, or failed, and why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from xproj_core.domain.errors import XProjError
from xproj_core.jobs.job import State

_LOG = logging.getLogger(__name__)


class Stopped(Exception):
    """Somebody has asked the job to stop."""


@contextmanager
def ending(end: Callable[[State, str], None]) -> Iterator[None]:
    """Tell `end` how the work within it ended, and why if it failed; being stopped is no error.

    Raises:
        BaseException: whatever else ended it.
    """
    try:
        yield
    except Stopped:
        end("cancelled", "")
    except BaseException as error:
        with suppress(XProjError):  # where it is written down may be what failed
            if isinstance(error, Exception):
                end("failed", _reason(error))
            else:
                end("cancelled", "")
        raise
    else:
        end("finished", "")


def _reason(error: Exception) -> str:
    if isinstance(error, XProjError):
        return str(error)
    if isinstance(error, MemoryError):
        return "Memory ran out. What is finished is kept; split the longest sentences."
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"A file could not be used: {error.strerror}{where}. What is finished is kept."
    _LOG.exception("a job failed")
    return f"A fault of the program ended it ({error!r:.200}). What is finished is kept."
