"""The data of `xproj run`: a file read into the store, or what the store holds already."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from xproj_core.commands.output import tell
from xproj_core.datasets import read
from xproj_core.domain.errors import InputError
from xproj_core.formats import FORMATS
from xproj_core.formats.base import Cut
from xproj_core.methods import Mode
from xproj_core.runs import run_signature
from xproj_core.runs.run_signature import Signed

if TYPE_CHECKING:
    from xproj_core.store.datasets import Dataset
    from xproj_core.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what says which data, and how they are read."""
    add = parser.add_argument
    add("--input", type=Path, help="file, folder or zip; corpora and formats are recognised")
    add("--target-input", type=Path, help="the translations, where they are in a second file")
    add("--links", type=Path, help="Pharaoh links of two such files")
    add("--dataset", metavar="ID", help="instead of --input: a dataset of the store")
    add("--format", metavar="NAME", help=f"of the input, if not recognised: {', '.join(FORMATS)}")
    add("--split", choices=("train", "dev", "test"), help="which, where a folder has several")
    add("--tokenise", action="store_true", help="the text is not tokenised yet")
    add("--cut", choices=get_args(Cut), default="lines", help="what is one item of a plain text")
    add("--partial", action="store_true", help="leave out and list what cannot be read")
    add("--target-language", help="the language that receives labels, ISO code")
    add("--source-language", help="where labels come from; en unless the data say")
    add("--pivot", help="third language for the pivot method")


def from_file(store: Store, options: argparse.Namespace, reference: Signed | None) -> Dataset:
    """The dataset that files hold; added to the store unless a run has used the same before."""
    configuration = reference.configuration if reference else None
    mode = configuration.mode if configuration else Mode(options.mode)
    dataset = read(
        options.input,
        format=options.format,
        source_language=configuration.source if configuration else options.source_language,
        target_language=configuration.target if configuration else options.target_language,
        split=options.split,
        target=options.target_input,
        links=options.links,
        partial=options.partial,
        words="words" if options.tokenise or options.cut == "sentences" else "spaces",
        cut=options.cut,
        side="target" if mode is Mode.LABEL else "source",
    )
    tell((f"{options.input} {dataset.reason}", *dataset.notes, *dataset.problems))
    source, target = dataset.source_language, dataset.target_language
    for side, language in (("source", source), ("target", target)):
        if side in dataset.preview.sides and language == "und":
            raise InputError(f"Say which language the {side} is in: --{side}-language de, say.")
    same = known(store, run_signature.data_hash(dataset.items))
    if same is not None:
        return same
    name = options.input.name if options.input.name == Path(dataset.name).name else dataset.name
    id = store.datasets.add(
        name,
        dataset.items,
        source,
        target,
        dataset.labels,
        (f"It {dataset.reason}.", *dataset.notes),
    )
    return store.datasets.get(id)


def known(store: Store, data: str) -> Dataset | None:
    """A dataset of the store over which there is a run with this data hash."""
    for run in store.runs.list():
        if run_signature.data_in(run.signature) == data:
            dataset = store.datasets.get(run.dataset)
            if dataset.items == run.total:
                return dataset
    return None


def known_language(code: str) -> str | None:
    """None for "und"."""
    return None if code in ("", "und") else code
