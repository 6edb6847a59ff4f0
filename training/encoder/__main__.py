"""Trains the encoder. The same command begins and goes on:

    python -m training.encoder --start E5 --work FOLDER --output FOLDER --resume

E5 is multilingual-e5-small as a transformers folder. FOLDER keeps the word links, the cut start
model and the checkpoint; killed at any time, the training loses a few minutes at most.
"""

from __future__ import annotations

import argparse
import fcntl
import sys
import time
from dataclasses import asdict
from pathlib import Path

import torch

from training.encoder import checkpoint, pairs, projected, tagged, text, vocabulary
from training.encoder.batches import Pieces
from training.encoder.export import export
from training.encoder.model import Encoder
from training.encoder.train import Data, Settings, Training, run
from training.ner_data import DATA

LAYERS = 10
"""Of twelve: the topmost of the start model know sentences, not words."""
PIECES = 110_000
"""Embeddings stay as the start model has them, so its own 4 bits can hold them: 24 MB for so many.
With 64,000 in 8 bits AER on XL-WA was .02 to .03 worse before any training."""


def say(line: str) -> None:
    """A line of progress with the time of day."""
    print(time.strftime("%d %H:%M:%S"), line, flush=True)


def prepare(start: Path, work: Path, data: Path) -> tuple[Path, Data]:
    """Links, projected labels and the cut start model, where `work` lacks them; all the data."""
    links, cut = work / "links", work / "start"
    pairs.prepare(links, data)
    projected.prepare(links, tagged.PROJECTED)
    sentences = tagged.load(links, data)
    if not (cut / "tokenizer_config.json").exists():
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(start / "tokenizer.json"))
        counts = vocabulary.pieces_of(text.sentences(sentences, links), tokenizer)
        piece_ids = vocabulary.choose(vocabulary.read_settings(start), counts, PIECES)
        say(f"{len(counts):,} pieces occur, {len(piece_ids):,} are kept")
        vocabulary.cut_folder(start, piece_ids, LAYERS, cut)
    return cut, Data(sentences, pairs.load(links), Pieces(cut))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder", description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="multilingual-e5-small")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--output", type=Path, help="where the finished encoder goes")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint, if any")
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--every", type=float, default=180.0, help="seconds between checkpoints")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    with (options.work / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(f"A training is running in {options.work} already.")
        _train(options)


def _train(options: argparse.Namespace) -> None:
    settings = Settings()
    state = checkpoint.load(options.work, asdict(settings))
    if state is not None and not options.resume:
        sys.exit(f"{options.work} holds a training. Go on with --resume, or give another folder.")
    cut, data = prepare(options.start, options.work, options.data)
    model = Encoder.load(cut, settings.frozen)
    training = Training(model, data, settings, state)
    say(f"from step {training.state.step}")
    run(training, options.steps, options.work, options.every, say)
    if options.output and training.state.step >= options.steps:
        export(options.work, options.output)


if __name__ == "__main__":
    main()
