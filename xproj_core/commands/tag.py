"""Find entities in a text; tags that a CoNLL input already has are ignored."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from xproj_core.commands.output import items_of, tell, write_conll
from xproj_core.datasets import read
from xproj_core.domain import Sentence
from xproj_core.domain.errors import EngineError, InputError
from xproj_core.domain.item import Item
from xproj_core.domain.outcomes import first_error
from xproj_core.engines.presets import load_engine
from xproj_core.formats.base import Cut
from xproj_core.methods import Steps

SUMMARY = "find entities with the engine's tagger"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--input", type=Path, required=True, help="text, CoNLL or another format")
    parser.add_argument("--language", default="en", help="ISO code")
    parser.add_argument("--engine", default="mini", help="a preset, or registry names joined by |")
    parser.add_argument("--tokenise", action="store_true", help="the text is not tokenised yet")
    parser.add_argument(
        "--cut", choices=get_args(Cut), default="lines", help="what is one item of a plain text"
    )
    parser.add_argument("--output", type=Path, required=True, help="CoNLL to write")


def run(options: argparse.Namespace) -> None:
    """Tag all sentences; empty ones stay empty."""
    dataset = read(
        options.input,
        target_language=options.language,
        words="words" if options.tokenise or options.cut == "sentences" else "spaces",
        cut=options.cut,
    )
    tell([f"{options.input} {dataset.reason}"])
    sentences = [_sentence(item, options.input) for item in items_of(dataset)]
    engine = load_engine(options.engine)
    if engine.tagger is None:
        raise EngineError(f"The engine {options.engine} has no tagger.")
    full = [s.labelled(()) for s in sentences if s.tokens]
    outcomes = Steps(engine).tag(full)
    error = first_error(*outcomes)
    if error is not None:
        raise error
    tagged = iter(outcomes)
    write_conll(
        options.output,
        [s.labelled(next(tagged)) if s.tokens else s for s in sentences],  # type: ignore[arg-type]
    )


def _sentence(item: Item, file: Path) -> Sentence:
    if item.target is None:
        raise InputError(f"{file}, item {item.key}: there is no target sentence to tag.")
    return item.target
