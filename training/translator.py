"""From the raw parallel files to Mini's shipped translator, in one command.

    python -m training.translator [--data ../shared/data/train-parallel]
        [--output xproj_core/mini/weights/translator] [--work WORK] [--seed 1]

It wants the packages that training/README.md names. With `--work`, word alignments are kept there
and used again.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from training import nouns
from training.tatoeba import Pair, Parallel, read
from xproj_core.mini.train.bitext import (
    Bitext,
    Language,
    Links,
    align,
    tune_direction,
    write_settings,
    write_table,
)
from xproj_core.mini.train.disk import work_folder
from xproj_core.mini.train.phrase_extraction import Linked
from xproj_core.mini.train.phrase_tables import Limits
from xproj_core.mini.translator.translator import CONFIGURATION
from xproj_core.mini.translator.weights import Weights
from xproj_core.text.tokenise import tokenise

ROOT = Path(__file__).resolve().parents[1]
_BEGUN = time.monotonic()


def say(text: str) -> None:
    """A line of progress with the time since the start."""
    print(f"{time.monotonic() - _BEGUN:6.0f} s  {text}", flush=True)


def encode_all(
    parts: Parallel, work: Path
) -> tuple[dict[str, Language], dict[str, dict[str, int]]]:
    """Every language's training sentences, each text once, and the number of each text."""
    texts: dict[str, dict[str, int]] = {}
    for (a, b), pairs in parts.train.items():
        for code, column in ((a, 0), (b, 1)):
            known = texts.setdefault(code, {})
            for pair in pairs:
                known.setdefault(pair[column], len(known))
    return {code: Language.of(numbers, code, work) for code, numbers in texts.items()}, texts


def linked_of(
    pair: Pair, bitext: Bitext, seed: int, links_folder: Path | None, work: Path
) -> Linked:
    """The bitext with its symmetrised links, from `links_folder` if they were made before."""
    file = links_folder / f"{'-'.join(pair)}.links.npz" if links_folder else None
    if file and file.exists():
        with np.load(file, allow_pickle=False) as arrays:
            if arrays["sentences"] == len(bitext.left):
                return Linked(bitext.left, bitext.right, arrays["left"], arrays["right"])
    aligned = align(bitext, seed=seed, folder=work)
    linked = Linked.stored(bitext.left, bitext.right, Links(aligned), work)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, sentences=len(bitext.left), left=linked.left, right=linked.right)
    return linked


def main() -> None:
    """Train everything that is shipped."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data/train-parallel")
    parser.add_argument("--output", type=Path, default=ROOT / "xproj_core/mini/weights/translator")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="of tuning")
    parser.add_argument("--sentences", type=int, default=300, help="to tune each direction on")
    parser.add_argument("--resume", action="store_true", help="keep what --output has already")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    parts = read(options.data, options.seed)
    with work_folder(options.output) as work:
        train_all(parts, options, work)
    tune_all(parts, options)


def train_all(parts: Parallel, options: argparse.Namespace, work: Path) -> None:
    """Language models and phrase tables."""
    languages, numbers = encode_all(parts, work)
    for language in languages.values():
        if options.resume and (options.output / f"{language.code}.lm.npz").exists():
            continue
        language.write(options.output, work)
        size, words = len(language.side), len(language.vocabulary)
        say(f"{language.code}: {size:,} sentences, {words:,} words")
    learn_nouns(parts, languages, options)
    for (a, b), pairs in parts.train.items():
        file = options.output / f"{a}-{b}.phrases.npz"
        if options.resume and file.exists():
            continue
        rows = tuple(
            np.array([numbers[code][pair[column]] for pair in pairs], np.int64)
            for code, column in ((a, 0), (b, 1))
        )
        with work_folder(work) as own:
            bitext = Bitext.of(languages[a], languages[b], (rows[0], rows[1]), own)
            linked = linked_of((a, b), bitext, options.seed, options.work, own)
            phrase_count = write_table(linked, bitext.vocabularies, file, Limits(), folder=own)
        say(f"{a}-{b}: {len(pairs):,} sentence pairs, {phrase_count:,} phrase pairs")


def learn_nouns(
    parts: Parallel, languages: dict[str, Language], options: argparse.Namespace
) -> None:
    """What tells German nouns from names: weights are tuned with it."""
    file = options.output / f"{nouns.LANGUAGE}.nouns.npz"
    if not (options.resume and file.exists()):
        pairs, words = parts.train["en", nouns.LANGUAGE], languages[nouns.LANGUAGE].vocabulary
        corpora = options.data.parent / "train-ner"
        say(f"nouns: {nouns.write(pairs, corpora, words, file, options.seed)}")


def tune_all(parts: Parallel, options: argparse.Namespace) -> None:
    """Weights for both directions of every pair."""
    folder, seed = options.output, options.seed
    directions = {f"{a}-{b}": Weights() for x, y in parts.train for a, b in ((x, y), (y, x))}
    scores: dict[str, float] = {}
    if options.resume and (folder / CONFIGURATION).exists():
        configuration = json.loads((folder / CONFIGURATION).read_text("utf-8"))
        scores = configuration["tuning_chrf1"]
        directions |= {name: Weights.of(configuration["directions"][name]) for name in scores}
    write_settings(folder, directions, scores, seed)
    for name in [name for name in directions if name not in scores]:
        a, b = name.split("-")
        rows = parts.tune.get((a, b)) or [(y, x) for x, y in parts.tune[b, a]]
        pairs = [(tokenise(x, a), y) for x, y in rows[: options.sentences]]
        weights, score = tune_direction(folder, a, b, pairs, seed=seed, rounds=options.rounds)
        directions[name], scores[name] = weights, score
        write_settings(folder, directions, scores, seed)
        say(f"{name}: chrF1 {score:.2f} on {len(pairs)} tuning sentences")


if __name__ == "__main__":
    main()
