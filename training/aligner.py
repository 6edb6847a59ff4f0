"""From the raw parallel files to Mini's shipped aligner, in one command.

    python -m training.aligner [--data ../shared/data/train-parallel]
        [--output xproj_core/mini/weights/aligner] [--seed 1]

Every language pair with English is aligned by our own trainer, which has no chance in it; its
lexicon is written. Then the weights are fitted on sentences that a second set of lexicons has
not seen. The same seed gives the same files.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np

from training.aligner_fit import Example, Tokens, examples, fit, held_out, lexicon_without
from training.tatoeba import Pair, read
from xproj_core.domain import codec
from xproj_core.mini.aligner.lexicon import save_lexicon
from xproj_core.mini.aligner.lexicons import Lexicons
from xproj_core.mini.train.lexicon_training import train_lexicon
from xproj_core.mini.train.word_alignment import AlignedCorpus, align_corpus
from xproj_core.text.tokenise import tokenise

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("de", "es", "fr", "sw", "zu", "ha")
FIT_ON = {"de": 1500, "es": 1500, "fr": 1000, "sw": 300, "zu": 200}
"""Sentences held out per language to fit on. Without a lexicon, the European ones only:
whole-corpus links of small corpora are too noisy to learn position from."""
BARE_ON = ("de", "es", "fr")
_BEGUN = time.monotonic()


def say(text: str) -> None:
    """A line of progress with the time since the start."""
    print(f"{time.monotonic() - _BEGUN:6.0f} s  {text}", flush=True)


def tokenised(pairs: list[Pair], language: str) -> tuple[Tokens, Tokens]:
    """Both sides of (English, other) pairs as tokens."""
    return (
        [tokenise(english, "en").tokens for english, _ in pairs],
        [tokenise(other, language).tokens for _, other in pairs],
    )


def prepared(
    corpus: tuple[Tokens, Tokens, AlignedCorpus],
    language: str,
    folder: Path,
    rng: np.random.Generator,
) -> list[Example]:
    """Held-out examples; a lexicon that has not seen them goes to `folder`."""
    chosen = held_out(corpus, FIT_ON[language], rng)
    save_lexicon(lexicon_without(corpus, chosen, rng), folder / f"en-{language}.npz")
    return list(examples(corpus, chosen, ("en", language), rng))


def main() -> None:
    """Train everything that is shipped."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data/train-parallel")
    parser.add_argument("--output", type=Path, default=ROOT / "xproj_core/mini/weights/aligner")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    parts = read(options.data, options.seed)
    fit_examples: list[Example] = []
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            sides = tokenised(parts.train["en", language], language)
            aligned = align_corpus(*sides, aligner="own")
            say(f"en-{language}: {len(aligned):,} sentence pairs aligned")
            file = train_lexicon(*sides, options.output, "en", language, aligned=aligned)
            say(f"{file.name}: {file.stat().st_size:,} bytes")
            if language in FIT_ON:
                fit_examples += prepared((*sides, aligned), language, Path(folder), rng)
        weights = fit_all(fit_examples, Lexicons([Path(folder)]))
    (options.output / "weights.json").write_text(json.dumps(weights, indent=1), encoding="utf-8")


def fit_all(fit_examples: list[Example], lexicons: Lexicons) -> dict[str, object]:
    """Both sets of weights, as stored."""
    known, report = fit(fit_examples, lexicons, bare=False)
    say(f"weights with a lexicon: {report}")
    european = [e for e in fit_examples if e.languages[1] in BARE_ON]
    unknown, report = fit(european, lexicons, bare=True)
    say(f"weights without: {report}")
    return {"lexicon": codec.to_json(known), "bare": codec.to_json(unknown)}


if __name__ == "__main__":
    main()
