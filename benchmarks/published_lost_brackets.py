"""Two readings of brackets where a translator loses some: simulated, since Mini loses none.

Each bracket of a back-translation is left out with a probability, on its own, by chance that
depends on the sentence alone, so that both readings see the same ones missing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from benchmarks.published_corpora import europarl_items
from benchmarks.published_markers import DATASETS, FIRST, HEURISTIC, masakhaner, outcome
from xproj_core.domain import Sentence
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.scores.significance import f1
from xproj_core.methods import Steps
from xproj_core.methods.brackets import CLOSE, OPEN
from xproj_core.models.protocols import Translation, Translator
from xproj_core.text.detokenise import detokenise

SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
SOURCE = "en"


@dataclass(frozen=True)
class Losing:
    """A translator whose output, but for that in English, lacks brackets by chance."""

    translator: Translator
    share: float

    @property
    def name(self) -> str:
        return f"{self.translator.name}, brackets lost {self.share}"

    def supports(self, source: str, target: str) -> bool:
        """As the translator itself."""
        return self.translator.supports(source, target)

    def translate(self, sentences: Sequence[Sentence], target: str) -> list[Translation]:
        """As the translator itself, each bracket left out with probability `share`."""
        translations = self.translator.translate(sentences, target)
        return translations if target == SOURCE else [self._without(t) for t in translations]

    def _without(self, translation: Translation) -> Translation:
        sentence = translation.sentence
        chance = random.Random(" ".join(sentence.tokens))
        tokens = [
            t for t in sentence.tokens if t not in (OPEN, CLOSE) or chance.random() >= self.share
        ]
        text = detokenise(tokens, sentence.language)
        return Translation(
            Sentence(tuple(tokens), sentence.language, text=text), translation.origin
        )


def lost_brackets() -> str:
    """F1 of both readings by the share of brackets that are lost."""
    sets = [
        (f"{title}, gold English", code, europarl_items(code), True) for title, code in DATASETS
    ]
    sets.append(("MasakhaNER2 dev, Hausa, own English", "ha", masakhaner("ha"), False))
    engine = load_engine("mini")
    rows = []
    for title, code, items, gold_source in sets:
        for share in SHARES:
            steps = Steps(replace(engine, translator=Losing(engine.translator, share)))
            cells = []
            for as_published in (False, True):
                result = outcome(
                    items[:FIRST],
                    code,
                    gold_source,
                    "marked_back_translation",
                    {"as_published": as_published},
                    steps,
                )
                score = float(f1(result.counts[HEURISTIC].sum(axis=0)))
                labelled = result.n_labelled / max(1, result.n_entities)
                cells.append(f"{100 * labelled:.0f} % | {100 * score:.1f}")
            rows.append(f"| {title} | {100 * share:.0f} % | {' | '.join(cells)} |")
    return "\n".join(
        [
            "Mini returns every bracket; neural translators do not. Here each bracket of the same"
            " translations is left out by chance (a simulation: real losses come in pairs and"
            " fall on hard sentences). Labelled and F1 as in the table above, seed heuristic.",
            "",
            "| text | brackets lost | labelled, mended | F1, mended | labelled, as published"
            " | F1, as published |",
            "|---|---|---|---|---|---|",
            *rows,
        ]
    )
