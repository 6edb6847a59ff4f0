"""Every entity is in one case, and each class is what its name says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws import examples
from xproj_core.domain import Alignment, Evidence, Sentence, Span
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record, record
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import ABOUT, STEPS, Case, Kind, Step
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.project import projectors

WORDS = "Mamadou besuchte gestern Bamako und die Bank von Sikasso nicht".split()
SOURCE = "Mamadou visited Bamako yesterday and the Bank of Sikasso not".split()
# Mamadou-0 visited-1 Bamako-3 yesterday-2 and-4 the-5 Bank-6 of-7 Sikasso-8 not-9
LINKS = ((0, 0), (1, 1), (2, 3), (3, 2), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 9))
PER, BAMAKO, BANK = Span(0, 1, "PER"), Span(3, 4, "LOC"), Span(6, 9, "ORG")
S_PER, S_BAMAKO, S_BANK = Span(0, 1, "PER"), Span(2, 3, "LOC"), Span(6, 9, "ORG")
GOLD, S_GOLD = (PER, BAMAKO, BANK), (S_PER, S_BAMAKO, S_BANK)


def classify_placements(
    placed: Sequence[tuple[Span | None, Span | None]],
    *,
    gold: tuple[Span, ...] = GOLD,
    used: tuple[Span, ...] = S_GOLD,
    gold_source: tuple[Span, ...] | None = S_GOLD,
    links: tuple[tuple[int, int], ...] = LINKS,
    reason: str = "",
    origin: str = "typed",
    source_words: list[str] = SOURCE,
    **changes: object,
) -> list[Case]:
    """The cases of a sentence where these source entities landed on these target spans."""
    source = Sentence(tuple(source_words), "en", used)
    target = Sentence(tuple(WORDS), "de", gold)
    sides = {"target"} if gold_source is None else {"source", "target"}
    known = None if gold_source is None else source.labelled(gold_source)
    item = Item("1", known, target, frozenset(sides))  # type: ignore[arg-type]
    system_record = Record(
        "1",
        0,
        "direct/x",
        source,
        target.labelled(()),
        (source, target),
        (origin, "given"),
        tuple((i, j, 1.0) for i, j in links),
        tuple(Placement(s, t, "" if t else reason or "filtered", "because") for s, t in placed),
    )
    return classify(item, replace(system_record, **changes))  # type: ignore[arg-type]


def wrong(cases: list[Case]) -> list[tuple[Kind, Span | None, Span | None]]:
    return [(c.kind, c.gold, c.predicted) for c in cases if c.kind is not Kind.CORRECT]


RIGHT: list[tuple[Span | None, Span | None]] = [(S_BAMAKO, BAMAKO), (S_BANK, BANK)]


def test_all_right() -> None:
    cases = classify_placements([(S_PER, PER), *RIGHT])
    assert [c.kind for c in cases] == [Kind.CORRECT] * 3
    assert [c.source for c in cases] == [S_PER, S_BAMAKO, S_BANK]
    assert {c.outcome for c in cases} == {"correct"}


@pytest.mark.parametrize(
    ("landed", "kind"),
    [
        (Span(6, 7, "ORG"), Kind.SHORT),
        (Span(5, 9, "ORG"), Kind.LONG),
        (Span(5, 8, "ORG"), Kind.SHIFTED),
        (Span(1, 3, "ORG"), Kind.WRONG_PLACE),
    ],
)
def test_the_words_it_landed_on(landed: Span, kind: Kind) -> None:
    cases = classify_placements([(S_PER, PER), (S_BAMAKO, BAMAKO), (S_BANK, landed)])
    assert wrong(cases) == [(kind, BANK, landed)]
    cases = classify_placements(
        [(S_PER, PER), (S_BAMAKO, BAMAKO), (S_BANK, landed)], gold_source=None
    )
    assert wrong(cases) == [(kind, BANK, landed)]


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("unaligned", Kind.UNALIGNED),
        ("collision", Kind.COLLISION),
        ("filtered", Kind.FILTERED),
        ("no-candidate", Kind.FILTERED),
        ("not-placed", Kind.FILTERED),
    ],
)
def test_the_reason_why_it_was_lost(reason: str, kind: Kind) -> None:
    for gold_source in (S_GOLD, None):
        cases = classify_placements([(S_PER, None), *RIGHT], reason=reason, gold_source=gold_source)
        assert wrong(cases) == [(kind, PER, None)]
        (case,) = (c for c in cases if c.kind is kind)
        assert case.message == "because" and case.outcome == "missed" and case.source == S_PER


def test_split_merged_and_duplicate() -> None:
    halves: list[tuple[Span | None, Span | None]] = [
        (S_BANK, Span(6, 7, "ORG")),
        (S_BANK, Span(8, 9, "ORG")),
    ]
    for gold_source in (S_GOLD, None):
        cases = classify_placements(
            [(S_PER, PER), (S_BAMAKO, BAMAKO), *halves], gold_source=gold_source
        )
        assert {k for k, *_ in wrong(cases)} == {Kind.SPLIT} and len(wrong(cases)) == 2
        twice = [(S_PER, PER), *RIGHT, (S_PER, Span(9, 10, "PER"))]
        assert wrong(classify_placements(twice, gold_source=gold_source)) == [
            (Kind.DUPLICATE, None, Span(9, 10, "PER"))
        ]
        merged = Span(3, 9, "LOC")
        cases = classify_placements(
            [(S_PER, PER), (S_BAMAKO, merged), (S_BANK, None)],
            reason="collision",
            gold_source=gold_source,
        )
        assert {k for k, *_ in wrong(cases)} == {Kind.MERGED} and len(wrong(cases)) == 2


def test_the_label_of_another_entity() -> None:
    placements = [(S_PER, PER), (S_BAMAKO, Span(6, 9, "LOC")), (S_BANK, None)]
    cases = classify_placements(placements, reason="collision")
    assert wrong(cases) == [
        (Kind.WRONG_PLACE, BAMAKO, None),
        (Kind.COLLISION, BANK, Span(6, 9, "LOC")),
    ]
    cases = classify_placements(placements, reason="unaligned")
    assert (Kind.TYPE, BANK, Span(6, 9, "LOC")) in wrong(cases)


def test_what_the_tagger_did_against_gold() -> None:
    assert wrong(classify_placements(RIGHT, used=(S_BAMAKO, S_BANK))) == [
        (Kind.SOURCE_MISS, PER, None)
    ]
    label = Span(0, 1, "LOC")
    assert wrong(classify_placements([(label, label), *RIGHT], used=(label, S_BAMAKO, S_BANK))) == [
        (Kind.SOURCE_LABEL, PER, label)
    ]
    short = Span(6, 7, "ORG")
    cases = classify_placements(
        [(S_PER, PER), (S_BAMAKO, BAMAKO), (short, short)], used=(S_PER, S_BAMAKO, short)
    )
    assert wrong(cases) == [(Kind.SOURCE_BOUNDARY, BANK, short)]
    extra = Span(3, 4, "MISC")
    target_span = Span(2, 3, "MISC")
    cases = classify_placements([(S_PER, PER), *RIGHT, (extra, target_span)], used=(*S_GOLD, extra))
    assert wrong(cases) == [(Kind.SOURCE_SPURIOUS, None, target_span)]
    assert all(c.step is Step.TAGGING for c in cases if c.kind is not Kind.CORRECT)


def test_what_the_tagger_did_without_gold_is_read_from_the_links() -> None:
    assert wrong(classify_placements(RIGHT, used=(S_BAMAKO, S_BANK), gold_source=None)) == [
        (Kind.SOURCE_MISS, PER, None)
    ]
    label = Span(0, 1, "LOC")
    cases = classify_placements(
        [(label, label), *RIGHT], used=(label, S_BAMAKO, S_BANK), gold_source=None
    )
    assert wrong(cases) == [(Kind.SOURCE_LABEL, PER, label)]
    short = Span(6, 7, "ORG")
    used = (S_PER, S_BAMAKO, short)
    cases = classify_placements(
        [(S_PER, PER), (S_BAMAKO, BAMAKO), (short, short)], used=used, gold_source=None
    )
    assert wrong(cases) == [(Kind.SOURCE_BOUNDARY, BANK, short)]
    long = Span(5, 9, "ORG")
    cases = classify_placements(
        [(S_PER, PER), (S_BAMAKO, BAMAKO), (long, long)],
        used=(S_PER, S_BAMAKO, long),
        gold_source=None,
    )
    assert wrong(cases) == [(Kind.SOURCE_BOUNDARY, BANK, long)]
    extra = Span(3, 4, "MISC")
    cases = classify_placements(
        [(S_PER, PER), *RIGHT, (extra, Span(2, 3, "MISC"))], used=(*S_GOLD, extra), gold_source=None
    )
    assert wrong(cases) == [(Kind.SOURCE_SPURIOUS, None, Span(2, 3, "MISC"))]


def test_what_translation_did() -> None:
    without = tuple(link for link in LINKS if link[1] != 0)
    words = ["He", *SOURCE[1:]]
    case = classify_placements(
        RIGHT,
        used=(S_BAMAKO, S_BANK),
        gold_source=None,
        links=without,
        origin="mini",
        source_words=words,
    )
    assert wrong(case) == [(Kind.MT_DROPPED, PER, None)]
    case = classify_placements(
        RIGHT, used=(S_BAMAKO, S_BANK), gold_source=None, links=without, source_words=words
    )
    assert wrong(case) == [(Kind.UNALIGNED, PER, None)]  # people wrote the source
    case = classify_placements(
        RIGHT, used=(S_BAMAKO, S_BANK), gold_source=None, links=without, origin="mini"
    )
    assert wrong(case) == [(Kind.SOURCE_MISS, PER, None)]  # it is there, spelt alike
    case = classify_placements(
        RIGHT,
        used=(S_BAMAKO, S_BANK),
        gold_source=None,
        origin="mini",
        source_words=["somebody", *SOURCE[1:]],
    )
    assert wrong(case) == [(Kind.MT_CHANGED, PER, None)]


def test_what_the_annotators_did() -> None:
    cases = classify_placements(RIGHT, used=(S_BAMAKO, S_BANK), gold_source=(S_BAMAKO, S_BANK))
    assert wrong(cases) == [(Kind.GUIDELINE, PER, None)]
    cases = classify_placements([(S_PER, PER), *RIGHT], gold=(BAMAKO, BANK))
    assert wrong(cases) == [(Kind.GUIDELINE, None, PER)]
    other = Span(0, 1, "MISC")
    cases = classify_placements([(S_PER, PER), *RIGHT], gold=(other, BAMAKO, BANK))
    assert wrong(cases) == [(Kind.GUIDELINE, other, PER)]


def test_words_cut_otherwise() -> None:
    source = Sentence(("the", "Bank"), "en", (Span(1, 2, "ORG"),))
    gold = Sentence(("die", "Bank", "en"), "de", (Span(0, 1, "MISC"), Span(1, 2, "ORG")))
    item = Item("1", source, gold, frozenset({"target"}))
    system_record = Record(
        "1",
        0,
        "direct/x",
        source,
        Sentence(("die", "Banken"), "de"),
        placements=(Placement(Span(1, 2, "ORG"), Span(1, 2, "ORG")),),
        chain=(source, gold),
    )
    assert [(c.kind, c.gold) for c in classify(item, system_record)] == [
        (Kind.UNALIGNED, Span(0, 1, "MISC")),
        (Kind.TOKENISATION, Span(1, 2, "ORG")),
    ]
    other = replace(system_record, target=Sentence(("etwas", "anderes"), "de"))
    assert classify(item, other) == []


def test_no_answer_and_a_tagger_on_the_target() -> None:
    cases = classify_placements([], problem="It broke.", source=Sentence((), "und"))
    assert wrong(cases) == [(Kind.FAILED, g, None) for g in GOLD]
    target = Sentence(
        tuple(WORDS), "de", (Span(0, 1, "LOC"), Span(6, 8, "ORG"), Span(9, 10, "PER"))
    )
    cases = classify_placements(
        [(None, s) for s in target.spans], source=target, chain=(target,), links=()
    )
    assert [k for k, *_ in wrong(cases)] == [
        Kind.SOURCE_LABEL,
        Kind.SOURCE_MISS,
        Kind.SOURCE_BOUNDARY,
        Kind.SOURCE_SPURIOUS,
    ]


def test_whether_a_right_tagger_would_have_helped() -> None:
    used = (S_BAMAKO, S_BANK)
    oracle = tuple(Placement(s, t) for s, t in [(S_PER, PER), *RIGHT])
    (case,) = (c for c in classify_placements(RIGHT, used=used, oracle=oracle) if c.gold == PER)
    assert case.kind is Kind.SOURCE_MISS and case.with_gold_source is True
    (case,) = (c for c in classify_placements(RIGHT, used=used, oracle=oracle[1:]) if c.gold == PER)
    assert case.kind is Kind.SOURCE_MISS and case.with_gold_source is False


def test_right_links_used_wrongly_are_the_projectors_doing() -> None:
    short = Span(6, 7, "ORG")
    placed: list[tuple[Span | None, Span | None]] = [
        (S_PER, PER),
        (S_BAMAKO, BAMAKO),
        (S_BANK, short),
    ]
    (case,) = (c for c in classify_placements(placed) if c.kind is Kind.SHORT)
    assert case.step is Step.PROJECTION
    cut = tuple(link for link in LINKS if link[1] not in (7, 8))
    (case,) = (c for c in classify_placements(placed, links=cut) if c.kind is Kind.SHORT)
    assert case.step is Step.ALIGNMENT


def test_labels_that_do_not_count() -> None:
    source = Sentence(tuple(SOURCE), "en", S_GOLD)
    item = Item("1", source, Sentence(tuple(WORDS), "de", GOLD), frozenset({"target"}))
    system_record = Record(
        "1", 0, "direct/x", source, Sentence(tuple(WORDS), "de"), chain=(source, source)
    )
    assert {c.gold for c in classify(item, system_record, ignore={"ORG"})} == {PER, BAMAKO}


# -- laws ------------------------------------------------------------------------------------------

LABELS = ("PER", "LOC")


def _spans(rng: random.Random, n: int) -> tuple[Span, ...]:
    at, spans = 0, []
    while at < n:
        size = rng.choice((1, 1, 2, 3))
        if rng.random() < 0.45 and at + size <= n:
            spans.append(Span(at, at + size, rng.choice(LABELS)))
            at += size
        at += rng.choice((0, 1, 2))
    return tuple(spans)


@settings(max_examples=examples(300), deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(projectors.names()))
def test_cases_are_a_partition_and_add_up(rng: random.Random, name: str) -> None:
    n, m = rng.randint(1, 12), rng.randint(1, 12)
    words = [rng.choice("Ada Bo Cy dee ee Ef".split()) for _ in range(n)]
    source = Sentence(tuple(words), "en", _spans(rng, n))
    target = Sentence(tuple(rng.choice(words) for _ in range(m)), "de", _spans(rng, m))
    links = {(rng.randrange(n), rng.randrange(m)) for _ in range(rng.randint(0, 14))}
    alignment = Alignment.from_links(links, (n, m))
    gold_source = _spans(rng, n) if rng.random() < 0.5 else source.spans
    sides = rng.choice([{"target"}, {"source", "target"}])
    item = Item("1", source.labelled(gold_source), target, frozenset(sides))  # type: ignore[arg-type]
    evidence = Evidence(
        "direct",
        source,
        target.labelled(()),
        alignment,
        (source, target),
        (alignment,),
        origins=(rng.choice(["mini", "typed"]), "given"),
    )
    projection = projectors.create(name).project([evidence])[0]
    system_record = record("1", 0, f"direct/{name}", evidence, projection, target)
    cases = classify(item, system_record)
    gold, predicted = set(target.spans), set(system_record.predicted)
    assert sorted(c.gold for c in cases if c.gold) == sorted(gold)
    assert sorted(c.predicted for c in cases if c.predicted) == sorted(predicted)
    scores = score_spans([gold], [predicted]).overall
    right = sum(c.kind is Kind.CORRECT for c in cases)
    assert right == scores.n_correct
    assert sum(c.gold is not None for c in cases) - right == scores.n_gold - scores.n_correct
    missing = [c for c in cases if c.predicted is not None and c.kind is not Kind.CORRECT]
    assert len(missing) == scores.n_predicted - scores.n_correct
    assert all(c.message for c in cases if c.kind is not Kind.CORRECT)


def test_every_kind_is_described() -> None:
    assert list(ABOUT) == list(Kind)


def test_the_documentation_lists_every_kind_as_the_page_does() -> None:
    text = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")
    for kind, about in ABOUT.items():
        step = STEPS.get(kind, "projection or earlier")
        assert f"| `{kind}` | {about.title} | {step} | {about.meaning} |\n" in text
