"""From the raw parallel files to Mini's shipped translator, in one command.

    python -m training.translator [--data ../shared/data/train-parallel]
        [--output xproj_core/mini/translator] [--work WORK] [--seed 1]

It wants the packages that training/README.md names. With `--work`, word alignments are kept there
and used again.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from pathlib import Path

from training import nouns
from training.tatoeba import Pair, Parallel, read
from xproj_core.domain import Link
from xproj_core.text.tokenise import tokenise
from xproj_core.train.phrase_tables import Limits
from xproj_core.train.translation import (
    Bitext,
    Language,
    align,
    tune_direction,
    write_settings,
    write_table,
)
from xproj_core.translate.phrase_based.translator import CONFIGURATION
from xproj_core.translate.phrase_based.weights import Weights

ROOT = Path(__file__).resolve().parents[1]
_BEGUN = time.monotonic()


def say(text: str) -> None:
    """A line of progress with the time since the start."""
    print(f"{time.monotonic() - _BEGUN:6.0f} s  {text}", flush=True)


def encode_all(parts: Parallel) -> dict[str, Language]:
    """Every language's training sentences, each text once."""
    texts: dict[str, dict[str, None]] = {}
    for (a, b), pairs in parts.train.items():
        texts.setdefault(a, {}).update(dict.fromkeys(x for x, _ in pairs))
        texts.setdefault(b, {}).update(dict.fromkeys(y for _, y in pairs))
    return {code: Language.of(found, code) for code, found in texts.items()}


def links_of(pair: Pair, bitext: Bitext, seed: int, work: Path | None) -> list[list[Link]]:
    """The bitext's symmetrised links, from `work` if they were made before."""
    kept = work / f"{'-'.join(pair)}.links" if work else None
    if kept and kept.exists():
        found: list[list[Link]] = pickle.loads(kept.read_bytes())
        if len(found) == len(bitext.left):
            return found
    aligned = align(bitext, seed=seed)
    found = [aligned.links(n) for n in range(len(aligned))]
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    """Train everything that is shipped."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data/train-parallel")
    parser.add_argument("--output", type=Path, default=ROOT / "xproj_core/mini/translator")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="of tuning")
    parser.add_argument("--sentences", type=int, default=300, help="to tune each direction on")
    parser.add_argument("--resume", action="store_true", help="keep what --output has already")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    parts = read(options.data, options.seed)
    languages = encode_all(parts)
    for language in languages.values():
        if options.resume and (options.output / f"{language.code}.lm.npz").exists():
            continue
        language.write(options.output)
        size, words = len(language.side), len(language.vocabulary)
        say(f"{language.code}: {size:,} sentences, {words:,} words")
    learn_nouns(parts, languages, options)
    for (a, b), pairs in parts.train.items():
        file = options.output / f"{a}-{b}.phrases.npz"
        if options.resume and file.exists():
            continue
        bitext = Bitext.of(languages[a], languages[b], pairs)
        links = links_of((a, b), bitext, options.seed, options.work)
        kept = write_table(bitext, links, file, Limits())
        say(f"{a}-{b}: {len(pairs):,} sentence pairs, {kept:,} phrase pairs")
    tune_all(parts, options)


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
        made = json.loads((folder / CONFIGURATION).read_text("utf-8"))
        scores = made["tuning_chrf1"]
        directions |= {name: Weights.of(made["directions"][name]) for name in scores}
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
