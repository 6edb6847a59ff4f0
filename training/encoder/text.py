"""The text that the vocabulary has to cover: what is trained on, and what the project shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from training.encoder import pairs
from training.encoder.tagged import TaggedSentences
from training.ner_data import read_templates
from xproj_core import examples


def sentences(tagged: TaggedSentences, links: Path) -> Iterator[Sequence[str]]:
    """Training text, all of it and not one epoch's sample; then the project's examples."""
    parts = (tagged.mixture.train, tagged.gold, tagged.projected)
    for examples_by_origin in parts:
        for rows in examples_by_origin.values():
            yield from (e.words for e in rows)
    for language, slots in tagged.mixture.slots.items():
        yield from slots
        yield from (line.split() for line in read_templates(language))
    for lines in pairs.load(links).values():
        for pair in map(pairs.parse, lines):
            yield pair.english
            yield pair.other
    for file in sorted(Path(examples.__file__).parent.glob("*.json")):
        yield from _strings(json.loads(file.read_text("utf-8")))


def _strings(value: object) -> Iterator[Sequence[str]]:
    if isinstance(value, str):
        yield value.split()
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
