"""Every figure of the tagger's model card. `python -m training.tagger_measure FOLDER`.

Reads measure-only data; nothing here is ever trained on.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

from training.ner_data import DATA, HELD_OUT_SHARE
from training.ner_read import LABELS, Example, read_all, read_columns, tags_of
from training.tagger_scores import counts, f1
from xproj_core.domain import Sentence
from xproj_core.mini.tagger.ct2_token_classifier import Ct2TokenClassifier, load

EWT = "uner-en-ewt/en_ewt-ud-dev.iob2"


def test_sets(tagger: Ct2TokenClassifier) -> dict[str, tuple[str, list[Example]]]:
    """Name to (language, sentences); only languages that `tagger` knows."""
    ewt = list(read_columns(DATA / EWT, "ewt", word=1, tag=2))
    corpora = read_all(DATA / "train-ner")
    sets = {
        "EWT dev": ("en", ewt),
        "EWT dev, lower-cased": ("en", [_lower(e) for e in ewt]),
    }
    for origin, examples in corpora.items():
        cut = int(len(examples) * (1 - HELD_OUT_SHARE[origin]))
        sets[f"{origin} held out"] = ("en", examples[cut:])
    for language in ("en", "de", "es"):
        file = DATA / f"europarl-ner/{language}-europarl.test.conll02"
        sets[f"Europarl-NER {language}"] = (language, list(read_columns(file, "europarl")))
    known = tagger.languages or frozenset()
    return {name: pair for name, pair in sets.items() if pair[0] in known}


def _lower(example: Example) -> Example:
    return Example(tuple(w.lower() for w in example.words), example.tags, example.origin)


def predict(
    tagger: Ct2TokenClassifier, language: str, examples: Sequence[Example]
) -> list[tuple[str, ...]]:
    """IOB2 tags per sentence."""
    predicted_spans = tagger.tag([Sentence(e.words, language) for e in examples])
    return [
        tags_of(len(e.words), [(s.start, s.end, s.label) for s in spans])
        for e, spans in zip(examples, predicted_spans, strict=True)
    ]


def report_scores(tagger: Ct2TokenClassifier) -> None:
    """Strict F1, precision and recall over all, and F1 by label."""
    print(f"{'':28}  F1     P      R     " + "".join(f"{label:7}" for label in LABELS))
    for name, (language, examples) in test_sets(tagger).items():
        c = counts([e.tags for e in examples], predict(tagger, language, examples))
        precision = c["all:right"] / max(1, c["all:found"])
        recall = c["all:right"] / max(1, c["all:gold"])
        by_label = "".join(f"{f1(c, label):.3f}  " for label in LABELS)
        print(f"{name:28} {f1(c):.3f}  {precision:.3f}  {recall:.3f}  {by_label}")


def report_speed(tagger: Ct2TokenClassifier, folder: Path) -> None:
    """Load time, a 20-word sentence alone, and sentences a second in one batch."""
    began = time.perf_counter()
    load(folder)
    print(f"load {time.perf_counter() - began:.2f} s (imports done)")
    ewt = [e.words for e in read_columns(DATA / EWT, "ewt", word=1, tag=2)]
    twenty = [Sentence(w, "en") for w in ewt if len(w) == 20]
    took = []
    for sentence in twenty:
        began = time.perf_counter()
        tagger.tag([sentence])
        took.append(time.perf_counter() - began)
    print(f"20 words, one at a time: median {sorted(took)[len(took) // 2] * 1000:.1f} ms")
    began = time.perf_counter()
    tagger.tag([Sentence(w, "en") for w in ewt])
    print(f"batch: {len(ewt) / (time.perf_counter() - began):.0f} sentences/s (EWT dev)")


def report_errors(tagger: Ct2TokenClassifier, name: str, n: int) -> None:
    """A sample of sentences with a wrong or missing entity."""
    language, examples = test_sets(tagger)[name]
    predicted_tags = predict(tagger, language, examples)
    wrong = [(e, f) for e, f in zip(examples, predicted_tags, strict=True) if e.tags != f]
    for example, tags in random.Random(0).sample(wrong, min(n, len(wrong))):
        print()
        marked = zip(example.words, example.tags, tags, strict=True)
        print(" ".join(w if g == f == "O" else f"{w}[{g}|{f}]" for w, g, f in marked))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong sentences")
    parser.add_argument("--on", default="EWT dev")
    options = parser.parse_args()
    tagger = load(options.folder)
    if options.errors:
        report_errors(tagger, options.on, options.errors)
        return
    report_scores(tagger)
    report_speed(tagger, options.folder)


if __name__ == "__main__":
    main()
