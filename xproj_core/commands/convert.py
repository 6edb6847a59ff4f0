"""Read data of one format or corpus and write it in another; say first what would be lost."""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from pathlib import Path
from typing import get_args

from xproj_core import datasets
from xproj_core.answers.chunks import chunks
from xproj_core.commands.output import tell
from xproj_core.datasets.detect import LAYOUTS
from xproj_core.domain.errors import InputError
from xproj_core.formats import FORMATS, Format
from xproj_core.formats.base import Cut, Fit, Units, Words, Writing
from xproj_core.jobs.whole_file import whole_file

SUMMARY = "convert data from one format to another"
_CHUNK = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    _reading_arguments(parser)
    _cutting_arguments(parser)
    _writing_arguments(parser)


def _reading_arguments(parser: argparse.ArgumentParser) -> None:
    formats, corpora = ", ".join(FORMATS), ", ".join(LAYOUTS)
    parser.add_argument("--input", type=Path, required=True, help="file, folder or zip")
    parser.add_argument(
        "--from",
        dest="given",
        metavar="FORMAT",
        help=f"found out if not given: {formats}, or a corpus: {corpora}",
    )
    parser.add_argument("--target", type=Path, help="the other file of a pair, in step")
    parser.add_argument("--links", type=Path, help="Pharaoh links of a pair, source first")
    parser.add_argument("--swap-links", action="store_true", help="links have the target first")
    parser.add_argument("--source-language", metavar="CODE")
    parser.add_argument("--target-language", metavar="CODE")
    parser.add_argument("--split", help="of a corpus: train, dev, test")
    parser.add_argument(
        "--side",
        choices=["source", "target"],
        default="target",
        help="which side a file with one sentence per item holds",
    )
    parser.add_argument(
        "--labels", default="", metavar="A=B,C=", help="rename label A to B, leave C out"
    )
    parser.add_argument(
        "--fit",
        choices=get_args(Fit),
        default="strict",
        help="for a character span that cuts through a token",
    )
    parser.add_argument(
        "--units", choices=get_args(Units), default="auto", help="what character offsets count"
    )
    parser.add_argument("--partial", action="store_true", help="leave out what cannot be read")


def _cutting_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--words", choices=get_args(Words), default="words", help="how text without tokens is cut"
    )
    parser.add_argument(
        "--cut",
        choices=get_args(Cut),
        default="lines",
        help="what is one item of a plain text: a line, or a sentence of a document",
    )


def _writing_arguments(parser: argparse.ArgumentParser) -> None:
    formats = ", ".join(FORMATS)
    parser.add_argument("--output", type=Path, help="file to write; for zips also a folder")
    parser.add_argument("--to", metavar="FORMAT", help=f"by the output's ending, or: {formats}")
    parser.add_argument(
        "--write-side",
        choices=["source", "target"],
        help="which side is written where a file holds one",
    )
    parser.add_argument(
        "--documents",
        action="store_true",
        help="sentences of a document are written as that, in its own text",
    )
    parser.add_argument("--preview", action="store_true", help="count and warn; write nothing")


def run(options: argparse.Namespace) -> None:
    """Convert, or with --preview only count."""
    if options.output is None and not options.preview:
        raise InputError("Say where to write: --output FILE, or --preview to write nothing.")
    form = None if options.output is None else format_of(options.to, options.output)
    dataset = datasets.read(
        options.input,
        format=options.given,
        source_language=options.source_language,
        target_language=options.target_language,
        split=options.split,
        target=options.target,
        links=options.links,
        swap_links=options.swap_links,
        labels=datasets.LabelMap.parse(options.labels),
        side=options.side,
        fit=options.fit,
        words=options.words,
        cut=options.cut,
        units=options.units,
        partial=options.partial,
    )
    tell([f"{dataset.name} {dataset.reason}.", *dataset.notes])
    if options.preview:
        sys.stdout.writelines(f"{line}\n" for line in dataset.preview.lines())
    tell(dataset.preview.warnings if options.preview else ())
    for problem in dataset.problems:
        print(f"left out: {problem}", file=sys.stderr)
    if form is None or options.preview:
        return
    how = Writing(side=options.write_side, documents=options.documents)
    tell(form.losses(dataset.items, how))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    write(options.output, form, dataset, how)


def format_of(name: str | None, output: Path) -> Format:
    """The format to write.

    Raises:
        InputError: there is no such, or several have the output's ending.
    """
    if name is not None:
        if name not in FORMATS:
            raise InputError(f"There is no format {name!r}. Choose one of: {', '.join(FORMATS)}.")
        return FORMATS[name]
    suffix = output.suffix.lower()
    fitting = [f for f in FORMATS.values() if f.suffixes[0] == suffix] or [
        f for f in FORMATS.values() if suffix in f.suffixes
    ]
    if len(fitting) != 1:
        names = ", ".join(f.name for f in fitting or FORMATS.values())
        raise InputError(f"The ending of {output.name} does not say the format. Add --to: {names}.")
    return fitting[0]


def write(path: Path, form: Format, dataset: datasets.Loaded, how: Writing) -> None:
    """Write a dataset; what stood at `path` is replaced only when all is written."""
    if form.suffixes[0] == ".zip" and path.suffix.lower() != ".zip":
        with zipfile.ZipFile(io.BytesIO(form.dumps(dataset.items, how=how))) as archive:
            archive.extractall(path)
        return
    with whole_file(path) as stream:
        if form.appends and not how.documents:  # a document is written at once
            for some in chunks(dataset.items, _CHUNK):
                stream.write(form.dumps(some, how=how))
        else:
            stream.write(form.dumps(dataset.items, how=how))
