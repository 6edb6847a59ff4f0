"""How long the next sentence takes on the review page: a press of Next to its words on the screen.

python -m benchmarks.review_page [--presses 25] [--pause 0.6]

A real server with the demonstration dataset, and a real Chromium. Next is pressed by mouse, by
keyboard, and by keyboard once more with a correction on every sentence (D: done, and on to the
next); the clock runs from the browser's own time of the press to the first picture with other
words, and once more until the server has said the same.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.page import QUIET, server

WARM = 15
"""Seconds that the server gets to load its engine, before anything is measured."""
WATCH = """() => {
  const find = (root) => {
    for (const node of root.querySelectorAll("*")) {
      if (node.classList?.contains("editor")) return node;
      const inner = node.shadowRoot && find(node.shadowRoot);
      if (inner) return inner;
    }
  };
  const all = (what) => [...(find(document)?.querySelectorAll(what) ?? [])];
  const words = () => all(".etok").map((n) => n.textContent).join(" ");
  const settled = () => all(".ebar-top").some((n) => !/Opening|Saving/.test(n.textContent));
  let clock = null;
  const begin = (event) => {
    if (clock || (event.type === "keydown" && !/^[nd]$/.test(event.key))) return;
    clock = { start: event.timeStamp, before: words() };
    requestAnimationFrame(look);
  };
  const look = () => {
    const now = performance.now();
    if (clock.drawn === undefined && words() && words() !== clock.before) {
      clock.drawn = null;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { clock.drawn = performance.now() - clock.start; };
      channel.port2.postMessage(0);
    }
    if (clock.drawn && settled()) {
      window.nextTook = [clock.drawn, now - clock.start];
      clock = null;
    } else if (now - clock.start > 5000) { window.nextTook = [5000, 5000]; clock = null; }
    else requestAnimationFrame(look);
  };
  for (const type of ["click", "keydown"]) window.addEventListener(type, begin, true);
}"""


def by_mouse(page: Any) -> None:
    """A click on the arrow."""
    box = page.locator(".editor [data-act=next]").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def press(key: str) -> Callable[[Any], None]:
    """A press of a key."""
    return lambda page: page.keyboard.press(key)


def measured(
    page: Any, act: Callable[[Any], None], presses: int, pause: float
) -> list[list[float]]:
    """Milliseconds until the next sentence was drawn, and until the server had told it."""
    durations = []
    for _ in range(presses):
        page.evaluate("window.nextTook = null")
        act(page)
        page.wait_for_function("window.nextTook", timeout=10_000)
        durations.append(page.evaluate("window.nextTook"))
        page.wait_for_timeout(1000 * pause)
    return durations


def visit(chromium: Any, url: str, dataset: str) -> Any:
    """The first sentence, opened by somebody who has given a name before."""
    context = chromium.new_context()
    context.add_cookies([{"name": "xproj_name", "value": "Ana", "url": url}])
    page = context.new_page()
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{url}/review?dataset={dataset}")
    page.locator(".editor [data-act=next]").wait_for(timeout=60_000)
    page.evaluate(f"({WATCH})()")
    page.wait_for_timeout(1500)
    return page


def seconds_of_work(process: int) -> float:
    """CPU time of a process so far, in seconds (Linux)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def summarise(name: str, values: list[float]) -> str:
    """Median, ninth of ten, and range."""
    ordered = sorted(values)
    late = ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))]
    middle = statistics.median(ordered)
    span = f"from {ordered[0]:.0f} to {ordered[-1]:.0f}"
    return f"{name}: {middle:.0f} ms, 9 of 10 within {late:.0f} ({span})"


def main() -> None:
    """Print medians and ranges."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--presses", type=int, default=25)
    parser.add_argument("--pause", type=float, default=0.6)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from xproj_core.review.demo import load
    from xproj_core.store import open_store

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, XPROJ_DATA=folder):
        with open_store() as store:
            dataset = load(store)
        with server() as (url, _, process), sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
            visit(chromium, url, dataset).wait_for_timeout(1000 * WARM)
            for name, act in (("mouse", by_mouse), ("N", press("n")), ("D", press("d"))):
                page = visit(chromium, url, dataset)
                before = seconds_of_work(process)
                durations = measured(page, act, options.presses, options.pause)
                work = 1000 * (seconds_of_work(process) - before) / options.presses
                page.context.close()
                print(summarise(f"{name} to the next sentence drawn", [f[0] for f in durations]))
                print(summarise(f"{name} to the server's answer drawn", [f[1] for f in durations]))
                print(f"{name}: {work:.0f} ms of the server's CPU time a press")
            chromium.close()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
