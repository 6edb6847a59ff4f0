"""Hand on a run: one HTML file that needs no network, its tables, or the picture of a sentence."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.domain import codec
from xproj_core.domain.errors import InputError

if TYPE_CHECKING:
    from xproj_core.report.stored_runs import StoredRuns
    from xproj_core.robustness.results import Results

SUMMARY = "a run or a comparison of runs as one HTML file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    _subject_arguments(parser)
    _content_arguments(parser)


def _subject_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--run",
        dest="runs",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help="of the store, see `xproj runs`; several over one dataset are compared",
    )
    add(
        "--input",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="DIR",
        help="instead of --run: folders that `xproj run` wrote",
    )


def _content_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--output", type=Path, required=True, metavar="FILE", help="report.html")
    add("--tables", type=Path, metavar="DIR", help="write every table as CSV and LaTeX, too")
    add("--title", default="", help="of the report; the dataset and its languages unless given")
    add("--examples", type=int, default=12, metavar="N", help="sentences shown; 12")
    add(
        "--sweep",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE.json",
        help="also show what noise did, as `xproj noise sweep --output FILE.json` wrote it; sweeps"
        " of the page Robustness over the same dataset are shown anyway",
    )
    add("--ignore", default="", metavar="MISC,DATE", help="labels to leave out of the scores")
    add(
        "--sentence",
        type=int,
        metavar="N",
        help="instead of a report: the picture of sentence N, counted from 1; the output's name"
        " ends in .svg or .png",
    )
    add("--store", metavar="URL", help="where runs are kept, see XPROJ_STORE")


def run(options: argparse.Namespace) -> None:
    """Write what is asked for."""
    from xproj_core.report.stored_runs import stored_runs
    from xproj_core.store import open_store

    suffix = options.output.suffix.lower()
    suffixes = {".svg", ".png"} if options.sentence is not None else {".html", ".htm"}
    if suffix not in suffixes:
        raise InputError(
            f"The output is called {options.output.name}; its name has to end in"
            f" {' or '.join(sorted(suffixes))}."
        )
    ids = [*options.runs, *map(_run_in, options.input)]
    with open_store(options.store) as store:
        runs = stored_runs(store, ids)
        if options.sentence is None:
            _report(options, runs)
        else:
            _picture(options, runs, suffix)
    print(options.output)


def _report(options: argparse.Namespace, runs: StoredRuns) -> None:
    from xproj_core.report.files import write_html, write_tables

    ignored = frozenset(filter(None, (label.strip() for label in options.ignore.split(","))))
    sweeps = [_sweep_in(file) for file in options.sweep]
    report = runs.report(runs.subject(options.title, ignored, sweeps), options.examples)
    write_html(report, options.output)
    if options.tables is not None:
        write_tables(report, options.tables)


def _picture(options: argparse.Namespace, runs: StoredRuns, suffix: str) -> None:
    from xproj_core.drawing import payload
    from xproj_core.drawing.from_records import comparison
    from xproj_core.drawing.picture import picture
    from xproj_core.drawing.png import png
    from xproj_core.drawing.wording import system_titles
    from xproj_core.report.files import write

    number = options.sentence - 1
    if not 0 <= number < runs.done:
        raise InputError(
            f"There is no sentence {options.sentence}: {runs.done:,} are done, counted from 1."
        )
    ((item, records),) = runs.answers([number])
    drawn = picture(payload(comparison(item, records, system_titles(runs.systems))))
    write(options.output, drawn.encode() if suffix == ".svg" else png(drawn))


def _run_in(folder: Path) -> str:
    """The stored run that a folder of `xproj run` belongs to."""
    file = folder / "run.json" if folder.is_dir() else folder
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["run"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{file} is no run.json of `xproj run`. Give the folder that was its --output."
        ) from error


def _sweep_in(file: Path) -> Results:
    from xproj_core.robustness.results import Results

    try:
        return codec.from_json(Results, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, InputError) as error:
        raise InputError(
            f"{file} is no sweep. Give a file that `xproj noise sweep --output {file.stem}.json`"
            " wrote."
        ) from error
