"""The tagger's training mixture: three corpora, Tatoeba sentences and templates, augmented.

`python -m training.ner_data` prints what is in it.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from training import ner_tatoeba
from training.ner_augment import NamePool, fill, join, pool_of, recase, repunctuate, swap_names
from training.ner_read import Example, read_all

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
HELD_OUT_SHARE = {"wikigold": 0.15, "wnut17": 0.06, "btc": 0.04}
MAX_WORDS = 80


@dataclass(frozen=True)
class Mixture:
    """What the tagger is trained on, and the parts of the corpora kept apart.

    Attributes:
        train: gold sentences, by corpus.
        held_out: the end of every corpus, for choosing settings.
        slots: sentences with slots, by language.
        pool: names of the training part.
    """

    train: dict[str, list[Example]]
    held_out: dict[str, list[Example]]
    slots: dict[str, list[tuple[str, ...]]]
    pool: NamePool


@dataclass(frozen=True)
class Amounts:
    """How often each corpus is repeated, how many other sentences an epoch has.

    `without_entity` is the share kept of tweets and posts without an entity: they are more than
    half of their corpora, and many have one that the annotators missed.
    """

    repeat: tuple[tuple[str, int], ...] = (("wikigold", 2), ("wnut17", 1), ("btc", 1))
    tatoeba_en: int = 3000
    tatoeba_other: int = 700
    templates_en: int = 5500
    templates_other: int = 300
    without_entity: float = 0.45
    swap: float = 0.35
    lower: float = 0.12


def load(data: Path = DATA) -> Mixture:
    """Reads all sources under ../shared/data."""
    train: dict[str, list[Example]] = {}
    held_out: dict[str, list[Example]] = {}
    for origin, examples in read_all(data / "train-ner").items():
        cut = int(len(examples) * (1 - HELD_OUT_SHARE[origin]))
        train[origin], held_out[origin] = examples[:cut], examples[cut:]
    slots = {
        language: ner_tatoeba.load(data / "train-parallel", language, limit)
        for language, limit in (("en", 30_000), ("de", 6_000), ("fr", 6_000), ("es", 6_000))
    }
    return Mixture(train, held_out, slots, pool_of([e for es in train.values() for e in es]))


def epoch(mixture: Mixture, seed: int, amounts: Amounts | None = None) -> list[Example]:
    """One epoch's sentences, shuffled; the same for the same seed."""
    amounts = amounts or Amounts()
    rng = random.Random(seed)
    gold = [e for origin, times in amounts.repeat for e in mixture.train[origin] * times]
    gold = [e for e in gold if _keep(e, rng, amounts)]
    chosen = [swap_names(e, mixture.pool, rng, amounts.swap) for e in gold]
    chosen += _slot_sentences(mixture, rng, amounts)
    rng.shuffle(chosen)
    varied = [repunctuate(recase(e, rng, amounts.lower), rng) for e in chosen]
    return [_shorten(e) for e in _join_some(varied, rng)]


def _keep(example: Example, rng: random.Random, amounts: Amounts) -> bool:
    curated = example.origin == "wikigold"
    return curated or bool(example.spans()) or rng.random() < amounts.without_entity


def _slot_sentences(mixture: Mixture, rng: random.Random, amounts: Amounts) -> list[Example]:
    plan = [("en", amounts.tatoeba_en, amounts.templates_en)]
    plan += [(x, amounts.tatoeba_other, amounts.templates_other) for x in ("de", "fr", "es")]
    examples: list[Example] = []
    for language, from_tatoeba, from_templates in plan:
        templates = read_templates(language)
        rows = rng.sample(mixture.slots[language], from_tatoeba)
        rows += [tuple(rng.choice(templates).split()) for _ in range(from_templates)]
        examples += [fill(row, mixture.pool, rng, language) for row in rows]
    return examples


def read_templates(language: str) -> list[str]:
    """Sentences with slots, written for this project: kinds of text that the corpora lack.

    `{PER}`, `{LOC}`, `{CITY}`, `{STATE}` and `{ORG}` are replaced by names, `{DEMONYM}`, `{MISC}`
    and `{FILE}` by words that only look like names. Words are separated by blanks.
    """
    file = Path(__file__).parent / "templates" / f"{language}.txt"
    return file.read_text(encoding="utf-8").splitlines()


def _join_some(examples: list[Example], rng: random.Random) -> list[Example]:
    """A text box holds more than one sentence: joins a tenth of the short ones in pairs."""
    joined: list[Example] = []
    for example in examples:
        short = joined and len(joined[-1].words) < 15 and len(example.words) < 15
        if short and rng.random() < 0.15:
            joined[-1] = join(joined[-1], example)
        else:
            joined.append(example)
    return joined


def _shorten(example: Example) -> Example:
    return Example(example.words[:MAX_WORDS], example.tags[:MAX_WORDS], example.origin)


def main() -> None:
    """Prints sizes and a few sentences."""
    mixture = load()
    for name, part in (("train", mixture.train), ("held out", mixture.held_out)):
        for origin, examples in part.items():
            labels = Counter(label for e in examples for _, _, label in e.spans())
            print(f"{name:9} {origin:9} {len(examples):6} sentences", dict(labels))
    print({k: len(v) for k, v in mixture.slots.items()})
    sentences = epoch(mixture, 0)
    print(len(sentences), "sentences and", sum(len(e.words) for e in sentences), "words an epoch")
    for example in sentences[:25]:
        pairs = zip(example.words, example.tags, strict=True)
        print(example.origin, " ".join(f"{w}/{t}" for w, t in pairs))


if __name__ == "__main__":
    main()
