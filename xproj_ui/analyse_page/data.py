"""What the page shows, computed once per run, its progress, and the labels left out."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import streamlit as st
from cachetools import LRUCache

from xproj_core.confidence import CalibrationModel, model_in_use
from xproj_core.drawing.wording import system_titles
from xproj_core.evaluate import calibration
from xproj_core.evaluate.analysis import analysis_cache, predictors, stored_answers
from xproj_core.evaluate.analysis import slices as figuring
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.analysis.predictors import Prediction
from xproj_core.evaluate.analysis.slices import Figures, Slice
from xproj_core.evaluate.calibration import Calibration
from xproj_core.evaluate.scores import significance
from xproj_core.evaluate.scores.significance import Difference
from xproj_ui.resources import counting, store

MOST_JUDGED = 3_000
"""Sentences whose probabilities are estimated while somebody waits."""
Key = tuple[str, tuple[tuple[str, int], ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Data:
    """An analysis and what it is of; `key` tells it from all others."""

    key: Key
    analysis: Analysis

    @property
    def systems(self) -> tuple[str, ...]:
        """Their names, in order."""
        return self.analysis.systems

    @property
    def names(self) -> dict[str, str]:
        """What to call them here."""
        known = dict.fromkeys((*self.analysis.systems, *self.analysis.silent))
        return system_titles(tuple(known))


def load(runs: tuple[str, ...], ignore: tuple[str, ...]) -> Data | None:
    """The analysis of stored runs, as far as they have got.

    None while much of them is being counted, which is shown meanwhile.

    Raises:
        XProjError: there is no such run, or they cannot be compared.
    """
    stored_runs = [store().runs.get(run) for run in runs]
    key = (store().address, tuple((run.id, run.done) for run in stored_runs), ignore)
    analysis = _shelf().get(key)
    if analysis is None:
        stored_answers.systems(store(), runs)  # before anything is counted in vain
        waiting = [run for run in runs if _to_be_counted(run, ignore)]
        if waiting:
            _watch(tuple(waiting), ignore)
            return None
        with st.spinner("Looking at the sentences …", show_time=True):
            analysis = stored_answers.analyse(store(), runs, ignore)
        _shelf().put(key, analysis)
    return Data(key, analysis)


def _to_be_counted(run: str, ignore: tuple[str, ...]) -> bool:
    """Whether a run is being counted in the background from now on, or still."""
    counts = counting()
    if counts.progress(run, ignore) is not None:
        return True
    tried = counts.is_over(run, ignore)  # asked in any case, so that it is not told later
    if tried or analysis_cache.missing(store(), run, ignore) <= analysis_cache.FEW:
        return False
    counts.start(run, ignore)
    return True


@st.fragment(run_every="1s")
def _watch(runs: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    """How far it is; the whole page is drawn anew when it is over."""
    moments = [counting().progress(run, ignore) for run in runs]
    if not any(moments):
        st.rerun()
    st.markdown("What the runs made is being counted, once. You may leave this page meanwhile.")
    for moment in moments:
        if moment is not None:
            st.progress(min(moment.fraction if moment.total else 0.0, 1.0), text=str(moment))


class _Shelf:
    """The analyses used last, for everybody. (Streamlit's own cache cannot show progress.)"""

    def __init__(self) -> None:
        self._kept: LRUCache[Key, Analysis] = LRUCache(4)
        self._lock = Lock()

    def get(self, key: Key) -> Analysis | None:
        with self._lock:
            return self._kept.get(key)

    def put(self, key: Key, analysis: Analysis) -> None:
        with self._lock:
            self._kept[key] = analysis


@st.cache_resource(show_spinner=False)
def _shelf() -> _Shelf:
    return _Shelf()


def silent(data: Data, runs: tuple[str, ...]) -> dict[str, str]:
    """Why each system that answered nothing did not, by its name for people."""
    if not data.analysis.silent:
        return {}
    _, records = next(stored_answers.side_by_side(store(), runs, range(1)))
    return {
        data.names[system]: (records[system].problem if system in records else None) or ""
        for system in data.analysis.silent
    }


def system_scores(data: Data) -> list[Figures]:
    """Of each system, over everything."""
    return _system_scores(data.key, data.analysis)


@st.cache_data(max_entries=16, show_spinner=False)
def _system_scores(key: Key, _analysis: Analysis) -> list[Figures]:
    return figuring.score_systems(_analysis.counts())


def differences(data: Data) -> list[Difference]:
    """Every system against every other, in F1."""
    return _differences(data.key, data.analysis)


@st.cache_data(max_entries=16, show_spinner="Comparing the systems …")
def _differences(key: Key, _analysis: Analysis) -> list[Difference]:
    return significance.differences(_analysis.counts(), _analysis.systems)


def slices(data: Data, by: str) -> list[Slice]:
    """The figures along a line."""
    return _slices(data.key, by, data.analysis)


@st.cache_data(max_entries=64, show_spinner=False)
def _slices(key: Key, by: str, _analysis: Analysis) -> list[Slice]:
    return figuring.slices(_analysis, by)


def prediction(data: Data, baseline: str, other: str) -> Prediction:
    """Whether one can tell beforehand where `other` does better."""
    return _prediction(data.key, baseline, other, data.analysis)


@st.cache_data(max_entries=64, show_spinner="Looking at the sentences …")
def _prediction(key: Key, baseline: str, other: str, _analysis: Analysis) -> Prediction:
    return predictors.predict(_analysis, baseline, other)


def calibrations(
    data: Data, runs: tuple[str, ...], ignore: tuple[str, ...]
) -> dict[str, Calibration]:
    """How far each system's confidence can be believed, on the first `MOST_JUDGED` sentences."""
    model = model_in_use()
    return _calibrations(data.key, model.fingerprint, runs, ignore, model)


@st.cache_data(max_entries=16, show_spinner="Estimating probabilities …")
def _calibrations(
    key: Key,
    fingerprint: str,
    runs: tuple[str, ...],
    ignore: tuple[str, ...],
    _model: CalibrationModel,
) -> dict[str, Calibration]:
    answers = stored_answers.side_by_side(store(), runs, range(MOST_JUDGED))
    return calibration.calibrations(answers, _model, ignore)


def clear() -> None:
    """Forget everything."""
    for cache in (_shelf, _system_scores, _differences, _slices, _prediction, _calibrations):
        cache.clear()
