"""What the queue sorts and filters by, found once for every item of a dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xproj_core.answers.sure_records import sure_batch
from xproj_core.domain.item import Item
from xproj_core.domain.overlap import disagreements
from xproj_core.domain.record import Record
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import Kind
from xproj_core.review.desk import Desk
from xproj_core.store.reviews import Signal

_AT_ONCE = 500


def prepare(desk: Desk, progress: Callable[[int], None] | None = None) -> int:
    """Find the signals of every item anew; how many items there are.

    Args:
        progress: is told how many are done, now and then.
    """
    total, model = desk.dataset.items, desk.model
    for start in range(0, total, _AT_ONCE):
        stop = min(total, start + _AT_ONCE)
        items = list(desk.material(start, stop))
        sure = sure_batch([records for _, _, records in items], model)
        signals = [
            signal(number, item, desk.chosen(records), records)
            for (number, item, _), records in zip(items, sure, strict=True)
        ]
        desk.store.reviews.note(desk.dataset.id, start, stop, signals)
        if progress is not None:
            progress(stop)
    return total


def signal(number: int, item: Item, record: Record | None, records: Mapping[str, Record]) -> Signal:
    """What is known of one item: its own labels, and what was made of it."""
    tags = {("label", s.label) for side in (item.source, item.target) if side for s in side.spans}
    if record is None or record.problem is not None:
        failed = {("error", str(Kind.FAILED.value))} if record is not None else set()
        return Signal(number, _measure_agreement(records), 1.0, 0, frozenset(tags | failed))
    lost = [p for p in record.placements if p.target is None]
    placed = [p for p in record.placements if p.target is not None]
    tags |= {("label", p.target.label) for p in placed if p.target is not None}
    tags |= {("lost", p.reason) for p in lost if p.reason}
    tags |= {
        ("error", str(case.kind.value))
        for case in classify(item, record)
        if case.kind is not Kind.CORRECT
    }
    confidence = min((p.certainty for p in placed), default=1.0)
    return Signal(
        number, _measure_agreement(records), round(confidence, 4), len(lost), frozenset(tags)
    )


def _measure_agreement(records: Mapping[str, Record]) -> float:
    """The share of target words that all systems label alike, where they have the same words."""
    answered_records = [r for r in records.values() if r.problem is None]
    if len(answered_records) < 2 or not len(answered_records[0].target):
        return 1.0
    n = len(answered_records[0].target)
    tracks = {
        r.system: r.predicted
        for r in answered_records
        if r.target.tokens == answered_records[0].target.tokens
    }
    return round(1 - len(disagreements(tracks, n)) / n, 4)
