"""Align two parallel files of whitespace-tokenised sentences; write Pharaoh links."""

from __future__ import annotations

import argparse
from pathlib import Path

from xproj_core.align import aligners
from xproj_core.commands.output import items_of
from xproj_core.datasets import read
from xproj_core.domain import Alignment
from xproj_core.formats import pharaoh

SUMMARY = "align the words of two parallel files"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--source", type=Path, required=True, help="one sentence a line")
    parser.add_argument("--target", type=Path, required=True, help="its translations")
    parser.add_argument("--aligner", default="mini", help=", ".join(aligners.names()))
    parser.add_argument("--source-language", default="und", help="ISO code, helps Mini")
    parser.add_argument("--target-language", default="und", help="ISO code, helps Mini")
    parser.add_argument("--output", type=Path, required=True, help="Pharaoh file to write")


def run(options: argparse.Namespace) -> None:
    """Align in one batch; pairs with an empty side get an empty line."""
    dataset = read(
        options.source,
        target=options.target,
        source_language=options.source_language,
        target_language=options.target_language,
        words="spaces",
    )
    pairs = [
        (item.source, item.target)
        for item in items_of(dataset)
        if item.source is not None and item.target is not None
    ]
    full = [pair for pair in pairs if pair[0].tokens and pair[1].tokens]
    full_alignments = iter(aligners.create(options.aligner).align(full))
    alignments = [
        next(full_alignments)
        if s.tokens and t.tokens
        else Alignment.from_links([], (len(s), len(t)))
        for s, t in pairs
    ]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    pharaoh.dump(options.output, alignments)
