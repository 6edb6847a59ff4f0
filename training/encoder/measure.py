"""The encoder in FOLDER on the development sets.

    python -m training.encoder.measure FOLDER [--layers 8] [--only tags|links] [--most N]
    python -m training.encoder.measure FOLDER --pieces-of E5    # what cutting the vocabulary cost

FOLDER is what `training.encoder.export` writes. It is measured through the ordinary back ends:
`transformers` for tags, `simalign-argmax` and `awesome` for links. Reads measure-only data;
nothing here is ever trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Tokenizer

from training.encoder.model import LINK_LAYER
from training.encoder.tagged import read_gold
from training.ner_data import DATA
from training.ner_read import Example, spans_of, tags_of
from training.tagger_scores import counts, f1
from xproj_core.align import aligners
from xproj_core.datasets import read
from xproj_core.domain import Sentence
from xproj_core.evaluate.scores.link_scores import score_links
from xproj_core.tag.token_classifier import TokenClassifier, load

TAGGED = {
    "EWT dev": ("en", "uner-en-ewt/en_ewt-ud-dev.iob2"),
    "UNER pt dev": ("pt", "uner/pt_bosque-ud-dev.iob2"),
    "UNER sv dev": ("sv", "uner/sv_talbanken-ud-dev.iob2"),
    "UNER hr dev": ("hr", "uner/hr_set-ud-dev.iob2"),
    "UNER zh dev": ("zh", "uner/zh_gsd-ud-dev.iob2"),
    "UNER sk dev": ("sk", "uner/sk_snk-ud-dev.iob2"),
    "Europarl en": ("en", "europarl-ner/en-europarl.test.conll02"),
    "Europarl de": ("de", "europarl-ner/de-europarl.test.conll02"),
    "Europarl es": ("es", "europarl-ner/es-europarl.test.conll02"),
    "GermEval de dev": ("de", "ner-de-ru-tr/de/dev.txt"),
    "WikiNER ru dev": ("ru", "ner-de-ru-tr/ru/dev.txt"),
    "Turkish dev": ("tr", "ner-de-ru-tr/tr/dev.txt"),
    "MasakhaNER2 sw dev": ("sw", "masakhaner2/swa/dev.txt"),
    "MasakhaNER2 ha dev": ("ha", "masakhaner2/hau/dev.txt"),
    "MasakhaNER2 zu dev": ("zu", "masakhaner2/zul/dev.txt"),
}
"""Name to language and file."""
PUD = ("pt", "sv")
"""Swedish as well: its development set has 23 entities only."""
LINKED = ("es", "it", "pt")


def tagged_sets() -> Iterable[tuple[str, str, list[Example]]]:
    """Name, language and sentences."""
    for name, (language, file) in TAGGED.items():
        yield name, language, read_gold(DATA / file, name)
    rows = (DATA / "pud-ner/pud.en-pt-sv.jsonl").read_text("utf-8").splitlines()
    for language in PUD:
        sides = [json.loads(row)[language] for row in rows]
        yield f"PUD {language}", language, [_example(s["tokens"], s["tags"]) for s in sides]


def _example(tokens: Sequence[str], tags: Sequence[str]) -> Example:
    spans = [span for span in spans_of(list(tags)) if span[2] in ("PER", "LOC", "ORG")]
    return Example(tuple(tokens), tags_of(len(tokens), spans), "pud")


def tag_rows(tagger: TokenClassifier, most: int | None) -> Iterable[str]:
    """Strict F1, precision and recall of every set."""
    for name, language, examples in tagged_sets():
        part = examples[:most]
        predicted = [
            tags_of(len(e.words), [(s.start, s.end, s.label) for s in spans])
            for e, spans in zip(
                part, tagger.tag([Sentence(e.words, language) for e in part]), strict=True
            )
        ]
        c = counts([e.tags for e in part], predicted)
        precision = c["all:right"] / max(1, c["all:found"])
        recall = c["all:right"] / max(1, c["all:gold"])
        by_label = " ".join(f"{label} {f1(c, label):.3f}" for label in ("PER", "LOC", "ORG"))
        yield f"{name:20} F1 {f1(c):.3f}  P {precision:.3f}  R {recall:.3f}  {by_label}"


def link_rows(folder: Path, layers: Sequence[int], rules: Sequence[str]) -> Iterable[str]:
    """AER, precision and recall on XL-WA's development links."""
    for rule in rules:
        for layer in layers:
            name, _, threshold = rule.partition("@")
            options = {"threshold": float(threshold)} if threshold else {}
            aligner = aligners.create(f"{name}:{folder}", layer=layer, **options)
            for language in LINKED:
                items = read(DATA / "xl-wa", target_language=language, split="dev").items
                pairs = [(i.source, i.target) for i in items if i.source and i.target and i.links]
                gold = [set(i.links.sure) for i in items if i.source and i.target and i.links]
                score = score_links([a.pairs() for a in aligner.align(pairs)], gold)
                yield (
                    f"XL-WA {language} dev, {rule}, layer {layer}: AER {score.aer:.3f}"
                    f"  P {score.precision:.3f}  R {score.recall:.3f}"
                )


def piece_rows(folder: Path, original: Path) -> Iterable[str]:
    """Pieces a word, and words split otherwise, on NTREX: cut vocabulary against whole."""
    cut, old = (Tokenizer.from_file(str(f / "tokenizer.json")) for f in (folder, original))
    for file in sorted((DATA / "ntrex").glob("*.txt")):
        words = file.read_text("utf-8").split()
        splits = [
            [e.tokens for e in tokenizer.encode_batch(words, add_special_tokens=False)]
            for tokenizer in (cut, old)
        ]
        more, less = (sum(map(len, split)) / len(words) for split in splits)
        changed = sum(a != b for a, b in zip(*splits, strict=True)) / len(words)
        yield f"{file.stem:24} {less:.2f} to {more:.2f} pieces a word, {changed:.1%} changed"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--layers", type=int, nargs="+", default=[LINK_LAYER])
    parser.add_argument("--rules", nargs="+", default=["simalign-argmax", "simalign-itermax"])
    parser.add_argument("--only", choices=("tags", "links"))
    parser.add_argument("--most", type=int, help="sentences of each tagged set")
    parser.add_argument("--pieces-of", type=Path, help="the encoder before its vocabulary was cut")
    options = parser.parse_args()
    if options.pieces_of:
        print("\n".join(piece_rows(options.folder, options.pieces_of)))
        return
    if options.only != "tags":
        for row in link_rows(options.folder, options.layers, options.rules):
            print(row, flush=True)
    if options.only != "links":
        for row in tag_rows(load(str(options.folder)), options.most):
            print(row, flush=True)


if __name__ == "__main__":
    main()
