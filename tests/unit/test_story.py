"""What is told of the steps before placing is what the evidence holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_projector_laws import any_evidence
from xproj_core.domain import Alignment, Evidence, Sentence, Span, Trace
from xproj_core.drawing.story import story

GHANA = Span(1, 2, "LOC", 0.97)
SOURCE = Sentence(("in", "Ghana"), "en", (GHANA,))
TARGET = Sentence(("a", "gana"), "ha")
LINKS = Alignment.from_links({(1, 1)}, (2, 2))


def test_translated_labelled_and_linked_through_a_sentence_between() -> None:
    between = Sentence(("au", "Ghana"), "fr")
    evidence = Evidence(
        "pivot",
        SOURCE,
        TARGET,
        LINKS,
        (SOURCE, between, TARGET),
        (LINKS, LINKS),
        origins=("mini", "mini", ""),
    )
    assert story(evidence, Trace(GHANA), 0) == [
        "The English sentence is translated by Mini.",
        "The tagger labelled “Ghana” LOC there, with .97.",
        "In the French sentence between, it is linked to “Ghana”.",
    ]


@given(evidence=any_evidence(), data=st.data())
def test_what_the_back_translation_changed_adds_up(evidence: Evidence, data: st.DataObject) -> None:
    assert evidence.alignment is not None
    n, m = evidence.alignment.shape
    cells = st.tuples(st.integers(0, n - 1), st.integers(0, m - 1))
    direct = Alignment.from_links(data.draw(st.sets(cells, max_size=8)), (n, m))
    refined = Evidence(
        "back_translation",
        evidence.source,
        evidence.target,
        evidence.alignment,
        (evidence.source, evidence.source, evidence.target),
        (None, None),
        {"direct": direct},
    )
    for span in evidence.source.spans:
        (*_, last) = story(refined, Trace(span), 0)
        ours, theirs = (
            {p for p in a.pairs() if p[0] in span} for a in (evidence.alignment, direct)
        )
        if ours == theirs:
            assert "changed none of its links" in last
        else:
            numbers = [int(w) for w in last.split() if w.isdigit()]
            assert numbers == [len(ours - theirs), len(theirs - ours)]
