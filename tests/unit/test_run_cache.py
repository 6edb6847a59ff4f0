"""What is remembered between runs changes nothing but the work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from tests.fakes import CapitalTagger, WordAligner, engine
from tests.unit.test_runs import ONE, dataset, in_one_go, load, read_records, small_chunks
from xproj_core.answers.choice import Choice, parse_choices
from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.domain.errors import StoreError
from xproj_core.engines import fingerprint
from xproj_core.models.protocols import Engine
from xproj_core.runs import runner
from xproj_core.runs.cache import Cache
from xproj_core.store.store import Store


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    with small_chunks(tmp_path, monkeypatch) as small_store:
        yield small_store


class Fuzzy(WordAligner):
    """Scores that need all their digits."""

    def _align_pair(self, first: Sentence, second: Sentence) -> Alignment:
        hard = super()._align_pair(first, second)
        scores = hard.scores * 0.6 + 1 / (3 + len(first) + len(second) * 7)
        return Alignment(scores, hard.links.copy())


class Unsure(CapitalTagger):
    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        span_lists = super().tag(sentences)
        return [tuple(replace(s, score=1 / (s.start + 3)) for s in spans) for spans in span_lists]


def exact() -> Engine:
    return engine(aligner=Fuzzy(), tagger=Unsure(), target_tagger=Unsure())


def count_requests(fake_engine: Engine) -> tuple[int, int, int]:
    """How often each model was asked."""
    models = (fake_engine.translator, fake_engine.aligner, fake_engine.tagger)
    return tuple(len(model.calls) for model in models)  # type: ignore[union-attr, return-value]


def test_the_cache_changes_nothing_but_the_work(store: Store, tmp_path: Path) -> None:
    data = dataset(store, 12)
    methods = parse_choices("direct,pivot,back_translation,model_transfer", "method")
    wide = replace(ONE, methods=methods)
    plain = runner.create(store, data, wide)
    runner.run(store, plain, lambda name: exact())
    cache = Cache(tmp_path / "cache.sqlite")
    first, again, others = exact(), exact(), exact()
    narrow = replace(ONE, methods=parse_choices("direct", "method"))
    runs = [runner.create(store, data, c) for c in (narrow, wide, wide)]
    runner.run(store, runs[0], lambda name: first, cache)
    runner.run(store, runs[1], lambda name: again, cache)
    runner.run(store, runs[2], lambda name: others, Cache(tmp_path / "cache.sqlite"))
    assert (
        read_records(store, plain) == read_records(store, runs[1]) == read_records(store, runs[2])
    )
    assert count_requests(first) == (12, 12, 12), "each once"
    assert count_requests(others) == (0, 0, 0)
    # direct's translations, alignments and tags are there when more methods come
    without = exact()
    runner.run(store, runner.create(store, data, wide), lambda name: without)
    assert count_requests(again)[0] == count_requests(without)[0] - 12 > 0
    # another projector asks nobody
    projector = replace(wide, projectors=(Choice("min-max"), Choice("seed-heuristic")))
    runner.run(store, runner.create(store, data, projector), lambda name: others, cache)
    assert count_requests(others) == (0, 0, 0)
    cache.clear()
    runner.run(store, runner.create(store, data, narrow), lambda name: others, cache)
    assert count_requests(others)[0] == 12


def test_a_model_that_was_trained_again_is_asked_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, cache, fake_engine = dataset(store, 5), Cache(tmp_path / "cache.sqlite"), exact()
    narrow = replace(ONE, methods=parse_choices("direct", "method"))
    runner.run(store, runner.create(store, data, narrow), lambda name: fake_engine, cache)
    steps = {"translate": "new", "align": "new", "tag": "new"}
    monkeypatch.setattr(fingerprint, "of_steps", lambda name: steps)
    runner.run(store, runner.create(store, data, narrow), lambda name: fake_engine, cache)
    assert count_requests(fake_engine) == (10, 10, 10)


def test_a_cache_that_does_not_work_stops_nobody(store: Store, tmp_path: Path) -> None:
    data = dataset(store, 9)
    cache = Cache(tmp_path / "cache.sqlite")
    runner.run(store, runner.create(store, data, ONE), load, cache)
    cache.close()
    (tmp_path / "cache.sqlite").write_bytes(b"no database at all" * 99)
    (tmp_path / "cache.sqlite-wal").unlink(missing_ok=True)
    run = runner.create(store, data, ONE)
    assert runner.run(store, run, load, cache).state == "finished"
    assert read_records(store, run) == in_one_go(store, data)
    with pytest.raises(StoreError, match=r"delete that file"):
        Cache(tmp_path / "cache.sqlite")


def test_the_cache_stays_within_its_size(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite", most=400_000)
    for n in range(60):
        cache.put({bytes([n, k]): os.urandom(2_000) for k in range(10)})
    assert cache.size() < 500_000
    assert cache.get([bytes([59, k]) for k in range(10)]), "what came last is there"


def test_many_threads_share_a_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite")
    problems: list[Exception] = []

    def work(n: int) -> None:
        try:
            for k in range(20):
                key = bytes([k])
                cache.put({key: b"v" * k})
                assert cache.get([key])[key] == b"v" * k
        except Exception as error:
            problems.append(error)

    threads = [Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
