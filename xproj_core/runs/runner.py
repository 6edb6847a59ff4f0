"""Runs a configuration over a dataset of the store, chunk by chunk.

What is finished is a whole number of chunks, and a chunk's records are written in one
transaction with that number: a runner that dies at any moment leaves a run that another takes
up where it stood, with the same result as if nothing had happened.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from xproj_core.answers.chunks import chunks
from xproj_core.answers.many_items import Answer, Job, together
from xproj_core.domain.errors import StoreError
from xproj_core.engines import fingerprint
from xproj_core.jobs.ending import Stopped, ending
from xproj_core.jobs.liveness import beating
from xproj_core.jobs.progress import Pace, Progress
from xproj_core.methods import Memo
from xproj_core.models.protocols import Engine
from xproj_core.runs import configuration as configurations
from xproj_core.runs import run_signature
from xproj_core.runs.cache import Cache
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.runs.spread import Chunk, Made, Spread

if TYPE_CHECKING:
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store


def create(store: Store, dataset: str, configuration: RunConfiguration) -> str:
    """A new run over a whole dataset, not begun yet; its id.

    Raises:
        XProjError: the configuration cannot be run.
    """
    checked = configuration.checked()
    total = store.datasets.get(dataset).items
    # items are never changed, so what a run before has read need not be read again
    before = (
        run_signature.data_in(r.signature) for r in store.runs.list(dataset) if r.total == total
    )
    data = next(before, "") or run_signature.data_hash(store.datasets.items(dataset, 0, total))
    signature = run_signature.as_line(run_signature.sign(checked, data))
    return store.runs.add(dataset, configurations.as_json(checked), signature, total)


def run(
    store: Store,
    id: str,
    load: Callable[[str], Engine],
    cache: Cache | None = None,
    watch: Callable[[Progress], None] = lambda _: None,
    stop: Event | None = None,
    spread: Spread | None = None,
) -> Run:
    """Run what is left of a run; gives it back finished, or cancelled if it was stopped.

    Args:
        load: an engine by its name.
        cache: what remembers translations, alignments and taggings between runs.
        watch: told how far it is, at least once a batch.
        stop: set by whoever wants it to stop; `Store.runs.stop` does the same from afar.
        spread: who makes the records, where it is not this process (see `distributed`); it
            has engines and memories of its own.

    Raises:
        XProjError: it cannot go on; it is kept as failed, and can be taken up again.
    """
    claimed = store.runs.begin(id)
    stop = stop or Event()
    with ending(partial(store.runs.end, id)), beating(lambda: store.runs.beat(id), stop):
        watch(Progress(claimed.done, claimed.total, step="loading the models"))
        one = configurations.from_json(claimed.configuration)
        _check_models(claimed, one)
        pace = Pace(claimed.done, claimed.total)

        def moved(items: float) -> None:
            watch(pace.add(items))
            if stop.is_set():
                raise Stopped

        if spread is None:
            jobs = one.jobs(load, _memories(cache, one))
            _work(store, claimed, one, _here(jobs, moved), lambda _: None)
        else:
            _work(store, claimed, one, spread, moved)
        watch(Progress(claimed.total, claimed.total))
    return store.runs.get(id)


def _memories(cache: Cache | None, configuration: RunConfiguration) -> Callable[[str], Memo] | None:
    if cache is None:
        return None
    models = {name: fingerprint.of_steps(name) for name in configuration.engines}
    return lambda name: cache.memo(models[name])


def again(
    store: Store, id: str, load: Callable[[str], Engine], cache: Cache | None = None
) -> Iterator[Answer]:
    """The answers of a run with all their evidence, which records do not hold; nothing is kept.

    With the cache that it ran with, no model is asked again.
    """
    found = store.runs.get(id)
    one = configurations.from_json(found.configuration)
    jobs = one.jobs(load, _memories(cache, one))
    return together(jobs, map(one.item, store.datasets.items(found.dataset, 0, found.done)))


def _work(
    store: Store,
    claimed: Run,
    configuration: RunConfiguration,
    spread: Spread,
    after_chunk: Callable[[int], None],
) -> None:
    sizes: deque[int] = deque()  # of the chunks that were handed out and have not come back

    def handed_out() -> Iterator[Chunk]:
        first = claimed.done
        stored = store.datasets.items(claimed.dataset, first, claimed.total)
        for chunk in chunks(map(configuration.item, stored)):
            sizes.append(len(chunk))
            yield first, chunk
            first += len(chunk)

    done, seconds = claimed.done, Counter(claimed.seconds)
    for made, spent in spread(configuration, handed_out()):
        size = sizes.popleft()
        done += size
        seconds.update(spent)
        rounded = {step: round(total, 3) for step, total in seconds.items()}
        store.runs.write(claimed.id, made, done, rounded)
        after_chunk(size)


def _here(jobs: list[Job], after_batch: Callable[[float], None]) -> Spread:
    """This process makes the records itself."""
    for job in jobs:
        job.progress = lambda items: after_batch(items / len(jobs))

    def spread(_: RunConfiguration, handed_out: Iterator[Chunk]) -> Iterator[Made]:
        for first, chunk in handed_out:
            for job in jobs:
                job.seconds.clear()
            made = [r for answer in together(jobs, chunk, first) for r in answer.records()]
            spent: Counter[str] = Counter()
            for job in jobs:
                spent.update(job.seconds)
            yield made, spent

    return spread


def _check_models(claimed: Run, configuration: RunConfiguration) -> None:
    """Half a run with other models would be no run at all."""
    if not claimed.done:
        return
    before = run_signature.parse(claimed.signature)
    changed = run_signature.sign(configuration, before.data).differences(before)
    if changed:
        raise StoreError(
            f"This run cannot be taken up again: {'; '.join(changed)} than when it was begun."
            " Start a new run."
        )
