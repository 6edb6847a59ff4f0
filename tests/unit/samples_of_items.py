"""Items of every kind, for property tests of formats."""

from __future__ import annotations

from hypothesis import strategies as st

from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links, Side

CODES: dict[Side, str] = {"source": "en", "target": "ar"}
SIDES: tuple[tuple[Side, ...], ...] = (("source",), ("target",), ("source", "target"))
LABELS = ("PER", "LOC", "ORG", "B-x_[1]", "Größe|*")
# Letters with marks, emoji beyond U+FFFF and joined ones, right-to-left, what formats reserve.
WORDS = (
    "Aïda",
    "e\u0301",
    "💩",
    "👩\u200d🚀",
    "القاهرة",
    "ירושלים",
    "東京",
    "_",
    "*",
    "#",
    "[1]|;",
    "\\",
    "->",
    '"',
    "O",
    "B-PER",
    "1-1",
    "-DOCSTART-x",
    "\u200f",
    "a\\tb",
    "{}",
)
word = st.one_of(
    st.sampled_from(WORDS),
    st.text(
        st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=4
    ),
)
blank = st.sampled_from(["", " ", " ", "  ", "\u00a0", " \u2003", "\n"])


@st.composite
def spans(
    draw: st.DrawFn, length: int, kind: str, scores: bool, names: tuple[str, ...] = LABELS
) -> tuple[Span, ...]:
    """Labels over `length` tokens: "none", "flat" or "nested"."""
    if kind == "none" or not length:
        return ()
    drawn_spans: list[Span] = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, length))
        score = draw(st.sampled_from([None, 0.5, 0.875])) if scores else None
        span = Span(start, end, draw(st.sampled_from(names)), score)
        if span not in drawn_spans and (
            kind == "nested" or not any(span.overlaps(s) for s in drawn_spans)
        ):
            drawn_spans.append(span)
    return tuple(sorted(drawn_spans))


@st.composite
def sentences(
    draw: st.DrawFn,
    language: str,
    kind: str,
    text: bool,
    scores: bool,
    empty: bool = True,
    names: tuple[str, ...] = LABELS,
) -> Sentence:
    """A sentence; with `text` it may have a text of its own."""
    tokens = tuple(draw(st.lists(word, min_size=0 if empty else 1, max_size=5)))
    labels = draw(spans(len(tokens), kind, scores, names))
    if not text or not tokens or not draw(st.booleans()):
        return Sentence(tokens, language, labels)
    raw_text, offsets = "", []
    for token in tokens:
        raw_text += draw(blank) if raw_text else ""
        offsets.append((len(raw_text), len(raw_text) + len(token)))
        raw_text += token
    raw_text += draw(st.sampled_from(["", ".", " "]))
    if raw_text == " ".join(tokens):
        return Sentence(tokens, language, labels)
    return Sentence(tokens, language, labels, raw_text, tuple(offsets))


@st.composite
def items(
    draw: st.DrawFn,
    key: str,
    *,
    sides: tuple[Side, ...] | None = None,
    kind: str = "nested",
    text: bool = True,
    links: bool = True,
    gold: bool = True,
    scores: bool = True,
    others: bool = True,
    notes: bool = True,
    empty: bool = True,
    labels: tuple[str, ...] = LABELS,
) -> Item:
    """An item that uses what it is allowed to; without `gold`, all sides with labels are gold."""
    there = sides or draw(st.sampled_from(SIDES))
    by_side = {s: draw(sentences(CODES[s], kind, text, scores, empty, labels)) for s in there}
    known = (
        frozenset(draw(st.sets(st.sampled_from(there))))
        if gold
        else (frozenset(there) if kind != "none" else frozenset())
    )
    item_links = None
    if links and len(by_side) == 2 and draw(st.booleans()):
        n, m = (len(by_side[s]) for s in there)
        pair = st.tuples(st.integers(0, max(n - 1, 0)), st.integers(0, max(m - 1, 0)))
        sure = draw(st.frozensets(pair, max_size=4)) if n and m else frozenset()
        possible = draw(st.frozensets(pair, max_size=2)) if n and m else frozenset()
        item_links = Links(sure, possible - sure)
    return Item(
        key,
        by_side.get("source"),
        by_side.get("target"),
        known,
        item_links,
        {"fr": draw(sentences("fr", kind, text, scores))} if others and draw(st.booleans()) else {},
        {"by": draw(word)} if notes and draw(st.booleans()) else {},
    )


def lists(keys: bool = False, **allowed: object) -> st.SearchStrategy[list[Item]]:
    """A few items, numbered from 1 unless `keys` may be anything."""
    names = ("doc/α-1", "b.2", "x7") if keys else ("1", "2", "3")
    each = [items(names[n], **allowed) for n in range(3)]  # type: ignore[arg-type]
    return st.integers(1, 3).flatmap(lambda n: st.tuples(*each[:n]).map(list))
