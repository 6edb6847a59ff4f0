"""Markers: what goes in comes out, and a label finds its bracket."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Sentence, Span
from xproj_core.methods.brackets import assign, mark, nesting, outermost, read_brackets, unmark
from xproj_core.methods.markers import locate
from xproj_core.models.protocols import Translation

words = st.lists(st.text("abcd", min_size=1, max_size=4), min_size=1, max_size=8)


@st.composite
def labelled(draw: st.DrawFn) -> Sentence:
    """Labels that may nest and cross."""
    tokens = draw(words)
    n = len(tokens)
    bounds = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(1, 4)), max_size=5))
    label = st.sampled_from(["LOC", "ORG"])
    spans = {Span(a, min(n, a + size), draw(label)) for a, size in bounds}
    return Sentence(tuple(tokens), "en").labelled(spans)


@given(labelled())
def test_unmarking_undoes_marking(sentence: Sentence) -> None:
    entities = nesting(sentence.spans)
    tokens, stretches = unmark(mark(sentence, entities).tokens)
    assert tokens == sentence.tokens
    assert stretches == tuple((s.start, s.end) for s in entities)
    assert set(outermost(sentence.spans)) <= set(entities)


@given(labelled())
def test_what_is_left_unmarked_crosses(sentence: Sentence) -> None:
    entities = nesting(sentence.spans)
    for span in set(sentence.spans) - set(entities):
        assert any(e.start < span.start < e.end < span.end for e in entities)


@given(labelled())
def test_labels_that_nest_come_back_from_a_translator_that_keeps_brackets(
    sentence: Sentence,
) -> None:
    """In text a bracket may touch the next: the translation is cut into tokens anew."""
    entities = nesting(sentence.spans)
    marked = mark(sentence, entities)
    text = " ".join(marked.tokens).replace("[ [", "[[").replace("] ]", "]]")
    translation = Translation(Sentence(tuple(text.split()), "en", text=text), "kept")
    alone = [(e, words, words) for e in entities for words in [" ".join(sentence.words(e))]]
    back = read_brackets(sentence, translation, alone).sentence
    assert back.tokens == sentence.tokens
    if len({(e.start, e.end) for e in entities}) == len(entities):
        places = [(s.start, s.end) for s in back.spans]
        assert sorted(places) == sorted((e.start, e.end) for e in entities)
    words = sorted((s.label, sentence.words(s)) for s in back.spans)
    assert words == sorted((e.label, sentence.words(e)) for e in entities)


def test_broken_brackets_are_dropped() -> None:
    assert unmark(["]", "a", "[", "b", "[", "c", "]", "[", "]"]) == (("a", "b", "c"), ((2, 3),))
    assert unmark(["【", "a", "】"]) == (("a",), ((0, 1),))


def test_one_label_goes_by_order_and_several_by_likeness() -> None:
    a, b = Span(0, 1, "LOC"), Span(2, 3, "LOC")
    assert assign(["Wien", "Prag"], [(a, "", "Vienna"), (b, "", "Prague")]) == [a, b]
    org = Span(4, 5, "ORG")
    entities = [(a, "Wien", "Vienna"), (org, "Siemens", "Siemens")]
    assert assign(["Siemens", "Wien"], entities) == [org, a]
    assert assign(["xxx", "Wien"], entities) == [org, a]  # the one that is left
    assert assign(["xxx", "yyy", "Wien"], entities)[:2] == [None, None]


def test_the_most_similar_wins_not_the_first() -> None:
    first, second = Span(0, 1, "PER"), Span(2, 3, "LOC")
    entities = [(first, "Marta", "Marta"), (second, "Malta", "Malta")]
    assert assign(["Malta", "Marta"], entities) == [second, first]


def test_words_are_found_again() -> None:
    target = "Am Montag besuchte Angela Merkel das Werk in Lagos".split()
    other = "Montag hat Angela Merkel die Fabrik in Lagos besucht".split()
    assert locate(2, 4, other, target, frozenset()) == (3, 5)
    assert locate(0, 1, ["Lagoss"], target, frozenset()) == (8, 9)
    assert locate(0, 1, ["Lagos"], target, frozenset({8})) is None
    assert locate(0, 1, ["zzzz"], target, frozenset()) is None
