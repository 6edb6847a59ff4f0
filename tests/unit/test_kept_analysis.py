"""What is counted once is read from a file, continued, and set side by side as if all at once."""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from tests.answers import SYSTEMS, answers, stored
from xproj_core.evaluate.analysis import (
    analysis_cache,
    analysis_job,
    stored_answers,
    tables,
)
from xproj_core.evaluate.analysis.analysis import Analysis, analysis
from xproj_core.evaluate.analysis.collect import Collector
from xproj_core.evaluate.analysis.tables import Tables
from xproj_core.jobs.progress import Progress
from xproj_core.store import open_store
from xproj_core.store.place import beside
from xproj_core.store.store import Store

ANSWERS = answers(150)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "x.sqlite")) as opened:
        yield opened


def count(first: int, stop: int, systems: tuple[str, ...] = SYSTEMS) -> Tables:
    collector = Collector(systems)
    for number in range(first, stop):
        item, records = ANSWERS[number]
        collector.add(item, records, number)
    return collector.tables()


def plain(result: Analysis) -> list[object]:
    """Everything that can be asked, without the codes that names happen to have."""
    cases = result.cases.drop(columns="name")
    return [
        result.systems,
        result.labels,
        cases.astype(str).values.tolist(),
        result.counts().tolist(),
        result.sentences.astype(str).values.tolist(),
        result.problems,
        result.conll,
        result.links,
        [result.views(s, y) for s in result.systems for y in ("", *result.labels)],
        [result.rates[s].of(y) for s in result.systems for y in ("", *result.labels)],
    ]


WHOLE = plain(analysis(count(0, 150)))


def test_a_file_gives_back_what_was_saved() -> None:
    original, file = count(0, 150), io.BytesIO()
    original.save(file)
    file.seek(0)
    assert tables.size(file) == 150
    file.seek(0)
    restored = tables.load(file)
    assert (restored.systems, restored.keys, dict(restored.names)) == (
        original.systems,
        original.keys,
        dict(original.names),
    )
    for name, columns in original.columns.items():
        for column, values in columns.items():
            assert np.array_equal(restored.columns[name][column], values)
    assert_frame_equal(analysis(restored).cases, analysis(original).cases)


@pytest.mark.parametrize("cut", [1, 70, 149])
def test_counting_in_parts_is_counting_at_once(cut: int) -> None:
    parts = [count(0, cut), count(cut, 150)]
    assert plain(analysis(tables.appended(parts))) == WHOLE
    assert plain(analysis(count(0, 150).first(cut))) == plain(analysis(count(0, cut)))


def test_systems_side_by_side_are_systems_counted_together() -> None:
    parts = [count(0, 150, SYSTEMS[:1]), count(0, 150, SYSTEMS[1:])]
    assert plain(analysis(tables.joined(parts, SYSTEMS))) == WHOLE
    shorter = [count(0, 150, SYSTEMS[:1]), count(0, 60, SYSTEMS[1:])]
    assert plain(analysis(tables.joined(shorter, SYSTEMS))) == plain(analysis(count(0, 60)))


def test_a_run_is_counted_once_and_continued(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis_cache, "_PIECE", 40)
    run = stored(store, ANSWERS[:100])
    assert analysis_cache.missing(store, run) == 100
    moments: list[tuple[int, int]] = []
    analysis_cache.counted(store, run, on_progress=lambda *moment: moments.append(moment))
    assert moments[0] == (0, 100) and analysis_cache.missing(store, run) == 0
    again: list[tuple[int, int]] = []
    result = stored_answers.analyse(store, [run], on_progress=lambda *moment: again.append(moment))
    assert not again and plain(result) == plain(analysis(count(0, 100)))
    assert analysis_cache.missing(store, run, ["PER"]) == 100, "other labels are another question"


