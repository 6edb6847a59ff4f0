"""What can be asked of the tables that `collect` makes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from xproj_core.domain.arrays import Cube, Matrix, Vector
from xproj_core.evaluate.analysis.sentence_features import FEATURES
from xproj_core.evaluate.analysis.tables import Tables
from xproj_core.evaluate.errors.taxonomy import Kind, Step
from xproj_core.evaluate.scores.entities import EntityScores, Scores
from xproj_core.evaluate.scores.link_scores import AlignmentScores
from xproj_core.evaluate.scores.rates import EXACT, PROBLEM, Rates
from xproj_core.evaluate.scores.views import RESULTS, VIEWS, View, view

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = ("correct", "wrong", "missed", "spurious")
KINDS, STEPS = tuple(Kind), tuple(Step)


@dataclass(frozen=True)
class Analysis:
    """What systems made of every entity and sentence.

    Attributes:
        labels: those that occur, sorted.
        sentences: one row each: number (place in the dataset), key, gold (can be scored),
            target_words, language, and the features.
        cases: one row per case and system (see `kinds.Case`): sentence (row of `sentences`),
            system, kind, step, outcome, gold and predicted (labels), start and words (place and
            length of the gold entity, else of the predicted one), name (a code), script,
            overlap (gold and predicted share a word), helped (1, 0, or -1 for unknown),
            frequency (gold entities of the same name).
        entities: per sentence, system and label how many there are.
        matches: per sentence, system, view and label what nervaluate says, where the entities
            are not exactly the gold ones.
        linked: per sentence and system how many links, where there are gold links.
        answers: (sentences, systems) flags, see `tables`.
        silent: systems that answered no sentence that is scored (no sentence at all where none
            is). They have no figures and are not among `systems`, unless all are silent.
    """

    systems: tuple[str, ...]
    labels: tuple[str, ...]
    sentences: pd.DataFrame
    cases: pd.DataFrame
    entities: pd.DataFrame
    matches: pd.DataFrame
    linked: pd.DataFrame
    answers: Matrix[np.uint8]
    silent: tuple[str, ...] = ()

    @property
    def n_scored(self) -> int:
        """Sentences with gold labels."""
        return int(self.sentences.gold.sum())

    def counts(self, cases: pd.DataFrame | None = None) -> Cube[np.int64]:
        """(scored sentences, systems, 3): correct, spurious or wrong, missed or wrong.

        Args:
            cases: some of `self.cases`; all by default.
        """
        return self._total_counts if cases is None else self._counts(cases)

    @cached_property
    def _total_counts(self) -> Cube[np.int64]:
        return self._counts(self.cases)

    def _counts(self, table: pd.DataFrame) -> Cube[np.int64]:
        outcome = table.outcome.cat.codes.to_numpy()
        return self._grid(table, [np.isin(outcome, codes) for codes in ((0,), (1, 3), (1, 2))])

    def of_label(self, label: str) -> Cube[np.int64]:
        """The counts of one label: a pair of two labels is wrong for both."""
        table = self.cases
        gold, predicted = table.gold == label, table.predicted == label
        correct = table.outcome == "correct"
        masks = (gold & correct, predicted & ~correct, gold & ~correct)
        return self._grid(table, [m.to_numpy() for m in masks])

    def _grid(self, table: pd.DataFrame, masks: Sequence[Vector[np.bool_]]) -> Cube[np.int64]:
        n, width = len(self.sentences), len(self.systems)
        cell = table.sentence.to_numpy() * width + table.system.cat.codes.to_numpy()
        flat_counts = [np.bincount(cell[mask], minlength=n * width) for mask in masks]
        counts: Cube[np.int64] = np.stack(flat_counts, axis=-1).reshape(n, width, 3)
        scored: Cube[np.int64] = counts[np.asarray(self.sentences.gold, dtype=bool)]
        return scored

    @cached_property
    def recalled(self) -> tuple[Matrix[np.bool_], Vector[np.int64]]:
        """(gold entities, systems) whether right, and the sentence (row) of each gold entity."""
        table = self.cases[self.cases.gold.notna()]
        names = ("sentence", "start", "words")
        keys = np.stack([table[n].to_numpy() for n in names] + [table.gold.cat.codes.to_numpy()], 1)
        entities, where = np.unique(keys, axis=0, return_inverse=True)
        right = np.zeros((len(entities), len(self.systems)), dtype=bool)
        right[where.ravel(), table.system.cat.codes.to_numpy()] = table.outcome == "correct"
        return right, entities[:, 0].astype(np.int64)

    @cached_property
    def problems(self) -> Mapping[str, int]:
        """Sentences without an answer, by system."""
        failed = (self.answers & PROBLEM > 0).sum(axis=0)
        return {s: int(n) for s, n in zip(self.systems, failed, strict=True)}

    @cached_property
    def rates(self) -> Mapping[str, Rates]:
        """Projection rates, by system."""
        return {
            s: Rates(self.entities[self.entities.system == s], self.answers[:, k])
            for k, s in enumerate(self.systems)
        }

    @cached_property
    def links(self) -> Mapping[str, AlignmentScores]:
        """By system; only where there are gold links."""
        table = self.linked
        names = ["found", "sure", "in_sure", "in_possible"]
        sums = table.groupby("system", observed=True)[names].sum()
        return {
            str(system): AlignmentScores(*row)
            for system, row in zip(sums.index, sums.to_numpy().tolist(), strict=True)
        }

    @cached_property
    def conll(self) -> Mapping[str, EntityScores]:
        """Scores as the conlleval script gives them, by system."""
        names = ["conll_gold", "conll_predicted", "conll_correct"]
        sums = self.entities.groupby(["system", "label"], observed=True)[names].sum()
        counted = dict(zip(sums.index.tolist(), sums.to_numpy().tolist(), strict=True))
        scores = {}
        for system in self.systems:
            rows = {
                y: tuple(map(int, counted[system, y]))
                for y in self.labels
                if (system, y) in counted
            }
            per_label = {label: Scores(*row) for label, row in rows.items() if any(row)}
            overall = Scores(*(sum(row[k] for row in rows.values()) for k in range(3)))
            scores[system] = EntityScores(overall, per_label)
        return scores

    def views(self, system: str, label: str = "") -> dict[str, View]:
        """nervaluate's views of one system; of a label, or of all."""
        k = self.systems.index(system)
        entities = self.entities[self.entities.system == system]
        right = entities[(self.answers[entities.sentence, k] & EXACT) > 0]
        right = right if not label else right[right.label == label]
        sums = self._match_sums.get((system, label), {})
        return {
            name: view(
                name,
                (
                    n + (i == 0) * int(right.gold.sum())
                    for i, n in enumerate(sums.get(name, (0,) * len(RESULTS)))
                ),
            )
            for name in VIEWS
        }

    @cached_property
    def _match_sums(self) -> dict[tuple[str, str], dict[str, tuple[int, ...]]]:
        table = self.matches
        match_sums: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {}
        grouped = table.groupby(["system", "label", "view"], observed=True, dropna=False)
        sums = grouped[list(RESULTS)].sum()
        rows = zip(sums.index.tolist(), sums.to_numpy().tolist(), strict=True)
        for (system, label, name), row in rows:
            label_key = label if isinstance(label, str) else ""
            match_sums.setdefault((system, label_key), {})[name] = tuple(map(int, row))
        return match_sums


