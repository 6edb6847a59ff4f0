"""Runs a configuration over a dataset of the store, chunk by chunk.

What is finished is a whole number of chunks, and a chunk's records are written in one
transaction with that number: a runner that dies at any moment leaves a run that another takes
up where it stood, with the same result as if nothing had happened.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from threading import Event
from typing import TYPE_CHECKING

from xproj_core.answers.chunks import chunks
from xproj_core.answers.many_items import Answer, Job, together
from xproj_core.confidence import model_in_use
from xproj_core.domain.errors import StoreError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.engines import fingerprint
from xproj_core.jobs.ending import Stopped
from xproj_core.jobs.job import Watch
from xproj_core.jobs.ledger import at_work
from xproj_core.jobs.progress import Pace, Progress
from xproj_core.methods import Memo
from xproj_core.models.protocols import Engine
from xproj_core.runs import configuration as configurations
from xproj_core.runs import run_signature
from xproj_core.runs.cache import Cache
from xproj_core.runs.configuration import RunConfiguration

if TYPE_CHECKING:
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store

Chunk = tuple[int, list[Item]]
"""The number of the first item, and the items."""
ChunkRecords = tuple[list[Record], Mapping[str, float]]
"""The records of one chunk, and the seconds that each step took for it."""
Spread = Callable[[RunConfiguration, Iterator[Chunk]], Iterator[ChunkRecords]]
"""Makes the records of chunks, in this process or on a cluster, in their order; reads ahead as far
as it likes."""


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
    watch: Watch = lambda _: None,
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
    stop = stop or Event()
    with at_work(store.runs, id, stop) as claimed:
        watch(Progress(claimed.done, claimed.total, step="loading the models"))
        configuration = configurations.from_json(claimed.configuration)
        _check_models(claimed, configuration)
        pace = Pace(claimed.done, claimed.total)

        def advance(items: float) -> None:
            watch(pace.add(items))
            if stop.is_set():
                raise Stopped

        if spread is None:
            jobs = configuration.jobs(load, _memories(cache, configuration))
            _run_chunks(store, claimed, configuration, _here(jobs, advance), lambda _: None)
        else:
            _run_chunks(store, claimed, configuration, spread, advance)
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
    run = store.runs.get(id)
    configuration = configurations.from_json(run.configuration)
    jobs = configuration.jobs(load, _memories(cache, configuration))
    for job in jobs:
        job.confidence = model_in_use()
    items = store.datasets.items(run.dataset, 0, run.done)
    return together(jobs, map(configuration.item, items))


def _run_chunks(
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
    for records, spent in spread(configuration, handed_out()):
        size = sizes.popleft()
        done += size
        seconds.update(spent)
        rounded = {step: round(total, 3) for step, total in seconds.items()}
        store.runs.write(claimed.id, records, done, rounded)
        after_chunk(size)


def _here(jobs: list[Job], after_batch: Callable[[float], None]) -> Spread:
    """This process makes the records itself."""
    for job in jobs:
        job.progress = lambda items: after_batch(items / len(jobs))

    def spread(_: RunConfiguration, handed_out: Iterator[Chunk]) -> Iterator[ChunkRecords]:
        for first, chunk in handed_out:
            for job in jobs:
                job.seconds.clear()
            records = [r for answer in together(jobs, chunk, first) for r in answer.records()]
            spent: Counter[str] = Counter()
            for job in jobs:
                spent.update(job.seconds)
            yield records, spent

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
