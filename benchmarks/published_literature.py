"""Figures that others published, with their setting. None of them was measured here."""

from __future__ import annotations

_SETTINGS = {
    "seed paper": "arXiv 2501.18750, its published result files: own translation of the target by"
    " NLLB-200-3.3B, XLM-R-large CoNLL-03 as tagger, AWESoME (aw, multilingual BERT as it is) or"
    " SimAlign (si); H heuristic, Ng n-gram candidates solved greedily, N candidates from the"
    " tagger, MT model transfer, bt back-translation; seqeval's default (as conlleval); MISC and"
    " DATE left out on MasakhaNER2 **test**",
    "thesis": "the master's thesis behind it: gold source entities, gold parallel text, AWESoME;"
    " heuristic, or an integer programme over alignment scores or NMTScore",
    "TransAlign": "Ebing and Glavaš 2025, 2510.27337: the scores shipped with the Bambara files"
    " (min–max)",
    "ELP": "García-Ferrero et al. 2022, Easy-Label-Projection: published projections, and the F1"
    " of its README",
    "EasyProject, CODEC, T-Projection": "as the thesis and T-Projection's README list them: a"
    " tagger is **trained** on projected data and tested on MasakhaNER2 test (extrinsic), so not"
    " the same quantity",
}
SETTINGS = (
    "\n".join(
        [
            "| name below | what it is |",
            "|---|---|",
            *(f"| {k} | {v} |" for k, v in _SETTINGS.items()),
        ]
    )
    + "\n"
)

MASAKHA: dict[str, dict[str, float]] = {
    "bam": {"seed H-aw": 49.7, "seed Ng-aw": 48.3, "seed best (N-si)": 55.3, "seed bt H-aw": 43.4,
            "seed MT": 43.0, "EasyProject": 45.8, "CODEC": 45.8},
    "lug": {"seed H-aw": 80.8, "seed Ng-aw": 82.7, "seed best (Ng-aw)": 82.7,
            "seed bt H-aw": 65.9, "seed MT": 61.6, "EasyProject": 76.7, "CODEC": 77.2},
    "luo": {"seed H-aw": 75.1, "seed Ng-aw": 73.9, "seed best (H-aw)": 75.1,
            "seed bt H-aw": 63.5, "seed MT": 50.7, "EasyProject": 50.2, "CODEC": 49.6},
    "tsn": {"seed H-aw": 82.2, "seed Ng-aw": 81.1, "seed best (H-aw)": 82.2,
            "seed bt H-aw": 67.4, "seed MT": 48.5, "EasyProject": 74.0, "CODEC": 74.7},
    "twi": {"seed H-aw": 74.6, "seed Ng-aw": 70.9, "seed best (H-aw)": 74.6,
            "seed bt H-aw": 3.8, "seed MT": 46.4, "EasyProject": 65.3, "CODEC": 64.6},
    "wol": {"seed H-aw": 58.6, "seed Ng-aw": 57.6, "seed best (N-si)": 64.6,
            "seed bt H-aw": 42.7, "seed MT": 54.1, "EasyProject": 58.9, "CODEC": 63.1},
}  # fmt: skip
"""MasakhaNER2 test, by ISO 639-3 code."""

EUROPARL: dict[str, dict[str, float]] = {
    "de": {"seed H-aw": 81.9, "seed H-si": 80.1, "seed Ng-aw": 92.0, "seed Ng-si": 89.8,
           "seed N-aw": 74.7, "seed N-si": 74.5, "seed MT": 67.5,
           "thesis heuristic, best setting": 91.6, "thesis exact, alignment scores": 92.1,
           "thesis exact, NMTScore": 88.6},
    "es": {"seed H-aw": 90.3, "seed H-si": 90.7, "seed Ng-aw": 88.6, "seed Ng-si": 89.2,
           "seed N-aw": 80.0, "seed N-si": 79.8, "seed MT": 74.1,
           "thesis heuristic, best setting": 90.3, "thesis exact, alignment scores": 88.3,
           "thesis exact, NMTScore": 91.6},
}  # fmt: skip
"""Gold source entities and gold parallel text, all four labels."""


def row(figures: dict[str, float]) -> str:
    """ "seed H-aw 49.7, CODEC 45.8"."""
    return ", ".join(f"{name} {value:.1f}" for name, value in figures.items())
