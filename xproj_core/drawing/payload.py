"""From the core's comparison to what is drawn. Pure: the page and the report share it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha1

from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.domain import Alignment, Evidence, Sentence, Span, languages
from xproj_core.drawing import why, wording
from xproj_core.drawing.colours import STEPS, shades
from xproj_core.drawing.gold_cases import explained, judged, known_gold, note_outcomes
from xproj_core.drawing.payload_types import (
    ColumnView,
    HopView,
    MatrixView,
    Payload,
    RowView,
    SentenceView,
    SpanView,
    TrackView,
    View,
    WhyView,
)
from xproj_core.drawing.sameness import note_same_as_direct
from xproj_core.drawing.spans import bonds, chain_spans, laned, links, plain_spans
from xproj_core.drawing.stages import VERBS
from xproj_core.evaluate.errors.taxonomy import Case
from xproj_core.methods import Mode
from xproj_core.text.strings import counted

_PARTS = {
    "direct": ("Direct", "source and target aligned to each other"),
    "composed": ("Composed", "the two steps multiplied: P(t|s) = Σ P(t|p)·P(p|s)"),
}
_USED = {"pivot": "Interpolated", "back_translation": "Refined"}


class _Sentences:
    """Each distinct sentence once."""

    def __init__(self) -> None:
        self.views: list[SentenceView] = []
        self._known: dict[tuple[str, tuple[str, ...]], int] = {}

    def index(self, sentence: Sentence) -> int:
        key = (sentence.language, sentence.tokens)
        if key not in self._known:
            self._known[key] = len(self.views)
            self.views.append(
                SentenceView(
                    tokens=list(sentence.tokens),
                    language=sentence.language,
                    dir="rtl" if languages.direction(sentence.language) == "rtl" else "ltr",
                )
            )
        return self._known[key]


def payload(
    comparison: Comparison,
    *,
    mode: Mode = Mode.LABEL,
    selected: str | None = None,
    view: View = "ribbons",
) -> Payload:
    """Everything the drawing needs, as plain JSON.

    `mode` tells which sentence was given, and so which may be typed over. A `selected` that
    names no entity of the comparison is dropped.
    """
    sentences = _Sentences()
    target = None if comparison.target is None else sentences.index(comparison.target)
    cases = judged(comparison)
    columns = [
        _column(c, own, comparison, mode, sentences)
        for c, own in zip(comparison.columns, cases, strict=True)
    ]
    note_same_as_direct(comparison, columns)
    tracks = _tracks(comparison, columns, note_outcomes(comparison, columns, cases))
    labels = {s["label"] for t in tracks for s in t["spans"]}
    labels |= {s["label"] for c in columns for r in c["rows"] for s in r["spans"]}
    labels |= {w["label"] for c in columns for w in c["why"]}
    known = {w["id"] for c in columns for w in c["why"]}
    result = Payload(
        view=view,
        selected=selected if selected in known else None,
        digest="",
        closed=False,
        sentences=sentences.views,
        target=target,
        disagreements=sorted(comparison.disagreements),
        differ=_differ(comparison),
        tracks=tracks,
        columns=columns,
        colours={label: shades(label) for label in sorted(labels)},
        step_colours={step.value: STEPS[step.value] for step in VERBS},
    )
    return _digested(result)


def closed(data: Payload) -> Payload:
    """The same without its matrices, to which encoders give a score in every cell."""
    columns: list[ColumnView] = [{**column, "matrices": []} for column in data["columns"]]
    return {**data, "closed": True, "columns": columns}


def _digested(data: Payload) -> Payload:
    drawing = {k: v for k, v in data.items() if k not in {"view", "selected", "digest"}}
    data["digest"] = sha1(json.dumps(drawing).encode(), usedforsecurity=False).hexdigest()
    return data


def _differ(comparison: Comparison) -> str:
    if comparison.target is None:
        return ""
    n, m = len(comparison.disagreements), len(comparison.target)
    if sum(c.projection is not None for c in comparison.columns) + bool(comparison.gold) < 2:
        return counted(m, "token")
    return f"{n} of {counted(m, 'token')} differ" if n else "no difference"


def _tracks(
    comparison: Comparison, columns: Sequence[ColumnView], of_gold: Mapping[Span, str]
) -> list[TrackView]:
    """Gold first, then the methods in order; those without an answer have no track."""
    tracks = []
    if comparison.target is None:
        return []
    if comparison.gold is not None:
        spans = plain_spans(comparison.gold, comparison.target, "gold", "gold")
        for span in spans:
            span["entity"] = of_gold.get(Span(span["start"], span["end"], span["label"]))
        tracks.append(_track("gold", None, spans, ""))
    for k, (column, view) in enumerate(zip(comparison.columns, columns, strict=True)):
        if column.evidence is None or column.projection is None:
            continue
        same = column.evidence.target.tokens == comparison.target.tokens
        note = "" if same else "labels a translation of its own; see its column"
        spans = view["rows"][-1]["spans"] if same else []
        tracks.append(_track(wording.short_title(column.method), k, spans, note))
    return tracks


def _track(title: str, column: int | None, spans: list[SpanView], note: str) -> TrackView:
    lanes = max((s["lane"] for s in spans), default=0) + 1
    return TrackView(title=title, column=column, spans=spans, lanes=lanes, note=note)


def _column(
    column: Column, cases: Sequence[Case], comparison: Comparison, mode: Mode, sentences: _Sentences
) -> ColumnView:
    view = ColumnView(
        method=column.method,
        title=wording.title(column.method),
        route="",
        count="",
        problem=column.problem,
        notes=[],
        summary=[],
        rows=[],
        hops=[],
        matrices=[],
        why=[],
    )
    evidence, projection = column.evidence, column.projection
    if evidence is None or projection is None:
        view["problem"] = column.problem or "This method gave no answer."
        return view
    names = wording.row_names(evidence.chain)
    view["route"] = " ↔ ".join(names)
    view["count"] = counted(len(projection.entities), "entity", "entities")
    view["notes"] = list(evidence.notes)
    view["summary"] = wording.summary(evidence, projection, known_gold(comparison, evidence))
    view["why"] = explained(column.method, evidence, projection, cases)
    view["rows"] = _rows(column.method, mode, evidence, view["why"], names, sentences)
    view["hops"] = _hops(evidence, view["rows"])
    view["matrices"] = _matrices(column.method, evidence, names)
    return view


def _rows(
    method: str,
    mode: Mode,
    evidence: Evidence,
    reasons: Sequence[WhyView],
    names: Sequence[str],
    sentences: _Sentences,
) -> list[RowView]:
    rows = []
    n = len(evidence.chain)
    span_rows = chain_spans(evidence, reasons, wording.title(method))
    for k, (sentence, spans) in enumerate(zip(evidence.chain, span_rows, strict=True)):
        tag, phrase = wording.origin(evidence.origins[k] if k < len(evidence.origins) else "")
        placed = laned(spans)
        rows.append(
            RowView(
                sentence=sentences.index(sentence),
                name=names[k],
                origin=tag,
                origin_title=phrase,
                slot=wording.slot(method, mode, k, n),
                spans=placed,
                lanes=max((s["lane"] for s in placed), default=0) + 1,
            )
        )
    return rows


def _hops(evidence: Evidence, rows: Sequence[RowView]) -> list[HopView]:
    views = []
    for k, hop in enumerate(evidence.hops):
        before, after = rows[k]["spans"], rows[k + 1]["spans"]
        if hop is None:
            views.append(HopView(links=[], bonds=bonds(before, after)))
        else:
            views.append(HopView(links=links(hop, before, after), bonds=[]))
    return views


def _matrices(method: str, evidence: Evidence, names: Sequence[str]) -> list[MatrixView]:
    """What the projection used first, then what it was made of, then the hops."""
    used, first, last = evidence.alignment, why.source_row(evidence), len(evidence.chain) - 1
    if used is None or last == 0:
        return []
    title = next((_part(n)[0] for n, p in evidence.parts.items() if p is used), None)
    title = title or _USED.get(method, "Alignment")
    matrices = [_matrix(title, "labels are projected along this one", used, first, last)]
    for name, part in evidence.parts.items():
        if part is not used and part.shape == used.shape:
            matrices.append(_matrix(*_part(name), part, first, last))
    for k, hop in enumerate(evidence.hops):
        if hop is not None and hop is not used:
            title = f"{names[k]} ↔ {names[k + 1]}"
            matrices.append(_matrix(title, "one step of the chain", hop, k, k + 1))
    return matrices


def _part(name: str) -> tuple[str, str]:
    return _PARTS.get(name) or (name.replace("_", " ").capitalize(), "")


def _matrix(title: str, text: str, alignment: Alignment, row: int, column: int) -> MatrixView:
    rounded = alignment.scores.round(2)
    where = rounded.nonzero()
    return MatrixView(
        title=title,
        help=text,
        rows=row,
        columns=column,
        cells=list(zip(where[0].tolist(), where[1].tolist(), rounded[where].tolist(), strict=True)),
        links=alignment.pairs(),
    )
