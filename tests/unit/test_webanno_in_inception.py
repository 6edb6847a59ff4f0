"""What is written as WebAnno TSV is what INCEpTION takes in: see tests/webanno_reader.py."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import webanno_reader
from tests.laws import examples
from tests.unit.samples_of_items import lists
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS

FORM = FORMATS["webanno"]
Taken = tuple[str, tuple[str, ...], tuple[tuple[int, int, str | None], ...]]


def taken_in(items: list[Item]) -> list[Taken]:
    """Name, tokens and spans over tokens of each sentence, as the other reader finds them."""
    document = webanno_reader.read(FORM.dumps(items))
    sentences = []
    for (begin, end, name), tokens in zip(document.sentences, document.tokens, strict=True):
        starts = {a: k for k, (a, _) in enumerate(tokens)}
        ends = {b: k for k, (_, b) in enumerate(tokens, 1)}
        here = [(a, b, label) for a, b, label in document.annotations if begin <= a and b <= end]
        spans = tuple(sorted((starts[a], ends[b], label) for a, b, label in here))
        sentences.append((name, tuple(document.covered(a, b) for a, b in tokens), spans))
    assert sum(len(spans) for *_, spans in sentences) == len(document.annotations)
    return sentences


def expected(
    items: list[Item],
) -> list[tuple[str, tuple[str, ...], tuple[tuple[int, int, str], ...]]]:
    return [
        (item.key, side.tokens, tuple((s.start, s.end, s.label) for s in side.spans))
        for item in items
        if (side := item.target) is not None
    ]


def sentence(words: str | tuple[str, ...], *spans: Span, text: str | None = None) -> Sentence:
    tokens = tuple(words.split(" ")) if isinstance(words, str) else words
    offsets = None
    if text is not None:
        at, word_offsets = 0, []
        for token in tokens:
            at = text.index(token, at)
            word_offsets.append((at, at + len(token)))
            at += len(token)
        offsets = tuple(word_offsets)
    return Sentence(tokens, "en", tuple(sorted(spans)), text, offsets)


ODD = (
    "a\\",
    "\\",
    "[1]",
    "x]",
    "x[1",
    "|",
    "_",
    "*",
    "->",
    "a->1-2",
    ";",
    "\t",
    "\n",
    "#Text=",
    "\\]",
)


@pytest.mark.parametrize(
    "sentences",
    [
        [sentence("Ada met Kofi", Span(0, 1, "PER"), Span(2, 3, "PER"))],
        # emoji with and without joiners, combining marks, letters above U+FFFF
        [
            sentence(
                "🚀 👩‍🚀 𐤀𐤁 e\u0301t\u0301e\u0301 क्ष Lagos",
                Span(1, 2, "PER"),
                Span(2, 4, "ORG"),
                Span(5, 6, "LOC"),
            ),
            sentence("😊 Rabat", Span(1, 2, "LOC")),
        ],
        # nested, stacked, the same twice, crossing
        [
            sentence(
                "a b c d",
                Span(0, 4, "ORG"),
                Span(1, 3, "ORG"),
                Span(1, 2, "LOC"),
                Span(1, 2, "PER"),
                Span(2, 4, "PER"),
            ),
            sentence("a b", Span(0, 2, "ORG")),
        ],
        # two that touch
        [sentence("a b c d", Span(0, 2, "PER"), Span(2, 4, "PER"))],
        [sentence("مرحبا يا لاغوس", Span(2, 3, "LOC")), sentence("北京 很 大", Span(0, 1, "LOC"))],
        # several lines, blanks of all kinds, no blank at all
        [
            sentence(
                ("Ada", "Weber", ".", "Lagos"),
                Span(0, 2, "PER"),
                Span(3, 4, "LOC"),
                text="Ada\n\tWeber.\r\nLagos \u2028\x85 ",
            ),
            sentence("b", text="b\n\n"),
        ],
        # what would be a header, a number, an escape
        [
            sentence(
                ("#Text=x", "1-1\t0-1", "\\t", "\\\\", "\x01", "\x0b", "\x1f", "\f\b"),
                Span(2, 4, "PER"),
            )
        ],
        *[
            [sentence("a b c", Span(0, 2, label), Span(1, 2, label), Span(2, 3, label))]
            for label in ODD
        ],
    ],
)
def test_sentences_of_every_kind(sentences: list[Sentence]) -> None:
    items = [Item(f"k{n}", target=s) for n, s in enumerate(sentences)]
    assert taken_in(items) == expected(items)
    read = FORM.loads(FORM.dumps(items), file="a.tsv", target="en")
    assert [i.target for i in read.items] == sentences


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=examples(80))
@given(st.data())
def test_whatever_the_format_carries(data: st.DataObject) -> None:
    c = FORM.carries
    items = data.draw(
        lists(
            keys=c.keys,
            sides=("target",),
            kind=c.spans,
            text=c.text,
            links=False,
            gold=c.gold,
            scores=c.scores,
            others=c.others,
            notes=c.notes,
            empty=False,
        )
    )
    if items:
        assert taken_in(items) == expected(items)


def test_a_label_that_would_end_its_line_is_refused() -> None:
    item = Item("k", target=sentence("a", Span(0, 1, "P\rER")))
    with pytest.raises(InputError, match=r"Item k: .*carriage return"):
        FORM.dumps([item])


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("#Text=a\n1-1\t0-1\ta\t_\t\n\n", "got the end"),
        ("#Text=a\n1-1\t1-2\ta\t_\t\n", "not where the text is"),
        ("1-1\t0-1\ta\t_\t\n", "expected a sentence"),
        ("#Text=a\n1-2\t0-1\ta\t_\t\n", "1-2"),
        ("#Text=a\n1-1\t0-1\ta\t_\n", "1-1"),
    ],
)
def test_the_other_reader_is_strict(body: str, wrong: str) -> None:
    header = f"#FORMAT=WebAnno TSV 3.3\n#T_SP={webanno_reader.LAYER}|value\n\n\n"
    with pytest.raises(AssertionError, match=wrong):
        webanno_reader.read((header + body).encode())
