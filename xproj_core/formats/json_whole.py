"""One JSON value per file, with errors that name line and column."""

from __future__ import annotations

import json

from xproj_core.formats.base import Report
from xproj_core.formats.decoding import decode


def parse(data: bytes, report: Report) -> object:
    """The value.

    Raises:
        FormatError: it is not JSON.
    """
    text, notes = decode(data, report.file)
    report.notes += notes
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise report.error(f"this is not JSON: {error.msg}.", error.lineno, error.colno) from error
    except (ValueError, RecursionError) as error:
        raise report.error("this is not JSON that can be read.") from error
