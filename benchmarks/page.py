"""How long a person waits: server start to the worked example, and a click to three columns.

python -m benchmarks.page [--runs 3]

A real server and a real Chromium, one after the other on an otherwise idle machine. The first
page is timed from the moment the server is started, and from the moment the browser asks for it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
LENGTHS = (10, 20, 40, 60)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WORDS = (
    "Die Präsidentin Maria Krüger aus Hamburg besuchte gestern mit ihrer Schwester das alte"
    " Rathaus in Genf und sprach dort lange mit Jean Dupont über den Handel zwischen Kenia und der"
    " Europäischen Union , die in Brüssel ein neues Gesetz vorbereitet . Danach fuhr sie mit dem"
    " Zug nach Paris , wo die Vereinten Nationen über Wasser , Schulen und Straßen für Afrika"
    " und Asien berieten ."
).split()


@contextmanager
def server() -> Iterator[tuple[str, float, int]]:
    """A new server; its address, the time it was started, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.headless",
            "true",
            "--server.port",
            str(port),
        ],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            with suppress(OSError), urlopen(f"{url}/_stcore/health", timeout=2):
                break
            time.sleep(0.02)
        yield url, started, process.pid
    finally:
        process.terminate()
        process.wait(10)


def wait(page: Any, sentence: str) -> None:
    """Until all three columns end in the sentence's first word and the last column is drawn."""
    page.locator(".xp .column").nth(2).locator(".side").last.locator(
        ".tok", has_text=sentence.split()[0]
    ).first.wait_for(timeout=120_000)


def first_page(chromium: Any) -> tuple[float, float]:
    """Seconds from server start, and from asking for the page, to the worked example."""
    with server() as (url, started, _):
        page = chromium.new_page()
        request_time = time.perf_counter()
        page.goto(url)
        page.locator(".xp .column").nth(2).wait_for(timeout=120_000)
        done = time.perf_counter()
        page.close()
    return done - started, done - request_time


def clicks(chromium: Any, runs: int) -> dict[int, list[float]]:
    """Seconds from Ctrl+Enter to three columns, by number of words; every text is new."""
    seconds: dict[int, list[float]] = {n: [] for n in LENGTHS}
    with server() as (url, *_):
        page = chromium.new_page()
        link = {"text": " ".join(WORDS), "src": "en", "tgt": "de", "via": "fr"}
        page.goto(f"{url}/?{urlencode(link)}")
        wait(page, "Die")
        for run in range(runs):
            for n in LENGTHS:
                word = f"{'ABCDEFGHIJ'[run]}{n}x"
                box = page.get_by_role("textbox", name="Text", exact=True)
                box.fill(" ".join([word, *WORDS[: n - 1]]))
                pressed = time.perf_counter()
                box.press("Control+Enter")
                wait(page, word)
                seconds[n].append(time.perf_counter() - pressed)
                page.wait_for_timeout(500)
        page.close()
    return seconds


def main() -> None:
    """Print medians and ranges."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        firsts = [first_page(chromium) for _ in range(options.runs)]
        later = clicks(chromium, options.runs)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, values in (
        ("server start to three columns", [f[0] for f in firsts]),
        ("page asked for to three columns", [f[1] for f in firsts]),
        *((f"Ctrl+Enter to three columns, {n} words", later[n]) for n in LENGTHS),
    ):
        middle = statistics.median(values)
        print(f"{name}: {middle:.2f} s (from {min(values):.2f} to {max(values):.2f})")


if __name__ == "__main__":
    main()
