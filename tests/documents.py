"""Documents and commands for hypothesis, and one document to look at."""

from __future__ import annotations

from hypothesis import strategies as st

from xproj_core.annotation.commands import Command
from xproj_core.annotation.document import (
    STATUSES,
    Document,
    Mark,
    MarkedLink,
    MarkedSpan,
    Track,
)
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Side

LABELS = ("PER", "LOC", "ORG")
WORDS = ("Ada", "Lagos", "👩🏽‍💻", "e\u0301", "القاهرة", "了", ".", "met", "<b>")


def example() -> Document:
    """Ada Obi met Kofi Mensah in Lagos . | Ada Obi traf Kofi Mensah in Lagos ."""
    words = ("Ada", "Obi", "met", "Kofi", "Mensah", "in", "Lagos", ".")
    method_mark = Mark("direct/match-exact", "method", 0.75)
    tagged = Mark("tagger", "method")
    places = [(0, 2, "PER"), (3, 5, "PER"), (6, 7, "LOC")]
    spans = [
        MarkedSpan(f"s{n}", "source", a, b, label, tagged) for n, (a, b, label) in enumerate(places)
    ]
    spans += [
        MarkedSpan(f"t{n}", "target", a, b, label, method_mark, f"s{n}")
        for n, (a, b, label) in enumerate(places)
    ]
    links = {(i, i): MarkedLink(i, i, False, method_mark) for i in range(8)}
    return Document(
        Sentence(words, "en"),
        Sentence(tuple("traf" if w == "met" else w for w in words), "de"),
        {s.id: s for s in spans},
        links,
        (Track("pivot/match-exact", (Span(0, 1, "PER"), Span(6, 7, "LOC"))),),
        LABELS,
        "direct/match-exact",
    )


marks = st.builds(
    Mark,
    origin=st.sampled_from(["direct/match-exact", "Ana", "import"]),
    by=st.sampled_from(["method", "person", "import"]),
    score=st.sampled_from([None, 0.25, 1.0]),
    status=st.sampled_from(STATUSES),
    note=st.sampled_from(["", "why?"]),
    stale=st.booleans(),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Two sentences with spans and links of every kind, nested and equal ones included."""
    sizes: dict[Side, int] = {"source": draw(st.integers(1, 6)), "target": draw(st.integers(1, 6))}
    sides = {
        side: Sentence(tuple(draw(st.sampled_from(WORDS)) for _ in range(n)), "en")
        for side, n in sizes.items()
    }
    spans: dict[str, MarkedSpan] = {}
    for n in range(draw(st.integers(0, 5))):
        side = draw(st.sampled_from(list(sizes)))
        start = draw(st.integers(0, sizes[side] - 1))
        end = draw(st.integers(start + 1, sizes[side]))
        origin = draw(st.sampled_from([None, "p0", "p1", "gone"])) if side == "target" else None
        label = draw(st.sampled_from(LABELS))
        spans[f"p{n}"] = MarkedSpan(f"p{n}", side, start, end, label, draw(marks), origin)
    pairs = st.tuples(st.integers(0, sizes["source"] - 1), st.integers(0, sizes["target"] - 1))
    links = {
        pair: MarkedLink(*pair, draw(st.booleans()), draw(marks))
        for pair in draw(st.lists(pairs, max_size=6, unique=True))
    }
    track = Track("other", (Span(0, sizes["target"], "PER"),))
    return Document(sides["source"], sides["target"], spans, links, (track,), LABELS)


numbers = st.integers(-1, 7)
ids = st.sampled_from([f"p{n}" for n in range(5)])
pairs = st.tuples(numbers, numbers).map(list)
side = st.sampled_from(["source", "target"])
texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


operations: set[str] = set()
"""Those that `commands` has."""


def command(op: str, **arguments: st.SearchStrategy[object]) -> st.SearchStrategy[Command]:
    """Commands of one operation."""
    operations.add(op)
    return st.builds(Command, st.just(op), st.fixed_dictionaries(arguments))


commands = st.one_of(
    command("add_span", side=side, start=numbers, end=numbers, label=st.sampled_from(LABELS)),
    command("delete_span", id=ids),
    command("relabel", id=ids, label=st.sampled_from(LABELS)),
    command("resize", id=ids, start=numbers, end=numbers),
    command(
        "set_status",
        spans=st.lists(ids, max_size=3),
        links=st.lists(pairs, max_size=3),
        status=st.sampled_from(STATUSES),
    ),
    command("note", span=ids, text=texts),
    command("note", link=pairs, text=texts),
    command("link", source=numbers, target=numbers, possible=st.booleans()),
    command("unlink", source=numbers, target=numbers),
    command("retext", side=side, text=texts),
    command("take_offer"),
    command("keep"),
    command("done", done=st.booleans()),
)
