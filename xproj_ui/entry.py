"""Pages run inside app.py, whichever address a visitor comes in by.

Streamlit takes a folder called pages/ for its older kind of app until st.navigation has been
called once in a process. A link to a page, if it is the first thing that a new server sees,
then runs that page by itself, without app.py. Every page therefore asks to be let in.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import local

import streamlit as st

APP = Path(__file__).resolve().parents[1] / "app.py"
_run = local()


@contextmanager
def opened() -> Iterator[None]:
    """What runs within it has come through app.py."""
    _run.inside = True
    try:
        yield
    finally:
        _run.inside = False


def enter() -> None:
    """Go on if app.py runs this page; else run app.py, which runs this page, and stop."""
    if not getattr(_run, "inside", False):
        runpy.run_path(str(APP), run_name="__main__")
        st.stop()
