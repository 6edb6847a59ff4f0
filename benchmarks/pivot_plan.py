"""What the pivot study measures: the groups of data, the methods, and each piece of work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import numpy as np

from xproj_core.align.compose import Refinement, refine
from xproj_core.answers.many_items import Given, Job
from xproj_core.domain import Evidence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.outcomes import lift
from xproj_core.engines.presets import load_engine
from xproj_core.methods import Method, Mode, Steps, Task, methods
from xproj_core.methods.pivot import Pivot
from xproj_core.project import projectors
from xproj_core.robustness.counts import Condition, Tally

GROUPS: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
    "alignment": (("drop-links", "add-links", "shift-links"), (0.1, 0.3, 0.5)),
    "labels": (("miss-labels", "spurious-labels", "move-boundaries", "change-labels"), (0.3,)),
    "translation": (
        ("drop-words", "repeat-words", "untranslated-words", "reorder-words", "drop-entities"),
        (0.2,),
    ),
    "text": (("characters", "keyboard", "ocr"), (0.1,)),
    "casing": (("casing",), (1.0,)),
    "tokens": (("attach-punctuation", "split-words", "join-words"), (1.0,)),
}


MACHINE = (("en", "de", "fr"), ("en", "es", "fr"))


@dataclass(frozen=True)
class Refined:
    """The direct alignment refined by the one through the pivot, as back-translation does it."""

    how: Refinement

    @property
    def name(self) -> str:
        return self.how

    def gather(self, tasks: list[Task], steps: Steps) -> list[Evidence | XProjError]:
        """The pivot's evidence with another alignment."""
        return lift(self._joined, Pivot(direct_share=0.5).gather(tasks, steps))

    def _joined(self, evidence: Evidence) -> Evidence:
        alignment = refine(evidence.parts["direct"], evidence.parts["composed"], self.how)
        return Evidence(
            "pivot",
            evidence.source,
            evidence.target,
            alignment,
            evidence.chain,
            evidence.hops,
            evidence.parts,
            origins=evidence.origins,
        )


@dataclass(frozen=True)
class Work:
    """One task: a corpus, a direction, a pivot and a group of noises."""

    setting: str  # "isolated" or "machine"
    corpus: str
    source: str
    target: str
    pivot: str
    group: str

    @property
    def file(self) -> str:
        return (
            "-".join((self.setting, self.corpus, self.source, self.target, self.pivot, self.group))
            + ".npz"
        )

    def job(self) -> Job:
        """Its systems."""
        own: list[Method] = [methods.create("direct"), methods.create("pivot")]
        if self.setting == "isolated":
            own += [Refined("interpolate"), Refined("intersect"), Refined("union")]  # type: ignore[list-item]
            given = Given()
        else:
            own += [methods.create("back_translation")]
            given = Given(translations=False, labels=False)
        return Job(
            load_engine("mini"),
            own,
            [projectors.create("match-exact")],
            Mode.LABEL,
            self.source,
            self.target,
            self.pivot,
            given,
        )


def plan() -> Iterator[Work]:
    """Every task; Europarl first, and of its noises those that the question is about."""
    parts = [("isolated", "europarl", g) for g in ("alignment", "labels", "translation")]
    parts += [("machine", "europarl", g) for g in ("alignment", "labels")]
    parts += [("isolated", "europarl", "text"), ("machine", "europarl", "translation")]
    parts += [("machine", "europarl", "text"), ("isolated", "europarl", "casing")]
    parts += [("isolated", "europarl", "tokens")]
    parts += [("isolated", "pud", g) for g in GROUPS]
    parts += [("machine", "europarl", g) for g in ("casing", "tokens")]
    for setting, corpus, group in parts:
        codes = ("en", "de", "es") if corpus == "europarl" else ("en", "pt", "sv")
        for source, target, pivot in permutations(codes) if setting == "isolated" else MACHINE:
            yield Work(setting, corpus, source, target, pivot, group)


def load(path: Path) -> Tally:
    """What `save` wrote."""
    tally = Tally()
    with np.load(path) as arrays:
        tally.sentences = int(arrays["sentences"])
        for name in arrays.files:
            if name != "sentences":
                noise, rate, seed, system = name.split("\t")
                condition = Condition(noise, float(rate), int(seed))
                tally.counts.setdefault(condition, {})[system] = arrays[name].astype(float)
                tally.problems.setdefault(condition, {})[system] = 0
    return tally
