"""The rules by which jobs change hands, the same in a folder and in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.ledgers import ELSEWHERE, KINDS, TOTAL, Place
from xproj_core.domain.errors import EngineError, StoreError
from xproj_core.jobs import liveness, process
from xproj_core.jobs.ending import Stopped
from xproj_core.jobs.job import Do, Job, LostJobError, MissingJobError
from xproj_core.jobs.ledger import at_work
from xproj_core.jobs.progress import Progress
from xproj_core.jobs.worker import Worker


def opened(kind: str, folder: Path) -> Place:
    return KINDS[kind](str(folder / f"{kind}.place"))


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    new_place = opened(request.param, tmp_path)
    yield new_place
    new_place.close()


def worker(place: Place, do: Do) -> Worker[Job]:
    waiting = Progress(0, TOTAL, step="waiting")
    return Worker(place.here, do, lambda job: frozenset({"one thing"}), lambda job: waiting)


def test_a_job_is_begun_shown_and_ended(place: Place) -> None:
    id = place.add()
    new = place.here.get(id)
    assert (new.state, new.done, new.owner) == ("new", 0, "")
    begun = place.here.begin(id)
    assert (begun.state, begun.owner) == ("running", liveness.me())
    place.show(place.here, id, 3)
    shown = place.elsewhere.get(id)
    assert (shown.state, shown.done, shown.total) == ("running", 3, TOTAL)
    place.here.end(id, "finished")
    ended = place.elsewhere.get(id)
    assert (ended.state, ended.done, ended.owner) == ("finished", 3, "")


def test_who_comes_second_is_refused(place: Place) -> None:
    id = place.add()
    place.here.begin(id)
    for ledger in (place.here, place.elsewhere):
        with pytest.raises(StoreError, match="already, by " + liveness.me()):
            ledger.begin(id)
    assert place.here.get(id).owner == liveness.me()


def test_a_sign_of_life_keeps_a_job(place: Place) -> None:
    id = place.add()
    place.here.begin(id)
    place.silence(id)
    assert place.elsewhere.get(id).state == "interrupted"
    assert place.here.beat(id) is False
    assert place.elsewhere.get(id).state == "running"
    with pytest.raises(StoreError, match="already"):
        place.elsewhere.begin(id)


def test_a_silent_owner_is_replaced_and_can_write_nothing_more(place: Place) -> None:
    id = place.add()
    place.here.begin(id)
    place.show(place.here, id, 2)
    place.silence(id)
    job_elsewhere = place.elsewhere.begin(id)
    assert (job_elsewhere.state, job_elsewhere.owner, job_elsewhere.done) == (
        "running",
        ELSEWHERE,
        2,
    )
    acts: tuple[Callable[[], object], ...] = (
        lambda: place.show(place.here, id, 4),
        lambda: place.here.beat(id),
        lambda: place.here.end(id, "finished"),
    )
    for act in acts:
        with pytest.raises(LostJobError, match="taken over"):
            act()
    job = place.here.get(id)
    assert (job.state, job.owner, job.done) == ("running", ELSEWHERE, 2)


def test_an_owner_who_lost_a_job_is_told_to_stop(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liveness, "BEAT", 0.01)
    id, stop = place.add(), Event()
    with pytest.raises(LostJobError), at_work(place.here, id, stop):
        place.silence(id)
        place.here.remove(id)
        assert stop.wait(20)
        raise Stopped
    with pytest.raises(MissingJobError):
        place.here.get(id)


def test_whoever_is_asked_to_stop_hears_it_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liveness, "BEAT", 0.01)
    id, stop = place.add(), Event()
    place.here.stop(id)  # nobody is at it: whoever begins it later means it
    with at_work(place.here, id, stop):
        assert place.here.beat(id) is False
        place.elsewhere.stop(id)
        assert place.here.beat(id) is True
        assert stop.wait(20)
        raise Stopped
    assert (place.here.get(id).state, place.here.get(id).problem) == ("cancelled", "")
    place.here.begin(id)
    assert place.here.beat(id) is False


def test_why_a_job_failed_is_kept_until_it_is_begun_again(place: Place) -> None:
    id = place.add()
    with pytest.raises(EngineError), at_work(place.here, id, Event()):
        place.show(place.here, id, 2)
        raise EngineError("No such model.")
    failed = place.elsewhere.get(id)
    assert (failed.state, failed.problem, failed.done) == ("failed", "No such model.", 2)
    with at_work(place.elsewhere, id, Event()) as again:
        assert (again.state, again.problem, again.done) == ("running", "", 2)
    assert place.here.get(id).state == "finished"


def test_a_faults_own_words_and_an_end_from_outside(place: Place) -> None:
    endings: dict[BaseException, tuple[str, str]] = {
        MemoryError(): ("failed", "Memory ran out"),
        OSError(28, "No space left on device"): ("failed", "No space left on device"),
        ZeroDivisionError(): ("failed", "fault of the program"),
        KeyboardInterrupt(): ("cancelled", ""),
    }
    for error, (state, problem) in endings.items():
        id = place.add()
        with pytest.raises(type(error)), at_work(place.here, id, Event()):
            raise error
        job = place.here.get(id)
        assert job.state == state and problem in job.problem


def test_nothing_ends_twice(place: Place) -> None:
    id = place.add()
    with pytest.raises(LostJobError):
        place.here.end(id, "finished")
    place.here.begin(id)
    place.here.end(id, "finished")
    with pytest.raises(LostJobError):
        place.here.end(id, "failed", "after all")
    with pytest.raises(LostJobError):
        place.show(place.here, id, 1)
    assert (place.here.get(id).state, place.here.get(id).problem) == ("finished", "")


def test_only_a_silent_owner_is_given_up_and_the_first_reason_stays(place: Place) -> None:
    id = place.add()
    place.here.begin(id)
    place.elsewhere.give_up(id, "killed")
    assert place.here.get(id).state == "running"
    place.silence(id)
    place.elsewhere.give_up(id, "killed")
    place.elsewhere.give_up(id, "something else")
    assert (place.here.get(id).state, place.here.get(id).problem) == ("failed", "killed")
    with pytest.raises(LostJobError):
        place.here.beat(id)


def test_a_job_that_is_not_there(place: Place) -> None:
    id = place.add()
    place.here.remove(id)
    for act in (place.here.get, place.here.begin):
        with pytest.raises(MissingJobError, match=f"There is no .* {id}"):
            act(id)
    for end in (place.here.stop, place.here.remove, lambda id: place.here.give_up(id, "killed")):
        end(id)
    assert place.here.list() == []


def test_the_newest_comes_first(place: Place) -> None:
    ids = []
    for _ in range(3):
        ids.append(place.add())
        Event().wait(0.01)  # what was made within a millisecond has no order
    assert [job.id for job in place.here.list()] == ids[::-1]


def test_jobs_that_need_the_same_are_done_in_the_order_they_came(place: Place) -> None:
    go, done = Event(), []

    def do(id: str, watch: Callable[[Progress], None], stop: Event) -> None:
        with at_work(place.here, id, stop):
            assert go.wait(20)
            done.append(id)

    some, ids = worker(place, do), [place.add() for _ in range(3)]
    for id in ids:
        some.start(id)
    some.start(ids[0])
    assert some.busy() == tuple(ids)
    assert all(some.is_under_way(place.here.get(id)) for id in ids)
    some.stop(ids[1])
    some.join(ids[1])
    go.set()
    for id in ids:
        some.join(id)
    assert done == [ids[0], ids[2]]
    states = [place.here.get(id).state for id in ids]
    assert states == ["finished", "new", "finished"] and some.busy() == ()
    assert not any(some.is_under_way(place.here.get(id)) for id in ids)
    with pytest.raises(MissingJobError):
        some.start("nothing")


def test_a_child_that_is_killed_says_so_and_another_goes_on(
    place: Place, request: pytest.FixtureRequest
) -> None:
    kind = request.node.callspec.params["place"]
    id = place.add()
    some = worker(place, process.in_child("tests.ledgers", kind, place.where))
    some.start(id)
    some.join(id)
    left = place.here.get(id)
    assert (left.state, left.done, left.owner) == ("failed", 2, "")
    assert "killed (signal 9)" in left.problem
    again = place.here.begin(id)
    assert (again.state, again.done, again.problem) == ("running", 2, "")


ACTS = ("begin", "beat", "show", "finished", "failed", "give up", "stop", "silence")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Place]]:
    places = [opened(kind, tmp_path_factory.mktemp("places")) for kind in KINDS]
    yield places
    for place in places:
        place.close()


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.booleans()), min_size=2, max_size=10))
def test_whatever_happens_a_folder_and_a_database_agree(
    both: list[Place], acts: list[tuple[str, bool]]
) -> None:
    stories = [
        [_happened(place, id, *act) for act in acts] for place in both for id in [place.add()]
    ]
    assert stories[0] == stories[1]


def _happened(place: Place, id: str, act: str, here: bool) -> tuple[Any, ...]:
    """What comes of an act by somebody here or elsewhere, and how the job stands then."""
    ledger = place.here if here else place.elsewhere
    acts: dict[str, Callable[[], object]] = {
        "begin": lambda: ledger.begin(id).state,
        "beat": lambda: ledger.beat(id),
        "show": lambda: place.show(ledger, id, ledger.get(id).done + 1),
        "finished": lambda: ledger.end(id, "finished"),
        "failed": lambda: ledger.end(id, "failed", "for a reason"),
        "give up": lambda: ledger.give_up(id, "silent"),
        "stop": lambda: ledger.stop(id),
        "silence": lambda: place.silence(id),
    }
    try:
        answer = acts[act]()
    except StoreError as error:
        answer = type(error).__name__
    job = ledger.get(id)
    # what was asked of a job that nobody is at is void when somebody begins it
    stop_requested = job.stop and job.state == "running"
    return act, here, answer, job.state, job.owner, job.done, job.problem, stop_requested
