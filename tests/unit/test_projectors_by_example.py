"""Small cases worked out by hand, one rule each."""

from __future__ import annotations

import pytest

from xproj_core.domain import Alignment, Evidence, Projection, Sentence, Span
from xproj_core.domain.errors import ProjectionError
from xproj_core.project import projectors
from xproj_core.project.base import tags_of


def case(source: str, target: str, spans: str, links: str) -> Evidence:
    """Evidence from words; spans as `0-2:PER`, links as `0-0`."""
    ours, target_words = source.split(), target.split()
    entities = []
    for item in spans.split():
        place, _, label = item.partition(":")
        start, _, end = place.partition("-")
        entities.append(Span(int(start), int(end), label))
    pairs = [(int(a), int(b)) for a, _, b in (item.partition("-") for item in links.split())]
    alignment = Alignment.from_links(pairs, (len(ours), len(target_words)))
    sentences = (Sentence(tuple(ours), "en", tuple(entities)), Sentence(tuple(target_words), "sw"))
    return Evidence("given", *sentences, alignment, sentences, (alignment,))


def project(name: str, evidence: Evidence, **options: object) -> Projection:
    return projectors.create(name, **options).project([evidence])[0]


def spans(projection: Projection) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label) for s in projection.spans]


GAP = case("Lake Victoria East", "Ziwa Viktoria la Mashariki", "0-3:LOC", "0-0 1-1 2-3")


def test_the_documented_gap_is_filled_by_elp_and_not_by_its_published_code() -> None:
    assert spans(project("elp", GAP)) == [(0, 4, "LOC")]
    assert spans(project("elp-published", GAP)) == [(0, 2, "LOC")]
    assert spans(project("elp", GAP, fill_gap=0)) == [(0, 2, "LOC")]


def test_the_gap_in_the_other_heuristics() -> None:
    assert spans(project("seed-heuristic", GAP)) == [(0, 4, "LOC")]
    assert spans(project("seed-heuristic", GAP, merge_distance=0)) == []
    assert spans(project("thesis-heuristic", GAP, d=0)) == [(0, 2, "LOC")]
    assert spans(project("thesis-heuristic", GAP, d=0, keep="shortest")) == [(3, 4, "LOC")]
    assert spans(project("thesis-heuristic", GAP, d=0, k=0)) == [(0, 2, "LOC"), (3, 4, "LOC")]
    assert spans(project("min-max", GAP)) == [(0, 4, "LOC")]
    assert spans(project("min-max", GAP, comp_tgt=True)) == []


def test_only_i_never_joins_what_starts_on_the_first_words_translation() -> None:
    twice = case("Lagos State", "Jimbo la Lagos", "0-2:LOC", "1-0 0-2")
    assert spans(project("thesis-heuristic", twice)) == [(0, 3, "LOC")]
    assert spans(project("thesis-heuristic", twice, only_i=True)) == [(0, 1, "LOC")]


def test_the_length_ratio_is_strict_and_says_so() -> None:
    short = case("Peter Siemens Ltd", "Siemens", "0-3:ORG", "1-0")
    projection = project("seed-heuristic", short)
    assert projection.lost[0].reason == "filtered"
    assert projection.lost[0].message == "Its run of 1 word is at most 0.8 of the 3 source words."
    exactly = case("a b", "x", "0-2:ORG", "0-0")
    assert spans(project("seed-heuristic", exactly, length_ratio=0.5)) == []
    assert spans(project("seed-heuristic", exactly, length_ratio=0.49)) == [(0, 1, "ORG")]


def test_an_unaligned_entity_names_itself_and_the_language() -> None:
    lone = case("Siemens grows", "inakua", "0-1:ORG", "1-0")
    for name in projectors.names():
        lost = project(name, lone).lost
        assert lost[0].reason == "unaligned"
        assert lost[0].message == "No word of 'Siemens' is linked to the Swahili sentence."


