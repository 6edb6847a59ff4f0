"""Sentences with PER, LOC, ORG in eleven languages and more, an epoch at a time.

English, and German, French and Spanish sentences with slots, come from the English tagger's
mixture (`training.ner_data`). Gold in nine further corpora is added here, and Swahili, isiZulu and
Hausa with labels projected from English.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training import ner_data
from training.encoder import projected
from training.encoder.sources import source
from training.ner_augment import NamePool, recase, swap_names
from training.ner_data import DATA
from training.ner_names import Name
from training.ner_read import LABELS, Example, read_columns


@dataclass(frozen=True)
class Corpus:
    """One file of gold sentences.

    Attributes:
        language: ISO 639-1.
        path: below the data folder.
        sentences: most in an epoch; another sample in each.
        without_entity: the share kept of sentences that hold no entity.
        made_up: how often an exchanged name is made up, not one of the corpus. 0 where the names
            that can be made up are in another script.
    """

    language: str
    path: str
    sentences: int
    without_entity: float = 0.6
    made_up: float = 0.15


CORPORA = (
    Corpus("pt", "uner/pt_bosque-ud-train.iob2", 7000),
    Corpus("hr", "uner/hr_set-ud-train.iob2", 7000),
    Corpus("zh", "uner/zh_gsd-ud-train.iob2", 4000, without_entity=1.0, made_up=0.0),
    Corpus("sk", "uner/sk_snk-ud-train.iob2", 3000, without_entity=0.4),
    Corpus("sv", "uner/sv_talbanken-ud-train.iob2", 2500, without_entity=0.5),
    Corpus("de", "ner-de-ru-tr/de/test.txt", 4500),
    Corpus("ru", "ner-de-ru-tr/ru/train.txt", 3500, made_up=0.0),
    Corpus("tr", "ner-de-ru-tr/tr/test.txt", 1500),
)
"""Slovak and Swedish have few entities, Russian and Turkish were labelled by machine: fewer of
them."""
PROJECTED = {"sw": 1500, "zu": 1000, "ha": 400}
SWAPPED = 0.25
LOWER = 0.08
MAX_WORDS = 60


@dataclass(frozen=True)
class TaggedSentences:
    """All that epochs are drawn from: gold and projected, with the names of each language."""

    mixture: ner_data.Mixture
    gold: dict[str, list[Example]]
    names: dict[str, NamePool]
    projected: dict[str, list[Example]]

    def epoch(self, number: int, seed: int) -> list[Example]:
        """Shuffled sentences; the same for the same number and seed."""
        rng = random.Random(f"{seed}/{number}")
        chosen = ner_data.epoch(self.mixture, seed * 1000 + number)
        for corpus in CORPORA:
            candidates = [
                e
                for e in self.gold[corpus.language]
                if e.spans() or rng.random() < corpus.without_entity
            ]
            part = rng.sample(candidates, min(len(candidates), corpus.sentences))
            chosen += self._varied(part, corpus.language, rng)
        for language, examples in self.projected.items():
            part = rng.sample(examples, min(len(examples), PROJECTED[language]))
            chosen += self._varied(part, language, rng)
        rng.shuffle(chosen)
        return [Example(e.words[:MAX_WORDS], e.tags[:MAX_WORDS], e.origin) for e in chosen]

    def _varied(
        self, examples: Sequence[Example], language: str, rng: random.Random
    ) -> list[Example]:
        pool = self.names[language]
        return [recase(swap_names(e, pool, rng, SWAPPED), rng, LOWER) for e in examples]


def load(links: Path, data: Path = DATA) -> TaggedSentences:
    """Reads everything; `links` is the folder of `training.encoder.pairs`."""
    mixture = ner_data.load(data)
    gold = {c.language: read_gold(source(c.path, data), c.language) for c in CORPORA}
    names = {c.language: NamePool(names_in(gold[c.language]), c.made_up) for c in CORPORA}
    from_english = {x: projected.load(links, x) for x in PROJECTED}
    names.update(dict.fromkeys(PROJECTED, mixture.pool))
    return TaggedSentences(mixture, gold, names, from_english)


def read_gold(file: Path, origin: str) -> list[Example]:
    """A corpus of whatever layout: Universal NER's has the word's number first.

    Other labels become O: GermEval's OTH, MISC, but also its `-deriv` ("deutsche", which
    Universal NER does not label either) and `-part` ("EU-Kommission": no whole word is a name).
    """
    word, tag = (1, 2) if file.suffix == ".iob2" else (0, -1)
    return list(read_columns(file, origin, word, tag))


def names_in(examples: Sequence[Example]) -> dict[str, tuple[Name, ...]]:
    """The names of a corpus by label, each as often as it occurs."""
    names: dict[str, list[Name]] = {label: [] for label in LABELS}
    for example in examples:
        for start, end, label in example.spans():
            if not example.words[start].islower():
                names[label].append(example.words[start:end])
    return {label: tuple(of_label) for label, of_label in names.items() if of_label}
