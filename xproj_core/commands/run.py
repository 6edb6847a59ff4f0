"""Label a dataset by several methods: translate, tag, align, project; score if gold is there.

Gives OUTPUT/<method>.conll and OUTPUT/run.json; the run itself is kept in the store, where the
app finds it. The same command goes on where a run into OUTPUT was interrupted.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.answers.choice import Choice, parse_choices
from xproj_core.answers.many_items import Given
from xproj_core.commands import run_input, run_output
from xproj_core.commands.output import tell
from xproj_core.datasets import LabelMap
from xproj_core.domain import languages
from xproj_core.domain.defaults import DEFAULT_PROJECTOR
from xproj_core.domain.errors import InputError, NotInstalledError
from xproj_core.domain.parameters import parse_options
from xproj_core.engines.presets import load_engine
from xproj_core.jobs.progress import Progress
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_core.runs import run_signature
from xproj_core.runs.cache import shared_cache
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.runs.run_signature import Signed

if TYPE_CHECKING:
    from xproj_core.runs.runner import Spread
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.store import Store

SUMMARY = "label a dataset by several methods"
_QUIET = 30.0  # seconds between lines of progress that go into a file


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    run_input.arguments(parser)
    _system_arguments(parser)
    _data_arguments(parser)
    _output_arguments(parser)


def _system_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--mode",
        choices=[m.value for m in Mode],
        default=Mode.LABEL.value,
        help="label the target (default), or translate the labelled source",
    )
    known = ", ".join(methods.names())
    add(
        "--methods",
        default="direct,pivot,back_translation",
        help=f"with options in brackets, pivot(direct_share=0.5): {known}",
    )
    known = ", ".join(projectors.names())
    add(
        "--projector",
        nargs="+",
        action="extend",
        metavar="NAME",
        help=f"one or several, {DEFAULT_PROJECTOR} unless given: {known}",
    )
    add(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY=VALUE",
        help="parameters of the projector, where there is one",
    )
    add(
        "--engine",
        nargs="+",
        action="extend",
        metavar="NAME",
        help="presets, or registry names joined by |; mini unless given",
    )


def _data_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--source-labels",
        choices=("gold", "engine"),
        default="gold",
        help="project the gold labels of the data's source, or the tagger's",
    )
    add(
        "--translations",
        choices=("data", "engine"),
        default="data",
        help="take the other side of parallel data, or translate anew",
    )
    add(
        "--alignment",
        choices=("data", "engine"),
        default="engine",
        help="take the data's word links where there are any, or align",
    )
    add(
        "--labels",
        default="",
        metavar="OLD=NEW,...",
        help="rename labels of data and tagger; an empty NEW drops one: MISC=,DATE=",
    )


def _output_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--signature",
        metavar="LINE",
        help="do again what a signature, a run.json or a stored run's id says",
    )
    add("--new", action="store_true", help="do not go on with an interrupted run")
    add("--no-cache", action="store_true", help="remember nothing between runs")
    add("--cluster", metavar="ADDRESS", help="of a Dask scheduler whose workers do the work")
    add("--traces", action="store_true", help="write why each label is there")
    add("--store", metavar="URL", help="where runs are kept, see XPROJ_STORE")
    add("--output", type=Path, required=True, help="folder to write to")


def run(options: argparse.Namespace) -> None:
    """Run, or go on, and write what came out."""
    from xproj_core.runs import runner
    from xproj_core.store import open_store

    partial_configuration = (
        partial(RunConfiguration) if options.signature else _parse_configuration(options)
    )
    with open_store(options.store) as store:
        reference = _parse_reference(options.signature, store) if options.signature else None
        data = _data(options, store, reference)
        configuration = (
            reference.configuration
            if reference
            else _configuration(options, data, partial_configuration)
        )
        options.output.mkdir(parents=True, exist_ok=True)  # before hours of work, not after
        new = runner.create(store, data.id, configuration)
        signature = store.runs.get(new).signature
        if reference is not None:
            _compare(run_signature.parse(signature), reference, store, new)
        id = run_output.unfinished(options.output, store, signature)
        if id is None or options.new:
            id = new
        else:
            store.runs.remove(new)
            interrupted = store.runs.get(id)
            signature = interrupted.signature
            tell([f"going on with the run {id}: {interrupted.done:,} of {data.items:,} are done."])
        run_output.begin(options.output, store, id)
        cache = None if options.no_cache else shared_cache()
        with _cluster(options.cluster) as spread:
            runner.run(store, id, load_engine, cache, _Shown(), spread=spread)
        run_output.write(options.output, store, id)
        if options.traces:
            answers = runner.again(store, id, load_engine, cache)
            run_output.write_traces(options.output, store, id, answers)
    print(signature)


def _parse_reference(signature: str, store: Store) -> Signed:
    """What is to be reproduced."""
    if "|" not in signature:
        path = Path(signature)
        signature = (
            run_output.signature_in(path) if path.exists() else store.runs.get(signature).signature
        )
    return run_signature.parse(signature)


def _compare(signed: Signed, reference: Signed, store: Store, new: str) -> None:
    """Other data cannot reproduce a run; other models or versions perhaps can."""
    differences = signed.differences(reference)
    if signed.data != reference.data:
        store.runs.remove(new)
        raise InputError(
            f"This is not the run of the signature: {differences[0]}. Give the same file with"
            " --input, read in the same way."
        )
    tell(f"the figures may differ: {difference}." for difference in differences)


def _data(options: argparse.Namespace, store: Store, reference: Signed | None) -> Dataset:
    """The dataset; a file that the store does not hold yet is added to it.

    Raises:
        InputError: it is not said what to label.
    """
    if options.dataset is not None:
        return store.datasets.get(options.dataset)
    if options.input is not None:
        return run_input.from_file(store, options, reference)
    if reference is None:
        raise InputError("Say what to label: --input FILE, or --dataset ID of the store.")
    dataset = run_input.known(store, reference.data)
    if dataset is None:
        raise InputError(
            f"The store holds no data with the hash {reference.data}. Give them with --input."
        )
    return dataset


def _parse_configuration(options: argparse.Namespace) -> partial[RunConfiguration]:
    """What is asked for, but for the languages; before anything is read or loaded."""
    projecting = parse_choices(",".join(options.projector or [DEFAULT_PROJECTOR]), "projector")
    if options.set:
        if len(projecting) > 1:
            raise InputError(
                "--set is for one projector. Put the options of several in brackets:"
                " --projector 'match-exact(soft=true)' min-max"
            )
        name = projecting[0].name
        changes = parse_options(name, options.set, projectors.parameters(name))
        projecting = (Choice(name, {**projecting[0].options, **changes}),)
    return partial(
        RunConfiguration,
        pivot=languages.normalise(options.pivot) if options.pivot else None,
        mode=Mode(options.mode),
        engines=tuple(dict.fromkeys(options.engine or ["mini"])),
        methods=parse_choices(options.methods, "method"),
        projectors=projecting,
        given=Given(
            options.translations == "data",
            options.source_labels == "gold",
            options.alignment == "data",
        ),
        labels=dict(LabelMap.parse(options.labels).changes),
    )


def _configuration(
    options: argparse.Namespace, data: Dataset, partial_configuration: partial[RunConfiguration]
) -> RunConfiguration:
    source = options.source_language or run_input.known_language(data.source_language) or "en"
    target = options.target_language or run_input.known_language(data.target_language)
    if target is None:
        raise InputError("Say which language receives labels: --target-language de, say.")
    return partial_configuration(source=source, target=target).checked()


@contextmanager
def _cluster(address: str | None) -> Iterator[Spread | None]:
    """The cluster at an address, while it is needed; None without one."""
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise NotInstalledError("--cluster", "distributed") from error
    from xproj_core.runs.distributed import over

    try:
        client = Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise InputError(f"No Dask scheduler answers at {address}: {error}") from error
    with client:
        yield over(client)


class _Shown:
    """Progress on standard error: one line that changes, or in a file a line now and then."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._next = time.monotonic() + (0 if self._live else _QUIET)

    def __call__(self, progress: Progress) -> None:
        last = progress.done == progress.total
        now = time.monotonic()
        if now < self._next and not (last and self._live):
            return
        self._next = now + (0.2 if self._live else _QUIET)
        if self._live:
            print(f"\r{progress}\x1b[K", end="\n" if last else "", file=sys.stderr, flush=True)
        else:
            print(progress, file=sys.stderr, flush=True)