def test_a_later_entity_writes_over_an_earlier_one() -> None:
    both = case("Kano Lagos", "Lagos", "0-1:PER 1-2:LOC", "0-0 1-0")
    for name in ("seed-heuristic", "min-max"):
        projection = project(name, both)
        assert spans(projection) == [(0, 1, "LOC")]
        assert projection.lost[0].reason == "collision"
        assert projection.lost[0].message == "'Lagos' LOC took its words."
        assert projection.lost[0].trace.candidates[0].verdict == "overlaps 'Lagos' LOC"


def test_the_thesis_heuristic_places_shorter_entities_first() -> None:
    both = case("Lake Chad Basin Chad", "bonde Chad", "0-3:ORG 3-4:LOC", "2-0 1-1 3-1")
    projection = project("thesis-heuristic", both)
    assert spans(projection) == [(1, 2, "LOC")]
    assert projection.lost[0].message == "'Chad' LOC took its words."


SWAPPED = case("Kofi Ama Accra", "Ama Kofi Accra", "0-1:PER 1-2:PER 2-3:LOC", "0-1 1-0 2-2")


def test_published_elp_unites_neighbours_that_changed_places() -> None:
    projection = project("elp-published", SWAPPED)
    assert tags_of(projection, 3) == ("B-PER", "I-PER", "B-LOC")
    assert spans(project("elp", SWAPPED, collisions="overlap")) == [
        (0, 1, "PER"),
        (1, 2, "PER"),
        (2, 3, "LOC"),
    ]


def test_published_elp_leaves_orphan_tags_and_only_it_writes_them() -> None:
    apart = case("Kofi Ama", "Ama na Kofi", "0-1:PER 1-2:PER", "0-2 1-0")
    projection = project("elp-published", apart)
    assert tags_of(projection, 3) == ("B-PER", "O", "I-PER")
    assert spans(projection) == [(0, 1, "PER"), (2, 3, "PER")]
    assert tags_of(project("elp", apart), 3) == ("B-PER", "O", "B-PER")


def test_elp_keeps_the_longer_of_two_labels() -> None:
    both = case("Lagos Lagos State", "jimbo Lagos", "0-1:PER 1-3:LOC", "0-1 1-1 2-0")
    for name in ("elp", "elp-published"):
        projection = project(name, both)
        assert spans(projection) == [(0, 2, "LOC")]
        assert projection.lost[0].message == "'Lagos State' LOC took its words."


@pytest.mark.parametrize("name", ["elp", "elp-published"])
def test_what_was_united_and_then_lost_has_no_run_that_counts_as_chosen(name: str) -> None:
    evidence = case("a b c d e", "x y z", "0-1:LOC 2-3:PER 4-5:PER", "0-0 0-2 2-1 4-0")
    (united, lost) = project(name, evidence).lost
    verdicts = [c.verdict for entity in (united, lost) for c in entity.trace.candidates]
    assert spans(project(name, evidence)) == [(0, 3, "LOC")]
    assert verdicts and not any(v.startswith("chosen") for v in verdicts)


def test_elp_does_not_count_punctuation() -> None:
    dotted = case("Accra Ghana", ". Accra", "0-1:LOC 1-2:LOC", "0-0 0-1 1-0")
    projection = project("elp", dotted)
    assert spans(projection) == [(1, 2, "LOC")]
    assert projection.lost[0].message == "It is linked to punctuation only."


def test_min_max_filters() -> None:
    partly = case("New York", "York mpya", "0-2:LOC", "1-0")
    assert project("min-max", partly, comp_src=True).lost[0].message == (
        "COMP-SRC: its word 'New' has no link."
    )
    one_to_two = case("Capetonians", "watu wa Cape", "0-1:LOC", "0-0 0-2")
    assert spans(project("min-max", one_to_two, restr_tgt=True)) == [(0, 1, "LOC")]
    one_lost = case("Kofi Accra", "Kofi", "0-1:PER 1-2:LOC", "0-0")
    projection = project("min-max", one_lost, comp_ins=True)
    assert projection.entities == ()
    assert [lost.reason for lost in projection.lost] == ["filtered", "unaligned"]
    assert "1 LOC in the source, 0 in the target" in projection.lost[0].message


