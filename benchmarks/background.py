"""How long the main page's answer takes while a sweep runs: in a process of its own, or in a
thread of the page's process.

python -m benchmarks.background [--times 20]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from pathlib import Path

from xproj_core.answers.one_sentence import answer
from xproj_core.engines.presets import load_engine
from xproj_core.examples import dataset as example
from xproj_core.jobs.job import Do
from xproj_core.methods import Memo
from xproj_core.robustness import sweep_job
from xproj_core.robustness.plan import NOISES, Plan
from xproj_core.robustness.sweep_job import Data, SweepJobs, in_thread
from xproj_core.runs.configuration import RunConfiguration
from xproj_ui.address.project_view import start

_PAUSE = 0.2
"""Seconds between two answers: nobody asks all the time."""
_ROUNDS = 5


def main() -> None:
    """Medians of the time that an answer takes, and how long a whole sweep does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="answers in a round")
    times = parser.parse_args().times
    answers(2)  # loads the models
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ways = {
            "process": sweep_job.in_child(folder / "process"),
            "thread": in_thread(folder / "thread", load_engine, sweep_job.items),
        }
        spent: dict[str, list[float]] = {"nothing": [], **{worker: [] for worker in ways}}
        for number in range(_ROUNDS):
            spent["nothing"] += answers(times)
            for worker, do in ways.items():
                spent[worker] += beside(folder / worker, do, times, number)
        quiet = statistics.median(spent["nothing"])
        for worker, seconds in spent.items():
            middle = statistics.median(seconds)
            worst = sorted(seconds)[int(0.9 * len(seconds))]
            print(
                f"beside a sweep in a {worker}: " if worker in ways else "beside nothing: ",
                f"{1000 * middle:.0f} ms, {middle / quiet:.1f} times; nine in ten within"
                f" {1000 * worst:.0f} ms",
            )
        for worker, do in ways.items():
            print(f"a sweep of the example by itself, in a {worker}: {alone(folder / worker, do)}")


def answers(times: int) -> list[float]:
    """The seconds that it takes to answer the start question anew."""
    engine, question = load_engine(), start().question
    spent = []
    for _ in range(times):
        begun = time.perf_counter()
        answer(question, engine, Memo())
        spent.append(time.perf_counter() - begun)
        time.sleep(_PAUSE)
    return spent


def plan(seeds: int) -> tuple[Plan, Data]:
    """The sweep that the page offers, with so many seeds."""
    configuration = RunConfiguration(example.SOURCE, example.TARGET, example.PIVOT)
    sweep_plan = Plan(configuration, NOISES, seeds=tuple(range(1, seeds + 1))).checked()
    return sweep_plan, Data(example.ID, "Example", len(example.items()), example.LABELS)


def beside(folder: Path, do: Do, times: int, number: int) -> list[float]:
    """Answers while a long sweep goes on, another one each `number`, which is then cancelled."""
    sweeps = SweepJobs(folder, do)
    sweeps.begin(*plan(200 + number))
    (key,) = sweeps.busy()
    while (sweep := sweeps.find(key)) and not sweep.progress.done:
        time.sleep(0.05)
    slow = answers(times)
    sweeps.cancel(key)
    sweeps.join(key)
    return slow


def alone(folder: Path, do: Do) -> str:
    """How long the sweep that the page offers takes."""
    sweeps = SweepJobs(folder, do)
    begun, spent = time.perf_counter(), _processor_time()
    sweeps.begin(*plan(3))
    for key in sweeps.busy():
        sweeps.join(key)
    return f"{time.perf_counter() - begun:.1f} s, {_processor_time() - spent:.1f} s of a processor"


def _processor_time() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    main()
