"""Variants of a labelled sentence: other names, other casing, other punctuation, joined ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.ner_names import Name, no_entity, sample, title
from training.ner_read import Example, tags_of

_NO_ENTITY = ("DEMONYM", "MISC", "FILE")
_LABEL = {"CITY": "LOC", "STATE": "LOC"}


@dataclass(frozen=True)
class NamePool:
    """Names seen in the training corpora, by label, beside those that can be made up."""

    names: dict[str, tuple[Name, ...]]
    made_up: float = 0.6

    def draw(self, rng: random.Random, label: str, language: str = "en") -> Name:
        """A name: made up with probability `made_up`, else one from the corpora."""
        if label not in self.names or rng.random() < self.made_up:
            return sample(rng, label, language)
        return rng.choice(self.names[label])


def pool_of(examples: Sequence[Example]) -> NamePool:
    """The names of `examples`, each once, sorted; user names and the like left out."""
    by_label: dict[str, set[Name]] = {"PER": set(), "LOC": set(), "ORG": set()}
    for example in examples:
        for start, end, label in example.spans():
            name = example.words[start:end]
            if all(w[0].isalnum() and w.isascii() for w in name) and name[0][0].isupper():
                by_label[label].add(name)
    return NamePool({label: tuple(sorted(names)) for label, names in by_label.items()})


def fill(slots: Sequence[str], pool: NamePool, rng: random.Random, language: str) -> Example:
    """A sentence with slots (`{PER}`, `{CITY}`, `{DEMONYM}`, ...), filled."""
    words: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for slot in slots:
        kind = slot[1:-1] if slot[:1] == "{" else ""
        if kind in _NO_ENTITY:
            words.extend(no_entity(rng, kind))
        elif kind:
            name = pool.draw(rng, kind, language)
            words.extend(title(rng) if kind == "PER" and language == "en" else ())
            spans.append((len(words), len(words) + len(name), _LABEL.get(kind, kind)))
            words.extend(name)
        else:
            words.append(slot)
    return Example(tuple(words), tags_of(len(words), spans), f"slots-{language}")


def swap_names(example: Example, pool: NamePool, rng: random.Random, share: float) -> Example:
    """Replaces each entity by another of its label with probability `share`."""
    slots: list[str] = []
    spans: list[tuple[int, int, str]] = []
    done = 0
    for start, end, label in example.spans():
        slots.extend(example.words[done:start])
        old = example.words[start:end]
        new = pool.draw(rng, label) if rng.random() < share else old
        spans.append((len(slots), len(slots) + len(new), label))
        slots.extend(w.lower() for w in new) if old[0].islower() else slots.extend(new)
        done = end
    slots.extend(example.words[done:])
    return Example(tuple(slots), tags_of(len(slots), spans), example.origin)


def recase(example: Example, rng: random.Random, lower: float = 0.12) -> Example:
    """Lower-cases the whole with probability `lower`; rarely CAPITALS, Title Case, one name."""
    kind = rng.random()
    words = list(example.words)
    if kind < lower:
        words = [w.lower() for w in words]
    elif kind < lower + 0.03:
        words = [w.upper() for w in words]
    elif kind < lower + 0.06:
        words = [w[:1].upper() + w[1:] for w in words]
    elif kind < lower + 0.10:
        for start, end, _ in example.spans():
            if rng.random() < 0.5:
                words[start:end] = [w.lower() for w in words[start:end]]
    return Example(tuple(words), example.tags, example.origin)


def repunctuate(example: Example, rng: random.Random) -> Example:
    """Sometimes drops the final full stop, sets quotation marks, or sets hyphens apart."""
    words, tags = list(example.words), list(example.tags)
    if len(words) > 3 and words[-1] in {".", "!", "?"} and rng.random() < 0.15:
        words, tags = words[:-1], tags[:-1]
    if rng.random() < 0.04:
        words, tags = ['"', *words, '"'], ["O", *tags, "O"]
    if rng.random() < 0.3:
        words, tags = _split_hyphens(words, tags)
    return Example(tuple(words), tuple(tags), example.origin)


def _split_hyphens(words: list[str], tags: list[str]) -> tuple[list[str], list[str]]:
    new_words: list[str] = []
    new_tags: list[str] = []
    for word, tag in zip(words, tags, strict=True):
        parts = word.split("-")
        if len(parts) < 2 or not all(p.isalpha() for p in parts):
            parts = [word]
        split_words = [p for part in parts for p in (part, "-")][:-1] if len(parts) > 1 else parts
        new_words.extend(split_words)
        inside = "I" + tag[1:] if tag != "O" else "O"
        new_tags.extend([tag] + [inside] * (len(split_words) - 1))
    return new_words, new_tags


def join(first: Example, second: Example) -> Example:
    """Two sentences as one line."""
    return Example(first.words + second.words, first.tags + second.tags, first.origin)