def test_exact_matching_gives_up_a_little_to_place_both() -> None:
    # Greedy takes "b" for the first entity, which leaves the second one nothing.
    both = case("x y z", "a b", "0-2:PER 2-3:LOC", "0-1 1-1 0-0 2-1")
    greedy, exact = project("match-greedy", both), project("match-exact", both)
    assert [s.label for s in greedy.spans] == ["PER"]
    assert spans(exact) == [(0, 1, "PER"), (1, 2, "LOC")]
    first = exact.entities[0].trace
    assert first.candidates[0].verdict == "overlaps 'z' LOC"
    assert first.margin is not None and first.margin < 0
    chosen = [c for c in first.candidates if c.verdict.startswith("chosen")]
    assert [c.verdict for c in chosen] == ["chosen: best total without overlap"]
    assert greedy.lost[0].message == "'x y' PER took its words."


def test_matching_weighs_what_it_shows() -> None:
    evidence = case("Ama Ata Aidoo", "Ama Ata Aidoo", "0-3:PER", "0-0 1-1 2-2")
    trace = project("match-exact", evidence, cover=0.5).entities[0].trace
    best = trace.candidates[0]
    assert best.parts == {"links": 1.0, "cover": 1.0}
    assert best.score == pytest.approx(1.5)
    assert best.verdict == "chosen: highest score"
    assert trace.candidates[1].verdict == "leaves out 1 linked word"
    assert trace.margin == pytest.approx(1.5 - 1.5 * 4 / 5)


def test_the_length_ratio_of_matching() -> None:
    short = case("Peter Siemens Ltd", "Siemens", "0-3:ORG", "1-0")
    lost = project("match-exact", short, length_ratio=0.8).lost[0]
    assert lost.reason == "filtered"
    assert lost.message == (
        "Its best candidate 'Siemens' (0.50) is at most 0.8 of the 3 source words."
    )


def test_a_compound_is_long_enough_in_characters() -> None:
    compound = case("European Parliament", "Europaparlament", "0-2:ORG", "0-0 1-0")
    assert spans(project("match-exact", compound, length_ratio=0.6)) == []
    options = {"length_ratio": 0.6, "ratio_of": "characters"}
    assert spans(project("match-exact", compound, **options)) == [(0, 1, "ORG")]
    partly = case("European Parliament", "EP", "0-2:ORG", "0-0")
    assert project("match-exact", partly, **options).lost[0].message == (
        "Its best candidate 'EP' (0.67) is at most 0.6 of the letters of the 2 source words."
    )


def test_marks_can_be_excluded() -> None:
    loud = case("Yahoo", "Yahoo !", "0-1:ORG", "0-0 0-1")
    assert spans(project("match-exact", loud)) == [(0, 2, "ORG")]
    assert spans(project("match-exact", loud, exclude_marks=True)) == [(0, 1, "ORG")]


@pytest.mark.parametrize("name", ["Yahoo!", "?!", "¿Qué?", "!Kung"])
def test_only_the_marks_themselves_are_excluded(name: str) -> None:
    held = case(name, name, "0-1:ORG", "0-0")
    assert spans(project("match-exact", held, exclude_marks=True)) == [(0, 1, "ORG")]


def test_confidence_is_dice_of_the_linked_words() -> None:
    projection = project("min-max", GAP)
    assert projection.entities[0].trace.confidence == pytest.approx((3 + 3) / (3 + 4))


def test_matching_without_any_weight_is_an_error() -> None:
    with pytest.raises(ProjectionError, match="All weights are 0"):
        project("match-exact", GAP, links=0.0)
