"""What is told of the steps that an entity went through is what the evidence holds."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_projector_laws import any_evidence
from xproj_core.domain import Alignment, Evidence, Projected, Sentence, Span, Trace
from xproj_core.domain.projection import Election
from xproj_core.domain.voting_rule import VotingRule
from xproj_core.drawing.story import story
from xproj_core.drawing.why import placed

GHANA = Span(1, 2, "LOC", 0.97)
SOURCE = Sentence(("in", "Ghana", "."), "en", (GHANA,))
TARGET = Sentence(("a", "gana"), "ha")
LINKS = Alignment.from_links({(1, 1)}, (3, 2))
LOC = Span(1, 2, "LOC")


def evidence(method: str, between: tuple[str, str], **more: object) -> Evidence:
    middle = Sentence((between[0], "Ghana"), between[1])
    hops = Alignment.from_links({(1, 1)}, (3, 2)), Alignment.from_links({(1, 1)}, (2, 2))
    chain, origins = (SOURCE, middle, TARGET), ("mini", "mini", "given")
    return Evidence(method, SOURCE, TARGET, LINKS, chain, hops, origins=origins, **more)  # type: ignore[arg-type]


def test_label_first_then_the_words_between_the_links_and_the_ends() -> None:
    trace = Trace(GHANA, ((1, 1, 0.984),))
    assert story(evidence("pivot", ("au", "fr")), trace, 0, LOC) == (
        "“gana” is LOC because the tagger labelled “Ghana” LOC, with score .97, in the English"
        " sentence “in Ghana.”, translated by Mini. In the French sentence between, it is linked"
        " to “Ghana”. Links tie “Ghana” to “gana” (.98). The label stands on exactly the words"
        " that are linked."
    )


def test_what_landed_nowhere_and_what_a_tagger_saw_on_the_target() -> None:
    lost = story(evidence("pivot", ("au", "fr")), Trace(GHANA), 0, None)
    assert lost.startswith("The tagger labelled “Ghana” LOC, with score .97, in the English")
    assert lost.endswith("No word of it is linked to the sentence that receives labels.")


def test_a_tagger_on_the_target_has_its_own_score_and_no_links() -> None:
    tagged = TARGET.labelled([Span(1, 2, "LOC", 0.8)])
    alone = Evidence("model_transfer", tagged, TARGET, None, (TARGET,), ())
    entity = Projected(Span(1, 2, "LOC", 0.31), Trace(None, confidence=0.8, probability=0.31))
    view = placed("model_transfer", 0, entity, alone)
    assert view["opening"] == (
        "“gana” is LOC because the tagger labelled it so here, with score .80."
    )
    assert view["facts"] == "right with probability .31"
    assert [s["text"] for s in view["stages"] if s["state"] == "done"] == ["“gana” LOC .80"]


def test_what_was_voted_on_says_by_whom() -> None:
    own = evidence("direct", ("a", "ha"))
    voters = (("direct", own), ("pivot", own))
    joint = replace(own, election=Election(voters, VotingRule()))
    text = story(joint, Trace(GHANA), 0, LOC)
    assert text.endswith("It was put to the vote among: Direct, Pivot.")


@given(first=any_evidence(), data=st.data())
def test_what_the_back_translation_changed_adds_up(first: Evidence, data: st.DataObject) -> None:
    assert first.alignment is not None
    n, m = first.alignment.shape
    cells = st.tuples(st.integers(0, n - 1), st.integers(0, m - 1))
    direct = Alignment.from_links(data.draw(st.sets(cells, max_size=8)), (n, m))
    refined = Evidence(
        "back_translation",
        first.source,
        first.target,
        first.alignment,
        (first.source, first.source, first.target),
        (None, None),
        {"direct": direct},
    )
    for span in first.source.spans:
        text = story(refined, Trace(span), 0, None)
        ours, theirs = ({p for p in a.pairs() if p[0] in span} for a in (first.alignment, direct))
        assert ("changed none of its links" in text) == (ours == theirs)
        for verb, links in (("added", ours - theirs), ("removed", theirs - ours)):
            counted = re.search(rf"{verb} (\d+) link", text)
            assert (int(counted[1]) if counted else 0) == len(links)


@given(first=any_evidence(), data=st.data())
def test_the_ends_are_told_as_the_links_have_them(first: Evidence, data: st.DataObject) -> None:
    assert first.alignment is not None
    m = len(first.target)
    start = data.draw(st.integers(0, m - 1))
    end = data.draw(st.integers(start + 1, m))
    for source in first.source.spans:
        links = tuple((i, j, 1.0) for i, j in first.alignment.pairs() if i in source)
        text = story(first, Trace(source, links), 0, Span(start, end, source.label))
        linked, covered = {j for _, j, _ in links}, set(range(start, end))
        assert ("exactly the words" in text) == (bool(linked) and linked == covered)
        assert ("takes in" in text) == (bool(linked) and bool(covered - linked))
        assert ("leaves out" in text) == bool(linked - covered)
