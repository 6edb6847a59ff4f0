"""Learns to tell German common nouns from names, both of which have a capital.

    python -m training.nouns [--data ../shared/data] [--output xproj_core/mini/weights/translator]

writes the model that stands beside the translator's tables (`training.translator` does so, too).

No German label is needed: a word that its English translation repeats with a capital is a name;
where the English has no capital that the German does not repeat, all other words are none. More
names, of people, places and organisations, are put in the places of those found. The same seed
and package versions give the same file.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training import ner_names, ner_read
from training.ner_data import read_templates
from training.tatoeba import Pair, read
from xproj_core.domain.arrays import Vector
from xproj_core.mini.train.sides import split_words
from xproj_core.mini.translator import array_archive
from xproj_core.mini.translator.known_words import (
    Vocabulary,
    begins_anew,
    is_name_like,
)
from xproj_core.mini.translator.nouns import BUCKETS, buckets

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "de"
OF_A_WORD = 3  # sentences that a word is learnt from, at most
OF_A_PLACE = 40  # the same for places that other names are put in
NAMES = 14_000  # names put in, each a new word
FROM_CORPORA, IN_TEMPLATES, IN_GENITIVE = 0.3, 0.35, 0.08
PENALTY = 1.0  # of scikit-learn: larger is weaker


@dataclass(frozen=True)
class Example:
    """A capitalised word in its sentence; the weights of a word's examples sum to 1."""

    forms: tuple[str, ...]
    place: int
    is_name: bool
    weight: float


def find_places(pairs: Iterable[Pair]) -> dict[tuple[str, bool], list[tuple[tuple[str, ...], int]]]:
    """Where each word stands, by (word, is it a name); a word is what it mostly is."""
    places: dict[tuple[str, bool], list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    by_german = {german: english for english, german in reversed(list(pairs))}
    for german, english in reversed(by_german.items()):
        forms, others = split_words(german, LANGUAGE), split_words(english, "en")
        capitals = {w for w in others if is_name_like(w) and w != "I"}
        sure = {w for i, w in enumerate(others) if w in capitals and not begins_anew(others, i)}
        for i, form in enumerate(forms):
            if not is_name_like(form):
                continue
            if form in sure or (form in capitals and begins_anew(forms, i)):
                places[form, True].append((forms, i))
            elif sure.issubset(forms) and form not in capitals:
                places[form, False].append((forms, i))
    return {
        (word, is_name): rows
        for (word, is_name), rows in sorted(places.items())
        if len(rows) > len(places.get((word, not is_name), ()))
    }


def examples(pairs: Iterable[Pair], corpora: Path, rng: random.Random) -> list[Example]:
    """All examples: the words found, and as many names again that were put in."""
    places = find_places(pairs)
    word_examples: list[Example] = []
    slots: list[tuple[tuple[str, ...], int]] = []
    for (_, is_name), rows in places.items():
        chosen = rows if len(rows) <= OF_A_WORD else rng.sample(rows, OF_A_WORD)
        word_examples += [Example(forms, i, is_name, 1 / len(chosen)) for forms, i in chosen]
        if is_name:
            slots += rows if len(rows) <= OF_A_PLACE else rng.sample(rows, OF_A_PLACE)
    nouns = {word.lower() for word, is_name in places if not is_name}
    return word_examples + _put_in(slots, nouns, _names_of(corpora), rng)


def _names_of(corpora: Path) -> list[tuple[str, ...]]:
    """Entities of the tagger's corpora that are written with capitals, as names are in German."""
    spans = [
        example.words[start:end]
        for part in ner_read.read_all(corpora).values()
        for example in part
        for start, end, _ in example.spans()
    ]
    return [
        s
        for s in spans
        if all(is_name_like(w) or not w[:1].isalpha() for w in s)
        and not all(w.isupper() and len(w) > 5 for w in s)
    ]


def _put_in(
    slots: Sequence[tuple[tuple[str, ...], int]],
    nouns: set[str],
    listed: Sequence[tuple[str, ...]],
    rng: random.Random,
) -> list[Example]:
    """`NAMES` words of names in places of names and in templates, sometimes in the genitive."""
    templates = [tuple(t.split()) for t in read_templates(LANGUAGE)]
    seen: set[str] = set()
    name_examples: list[Example] = []
    while len(name_examples) < NAMES:
        label = rng.choice(("PER", "PER", "LOC", "ORG"))
        drawn = rng.random() < FROM_CORPORA
        name = rng.choice(listed) if drawn else ner_names.sample(rng, label, LANGUAGE)
        if rng.random() < IN_TEMPLATES:
            forms, places = _filled(rng.choice(templates), name, rng)
        else:
            before, i = rng.choice(slots)
            forms = (*before[:i], *name, *before[i + 1 :])
            places = list(range(i, i + len(name)))
        for place in places:
            word = forms[place]
            if not is_name_like(word) or word.lower() in nouns or word in seen:
                continue
            seen.add(word)
            if rng.random() < IN_GENITIVE and place == places[-1] and word[-1] not in "szxß":
                forms = (*forms[:place], word + "s", *forms[place + 1 :])
            name_examples.append(Example(forms, place, True, 1.0))
    return name_examples


def _filled(
    template: Sequence[str], name: Sequence[str], rng: random.Random
) -> tuple[tuple[str, ...], list[int]]:
    """A template with names in its slots, `name` in every other one, and where they stand."""
    forms: list[str] = []
    places: list[int] = []
    for word in template:
        if not word.startswith("{"):
            forms.append(word)
            continue
        put = name if rng.random() < 0.5 else ner_names.sample(rng, word.strip("{}"), LANGUAGE)
        places += range(len(forms), len(forms) + len(put))
        forms += put
    return tuple(forms), places


def fit(rows: Sequence[Example], vocabulary: Vocabulary) -> dict[str, Vector[np.generic]]:
    """The model's arrays: weights as signed bytes, their unit and the bias."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    features = [buckets(row.forms, row.place, vocabulary) for row in rows]
    ends = np.cumsum([0, *map(len, features)])
    matrix = csr_matrix(
        (np.ones(ends[-1]), np.concatenate(features), ends), shape=(len(rows), BUCKETS)
    )
    model = LogisticRegression(C=PENALTY, max_iter=1000, tol=1e-5)
    model.fit(matrix, [row.is_name for row in rows], sample_weight=[row.weight for row in rows])
    weights = model.coef_[0]
    scale = float(np.abs(weights).max()) / 127
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale_and_bias": np.array([scale, float(model.intercept_[0])], dtype=np.float32),
    }


def write(
    pairs: Iterable[Pair], corpora: Path, vocabulary: Vocabulary, file: Path, seed: int
) -> str:
    """Learn from English-German `pairs` and the names in `corpora`; a line on what was learnt."""
    rows = examples(pairs, corpora, random.Random(seed))
    array_archive.save(file, fit(rows, vocabulary))
    names = sum(row.is_name for row in rows)
    size = file.stat().st_size / 1000
    return f"{names:,} examples of names, {len(rows) - names:,} of nouns, {size:.0f} kB"


def main() -> None:
    """Writes the model beside the translator's tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--output", type=Path, default=ROOT / "xproj_core/mini/weights/translator")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = read(options.data / "train-parallel", options.seed).train["en", LANGUAGE]
    words = Vocabulary(array_archive.read_lines(options.output / f"{LANGUAGE}.words.xz"))
    file = options.output / f"{LANGUAGE}.nouns.npz"
    print(write(pairs, options.data / "train-ner", words, file, options.seed))


if __name__ == "__main__":
    main()
