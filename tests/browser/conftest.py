"""A Streamlit server and a Chromium for tests that look at the screen."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.request import urlopen

import pytest

from tests.browser.traffic import watch

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        FloatRect,
        Locator,
        Page,
    )

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120
"""Seconds in which a server begins and ends, on a machine that runs other things."""
OpenPage = Callable[..., "Page"]
"""Opens a page; in the end it is closed."""
Serve = Callable[[Path], str]
Theme = Literal["light", "dark"]
SAVED = re.compile("^Saved ")
"""What the editor says of a sentence; beside "Not saved" and "Last saved"."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"Streamlit ended with {process.returncode} before it answered.")
        with suppress(OSError), urlopen(f"{url}/_stcore/health", timeout=2):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Streamlit did not answer within {PATIENCE} s.")


def _start(
    script: Path, data: Path, port: int = 0, *more: str
) -> tuple[str, subprocess.Popen[bytes]]:
    """A new server for `script`, once it answers; `more` are options of Streamlit's."""
    port = port or free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.headless",
        "true",
        "--server.address",
        "127.0.0.1",
        "--server.port",
        str(port),
        "--browser.gatherUsageStats",
        "false",
        *more,
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=_environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    _wait_until_up(url, process)
    return url, process


def _environment(data: Path) -> dict[str, str]:
    """What a user has made stays untouched."""
    variables = {name: value for name, value in os.environ.items() if name != "XPROJ_STORE"}
    return {**variables, "PYTHONPATH": str(ROOT), "XPROJ_DATA": str(data)}


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the servers of all tests keep their data."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def serve(data_folder: Path) -> Iterator[Serve]:
    """Start a script once; gives its address. `serve(ROOT / "app.py")` starts the app."""
    running: dict[Path, tuple[str, subprocess.Popen[bytes]]] = {}

    def start(script: Path) -> str:
        if script not in running:
            running[script] = _start(script, data_folder)
        return running[script][0]

    yield start
    for _, process in running.values():
        _end(process)


@contextmanager
def started(script: Path, data: Path, port: int, *more: str) -> Iterator[str]:
    """A server of one's own, with options."""
    url, process = _start(script, data, port, *more)
    try:
        yield url
    finally:
        _end(process)


@pytest.fixture
def new_app(data_folder: Path) -> Iterator[str]:
    """The address of an app that nobody has visited yet."""
    url, process = _start(ROOT / "app.py", data_folder)
    yield url
    _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    finally:
        process.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; the tests that need it are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests, so that Streamlit's own files are loaded once."""
    browser_context = browser.new_context(reduced_motion="reduce")
    browser_context.on("page", watch)
    yield browser_context
    browser_context.close()


def box_of(locator: Locator) -> FloatRect:
    """Where it is drawn."""
    box = locator.bounding_box()
    assert box is not None, "it is not drawn"
    return box


def _is_error(message: ConsoleMessage) -> bool:
    """At the address of a page, Streamlit looks for its server below it first, in vain."""
    return message.type == "error" and "/_stcore/" not in message.location["url"]


@pytest.fixture
def visit(context: BrowserContext) -> Iterator[OpenPage]:
    """Open an address at a width and theme; fails the test on any error in the page."""
    pages, errors = [], []

    def go(url: str, *, width: int = 1400, height: int = 1000, theme: Theme = "light") -> Page:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if _is_error(m) else None)
        page.goto(url)
        return page

    yield go
    for page in pages:
        page.close()
    assert errors == []


@pytest.fixture
def editor(serve: Serve, visit: OpenPage) -> OpenPage:
    """Open a sample and wait until it is drawn."""

    def go(sample: str = "german", **how: int | str) -> Page:
        page = visit(f"{serve(ROOT / 'tests/browser/editor_gallery.py')}/?sample={sample}", **how)
        page.locator(".xp .etok").first.wait_for(timeout=20_000)
        page.get_by_text("log=").wait_for()
        return page

    return go