def test_what_is_damaged_of_another_format_or_of_no_run_is_not_used(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = stored(store, ANSWERS[:30])
    analysis_cache.counted(store, run)
    (file,) = analysis_cache.folder(store).iterdir()
    content = file.read_bytes()
    scratched = bytes(
        b ^ 255 if n % 9 == 0 and 40 < n < len(content) - 2500 else b for n, b in enumerate(content)
    )
    for damage in (b"", content[:200], b"nonsense" * 50, scratched):
        file.write_bytes(damage)
        assert analysis_cache.missing(store, run) == 30
        assert plain(stored_answers.analyse(store, [run])) == plain(analysis(count(0, 30)))
    monkeypatch.setattr(analysis_cache, "FORMAT", analysis_cache.FORMAT + 1)
    assert analysis_cache.missing(store, run) == 30
    analysis_cache.counted(store, run)
    (now,) = analysis_cache.folder(store).iterdir()
    assert now != file
    left, begun = (analysis_cache.folder(store) / f"{n}-x.npz.part" for n in (1, 2))
    left.touch()
    os.utime(left, (0, 0))
    begun.touch()
    analysis_cache.prune(store)
    assert begun.exists() and not left.exists(), "what is being written is let alone"
    begun.unlink()
    store.runs.remove(run)
    analysis_cache.prune(store)
    assert not list(analysis_cache.folder(store).iterdir())


def test_numbers_that_stood_for_other_names_are_counted_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files hold the place of a kind among all kinds; a kind more moves those after it."""
    run = stored(store, ANSWERS[:30])
    kinds, *others = analysis_cache._CODED
    monkeypatch.setattr(analysis_cache, "_CODED", (kinds[:5] + kinds[6:], *others))
    analysis_cache.counted(store, run)
    assert analysis_cache.missing(store, run) == 0
    monkeypatch.undo()
    assert analysis_cache.missing(store, run) == 30


def test_files_of_others_are_let_alone(store: Store) -> None:
    run = stored(store, ANSWERS[:30])
    foreign_file = analysis_cache.folder(store) / "mine.npz"
    foreign_file.parent.mkdir()
    foreign_file.touch()
    analysis_cache.counted(store, run)
    assert foreign_file.exists() and analysis_cache.missing(store, run) == 0


def test_garbage_is_searched_for_as_before_once_nobody_counts() -> None:
    usual = gc.get_threshold()
    first, second = analysis_cache.seldom_collected(), analysis_cache.seldom_collected()
    for step in (first.__enter__, second.__enter__):
        step()
    first.__exit__(None, None, None)
    assert gc.get_threshold() != usual, "the second still counts"
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_a_folder_that_cannot_be_written_costs_time_alone(store: Store) -> None:
    run = stored(store, ANSWERS[:30])
    analysis_cache.folder(store).write_text("a file where a folder should be")
    assert plain(stored_answers.analyse(store, [run])) == plain(analysis(count(0, 30)))


def test_where_the_files_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    assert beside("sqlite:////a/b/x.sqlite", "analyses") == Path("/a/b/x-analyses")
    path = beside("postgresql+pg8000://me:secret@host/one", "analyses")
    assert path.parent == tmp_path and path == beside(
        "postgresql+pg8000://you@host/one", "analyses"
    )
    assert path != beside("postgresql+pg8000://me:secret@host/two", "analyses")


def test_counting_in_a_process_of_its_own(store: Store) -> None:
    run = stored(store, ANSWERS)
    moments: list[Progress] = []
    name = analysis_job.name_of(run)
    analysis_job.in_child(store.address)(name, moments.append, Event())
    assert analysis_cache.missing(store, run) == 0 and moments[0].total == 150
    counts = analysis_job.Counting(analysis_job.in_thread(store))
    counts.start(run, ["PER"])
    counts.join(analysis_job.name_of(run, ["PER"]))
    assert counts.progress(run, ["PER"]) is None
    assert counts.is_over(run, ["PER"]) and not counts.is_over(run, ["PER"])
    assert analysis_cache.missing(store, run, ["PER"]) == 0


def test_a_run_that_failed_altogether_can_be_counted(store: Store) -> None:
    run = stored(store, [(item, {}) for item, _ in ANSWERS[:5]] + ANSWERS[5:6])
    assert stored_answers.analyse(store, [run]).problems == dict.fromkeys(SYSTEMS, 5)
