"""List the runs of the store; remove one; clear what is remembered between runs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xproj_core.runs.cache import shared_cache

if TYPE_CHECKING:
    from xproj_core.store.runs import Run

SUMMARY = "list stored runs"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--remove", metavar="RUN", help="remove a run and all that it made")
    parser.add_argument(
        "--clear-cache", action="store_true", help="forget translations, alignments and taggings"
    )
    parser.add_argument("--store", metavar="URL", help="where runs are kept, see XPROJ_STORE")


def run(options: argparse.Namespace) -> None:
    """Print every run with its signature, the newest first."""
    from xproj_core.store import open_store

    with open_store(options.store) as store:
        if options.clear_cache:
            cache = shared_cache()
            size = cache.size()
            cache.clear()
            print(f"{cache.file}: {size / 2**20:,.0f} MB forgotten")
        if options.remove is not None:
            from xproj_core.evaluate.analysis import analysis_cache

            store.runs.remove(store.runs.get(options.remove).id)
            analysis_cache.prune(store)
        names = {dataset.id: dataset.name for dataset in store.datasets.list()}
        runs = store.runs.list()
    for stored_run in runs:
        print(_line(stored_run, names.get(stored_run.dataset, "")))
        print(f"    {stored_run.signature}")
        if stored_run.problem:
            print(f"    {stored_run.problem}")
    if not runs:
        print("There are no runs yet. Start one: xproj run --input FILE --output DIR ...")


def _line(stored_run: Run, dataset: str) -> str:
    return (
        f"{stored_run.id}  {stored_run.created[:16]}  {stored_run.state:11} "
        f" {stored_run.done:,}/{stored_run.total:,}  {dataset}"
    )
