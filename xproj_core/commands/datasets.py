"""List the datasets of the store; write the whole project, or some of it, to one file, and read
such a file back; write what was corrected."""

from __future__ import annotations

import argparse
from pathlib import Path

from xproj_core.domain.errors import InputError
from xproj_core.jobs.whole_file import whole_file

SUMMARY = "list stored datasets, export and import the project, write corrections"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add = parser.add_argument
    add("--dataset", nargs="+", metavar="ID", help="only these")
    add("--export", type=Path, metavar="FILE", help="write datasets, runs and corrections to a zip")
    add("--import", type=Path, metavar="FILE", dest="given", help="put such a file into the store")
    add(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="write what was done to each span of one dataset, as CSV",
    )
    add("--store", metavar="URL", help="where they are kept, see XPROJ_STORE")


def run(options: argparse.Namespace) -> None:
    """Do what is asked, and print the datasets that it was done to."""
    from xproj_core.review.corrections import corrections_csv
    from xproj_core.review.desk import Desk
    from xproj_core.store import archive, open_store

    with open_store(options.store) as store:
        if options.given is not None:
            archive.load(store, options.given)
        known = {d.id: d for d in store.datasets.list()}
        ids = list(options.dataset or known)
        for id in ids:
            store.datasets.get(id)  # says what is not there
        if options.export is not None:
            with whole_file(options.export) as file:
                archive.dump(store, file, ids)
        if options.corrections is not None:
            if len(ids) != 1:
                raise InputError("Corrections are written for one dataset. Name it: --dataset ID")
            text = corrections_csv(Desk(store, ids[0]))
            options.corrections.write_text(text, encoding="utf-8", newline="")
    for id in ids:
        dataset = known[id]
        pair = f"{dataset.source_language} → {dataset.target_language}"
        print(
            f"{dataset.id}  {dataset.created[:16]}  {dataset.items:>9,}  {pair:9}  {dataset.name}"
        )
    if not ids:
        print("There are no datasets yet. Bring one in on the Datasets page, or: xproj run")
