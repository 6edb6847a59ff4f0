"""Published figures, each with its setting: to stand beside measured ones, never among them.

The file holds what the sources print, in per cent; languages under the codes they use.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from xproj_core.domain import languages
from xproj_core.domain.errors import LanguageError

DATASETS: dict[str, str] = {
    "masakhaner2": "MasakhaNER 2",
    "panx": "WikiANN / XTREME PAN-X",
    "europarl-ner": "Europarl-NER",
    "absa": "SemEval-2016 opinion targets",
    "word-alignment": "word alignment with English",
}
_IN_NAMES = {
    "masakhaner2": r"masakha",
    "panx": r"pan-?x|wikiann|xtreme",
    "europarl-ner": r"europarl",
    "absa": r"absa|opinion",
    "word-alignment": r"xl-?wa|alignment",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One published figure.

    Attributes:
        system: what reached it, in words.
        language: the target's code, as `languages.normalise` gives it.
        value: in [0, 1].
        metric: what was measured, and how tags were read.
        setting: what was given and what was not.
        source: who published it.
        note: what to bear in mind; "" if nothing.
    """

    dataset: str
    system: str
    language: str
    value: float
    metric: str
    setting: str
    source: str
    note: str = ""

    @property
    def is_error_rate(self) -> bool:
        """Lower is better."""
        return self.metric.startswith("AER")


def references(dataset: str, language: str) -> tuple[Reference, ...]:
    """What has been published on a dataset for a target language, the best figure first."""
    matches = [r for r in _all() if (r.dataset, r.language) == (dataset, _code(language))]
    return tuple(sorted(matches, key=lambda r: r.value if r.is_error_rate else -r.value))


def guess(name: str) -> str | None:
    """The dataset of the literature that a name speaks of; None if it speaks of none."""
    for dataset, pattern in _IN_NAMES.items():
        if re.search(pattern, name, re.IGNORECASE):
            return dataset
    return None


@lru_cache(maxsize=1)
def _all() -> tuple[Reference, ...]:
    text = files("xproj_core.evaluate").joinpath("literature.json").read_text(encoding="utf-8")
    return tuple(
        Reference(
            table["dataset"],
            table["systems"][system],
            _code(language),
            round(value / 100, 4),
            table["metric"],
            table["setting"],
            table["source"],
            table.get("note", ""),
        )
        for table in json.loads(text)
        for language, row in table["figures"].items()
        for system, value in row.items()
    )


def _code(language: str) -> str:
    try:
        return languages.normalise(language)
    except LanguageError:
        return language
