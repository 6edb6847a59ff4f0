"""Jobs over many items: order, batches, what fails alone, several engines and settings."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import engine
from xproj_core.answers.chunks import batches, chunks
from xproj_core.answers.many_items import Given, Job, items_of, together
from xproj_core.answers.system import System
from xproj_core.domain import Evidence, Projection, Sentence, Span
from xproj_core.domain.errors import ProjectionError
from xproj_core.domain.item import Item, Links
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_core.project.seed_heuristic import SeedHeuristic

WORDS = ("Lagos", "besuchte", "das", "werk", "alte", "Oslo")
SENTENCES = st.lists(
    st.lists(st.sampled_from(WORDS), max_size=7).map(lambda w: Sentence(tuple(w), "de")),
    max_size=30,
)


def job(**changes: object) -> Job:
    parts: dict[str, object] = {
        "engine": engine(),
        "methods": [methods.create("direct")],
        "projectors": [projectors.create("match-exact")],
        "mode": Mode.LABEL,
        "source": "en",
        "target": "de",
        "pivot": "fr",
        **changes,
    }
    return Job(**parts)  # type: ignore[arg-type]


@given(SENTENCES, st.integers(1, 5))
def test_answers_come_in_the_order_of_the_items_whatever_the_batches(
    sentences: list[Sentence], batch_size: int
) -> None:
    answers = list(job(batch_size=batch_size).run(items_of(sentences)))
    assert [a.number for a in answers] == list(range(len(sentences)))
    assert [a.item.target for a in answers] == [s.labelled(()) for s in sentences]
    for sentence, answer in zip(sentences, answers, strict=True):
        expected = {k for k, t in enumerate(sentence.tokens) if t[0].isupper()}
        starts = {s.start for r in answer.records() for s in r.predicted}
        assert starts == expected


@given(
    st.dictionaries(st.integers(0, 99), st.integers(0, 40)),
    st.integers(1, 8),
    st.integers(1, 3000),
)
def test_batches_hold_every_key_once_by_size_and_within_bounds(
    sizes: dict[int, int], most: int, cells: int
) -> None:
    groups = list(batches(sizes, most, cells))
    flat = [key for batch in groups for key in batch]
    assert sorted(flat) == sorted(sizes)
    assert [sizes[k] for k in flat] == sorted(sizes.values())
    for batch in groups:
        assert len(batch) == 1 or len(batch) * max(sizes[k] for k in batch) ** 2 <= cells
        assert len(batch) <= most


@given(st.lists(st.integers(1, 9), max_size=40), st.integers(1, 6), st.integers(1, 200))
def test_chunks_do_not_depend_on_where_one_begins(
    lengths: list[int], most: int, cells: int
) -> None:
    items = list(items_of(Sentence(("Oslo",) * n, "de") for n in lengths))
    groups = list(chunks(items, most, cells))
    assert [i for chunk in groups for i in chunk] == items
    done = 0
    for k, chunk in enumerate(groups):
        assert list(chunks(items[done:], most, cells)) == groups[k:]
        done += len(chunk)


def test_an_item_without_the_needed_side_fails_alone() -> None:
    item = Item("only-source", source=Sentence(("Lagos",), "en"))
    items = [*items_of([Sentence(("Oslo", "besuchte"), "de")]), item]
    good, bad = job().run(items)
    assert good.records()[0].problem is None and len(good.records()[0].predicted) == 1
    (record,) = bad.records()
    assert record.problem and "only-source has no target sentence" in record.problem
    assert (record.number, record.system, record.target.tokens) == (1, "direct/match-exact", ())


class Choosy(SeedHeuristic):
    """Fails on one sentence, and with it the call it is in."""

    name = "choosy"

    def _project(self, evidence: Evidence) -> Projection:
        if "werk" in evidence.target.tokens:
            raise ProjectionError("not the plant")
        return super()._project(evidence)


def test_a_projector_that_fails_on_one_sentence_does_not_sink_its_batch() -> None:
    sentences = [Sentence((w,), "de") for w in ("Lagos", "werk", "Oslo")]
    answers = list(job(projectors=[Choosy()]).run(items_of(sentences)))
    assert [a.records()[0].problem for a in answers] == [None, "not the plant", None]


def test_several_engines_and_settings_are_told_apart() -> None:
    halves = [methods.create("pivot", direct_share=share) for share in (0.0, 0.5)]
    base_job = job(methods=[methods.create("direct"), *halves])
    first = replace(base_job, engine_name="a/b")
    second = replace(base_job, engine_name="c")
    (answer,) = together([first, second], items_of([Sentence(("Lagos",), "de")]))
    names = [r.system for r in answer.records()]
    assert names[:2] == ["a/b/direct/match-exact", "a/b/pivot(direct_share=0.0)/match-exact"]
    assert len(set(names)) == 6 and names[3] == "c/direct/match-exact"
    assert {System.parse(n).evidence for n in names} == set(answer.evidence)


def test_progress_counts_every_item_and_can_stop_the_work() -> None:
    counts: list[int] = []
    sentences = [Sentence(("Oslo",) * n, "de") for n in (1, 3, 2, 0, 1)]
    list(job(batch_size=2, progress=counts.append).run(items_of(sentences)))
    assert sum(counts) == 5 and max(counts) <= 2


def test_links_of_the_data_take_the_aligners_place_for_their_own_pair_only() -> None:
    source = Sentence(("Lagos", "old"), "en", (Span(0, 1, "LOC"),))
    linked = Item(
        "1",
        source,
        Sentence(("werk", "Oslo"), "de"),
        frozenset({"source"}),
        Links(frozenset({(0, 1)})),
    )
    plain = Item("2", source, Sentence(("Lagos", "alte"), "de"), frozenset({"source"}))
    predictions = [
        [
            record.predicted
            for answer in job(given=given_parts).run([linked, plain])
            for record in answer.records()
        ]
        for given_parts in (Given(links=True), Given())
    ]
    assert predictions == [[(Span(1, 2, "LOC"),), (Span(0, 1, "LOC"),)], [(), (Span(0, 1, "LOC"),)]]
