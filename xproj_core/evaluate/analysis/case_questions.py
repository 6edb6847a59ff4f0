"""Finding the sentences that a `Pick` asks for in the tables of an analysis."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.disagreement import mistakes
from xproj_core.evaluate.analysis.flow import AFTER
from xproj_core.evaluate.analysis.slices import LINES
from xproj_core.evaluate.scores import rates
from xproj_core.evaluate.scores.rates import EXACT, PROBLEM
from xproj_core.evaluate.scores.views import RESULTS

if TYPE_CHECKING:
    from xproj_core.evaluate.analysis.selection import Pick

NONE = "none"
"""As `gold`: an entity of the system's that overlaps no gold one. As `predicted`: the reverse."""
ANY = "any"
SAME = "same"
BETWEEN = "|"
OUTCOMES = {
    "correct": ("correct",),
    "wrong": ("wrong",),
    "missed": ("missed",),
    "spurious": ("spurious",),
    "mistakes": ("wrong", "missed", "spurious"),
    "excess": ("wrong", "spurious"),
    "lacking": ("wrong", "missed"),
    "gold": ("correct", "wrong", "missed"),
    "all": ("correct", "wrong", "missed", "spurious"),
}
BOTH = ("gold", "predicted")
SIDES = {"excess": ("predicted",), "lacking": ("gold",), "gold": ("gold",)}
"""By outcome: whose label puts a case among those of a label, where it is not either."""
_MATCHED = {
    **{name: (name,) for name in RESULTS},
    "mistakes": RESULTS[1:],
    "excess": ("incorrect", "partial", "spurious"),
    "lacking": ("incorrect", "partial", "missed"),
}
Mask = NDArray[np.bool_]


def rows(analysis: Analysis, pick: Pick) -> list[int]:
    """The sentences, as rows of `analysis.sentences`, in order."""
    if pick.better and pick.worse:
        mask = _won(analysis, pick.better, pick.worse)
    elif pick.unlike or pick.alike:
        mask = _level(analysis, pick.unlike or pick.alike, alike=not pick.unlike)
    elif pick.found:
        return _found(analysis, pick.found)
    elif pick.match:
        mask = _matched(analysis, pick)
    elif pick.answer:
        mask = _answered(analysis, pick)
    else:
        chosen = analysis.cases[_cases(analysis, pick)]
        return [int(row) for row in np.unique(chosen.sentence)]
    return [int(row) for row in np.flatnonzero(mask)]


def _cases(analysis: Analysis, pick: Pick) -> Mask:
    table: Any = analysis.cases
    mask: Any = np.ones(len(table), dtype=bool)
    for name in ("system", "kind", "step"):
        if wanted := getattr(pick, name):
            mask &= (table[name] == wanted).to_numpy()
    if pick.outcome:
        mask &= table.outcome.isin(OUTCOMES.get(pick.outcome, ())).to_numpy()
    if pick.reached:
        mask &= table.gold.notna().to_numpy()
        mask &= table.step.isin(AFTER.get(pick.reached, ())).to_numpy()
    if pick.gold or pick.predicted:
        mask &= _labels(table, pick.gold, pick.predicted)
    if pick.bucket:
        mask &= _bucket(analysis, pick)
    if pick.helped:
        wanted = {"tried": (0, 1), "right": (1,), "wrong": (0,)}.get(pick.helped, ())
        mask &= table.helped.isin(wanted).to_numpy()
    found: Mask = mask
    return found


def _labels(table: Any, gold: str, predicted: str) -> Mask:
    mask: Any = np.ones(len(table), dtype=bool)
    apart = ~table.overlap.to_numpy()
    if predicted == SAME:
        mask &= ~apart & (table.gold.astype(object) == table.predicted.astype(object)).to_numpy()
        predicted = ""
    for wanted, column, other in (
        (gold, table.gold, predicted),
        (predicted, table.predicted, gold),
    ):
        if wanted == NONE:
            mask &= apart
        elif wanted:
            mask &= (column == wanted).to_numpy()
            if other and other != NONE:
                mask &= ~apart
    found: Mask = mask
    return found


