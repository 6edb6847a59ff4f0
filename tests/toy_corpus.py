"""A small invented language pair: English word for word, verb last, endings for objects."""

from __future__ import annotations

from itertools import product

SUBJECTS = {"Anna": "Anna", "Peter": "Peter", "the farmer": "lo kopar", "the teacher": "lo misar"}
VERBS = {"sees": "vidat", "likes": "amut", "paints": "pintol", "carries": "portek"}
OBJECTS = {
    "the house": "kasan",
    "a dog": "u hundon",
    "red books": "libroin rosajn",
    "two trees": "du arbon",
    "the bridge": "pontun",
}
TIMES = {"": "", "today": "hodia", "again": "denove"}


def pairs() -> list[tuple[str, str]]:
    """240 sentences and their translations."""
    sentence_pairs = []
    for (s, s2), (v, v2), (o, o2), (t, t2) in product(
        SUBJECTS.items(), VERBS.items(), OBJECTS.items(), TIMES.items()
    ):
        english = " ".join(filter(None, (s, v, o, t))) + "."
        other = " ".join(filter(None, (t2, s2, o2, v2))) + "."
        sentence_pairs.append((english[:1].upper() + english[1:], other[:1].upper() + other[1:]))
    return sentence_pairs
