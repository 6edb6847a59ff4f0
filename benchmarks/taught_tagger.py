"""The tagger of `xproj train --labelled` against spaCy's recogniser, on little data.

    python -m benchmarks.taught_tagger [--spacy] [--penalties 0.3 1 3]

Strict F1 on the last part of wikigold (85 % to learn from) and on a shuffled quarter of
MasakhaNER2 dev sentences (three quarters to learn from); one thread. MasakhaNER is only measured
on. spaCy: a blank multilingual pipeline with the default recogniser, 20 epochs.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.gold_alignment import DATA
from training.ner_read import read_columns
from xproj_core.domain import Sentence, Span
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.formats import iob
from xproj_core.mini.tagger.linear import predict
from xproj_core.mini.train.tagger_training import train_tagger
from xproj_core.tag.iob2_decoding import decode

Tags = list[tuple[Span, ...]]
Learner = Callable[[Sequence[Sentence], Sequence[Sentence]], Tags]


def corpora() -> dict[str, tuple[list[Sentence], list[Sentence]]]:
    """Name to sentences to learn from and to measure on."""
    file = DATA / "train-ner/wikigold/wikigold.conll.txt"
    wiki = [
        Sentence(e.words, "en", tuple(Span(*s) for s in e.spans()))
        for e in read_columns(file, "wikigold")
    ]
    splits = {"wikigold": _cut(wiki, 0.85)}
    for path in sorted((DATA / "masakhaner-mafand-dev").glob("*.dev.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        language = path.name.split(".")[0].partition("-")[2]
        sentences = [Sentence(tuple(r["tokens"]), language, iob.spans(r["tags"])) for r in rows]
        random.Random(0).shuffle(sentences)
        splits[language] = _cut(sentences, 0.75)
    return splits


def _cut(rows: list[Sentence], share: float) -> tuple[list[Sentence], list[Sentence]]:
    at = int(len(rows) * share)
    return rows[:at], rows[at:]


def ours(penalty: float) -> Learner:
    """Our random field with one penalty."""

    def learn(train: Sequence[Sentence], test: Sequence[Sentence]) -> Tags:
        model = train_tagger(train, penalty=penalty)
        return [decode(m, model.classes) for m in predict(model, [s.tokens for s in test])]

    return learn


def spacy_s(train: Sequence[Sentence], test: Sequence[Sentence]) -> Tags:
    """spaCy's recogniser, as its documentation trains it."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example
    from spacy.util import compounding, fix_random_seed, minibatch

    fix_random_seed(0)
    random.seed(0)
    pipeline = spacy.blank("xx")
    pipeline.add_pipe("ner")

    def doc(sentence: Sentence, gold: bool) -> Any:
        document = Doc(pipeline.vocab, words=list(sentence.tokens))
        if gold:
            document.ents = [
                spacy.tokens.Span(document, s.start, s.end, s.label) for s in sentence.spans
            ]
        return document

    examples = [Example(doc(s, False), doc(s, True)) for s in train if len(s)]
    optimiser = pipeline.initialize(lambda: examples)
    for _ in range(20):
        random.shuffle(examples)
        for batch in minibatch(examples, size=compounding(4.0, 32.0, 1.001)):
            pipeline.update(batch, sgd=optimiser, drop=0.2)
    tagged = [pipeline(doc(s, False)) for s in test]
    return [tuple(Span(e.start, e.end, e.label_) for e in d.ents) for d in tagged]


def main() -> None:
    """Print one row per corpus and learner, as they come."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--spacy", action="store_true", help="minutes a corpus")
    parser.add_argument("--penalties", type=float, nargs="+", default=[1.0])
    options = parser.parse_args()
    learners: dict[str, Learner] = {f"CRF, penalty {p:g}": ours(p) for p in options.penalties}
    if options.spacy:
        learners["spaCy"] = spacy_s
    print("| corpus | learnt from | measured on | tagger | F1 | processor s |")
    print("|---|---|---|---|---|---|")
    for corpus, (train, test) in corpora().items():
        for name, learn in learners.items():
            begun = time.process_time()
            spans = learn(train, test)
            spent = time.process_time() - begun
            f1 = score_spans([s.spans for s in test], spans).overall.f1
            sizes = f"{len(train):,} | {len(test):,}"
            print(f"| {corpus} | {sizes} | {name} | {f1:.3f} | {spent:.1f} |", flush=True)


if __name__ == "__main__":
    main()
