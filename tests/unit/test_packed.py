"""What is remembered comes back to the last bit, or not at all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from xproj_core.domain import Alignment, Sentence, Span
from xproj_core.models.protocols import Translation
from xproj_core.runs.cache_codec import dumps, loads

_SHAPES = arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=6)
_ALIGNMENTS = _SHAPES.flatmap(
    lambda shape: st.builds(
        Alignment,
        arrays.arrays(np.float64, shape, elements=st.floats(0, 1)),
        arrays.arrays(np.bool_, shape),
    )
)
_SPANS = st.lists(
    st.builds(
        lambda start, length, label, score: Span(start, start + length, label, score),
        st.integers(0, 3),
        st.integers(1, 2),
        st.sampled_from(["PER", "LOC"]),
        st.none() | st.floats(0, 1),
    ),
    max_size=3,
).map(lambda spans: tuple(sorted(spans)))
_TEXT = st.text(st.characters(), min_size=1, max_size=5)
_TRANSLATIONS = st.builds(
    Translation,
    st.builds(
        lambda words, spans, text: Sentence(tuple(words), "de", spans, text),
        st.lists(_TEXT, min_size=5, max_size=7),
        _SPANS,
        st.none() | _TEXT,
    ),
    st.just("mini"),
    st.none() | _ALIGNMENTS,
    st.lists(_TEXT, max_size=2).map(tuple),
)


def same(first: Alignment | None, other: Alignment | None) -> bool:
    if first is None or other is None:
        return first is other
    return np.array_equal(first.scores, other.scores) and np.array_equal(first.links, other.links)


@given(_ALIGNMENTS)
def test_alignments(alignment: Alignment) -> None:
    restored = loads(dumps(alignment))
    assert (
        isinstance(restored, Alignment)
        and same(restored, alignment)
        and restored.shape == alignment.shape
    )


@given(_SPANS)
def test_entities_with_their_scores(spans: tuple[Span, ...]) -> None:
    restored = loads(dumps(spans))
    assert isinstance(restored, tuple) and restored == spans
    assert [s.score for s in restored] == [s.score for s in spans]


@given(_TRANSLATIONS)
def test_translations(translation: Translation) -> None:
    restored = loads(dumps(translation))
    assert isinstance(restored, Translation) and same(restored.alignment, translation.alignment)
    assert (restored.sentence, restored.origin, restored.notes) == (
        translation.sentence,
        translation.origin,
        translation.notes,
    )
    assert [s.score for s in restored.sentence.spans] == [
        s.score for s in translation.sentence.spans
    ]


@given(_SPANS, st.integers(0, 200), st.binary(max_size=3))
def test_what_is_damaged_is_not_known(spans: tuple[Span, ...], where: int, other: bytes) -> None:
    data = dumps(spans)
    damaged = data[:where] + other
    assert loads(damaged) in (None, spans), "nothing else, in any case"
