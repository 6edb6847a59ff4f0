"""Parallel text with gold entities on every side: Europarl-NER (en, de, es), PUD (en, pt, sv)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from xproj_core.domain import Sentence
from xproj_core.domain.item import Item
from xproj_core.formats import conll

Corpus = dict[str, list[Sentence]]


def read(folder: Path) -> Corpus:
    """Language to sentences, line by line the same."""
    files = sorted(folder.glob("*-europarl.test.conll02"))
    if files:
        return {f.name[:2]: conll.load(f).sentences(f.name[:2]) for f in files}
    (file,) = folder.glob("*.jsonl")
    corpus: Corpus = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        for language, side in json.loads(line).items():
            if isinstance(side, dict) and "tokens" in side:
                tagged = conll.Tagged(tuple(side["tokens"]), tuple(side["tags"]))
                corpus.setdefault(language, []).extend(
                    conll.ConllFile((tagged,)).sentences(language)
                )
    return corpus


def items(
    corpus: Mapping[str, list[Sentence]], source: str, target: str, pivot: str | None = None
) -> list[Item]:
    """Sentences of two languages with the gold of both, a third beside them if there is one."""
    return [
        Item(
            str(k),
            corpus[source][k],
            corpus[target][k],
            frozenset({"source", "target"}),
            others={pivot: corpus[pivot][k]} if pivot is not None and pivot in corpus else {},
        )
        for k in range(len(corpus[source]))
    ]
