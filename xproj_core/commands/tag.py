"""Find entities in a text; tags that a CoNLL input already has are ignored."""

from __future__ import annotations

import argparse
from pathlib import Path

from xproj_core.commands.files import read_sentences, write_conll
from xproj_core.errors import EngineError
from xproj_core.methods import Steps
from xproj_core.outcomes import first_error
from xproj_core.presets import load_engine

SUMMARY = "find entities with the engine's tagger"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--input", type=Path, required=True, help="text or CoNLL")
    parser.add_argument("--language", default="en", help="ISO code")
    parser.add_argument("--engine", default="mini", help="a preset, or registry names joined by |")
    parser.add_argument("--tokenise", action="store_true", help="the text is not tokenised yet")
    parser.add_argument("--output", type=Path, required=True, help="CoNLL to write")


def run(options: argparse.Namespace) -> None:
    """Tag all sentences; empty ones stay empty."""
    sentences = read_sentences(options.input, options.language, raw=options.tokenise)
    engine = load_engine(options.engine)
    if engine.tagger is None:
        raise EngineError(f"The engine {options.engine} has no tagger.")
    full = [s.labelled(()) for s in sentences if s.tokens]
    found = Steps(engine).tag(full)
    error = first_error(*found)
    if error is not None:
        raise error
    tagged = iter(found)
    write_conll(
        options.output,
        [s.labelled(next(tagged)) if s.tokens else s for s in sentences],  # type: ignore[arg-type]
    )
