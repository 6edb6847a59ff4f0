"""Records as a comparison, so that a stored run is drawn as the page draws a new answer."""

from __future__ import annotations

from collections.abc import Mapping

from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.answers.sure_records import sure_records
from xproj_core.confidence import model_in_use
from xproj_core.domain import (
    Evidence,
    Lost,
    Projected,
    Projection,
    Sentence,
    Span,
    Trace,
    languages,
)
from xproj_core.domain.item import Item
from xproj_core.domain.overlap import disagreements
from xproj_core.domain.record import Placement, Record
from xproj_core.drawing.wording import system_titles


def comparison(
    item: Item, records: Mapping[str, Record], titles: Mapping[str, str] | None = None
) -> Comparison:
    """What every system made of one item.

    A record holds the links between source and target alone, so that a pivot is drawn as these
    two sentences with the composed links between them.

    Args:
        titles: what the systems are called; their own names for people without it.
    """
    titles = titles or system_titles(list(records))
    records = sure_records(records, model_in_use())
    columns = tuple(_column(titles[name], record) for name, record in records.items())
    target = item.target or next((r.target for r in records.values() if len(r.target)), None)
    gold = _gold(item, target)
    tracks = {
        c.method: c.projection.spans
        for c in columns
        if c.projection and c.evidence and target and c.evidence.target.tokens == target.tokens
    }
    if gold is not None:
        tracks["gold"] = gold
    differ = disagreements(tracks, len(target)) if target and tracks else frozenset()
    return Comparison(columns, target, gold, differ, {}, {}, 0.0)


def _gold(item: Item, target: Sentence | None) -> tuple[Span, ...] | None:
    known = item.gold_of("target")
    if known is None or target is None or known.tokens != target.tokens:
        return None
    return known.spans


def _column(title: str, record: Record) -> Column:
    if record.problem is not None:
        return Column(title, problem=record.problem)
    alone = len(record.chain) == 1 or not len(record.source)
    alignment = None if alone or not record.links else record.alignment
    chain = (record.target,) if alone else (record.source, record.target)
    origins = tuple("" if o == "given" else o for o in record.origins)
    ends = (origins[0], origins[-1]) if len(origins) > 1 else origins
    route_notes = _describe_route(record)
    evidence = Evidence(
        method=title,
        source=record.source if not alone else record.target,
        target=record.target,
        alignment=alignment,
        chain=chain,
        hops=() if alone else (alignment,),
        origins=ends[-len(chain) :],
        notes=(*route_notes, *record.notes),
    )
    entities = tuple(
        Projected(p.target, _trace(record, p)) for p in record.placements if p.target is not None
    )
    lost = tuple(
        Lost(p.source, p.reason, p.message, _trace(record, p))
        for p in record.placements
        if p.target is None and p.source is not None
    )
    return Column(title, evidence, Projection(entities, lost))


def _describe_route(record: Record) -> tuple[str, ...]:
    """What lies between the two sentences that are drawn."""
    between = [s.language for s in record.chain[1:-1]]
    if not between:
        return ()
    route = ", ".join(map(languages.name, between))
    if record.target.language in between:
        return (f"The links were refined through a translation back into {route}.",)
    return (f"The links were followed through {route}.",)


def _trace(record: Record, placed: Placement) -> Trace:
    links = tuple(
        (i, j, score)
        for i, j, score in record.links
        if placed.source is not None
        and i in placed.source
        and (placed.target is None or j in placed.target)
    )
    return Trace(
        placed.source,
        links,
        rule=placed.rule,
        confidence=placed.confidence,
        margin=placed.margin,
        probability=placed.probability,
    )
