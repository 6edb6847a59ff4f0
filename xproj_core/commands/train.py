"""Teach Mini a pair of languages from a file of sentence pairs."""

from __future__ import annotations

import argparse
from pathlib import Path

SUMMARY = "teach Mini a pair of languages"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--pairs", type=Path, required=True, help="TSV, source<TAB>target")
    parser.add_argument("--source", required=True, help="language of the first column")
    parser.add_argument("--target", required=True, help="language of the second column")
    parser.add_argument("--labelled", type=Path, help="CoNLL to train a tagger from")
    parser.add_argument("--output", type=Path, required=True, help="folder to write")


def run(options: argparse.Namespace) -> None:
    """Train both directions and print how good they are on held-out sentences."""
    raise NotImplementedError