def analysis(tables: Tables) -> Analysis:
    """The tables with names for codes."""
    import pandas as pd

    silent = _silent(tables)
    if silent and len(silent) < len(tables.systems):
        tables = tables.only([s for s in tables.systems if s not in silent])
    plain = tables.columns["cases"]
    names = tables.names.get("name", ())
    coded = ("system", "kind", "step", "outcome", "gold", "predicted", "script")
    cases = _frame(tables, "cases", coded)
    first = (plain["system"] == 0) & (plain["gold"] >= 0)
    often = np.bincount(plain["name"][first], minlength=len(names))
    cases["frequency"] = often[plain["name"]].astype(np.int32)
    sentences = _frame(tables, "sentences", ("language",))
    sentences["key"] = list(tables.keys)
    features = pd.DataFrame(tables.features, columns=list(FEATURES))
    return Analysis(
        tables.systems,
        _labels(tables),
        pd.concat([sentences, features], axis=1),
        cases,
        _frame(tables, "entities", ("system", "label")),
        _frame(tables, "matches", ("system", "view", "label")),
        _frame(tables, "links", ("system",)),
        tables.answers,
        silent,
    )


def _silent(tables: Tables) -> tuple[str, ...]:
    """The systems that answered nothing."""
    gold = np.asarray(tables.columns["sentences"]["gold"], dtype=bool)
    answers = tables.answers[gold] if gold.any() else tables.answers
    if not len(answers):
        return ()
    failed = np.all(answers & PROBLEM > 0, axis=0)
    return tuple(s for s, nothing in zip(tables.systems, failed, strict=True) if nothing)


def _labels(tables: Tables) -> tuple[str, ...]:
    """The labels that occur."""
    cases = tables.columns["cases"]
    codes = np.concatenate([cases["gold"], cases["predicted"]])
    if not len(codes):  # no gold labels: those of the entities that were projected
        codes = tables.columns["entities"]["label"]
    labels = tables.names.get("label", ())
    return tuple(sorted(labels[k] for k in np.unique(codes) if k >= 0))


def _frame(tables: Tables, table: str, coded: Sequence[str]) -> pd.DataFrame:
    """A table with names for the codes of some columns."""
    import pandas as pd

    names = tables.names
    labels = names.get("label", ())
    meanings: dict[str, Collection[str]] = {
        "system": tables.systems,
        "kind": KINDS,
        "step": STEPS,
        "outcome": OUTCOMES,
        "gold": labels,
        "predicted": labels,
        "label": labels,
        "script": names.get("script", ()),
        "view": tuple(VIEWS),
        "language": names.get("language", ()),
    }
    frame = pd.DataFrame(dict(tables.columns[table]))
    for column in coded:
        frame[column] = _category(frame[column], meanings[column])
    return frame


def _category(codes: pd.Series[int], values: Collection[str]) -> pd.Categorical:
    import pandas as pd

    return pd.Categorical.from_codes(codes, pd.Index(list(map(str, values)), dtype=object))
