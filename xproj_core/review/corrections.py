"""What people did to each span and link: the document as it was beside the document as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from xproj_core.annotation.document import Document, Mark, MarkedSpan
from xproj_core.annotation.settings import GOLD, SHARED
from xproj_core.domain import Sentence
from xproj_core.domain.item import Item, Side
from xproj_core.domain.record import Record
from xproj_core.review import conversion
from xproj_core.review.desk import Desk
from xproj_core.store.document_log import Where
from xproj_core.store.documents import Kept
from xproj_core.tables.csv_table import csv_text
from xproj_core.tables.table import Column, Table

Outcome = Literal["kept", "label", "place", "label and place", "rejected", "added", "gone"]
OUTCOMES: dict[Outcome, str] = {
    "kept": "left as it was",
    "label": "given another label",
    "place": "given other ends",
    "label and place": "given another label and other ends",
    "rejected": "rejected",
    "added": "added by a person",
    "gone": "deleted with the words under it",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of one span.

    Attributes:
        before: as it was made; None for one that a person added.
        after: as it is; None for one that is not wanted any more.
    """

    side: Side
    outcome: Outcome
    before: MarkedSpan | None
    after: MarkedSpan | None

    @property
    def mark(self) -> Mark:
        """Of the span as it is, or was."""
        span = self.after or self.before
        assert span is not None
        return span.mark


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished sentence as it was and as it is, in the version that counts."""

    where: Where
    snapshot: Kept
    initial: Document

    @property
    def document(self) -> Document:
        """As it is."""
        return self.snapshot.document


def corrections(initial: Document, document: Document) -> list[Correction]:
    """What became of every span that there was, and those that are new, in order of their ids.

    Where the text was edited, a span that moved along with its words was left as it was.
    """
    changes: list[Correction] = []
    for id, old in initial.spans.items():
        new = document.spans.get(id)
        if new is None:
            changes.append(Correction(old.side, "gone", old, None))
        elif not new.mark.live:
            outcome: Outcome = "kept" if not old.mark.live else "rejected"
            changes.append(Correction(old.side, outcome, old, new))
        else:
            changes.append(Correction(old.side, _change(initial, document, old, new), old, new))
    changes += [
        Correction(new.side, "added", None, new)
        for id, new in document.spans.items()
        if id not in initial.spans and new.mark.live
    ]
    return changes


def _change(initial: Document, document: Document, old: MarkedSpan, new: MarkedSpan) -> Outcome:
    moved = old.place[:2] != new.place[:2] and (
        _tokens(initial.side(old.side)) == _tokens(document.side(new.side))
        or words(initial, old) != words(document, new)
    )
    if old.label != new.label:
        return "label and place" if moved else "label"
    return "place" if moved else "kept"


def _tokens(sentence: Sentence | None) -> tuple[str, ...]:
    return () if sentence is None else sentence.tokens


def words(document: Document, span: MarkedSpan | None) -> str:
    """The words under a span."""
    sentence = None if span is None else document.side(span.side)
    if span is None or sentence is None:
        return ""
    return " ".join(sentence.tokens[span.start : span.end])


def finished(desk: Desk) -> Iterator[Finished]:
    """Every sentence that is done, once: its gold version, else the shared one, else one that
    a single annotator has finished, the first by name."""
    entries = desk.store.documents.all(desk.dataset.id)
    for _, group in groupby(entries, key=lambda entry: entry[0].number):
        done = [Finished(*entry) for entry in group if entry[1].document.done]
        if done:
            yield min(
                done, key=lambda f: (f.where.layer != GOLD, f.where.layer != SHARED, f.where.layer)
            )


def corrected(desk: Desk) -> Iterator[tuple[Item, Mapping[str, Record]]]:
    """Every finished sentence, its target gold, with what systems had made of it."""
    for sentence in finished(desk):
        number = sentence.where.number
        _, item, records = next(desk.material(number, number + 1))
        yield conversion.item(sentence.document, item.key, item), records


_COLUMNS = (
    *("item", "layer", "side", "system", "outcome", "made by", "confidence"),
    *(
        f"{what} {when}"
        for when in ("before", "after")
        for what in ("label", "start", "end", "words")
    ),
    *("changed by", "finished at", "note"),
)


def corrections_csv(desk: Desk) -> str:
    """One row per span of every finished sentence, as CSV; it cannot be read back in."""
    rows: list[tuple[str | int | float | None, ...]] = []
    for sentence in finished(desk):
        item = desk.store.datasets.at(desk.dataset.id, sentence.where.number)
        for c in corrections(sentence.initial, sentence.document):
            old, new = c.before, c.after if c.outcome != "rejected" else None
            rows.append(
                (
                    item.key,
                    sentence.where.layer,
                    c.side,
                    sentence.initial.system,
                    OUTCOMES[c.outcome],
                    c.mark.origin,
                    None if old is None else old.mark.score,
                    *_cells(sentence.initial, old),
                    *_cells(sentence.document, new),
                    c.mark.editor,
                    sentence.snapshot.at,
                    c.mark.note,
                )
            )
    columns = tuple(Column(name, "plain") for name in _COLUMNS)
    return csv_text(Table("corrections", "Corrections", columns, tuple(rows)))


def _cells(
    document: Document, span: MarkedSpan | None
) -> tuple[str | None, int | None, int | None, str | None]:
    if span is None:
        return None, None, None, None
    return span.label, span.start, span.end, words(document, span)
