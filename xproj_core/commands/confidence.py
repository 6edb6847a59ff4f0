"""Fit the confidence of projected entities to gold labels of your own.

The shipped model is moved towards what your sentences say: a stored run over data with gold
labels, the finished sentences of a reviewed dataset, or a file with links and gold labels on its
target. XPROJ_CONFIDENCE=FILE then has it used everywhere.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.commands.options import add_projector, projector_of
from xproj_core.commands.output import items_of
from xproj_core.confidence.calibration_model import CONFIDENCE, CalibrationModel, load, model_in_use
from xproj_core.confidence.fitting import Rows, held_out, refit
from xproj_core.datasets import read
from xproj_core.domain import Evidence
from xproj_core.domain.errors import InputError
from xproj_core.domain.record import record
from xproj_core.evaluate import calibration
from xproj_core.evaluate.calibration import Answered
from xproj_core.evaluate.scores.reliability import Reliability, reliability
from xproj_core.jobs.whole_file import whole_file
from xproj_core.project.base import Projector
from xproj_core.text.strings import counted

if TYPE_CHECKING:
    from xproj_core.domain.item import Item

SUMMARY = "fit confidence to your own gold labels or corrections"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add = parser.add_argument
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "--run", dest="of_run", metavar="RUN", help="a stored run over data with gold labels"
    )
    source.add_argument(
        "--reviewed", metavar="DATASET", help="the finished sentences of a dataset in Review"
    )
    source.add_argument(
        "--input", type=Path, help="a dataset with source labels, links and gold target labels"
    )
    add("--split", default=None, help="of --input, where it has several")
    add_projector(parser)
    add("--ignore", default="", metavar="MISC,DATE", help="labels to leave out")
    add("--start", type=Path, metavar="FILE", help="the model to start from, else the one in use")
    add("--output", type=Path, help="where to write the model; nothing is written without it")
    add("--store", metavar="URL", help="where runs are kept, see XPROJ_STORE")


def run(options: argparse.Namespace) -> None:
    """Say how far confidence can be believed before and after; write the fitted model."""
    ignore = {label.strip() for label in options.ignore.split(",") if label.strip()}
    start = model_in_use() if options.start is None else load(options.start)
    with _answers(options) as answers:
        rows = calibration.rows(answers, ignore)
    if not len(rows.right):
        raise InputError(
            "There is no entity on a sentence with gold target labels, so there is nothing to fit"
            " to. Give data whose target has gold labels, or finish sentences in Review."
        )
    origin = options.of_run or options.reviewed or options.input.name
    sentences = len(set(rows.groups.tolist()))
    print(f"{counted(len(rows.right), 'entity', 'entities')} in {counted(sentences, 'sentence')}")
    print(_line("before", reliability(start.probabilities(rows.values), rows.right)))
    own = refit(start, rows, f"{start.fitted_on}; then moved by {origin}")
    print(_line("after, on sentences held out in turn", _held_out(start, rows)))
    if options.output is not None:
        with whole_file(options.output) as file:
            file.write(own.dumps().encode())
        print(f"{options.output} is used wherever {CONFIDENCE}={options.output} is set.")


def _held_out(start: CalibrationModel, rows: Rows) -> Reliability:
    return reliability(held_out(start, rows), rows.right)


def _line(title: str, scores: Reliability) -> str:
    auroc = "cannot be said" if scores.auroc is None else f"{scores.auroc:.3f}"
    share = scores.right / max(1, scores.entities)
    return f"{title}: {share:.3f} right, ECE {scores.ece:.3f}, AUROC {auroc}"


@contextmanager
def _answers(options: argparse.Namespace) -> Iterator[Iterator[Answered]]:
    """Items with gold labels and what was made of them."""
    if options.input is not None:
        dataset = read(options.input, split=options.split)
        yield _projected(items_of(dataset), projector_of(options))
        return
    from xproj_core.review.corrections import corrected
    from xproj_core.review.desk import Desk
    from xproj_core.runs.answers import answers
    from xproj_core.store import open_store

    with open_store(options.store) as store:
        if options.of_run is not None:
            yield answers(store, options.of_run)
        else:
            store.datasets.get(options.reviewed)  # says what is not there
            yield corrected(Desk(store, options.reviewed))


def _projected(items: list[Item], projector: Projector) -> Iterator[Answered]:
    """What a projector makes of items along their own links."""
    for number, item in enumerate(items):
        source, target, links = item.source, item.target, item.links
        if source is None or target is None or links is None:
            continue
        alignment = links.alignment((len(source), len(target)))
        bare = target.labelled(())
        evidence = Evidence("given", source, bare, alignment, (source, bare), (alignment,))
        [projection] = projector.project([evidence])
        system = f"given/{projector.name}"
        yield item, {system: record(item.key, number, system, evidence, projection, target)}
