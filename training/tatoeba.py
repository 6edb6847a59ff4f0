"""Reads the raw parallel files and says which sentences may be trained on."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ZIPS = {"de": "deu-eng.zip", "fr": "fra-eng.zip", "es": "spa-eng.zip"}
TABLES = {"sw": "eng-sw.tsv", "zu": "eng-zu.tsv", "ha": "eng-ha.tsv"}
TEST, TUNE = 1500, 500
SMALL_TEST, SMALL_TUNE = 200, 150
MOST_PER_SENTENCE = 12

Pair = tuple[str, str]


@dataclass(frozen=True)
class Parallel:
    """Training pairs and held-out pairs, by (source, target); one order per language pair.

    No held-out sentence, in whatever language and give or take case and punctuation,
    occurs in a training pair of any direction.
    """

    train: dict[Pair, list[Pair]]
    tune: dict[Pair, list[Pair]]
    test: dict[Pair, list[Pair]]


def key(text: str) -> str:
    """What two sentences share that differ in case, spacing and punctuation only."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def read_zip(path: Path) -> list[Pair]:
    """(English, other) pairs of one of the archives, without repetitions."""
    with zipfile.ZipFile(path) as archive:
        name = next(
            n
            for n in archive.namelist()
            if n.endswith(".txt") and "about" not in n and "MACOSX" not in n
        )
        text = archive.read(name).decode("utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return list(dict.fromkeys((r[0].strip(), r[1].strip()) for r in rows if len(r) > 1))


def read_table(path: Path) -> list[Pair]:
    """(English, other) pairs of a TSV file, without repetitions."""
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return list(dict.fromkeys((r[0].strip(), r[1].strip()) for r in rows if len(r) > 1))


def read(folder: Path, seed: int) -> Parallel:
    """Everything, divided."""
    chance = random.Random(seed)
    big = {lang: read_zip(folder / name) for lang, name in ZIPS.items()}
    by_english = {lang: _grouped(pairs) for lang, pairs in big.items()}
    shared = sorted(set.intersection(*(set(groups) for groups in by_english.values())))
    chosen = chance.sample(shared, TEST + TUNE)
    parts = Parallel({}, {}, {})
    held_out = {key(e) for e in chosen}
    for lang, groups in by_english.items():
        held_other = {key(x) for e in chosen for x in groups[e]}
        parts.train["en", lang] = [
            (e, x) for e, x in big[lang] if key(e) not in held_out and key(x) not in held_other
        ]
    _between(parts)
    for part, rows in ((parts.test, chosen[:TEST]), (parts.tune, chosen[TEST:])):
        picked = {
            lang: [chance.choice(groups[e]) for e in rows] for lang, groups in by_english.items()
        }
        picked["en"] = rows
        for a, b in parts.train:
            part[a, b] = list(zip(picked[a], picked[b], strict=True))
    for lang, name in TABLES.items():
        _hold_out_small(parts, lang, read_table(folder / name), chance)
    return parts


def _grouped(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for english, other in pairs:
        groups.setdefault(english, []).append(other)
    return groups


def _between(parts: Parallel) -> None:
    """Pairs of two other languages: translations of one English sentence."""
    groups = {lang: _grouped(parts.train["en", lang]) for lang in ZIPS}
    for a, b in (("de", "fr"), ("de", "es"), ("fr", "es")):
        unique_pairs: dict[Pair, None] = {}
        for english, left in groups[a].items():
            pairs = [(x, y) for x in left for y in groups[b].get(english, ())]
            unique_pairs.update(dict.fromkeys(pairs[:MOST_PER_SENTENCE]))
        parts.train[a, b] = list(unique_pairs)


def _hold_out_small(parts: Parallel, lang: str, pairs: list[Pair], chance: random.Random) -> None:
    english = sorted({e for e, _ in pairs if len(e.split()) <= 40})
    chosen = chance.sample(english, SMALL_TEST + SMALL_TUNE)
    groups = _grouped(pairs)
    held_out = {key(e) for e in chosen} | {key(e) for e, _ in parts.test["en", "de"]}
    held_out |= {key(e) for e, _ in parts.tune["en", "de"]}
    held_other = {key(x) for e in chosen for x in groups[e]}
    parts.train["en", lang] = [
        (e, x) for e, x in pairs if key(e) not in held_out and key(x) not in held_other
    ]
    parts.test["en", lang] = [(e, groups[e][0]) for e in chosen[:SMALL_TEST]]
    parts.tune["en", lang] = [(e, groups[e][0]) for e in chosen[SMALL_TEST:]]
