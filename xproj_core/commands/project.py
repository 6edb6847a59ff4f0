"""Project the labels of one file onto its translation along given alignments."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from xproj_core.commands.options import add_projector, projector_of
from xproj_core.commands.output import check_flat, is_jsonl, items_of, write_jsonl
from xproj_core.datasets import Loaded, read
from xproj_core.domain import Evidence, Projection
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.formats import conll
from xproj_core.project.base import tags_of

SUMMARY = "project labels along given alignments"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--labelled", type=Path, required=True, help="CoNLL, the source side; or .jsonl, any sides"
    )
    parser.add_argument("--target", type=Path, help="one tokenised sentence a line")
    parser.add_argument("--alignment", type=Path, help="Pharaoh, source first")
    parser.add_argument(
        "--output", type=Path, required=True, help="CoNLL, or .jsonl, which holds nested labels"
    )
    add_projector(parser)


def run(options: argparse.Namespace) -> None:
    """Project every sentence; the output has the target's sentences and tokens, in order."""
    path: Path = options.output
    items = items_of(_dataset(options))
    evidence = [_evidence(item, n, options) for n, item in enumerate(items, 1)]
    projections = projector_of(options).project(evidence)
    if is_jsonl(path):
        write_jsonl(path, map(_labelled, items, projections))
        return
    tagged = []
    for n, (instance, projection) in enumerate(zip(evidence, projections, strict=True), 1):
        check_flat(instance.target.labelled(projection.spans), f"sentence {n}", path)
        tagged.append((instance.target.tokens, tags_of(projection, len(instance.target))))
    path.parent.mkdir(parents=True, exist_ok=True)
    conll.dump(path, tagged)


def _dataset(options: argparse.Namespace) -> Loaded:
    """JSONL may hold both sides and the links; other files come beside one another."""
    if is_jsonl(options.labelled) and options.target is None and options.alignment is None:
        return read(options.labelled, words="spaces")
    return read(options.labelled, target=options.target, links=options.alignment, words="spaces")


def _evidence(item: Item, number: int, options: argparse.Namespace) -> Evidence:
    source, target, links = item.source, item.target, item.links
    if source is None or target is None or links is None:
        needed = {
            "labelled source": source,
            "target: give it with --target": target,
            "links: give them with --alignment": links,
        }
        missing = next(name for name, value in needed.items() if value is None)
        raise InputError(f"{options.labelled}, sentence {number} has no {missing}.")
    alignment = links.alignment((len(source), len(target)))
    return Evidence("given", source, target, alignment, (source, target), (alignment,))


def _labelled(item: Item, projection: Projection) -> Item:
    """The item with the projected labels on its target, which are no person's."""
    assert item.target is not None
    target = item.target.labelled(projection.spans)
    return replace(item, target=target, gold=item.gold - {"target"})
