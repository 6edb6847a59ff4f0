"""What the drawing is given."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.comparisons import aligned, column, compared, diagonal, sentence
from tests.browser.samples import SAMPLES, german
from tests.laws import examples
from xproj_core.answers.one_sentence import Column, Comparison
from xproj_core.domain import Alignment, Candidate, Evidence, Projected, Projection, Span, Trace
from xproj_core.drawing import payload, wording
from xproj_core.drawing.colours import NAMED, OTHERS, shades
from xproj_core.drawing.payload_types import Piece
from xproj_core.methods import SLOTS, Mode
from xproj_core.project.base import placed

samples = pytest.mark.parametrize("comparison", [f() for f in SAMPLES.values()], ids=SAMPLES)


@samples
def test_it_is_json(comparison: Comparison) -> None:
    drawing = payload(comparison)
    assert json.loads(json.dumps(drawing, allow_nan=False))["columns"]


@samples
def test_every_index_lies_in_its_sentence(comparison: Comparison) -> None:
    drawing = payload(comparison)
    for col in drawing["columns"]:
        lengths = [len(drawing["sentences"][r["sentence"]]["tokens"]) for r in col["rows"]]
        for row, n in zip(col["rows"], lengths, strict=True):
            assert all(0 <= s["start"] < s["end"] <= n for s in row["spans"])
            assert all(0 <= s["lane"] < row["lanes"] for s in row["spans"])
        for k, hop in enumerate(col["hops"]):
            assert all(x["source"] < lengths[k] for x in hop["links"])
            assert all(x["target"] < lengths[k + 1] for x in hop["links"])
        for m in col["matrices"]:
            shape = lengths[m["rows"]], lengths[m["columns"]]
            assert all(i < shape[0] and j < shape[1] for i, j, _ in m["cells"])


@samples
def test_every_entity_is_explained_once_and_drawn(comparison: Comparison) -> None:
    for col in payload(comparison)["columns"]:
        ids = [w["id"] for w in col["why"]]
        assert len(set(ids)) == len(ids)
        drawn = {s["entity"] for r in col["rows"] for s in r["spans"]}
        assert drawn - {None} <= set(ids)
        # a gold entity that the method missed stands in its list of lost ones alone
        ours = {w["id"] for w in col["why"] if ":gold:" not in w["id"]}
        assert ours <= drawn, "an entity that nothing on the screen stands for"


@samples
def test_every_gold_entity_says_what_became_of_it(comparison: Comparison) -> None:
    drawing = payload(comparison)
    reasons = {w["id"]: w for c in drawing["columns"] for w in c["why"]}
    answers = [
        c.projection.spans
        for c in comparison.columns
        if c.projection and c.evidence and c.evidence.target.tokens == comparison.target.tokens  # type: ignore[union-attr]
    ]
    for span in (s for t in drawing["tracks"] if t["column"] is None for s in t["spans"]):
        gold = Span(span["start"], span["end"], span["label"])
        if not answers:
            assert span["entity"] is None
            continue
        assert span["entity"] is not None
        why = reasons[span["entity"]]
        failed = [s for s in why["stages"] if s["state"] == "failed"]
        if all(gold in spans for spans in answers):
            assert not failed and not why["reason"] and why["text"]
        else:
            assert why["reason"] and why["message"]
            assert len(failed) == 1 or "guideline" in why["reason"]
        assert [o["right"] for o in why["outcomes"]] in ([], [gold in a for a in answers])


def test_a_missing_gold_entity_is_named_and_nothing_is_praised() -> None:
    source, target = sentence("Ama met Kofi", "en", [(0, 1, "PER")]), sentence("Ama Kofi", "ak")
    gold = [(0, 1, "PER"), (1, 2, "PER")]
    direct = column("direct", [source, target], [[(0, 0, 1), (2, 1, 1)]], [(0, (0, 1, "PER"))])
    (view,) = payload(compared([direct], target, gold))["columns"]
    assert [p["tone"] for p in view["summary"]] == ["plain", "plain", "bad", "plain"]
    assert text(view["summary"]) == ("1 of 1|entity placed, 1 of 2 as in gold.|1 missing|: Kofi.")
    (missed,) = [w for w in view["why"] if w["lost"]]
    assert [s["name"] for s in missed["stages"] if s["state"] == "failed"] == ["tag"]
    assert [s["state"] for s in missed["stages"]] == ["done", "failed", "open", "open"]
    assert "Linked to it is “Kofi”, labelled nothing there." in missed["opening"]


@samples
def test_spans_of_a_lane_never_overlap(comparison: Comparison) -> None:
    drawing = payload(comparison)
    for row in [*drawing["tracks"], *(r for c in drawing["columns"] for r in c["rows"])]:
        for lane in range(row["lanes"]):
            spans = [s for s in row["spans"] if s["lane"] == lane]
            assert all(a["end"] <= b["start"] for a, b in pairwise(spans))


@samples
def test_a_link_has_a_label_exactly_when_both_its_ends_do(comparison: Comparison) -> None:
    for col in payload(comparison)["columns"]:
        for k, hop in enumerate(col["hops"]):
            for link in hop["links"]:
                ends = [
                    {s["label"] for s in col["rows"][r]["spans"] if s["start"] <= i < s["end"]}
                    for r, i in ((k, link["source"]), (k + 1, link["target"]))
                ]
                shared = ends[0] & ends[1]
                assert (link["label"] in shared) if shared else link["label"] is None


@samples
def test_every_label_drawn_has_its_colours(comparison: Comparison) -> None:
    drawing = payload(comparison)
    drawn = {s["label"] for c in drawing["columns"] for r in c["rows"] for s in r["spans"]}
    assert drawn <= set(drawing["colours"])


def test_the_digest_follows_the_drawing_not_the_view() -> None:
    drawing = payload(german())
    assert drawing["digest"] == payload(german(), view="heat", selected="direct:1")["digest"]
    other = compared(list(german().columns[:2]), german().target, None)
    assert drawing["digest"] != payload(other)["digest"]


def test_a_selection_of_nothing_is_dropped() -> None:
    assert payload(german(), selected="direct:1")["selected"] == "direct:1"
    assert payload(german(), selected="pivot:lost:0")["selected"] == "pivot:lost:0"
    assert payload(german(), selected="direct:99")["selected"] is None


def test_a_sentence_that_two_columns_show_is_one() -> None:
    drawing = payload(german())
    first, _, third = (c["rows"] for c in drawing["columns"])
    assert first[0]["sentence"] == third[0]["sentence"]
    assert all(c["rows"][-1]["sentence"] == drawing["target"] for c in drawing["columns"])
    assert len(drawing["sentences"]) == 4


def test_the_way_between_is_where_links_go() -> None:
    pivot = payload(german())["columns"][1]
    between = pivot["rows"][1]["spans"]
    assert {s["kind"] for s in between} == {"via"}
    ways = {(s["start"], s["end"], s["entity"]) for s in between}
    assert ways == {
        (0, 1, "pivot:0"),
        (4, 6, "pivot:1"),
        (10, 11, "pivot:lost:0"),
        (12, 13, "pivot:2"),
    }


def text(segments: list[Piece]) -> str:
    return "|".join(p["text"] for p in segments)


def test_summaries() -> None:
    direct, pivot, _ = payload(german())["columns"]
    assert text(direct["summary"]) == "4 of 4|entities placed, all as in gold."
    assert text(pivot["summary"]) == (
        "3 of 4|entities placed, 2 of 4 as in gold.|1 missing|: Siemens-Werk."
        "|1 labelled otherwise|: Montag.|1 lost|: Siemens."
    )
    nothing = payload(SAMPLES["nothing"]())["columns"][0]
    assert text(nothing["summary"]) == "No entities."
    many = {c["method"]: c for c in payload(SAMPLES["many"]())["columns"]}
    assert text(many["model_transfer"]["summary"]) == (
        "3|entities found, 3 of 4 as in gold.|1 missing|: Montag."
    )
    assert text(many["marked_back_translation"]["summary"]).startswith("3 of 4|entities placed")


def test_markers_join_entities_that_no_link_joins() -> None:
    markers = payload(SAMPLES["many"]())["columns"][3]
    assert [len(h["bonds"]) for h in markers["hops"]] == [3, 3]
    assert not markers["matrices"]


def test_labels_read_off_the_middle_are_explained_from_there() -> None:
    marked = payload(SAMPLES["many"]())["columns"][5]
    assert {w["source_row"] for w in marked["why"]} == {1}
    own = [w["id"] for w in marked["why"] if ":gold:" not in w["id"]]
    assert [s["entity"] for s in marked["rows"][1]["spans"]] == own
    english = {s["label"]: s["entity"] for s in marked["rows"][0]["spans"]}
    assert english["PER"] == "marked_back_translation:1"
    assert english["ORG"] is None


def test_a_column_with_a_problem_says_so() -> None:
    column = payload(SAMPLES["arabic"]())["columns"][2]
    assert column["problem"] and not column["rows"]


def test_direction_is_each_rows_own() -> None:
    drawing = payload(SAMPLES["arabic"]())
    assert [s["dir"] for s in drawing["sentences"]] == ["rtl", "ltr", "ltr"]


def test_a_method_with_a_target_of_its_own_has_no_labels_on_the_grid() -> None:
    base = german()
    evidence = base.columns[0].evidence
    assert evidence is not None
    en = evidence.source
    other = sentence("Am Montag war Angela Merkel in Lagos .", "de")
    own = column("markers", [en, other], [diagonal(en, other)], [(1, (3, 5, "PER"))])
    drawing = payload(compared([*base.columns, own], base.target, None))
    assert drawing["tracks"][-1]["spans"] == []
    assert "of its own" in drawing["tracks"][-1]["note"]


@pytest.mark.parametrize(
    ("method", "mode", "n", "slots"),
    [
        ("direct", Mode.LABEL, 2, ["source", None]),
        ("direct", Mode.TRANSLATE, 2, ["source", "target"]),
        ("pivot", Mode.LABEL, 3, ["pivot-source", "pivot", None]),
        ("pivot", Mode.TRANSLATE, 3, ["source", "pivot", "target"]),
        ("back_translation", Mode.LABEL, 3, ["source", "back", None]),
        ("back_translation", Mode.TRANSLATE, 3, ["source", "back", "target"]),
        ("marked_back_translation", Mode.LABEL, 3, ["source", None, None]),
        ("markers", Mode.TRANSLATE, 3, ["source", None, "target"]),
        ("model_transfer", Mode.LABEL, 1, [None]),
    ],
)
def test_slots(method: str, mode: Mode, n: int, slots: list[str | None]) -> None:
    assert [wording.slot(method, mode, k, n) for k in range(n)] == slots
    assert {s for s in slots if s} <= set(SLOTS[mode])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.67, ".67"),
        (1, "1"),
        (0, "0"),
        (0.5, ".50"),
        (1.25, "1.25"),
        (-0.5, "-.50"),
        (-0.001, "0"),
        (10.5, "10.50"),
        (0.999, "1"),
    ],
)
def test_decimal(value: float, text: str) -> None:
    assert wording.decimal(value) == text


def test_the_chosen_candidate_is_shown_wherever_it_stood() -> None:
    en, de = sentence("a b", "en", [(0, 1, "PER")]), sentence([str(k) for k in range(30)], "de")
    candidates = tuple(Candidate(k, k + 1, 1 - k / 30) for k in range(30))
    span = Span(20, 21, "PER")
    links = aligned(en, de, [(0, 20, 0.5)])
    entity = Projected(span, Trace(en.spans[0], candidates=candidates))
    evidence = Evidence("direct", en, de, links, (en, de), (links,))
    comparison = Comparison(
        (Column("direct", evidence, Projection((entity,))),), de, None, frozenset(), {}, {}, 0.0
    )
    why = payload(comparison)["columns"][0]["why"][0]
    assert [c["text"] for c in why["candidates"] if c["chosen"]] == ["20"]
    assert why["more"] == 30 - len(why["candidates"])
    assert why["candidates"][-1]["linked"] == "1 of 1"


@settings(max_examples=examples(50), deadline=None)
@given(st.data())
def test_a_matrix_keeps_all_that_does_not_round_to_nothing(data: st.DataObject) -> None:
    n, m = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 6))
    scores = np.array(data.draw(st.lists(st.floats(0, 1), min_size=n * m, max_size=n * m)))
    scores = scores.reshape(n, m)
    hard = np.array(data.draw(st.lists(st.booleans(), min_size=n * m, max_size=n * m)))
    hard = hard.reshape(n, m)
    source, other = sentence(["a"] * n, "en"), sentence(["b"] * m, "de")
    links = Alignment(scores, hard)
    evidence = Evidence("direct", source, other, links, (source, other), (links,))
    shown = Column("direct", evidence, Projection(()))
    drawn = payload(compared([shown], other))["columns"][0]
    back = np.zeros((n, m))
    for i, j, score in drawn["matrices"][0]["cells"]:
        back[i, j] = score
    assert np.array_equal(back, scores.round(2))
    assert len(drawn["hops"][0]["links"]) == hard.sum()


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    dark, bright = sorted((luminance(colour), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def mixed(colour: str, share: float, ground: str) -> str:
    pairs = ((int(colour[k : k + 2], 16), int(ground[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@pytest.mark.parametrize("light, dark", [*NAMED.values(), *OTHERS])
def test_labels_are_readable(light: str, dark: str) -> None:
    assert contrast(light, "#ffffff") >= 4.5
    assert contrast(light, mixed(light, 0.16, "#f7f7f5")) >= 4.5
    assert contrast(dark, "#10141b") >= 4.5
    assert contrast(dark, mixed(dark, 0.16, "#22262e")) >= 4.5


def test_other_labels_keep_their_colour() -> None:
    assert shades("EVENT") == shades("EVENT")
    assert shades("EVENT") in OTHERS


def test_origins_for_people() -> None:
    assert wording.origin("memory") == ("human", "human translation (examples)")
    assert wording.origin("") == ("", "")
    assert wording.origin("mini:/some/where/en-eo")[0] == "Mini + en-eo"
    rows = payload(german())["columns"][2]["rows"]
    assert [r["origin"] for r in rows] == ["Mini", "typed", "your text"]


def test_an_unnamed_problem_still_has_a_sentence() -> None:
    drawing = payload(replace(german(), columns=(Column("direct"),)))
    assert drawing["columns"][0]["problem"]


def test_what_a_tagger_finds_on_the_target_is_not_lost() -> None:
    transfer = next(c for c in SAMPLES["many"]().columns if c.method == "model_transfer")
    assert transfer.evidence is not None and transfer.projection is not None
    projection = placed(transfer.evidence)
    assert projection is not None
    assert projection.spans == transfer.projection.spans
    assert projection.lost == ()


@samples
def test_a_back_translation_that_changed_nothing_says_so(comparison: Comparison) -> None:
    answers = {c.method: c for c in comparison.columns}
    for method, view in zip(comparison.columns, payload(comparison)["columns"], strict=True):
        said = "Same links, same labels as Direct here." in view["notes"]
        direct = answers.get("direct")
        if method.method != "back_translation" or not (direct and direct.projection):
            assert not said
        elif said:
            assert method.projection and method.projection.spans == direct.projection.spans
    direct = answers.get("direct")
    if direct is None or direct.projection is None:
        return
    twin = replace(direct, method="back_translation")
    both = payload(replace(comparison, columns=(direct, twin)))["columns"]
    assert both[1]["notes"][0] == "Same links, same labels as Direct here."