def _bucket(analysis: Analysis, pick: Pick) -> Mask:
    table: Any = analysis.cases
    if pick.by == "label":
        sides = [(table[side] == pick.bucket).to_numpy() for side in SIDES.get(pick.outcome, BOTH)]
        found: Mask = np.logical_or.reduce(sides)
        return found
    if pick.by not in LINES:
        return np.zeros(len(table), dtype=bool)
    codes, names = LINES[pick.by].bucket(analysis)
    wanted: Mask = codes == (names.index(pick.bucket) if pick.bucket in names else -1)
    return wanted


def _nothing(analysis: Analysis) -> Mask:
    return np.zeros(len(analysis.sentences), dtype=bool)


def _won(analysis: Analysis, better: str, worse: str) -> Mask:
    if not {better, worse} <= {*analysis.systems, ANY} or worse == ANY:
        return _nothing(analysis)
    counted, k = mistakes(analysis.counts()), analysis.systems.index(worse)
    if better == ANY:
        others = np.delete(counted, k, axis=1)
        best = others.min(axis=1) if others.shape[1] else counted[:, k]
    else:
        best = counted[:, analysis.systems.index(better)]
    return _of_scored(analysis, best < counted[:, k])


def _level(analysis: Analysis, pair: str, alike: bool) -> Mask:
    names = parted(pair, analysis.systems)
    if len(names) != 2:
        return _nothing(analysis)
    counted = mistakes(analysis.counts())
    first, second = (counted[:, analysis.systems.index(s)] for s in names)
    return _of_scored(analysis, (first == second) == alike)


def parted(together: str, systems: Collection[str]) -> list[str]:
    """The systems with `BETWEEN` between them; none where one is not known.

    The name of an engine that somebody put together, and so of a system, may hold it as well.
    """
    for name in sorted(systems, key=len, reverse=True):
        if together == name:
            return [name]
        if together.startswith(name + BETWEEN):
            rest = parted(together.removeprefix(name + BETWEEN), systems)
            if rest:
                return [name, *rest]
    return []


def _of_scored(analysis: Analysis, mask: Any) -> Mask:
    """A mask over the scored sentences, over all."""
    found = _nothing(analysis)
    found[np.flatnonzero(np.asarray(analysis.sentences.gold, dtype=bool))[mask]] = True
    return found


def _found(analysis: Analysis, found: str) -> list[int]:
    names = parted(found, analysis.systems)
    if not names and found != NONE:
        return []
    right, sentences = analysis.found
    wanted = np.array([s in names for s in analysis.systems])
    return [int(row) for row in np.unique(sentences[(right == wanted).all(axis=1)])]


def _matched(analysis: Analysis, pick: Pick) -> Mask:
    """What nervaluate says of a system's entities."""
    mask, results = _nothing(analysis), _MATCHED.get(pick.outcome, ())
    if pick.system not in analysis.systems or not results:
        return mask
    table: Any = analysis.matches
    label = pick.bucket if pick.by == "label" else ""
    own = table[(table.system == pick.system) & (table["view"] == pick.match)]
    own = own[own.label == label] if label else own[own.label.isna()]
    mask[own.sentence[(own[list(results)] > 0).any(axis=1)]] = True
    if "correct" in results:  # where the entities are exactly the gold ones nobody was asked
        exact = analysis.answers[:, analysis.systems.index(pick.system)] & EXACT > 0
        gold, *_ = analysis.rates[pick.system].per_sentence(label)
        mask |= exact & (gold > 0)
    return mask


def _answered(analysis: Analysis, pick: Pick) -> Mask:
    """What is the matter with a system's answer as a whole."""
    mask = _nothing(analysis)
    if pick.system not in analysis.systems:
        return mask
    if pick.answer == "failed":
        return analysis.answers[:, analysis.systems.index(pick.system)] & PROBLEM > 0
    if pick.answer == "links":
        own: Any = analysis.linked[analysis.linked.system == pick.system]
        wrong = (own.in_sure < own.sure) | (own.in_possible < own.found)
        mask[own.sentence[wrong]] = True
        return mask
    if pick.answer not in rates.NAMES:
        return mask
    label = pick.bucket if pick.by == "label" else rates.ALL
    return analysis.rates[pick.system].lowering(pick.answer, label)
