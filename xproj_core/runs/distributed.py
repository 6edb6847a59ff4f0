"""The same run on many machines: chunks of items are mapped over a Dask cluster.

Workers load the engines and make the records; this process reads the dataset and writes what
comes back, chunk by chunk in order, exactly as a run on one machine does: it can be watched,
stopped, killed and taken up again, here or there, with the same result.

    from distributed import Client
    runner.run(store, id, load_engine, spread=over(Client("scheduler:8786")))

Dask is not among XProj's requirements: pip install distributed. XProj, its models and its data
folder have to be on every worker under the same names.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from xproj_core.answers.many_items import together
from xproj_core.domain import codec
from xproj_core.domain.errors import EngineError, XProjError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.engines.presets import load_engine
from xproj_core.runs import configuration as configurations
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.runs.runner import Chunk, ChunkRecords, Spread

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 3
"""Chunks that wait or run at the workers for each of their threads; memory here stays flat."""


def over(client: Client) -> Spread:
    """Spreads a run's chunks over the cluster of a `distributed.Client`."""

    def spread(configuration: RunConfiguration, chunks: Iterator[Chunk]) -> Iterator[ChunkRecords]:
        what = json.dumps(configurations.as_json(configuration))
        waiting: deque[Future] = deque()
        try:
            for first, items in chunks:
                text = json.dumps([codec.to_json(item) for item in items])
                waiting.append(client.submit(records_of, what, text, first, pure=False))
                if len(waiting) >= AHEAD * _threads(client):
                    yield _received(waiting.popleft())
            while waiting:
                yield _received(waiting.popleft())
        finally:
            client.cancel(list(waiting))

    return spread


def records_of(configuration: str, items: str, first: int) -> str:
    """One chunk, at a worker: JSON of its records and of the seconds each step took."""
    run_configuration = configurations.from_json(json.loads(configuration))
    jobs = run_configuration.jobs(load_engine)
    chunk = [codec.from_json(Item, item) for item in json.loads(items)]
    records = [r for answer in together(jobs, chunk, first) for r in answer.records()]
    seconds: dict[str, float] = {}
    for job in jobs:
        for step, spent in job.seconds.items():
            seconds[step] = seconds.get(step, 0.0) + spent
    return json.dumps([[codec.to_json(r) for r in records], seconds])


def _received(future: Future) -> ChunkRecords:
    try:
        text = future.result()
    except XProjError:
        raise
    except Exception as error:
        raise EngineError(
            f"The cluster failed: {str(error).split('. ')[0]}. Scheduler and workers need the same"
            " XProj, models and data folder as this machine. What is finished is kept."
        ) from error
    records, seconds = json.loads(text)
    return [codec.from_json(Record, r) for r in records], seconds


def _threads(client: Client) -> int:
    return max(1, sum(map(int, client.nthreads().values())))
