"""A system that answered nothing has no figure, and changes nobody else's."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.analysis.disagreement import duels
from xproj_core.evaluate.scores.significance import differences
from xproj_core.report.build import NOTHING_ANSWERED, Subject, report
from xproj_core.report.model import Paragraph
from xproj_core.tables.latex_table import latex

WORDS = Sentence(("Lagos", "is", "big"), "de")
GOLD = WORDS.labelled((Span(0, 1, "LOC"),))
SYSTEMS = ("direct/match-exact", "pivot/match-exact", "markers/match-exact")


def answer(system: str, quality: int, number: int) -> Record:
    """-1 is no answer, 0 a wrong one, 1 a right one."""
    span = Span(0, 1, "LOC") if quality == 1 else Span(1, 2, "LOC")
    record = Record(
        str(number),
        number,
        system,
        WORDS.labelled((Span(0, 1, "LOC"),)),
        WORDS,
        chain=(WORDS, WORDS),
        placements=(Placement(Span(0, 1, "LOC"), span),),
    )
    if quality >= 0:
        return record
    empty = Sentence((), "und")
    return replace(record, source=empty, chain=(), placements=(), problem="Nobody speaks it.")


QUALITIES = st.lists(
    st.lists(st.integers(-1, 1), min_size=3, max_size=3), min_size=1, max_size=6
).flatmap(lambda rows: st.sets(st.integers(0, 2)).map(lambda silent: (rows, silent)))


@given(QUALITIES)
def test_it_is_as_if_a_silent_system_had_not_been_run(
    example: tuple[list[list[int]], set[int]],
) -> None:
    rows, chosen = example
    rows = [[-1 if k in chosen else q for k, q in enumerate(row)] for row in rows]
    items = [Item(str(n), target=GOLD, gold=frozenset({"target"})) for n in range(len(rows))]
    silent = {k for k in range(3) if all(row[k] == -1 for row in rows)}
    every = [
        (item, {s: answer(s, q, n) for s, q in zip(SYSTEMS, rows[n], strict=True)})
        for n, item in enumerate(items)
    ]
    whole = collect(every, SYSTEMS)
    assert set(whole.silent) == {SYSTEMS[k] for k in silent}
    subject = Subject("t", SYSTEMS, ())
    written = report(subject, whole, lambda numbers: [every[n] for n in numbers])
    if len(silent) == 3:
        assert Paragraph(NOTHING_ANSWERED) in written.sections[0].blocks
        return
    rest = tuple(s for k, s in enumerate(SYSTEMS) if k not in silent)
    alone = collect([(i, {s: r[s] for s in rest}) for i, r in every], rest)
    assert whole.systems == rest
    assert duels(whole) == duels(alone)
    assert differences(whole.counts(), rest, trials=50) == differences(
        alone.counts(), rest, trials=50
    )
    assert (whole.counts() == alone.counts()).all()
    (scores,) = (t for t in written.tables() if t.name == "scores")
    assert sum(row[1:] == (None,) * 10 for row in scores.rows) == len(silent)
    assert latex(scores).count("--") >= 10 * len(silent)
