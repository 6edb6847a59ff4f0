"""Project the labels of one file onto its translation along given alignments."""

from __future__ import annotations

import argparse
from pathlib import Path

from xproj_core.commands.files import in_step, read_conll, read_text
from xproj_core.commands.options import add_projector, projector_of
from xproj_core.domain import Evidence
from xproj_core.formats import conll, pharaoh
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
    source = read_conll(options.labelled, "und")
    target = read_text(options.target, "und")
    pairs = list(in_step(source, target, (options.labelled, options.target)))
    shapes = [(len(s), len(t)) for s, t in pairs]
    links = pharaoh.load(options.alignment, shapes).links
    evidence = []
    for (s, t), one, shape in zip(pairs, links, shapes, strict=True):
        alignment = one.alignment(shape)
        evidence.append(Evidence("given", s, t, alignment, (s, t), (alignment,)))
    projections = projector_of(options).project(evidence)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    conll.dump(
        options.output,
        ((t.tokens, tags_of(p, len(t))) for (_, t), p in zip(pairs, projections, strict=True)),
    )
