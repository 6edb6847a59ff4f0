"""The same name in one document has the same label, and nothing else is touched."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.cli import main
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.formats import FORMATS
from xproj_core.project.consistency import repaired, repairs

WORDS = ("Ada", "Byron", "Kiel", "May", "may", "in", "東京")


def sentence(text: str, *spans: tuple[int, int, str]) -> Sentence:
    return Sentence(tuple(text.split()), "en", tuple(Span(*s) for s in spans))


DOCUMENT = [
    sentence("Ada Byron came .", (0, 2, "PER")),
    sentence("Ada Byron left Kiel .", (0, 2, "ORG"), (3, 4, "LOC")),
    sentence("Then Ada Byron slept in Kiel .", (1, 3, "PER")),
    sentence("Ada Byron .", (0, 2, "PER")),
    sentence("Ada Byron ."),
]


def test_the_usual_label_wins_and_reasons_are_told() -> None:
    changes = repairs(DOCUMENT)
    after = repaired(DOCUMENT, changes)
    assert [s.spans for s in after] == [
        (Span(0, 2, "PER"),),
        (Span(0, 2, "PER"), Span(3, 4, "LOC")),
        (Span(1, 3, "PER"),),
        (Span(0, 2, "PER"),),
        (Span(0, 2, "PER"),),
    ]
    assert changes[0].reason == "“Ada Byron” is PER 3 times in this document."
    assert [c.after for c in repairs(DOCUMENT, fill=False)] == [Span(0, 2, "PER")]


def test_a_tie_and_a_common_word_are_left_alone() -> None:
    tie = [sentence("Kiel", (0, 1, "LOC")), sentence("Kiel", (0, 1, "ORG")), sentence("Kiel")]
    assert repairs(tie) == []
    assert repairs([tie[0], tie[0], tie[1], tie[2]]) == [], "two against one are chance"
    month = [sentence("May left", (0, 1, "PER")), sentence("In May"), sentence("In May")]
    assert repairs(month) == []
    small = [sentence("may go", (0, 1, "PER")), sentence("may go", (0, 1, "LOC")), sentence("may")]
    assert repairs([*small, small[0]]) == []


@st.composite
def documents(draw: st.DrawFn) -> list[Sentence]:
    sentences = []
    for _ in range(draw(st.integers(1, 6))):
        tokens = tuple(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)))
        spans, at = [], 0
        while at < len(tokens):
            size = draw(st.integers(0, 2))
            end = min(at + size, len(tokens))
            if end > at:
                spans.append(Span(at, end, draw(st.sampled_from(["PER", "LOC"]))))
            at = max(end, at + 1)
        sentences.append(Sentence(tokens, "en", tuple(spans)))
    return sentences


@given(documents(), st.booleans())
def test_laws(document: list[Sentence], fill: bool) -> None:
    changes = repairs(document, fill=fill)
    after = repaired(document, changes)
    assert [s.tokens for s in after] == [s.tokens for s in document]
    for old, new in zip(document, after, strict=True):
        assert {(s.start, s.end) for s in old.spans} <= {(s.start, s.end) for s in new.spans}
        assert not any(a.overlaps(b) for a, b in combinations(new.spans, 2))
        if not fill:
            assert len(new.spans) == len(old.spans)
    labels = defaultdict(set)
    for sentence in after:
        for span in sentence.spans:
            labels[sentence.words(span)].add(span.label)
    before = [(s.words(x), x.label) for s in document for x in s.spans]
    for name, name_labels in labels.items():
        counts = {label: before.count((name, label)) for label in name_labels}
        tied = 2 * max(counts.values()) - sum(counts.values()) < 2
        assert len(name_labels) == 1 or tied or all(w == w.lower() != w.upper() for w in name)
    assert not repairs(after, fill=False)


def test_the_command_lists_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "in.conll", tmp_path / "out.conll"
    items = [Item(str(k), target=s) for k, s in enumerate(DOCUMENT)]
    file.write_bytes(FORMATS["conll"].dumps(items))
    assert main(["repair", "--input", str(file)]) == 0
    output = capsys.readouterr()
    assert "ORG -> PER" in output.out and "2 repairs." in output.err and "one" in output.err
    assert not out.exists()
    assert main(["repair", "--input", str(file), "--output", str(out)]) == 0
    again = FORMATS["conll"].loads(out.read_text())
    assert [i.target.spans for i in again.items if i.target][1][0] == Span(0, 2, "PER")
