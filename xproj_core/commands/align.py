"""Align two parallel files of whitespace-tokenised sentences; write Pharaoh links."""

from __future__ import annotations

import argparse
from pathlib import Path

from xproj_core import languages
from xproj_core.align import aligners
from xproj_core.commands.files import in_step, read_text
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
    source = read_text(options.source, _code(options.source_language))
    target = read_text(options.target, _code(options.target_language))
    pairs = list(in_step(source, target, (options.source, options.target)))
    full = [pair for pair in pairs if pair[0].tokens and pair[1].tokens]
    made = iter(aligners.create(options.aligner).align(full))
    alignments = [
        next(made) if s.tokens and t.tokens else Alignment.from_links([], (len(s), len(t)))
        for s, t in pairs
    ]
    options.output.parent.mkdir(parents=True, exist_ok=True)
    pharaoh.dump(options.output, alignments)


def _code(language: str) -> str:
    return language if language == "und" else languages.normalise(language)
