"""Project the labels of one file onto its translation along given alignments."""

from __future__ import annotations

import argparse
from pathlib import Path

from xproj_core.commands.options import add_projector, projector_of
from xproj_core.commands.output import items_of
from xproj_core.datasets import read
from xproj_core.domain import Evidence
from xproj_core.domain.item import Item
from xproj_core.formats import conll
from xproj_core.project.base import tags_of

SUMMARY = "project labels along given alignments"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--labelled", type=Path, required=True, help="CoNLL, the source side")
    parser.add_argument("--target", type=Path, required=True, help="one tokenised sentence a line")
    parser.add_argument("--alignment", type=Path, required=True, help="Pharaoh, source first")
    parser.add_argument("--output", type=Path, required=True, help="CoNLL to write")
    add_projector(parser)


def run(options: argparse.Namespace) -> None:
    """Project every sentence; the output has the target's sentences and tokens, in order."""
    dataset = read(options.labelled, target=options.target, links=options.alignment, words="spaces")
    evidence = [_evidence(item) for item in items_of(dataset)]
    projections = projector_of(options).project(evidence)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    conll.dump(
        options.output,
        (
            (e.target.tokens, tags_of(p, len(e.target)))
            for e, p in zip(evidence, projections, strict=True)
        ),
    )


def _evidence(item: Item) -> Evidence:
    source, target, links = item.source, item.target, item.links
    assert source is not None and target is not None and links is not None
    alignment = links.alignment((len(source), len(target)))
    return Evidence("given", source, target, alignment, (source, target), (alignment,))
