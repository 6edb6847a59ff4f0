"""Reads the three openly licensed corpora in ../shared/data/train-ner as PER/LOC/ORG in IOB2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

LABELS = ("PER", "LOC", "ORG")
_MAP = {
    "PER": "PER",
    "person": "PER",
    "LOC": "LOC",
    "location": "LOC",
    "ORG": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "PERSON": "PER",
    "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
}

# Broad Twitter Corpus annotators disagree about adjectives of nationality; the other corpora,
# CoNLL-03 and Universal NER leave them out of LOC, so a lone one is no entity here either.
_DEMONYMS = frozenset(
    (Path(__file__).parent / "names/demonyms.txt").read_text(encoding="utf-8").lower().split()
)
# Likewise CoNLL-03 and Universal NER leave a title out of the person's name.
_TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. doctor prof prof. professor president senator sen. sir "
    "madam lord lady captain capt. judge justice king queen prince princess pope general gen. "
    "colonel col. lieutenant major sergeant sgt. minister chancellor governor gov. mayor rep. "
    "congressman congresswoman commissioner secretary coach aunt uncle father sister brother "
    "saint st. rev. reverend ambassador chairman".split()
)


@dataclass(frozen=True)
class Example:
    """Words and IOB2 tags of equal length, and the corpus they come from."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    origin: str

    def spans(self) -> list[tuple[int, int, str]]:
        """Entities as (start, end, label), half-open."""
        return spans_of(self.tags)


def spans_of(tags: tuple[str, ...] | list[str]) -> list[tuple[int, int, str]]:
    """Entities of an IOB2 sequence as (start, end, label), half-open; an orphan I- opens one."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    label = ""
    for i, tag in enumerate([*tags, "O"]):
        if label and tag != f"I-{label}":
            spans.append((start, i, label))
            label = ""
        if tag != "O" and not label:
            start, label = i, tag[2:]
    return spans


def tags_of(length: int, spans: list[tuple[int, int, str]]) -> tuple[str, ...]:
    """The inverse of `spans_of`."""
    tags = ["O"] * length
    for start, end, label in spans:
        tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    return tuple(tags)


def read_columns(path: Path, origin: str, word: int = 0, tag: int = -1) -> Iterator[Example]:
    """Sentences of a CoNLL-like file; labels outside PER/LOC/ORG become O."""
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("# ") and "\t" not in line:
            continue
        if not line.strip():
            if rows:
                yield _example(rows, origin)
            rows = []
        elif len(cells) > 1 and cells[word].strip():
            rows.append((cells[word].strip(), cells[tag].strip()))


def _example(rows: list[tuple[str, str]], origin: str) -> Example:
    tags = [t if "-" not in t else f"{t[:2]}{_MAP.get(t[2:], '')}" for _, t in rows]
    tags = [t if len(t) > 2 else "O" for t in tags]
    return Example(tuple(w for w, _ in rows), tags_of(len(rows), spans_of(tags)), origin)


def without_titles(example: Example) -> Example:
    """Persons without the titles before their names; a title alone is no person."""
    spans = []
    for start, end, label in example.spans():
        while label == "PER" and start < end and example.words[start].lower() in _TITLES:
            start += 1
        if start < end:
            spans.append((start, end, label))
    return replace(example, tags=tags_of(len(example.tags), spans))


def clean_tweet(example: Example) -> Example:
    """Broad Twitter Corpus on the conventions of the others.

    `@ name` is one user name and no entity (as in WNUT17), a labelled `#Name` loses its hash,
    a nationality alone is no place.
    """
    spans: dict[int, tuple[int, str]] = {}
    for start, end, label in example.spans():
        name = example.words[start:end]
        is_user = "@" in name[0] or (start > 0 and example.words[start - 1] == "@")
        if not is_user and not (len(name) == 1 and name[0].lstrip("#").lower() in _DEMONYMS):
            spans.update(dict.fromkeys(range(start, end), (start, label)))
    words: list[str] = []
    tags: list[str] = []
    i = 0
    while i < len(example.words):
        word = example.words[i]
        if word == "@" and i + 1 < len(example.words):
            words.append("@" + example.words[i + 1])
            tags.append("O")
            i += 2
            continue
        first, label = spans.get(i, (-1, ""))
        words.append(word.lstrip("#") or word if label else word)
        tags.append(f"{'B' if first == i else 'I'}-{label}" if label else "O")
        i += 1
    return replace(example, words=tuple(words), tags=tags_of(len(tags), spans_of(tags)))


def read_all(folder: Path) -> dict[str, list[Example]]:
    """Every sentence of the three corpora, keyed by corpus; files in sorted order."""
    wnut = ["wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"]
    corpora = {
        "wikigold": list(read_columns(folder / "wikigold/wikigold.conll.txt", "wikigold")),
        "wnut17": [e for f in wnut for e in read_columns(folder / "wnut17" / f, "wnut17")],
        "btc": [
            clean_tweet(e)
            for f in sorted((folder / "btc").glob("*.conll"))
            for e in read_columns(f, "btc")
        ],
    }
    return {origin: [without_titles(e) for e in part] for origin, part in corpora.items()}
