"""The server is killed while somebody is at work: what the page had called saved is there."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import ROOT, SAVED, _start
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.store import open_store
from xproj_core.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EDITS = 8
Start = Callable[[], tuple[str, subprocess.Popen[bytes]]]
"""Starts a server; gives its address and its process."""


def logged(store: Store, dataset: str) -> list[tuple[int, str, object]]:
    return [(e.revision, e.op, e.args.get("label")) for e in store.documents.events(dataset)]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the app on this test's own data; every start is a new server."""
    servers = []

    def started() -> tuple[str, subprocess.Popen[bytes]]:
        url, process = _start(ROOT / "app.py", tmp_path)
        servers.append(process)
        return url, process

    yield started
    for process in servers:
        process.kill()
        process.wait()


def open_page(browser: Browser, url: str, dataset: str) -> Page:
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([{"name": "xproj_name", "value": "Ana", "url": url}])
    page = context.new_page()
    page.goto(f"{url}/review?dataset={dataset}")
    page.locator(".ebar.chosen, .etok.sel").first.wait_for(timeout=60_000)
    return page


def test_a_killed_server_loses_nothing_that_was_saved(
    start: Start, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "xproj.sqlite"
    with open_store(str(file)) as store:
        words = Sentence(("Ada", "lachte", "."), "de", (Span(0, 1, "PER"),))
        item = Item("1", target=words)
        dataset = store.datasets.add("One", [item], "en", "de", ["PER", "LOC", "ORG"])
        url, server = start()
        page = open_page(browser, url, dataset)
        for n in range(EDITS):
            page.keyboard.press(str(1 + (n + 1) % 3))
        page.locator(".esaved", has_text=SAVED).wait_for(timeout=60_000)
        saved = logged(store, dataset)
        assert len(saved) == EDITS
        for n in range(EDITS):
            page.keyboard.press(str(1 + (n + 1) % 3))
        server.kill()  # SIGKILL, with edits under way
        server.wait()
        page.context.close()

    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()
    with open_store(str(file)) as store:
        there = logged(store, dataset)
        assert there[: len(saved)] == saved
        url, _ = start()
        page = open_page(browser, url, dataset)
        page.keyboard.press("Control+z")
        page.locator("[data-act=redo]:not([disabled])").wait_for(timeout=60_000)
        page.locator(".esaved", has_text=SAVED).wait_for(timeout=60_000)
        again = logged(store, dataset)
        assert again[: len(there)] == there
        assert again[-1][1] == "undo"
        page.context.close()
