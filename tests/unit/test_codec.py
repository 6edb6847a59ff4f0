"""What is written is read again; what does not fit is refused, with its place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents import documents
from xproj_core.annotation.document import Document, Mark, MarkedLink, MarkedSpan, Offer, Track
from xproj_core.annotation.patch import Patch
from xproj_core.annotation.settings import Settings
from xproj_core.answers.choice import Choice
from xproj_core.answers.many_items import Given
from xproj_core.domain import Candidate, Sentence, Span, Trace, codec
from xproj_core.domain.codings import registered
from xproj_core.domain.errors import InputError, XProjError
from xproj_core.domain.item import Item, Links
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.scores.entities import EntityScores, Scores
from xproj_core.learn.teaching_report import (
    TaggerReport,
    TaggingExample,
    Taught,
    TranslationExample,
    TranslatorReport,
)
from xproj_core.methods import Mode
from xproj_core.mini.aligner.hmm import Jumps
from xproj_core.mini.aligner.link_features import NAMES as PAIR
from xproj_core.mini.aligner.link_model import CONTEXT, Weights
from xproj_core.robustness.curves import Curve, Estimate, Overtaking, Point
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.results import Results
from xproj_core.runs.configuration import RunConfiguration

words = st.text(max_size=6)
numbers = st.integers(0, 9)
scores = st.integers(0, 10_000).map(lambda n: n / 10_000)
maybe = st.none() | scores
pairs = st.tuples(numbers, numbers)


def spans(size: int, score: st.SearchStrategy[float | None] = maybe) -> st.SearchStrategy[Span]:
    """Spans over so many tokens."""
    places = st.tuples(st.integers(0, size - 1), st.integers(1, size)).filter(lambda p: p[0] < p[1])
    return st.builds(lambda p, label, s: Span(p[0], p[1], label, s), places, words, score)


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    tokens = tuple(draw(st.lists(words, max_size=4)))
    some = draw(st.lists(spans(len(tokens)), max_size=2)) if tokens else []
    offsets = tuple((n, n + 1) for n in range(len(tokens))) if draw(st.booleans()) else None
    return Sentence(tokens, draw(words), tuple(some), draw(st.none() | words), offsets)


@st.composite
def items(draw: st.DrawFn) -> Item:
    sides = {
        side: draw(sentences()) for side in draw(st.sampled_from(["s", "t", "st"])) for side in side
    }
    source, target = sides.get("s"), sides.get("t")
    gold = {name for name, side in (("source", source), ("target", target)) if side is not None}
    links = st.builds(Links, st.frozensets(pairs), st.frozensets(pairs))
    return Item(
        draw(words),
        source,
        target,
        frozenset(draw(st.sets(st.sampled_from(sorted(gold))))),
        draw(st.none() | links) if len(gold) == 2 else None,
        draw(st.dictionaries(words, sentences(), max_size=2)),
        draw(st.dictionaries(words, words, max_size=2)),
    )


placements = st.builds(
    Placement, st.none() | spans(9), st.none() | spans(9), words, words, words, scores, maybe
)
rows = st.lists(st.tuples(numbers, numbers, scores), max_size=3).map(tuple)


@st.composite
def records(draw: st.DrawFn) -> Record:
    chain = tuple(draw(st.lists(sentences(), max_size=3)))
    same = bool(chain) and draw(st.booleans())
    return Record(
        draw(words),
        draw(numbers),
        draw(words),
        chain[0] if same else draw(sentences()),
        chain[-1] if same else draw(sentences()),
        chain,
        tuple(draw(st.lists(words, max_size=2))),
        draw(rows),
        tuple(draw(st.lists(placements, max_size=2))),
        draw(st.none() | st.lists(placements, max_size=2).map(tuple)),
        tuple(draw(st.lists(words, max_size=2))),
        draw(st.none() | words),
    )


candidates = st.builds(
    Candidate, numbers, numbers, scores, st.dictionaries(words, scores, max_size=2), words
)
unscored = spans(9, st.none())
traces = st.builds(
    Trace,
    st.none() | unscored,
    rows,
    st.lists(candidates, max_size=2).map(tuple),
    words,
    scores,
    maybe,
    st.lists(words, max_size=2).map(tuple),
)
marked_spans = documents().map(lambda d: [*d.spans.values()])
offers = st.builds(
    lambda spans, gone: Offer("match-exact", ("p0",), tuple(spans), tuple(gone), ("It moves.",)),
    marked_spans,
    st.lists(words),
)


@st.composite
def patches(draw: st.DrawFn) -> Patch:
    document = draw(documents())
    fields: dict[str, Any] = {
        "source": draw(st.none() | sentences()),
        "target": draw(sentences()),
        "tracks": document.tracks,
        "done": draw(st.booleans()),
        "offer": draw(st.none() | offers),
    }
    return Patch(
        {id: draw(st.sampled_from([None, span])) for id, span in document.spans.items()},
        {pair: draw(st.sampled_from([None, link])) for pair, link in document.links.items()},
        {name: fields[name] for name in draw(st.sets(st.sampled_from(sorted(fields))))},
    )


marks = st.builds(
    Mark,
    words,
    st.sampled_from(["method", "person", "import"]),
    maybe,
    st.sampled_from(["projected", "accepted"]),
    words,
    words,
    st.booleans(),
)

entities = st.builds(Scores, numbers, numbers, numbers)
by_label = st.dictionaries(words, entities, max_size=2)
tagging_examples = st.builds(
    TaggingExample,
    st.lists(words, max_size=3).map(tuple),
    st.lists(spans(9), max_size=2).map(tuple),
    st.lists(spans(9), max_size=2).map(tuple),
)
reports = st.builds(
    TranslatorReport,
    numbers,
    numbers,
    numbers,
    st.dictionaries(words, scores, max_size=2),
    st.dictionaries(
        words, st.lists(st.builds(TranslationExample, words, words, words), max_size=2)
    ),
)
tagger_reports = st.builds(
    TaggerReport,
    words,
    numbers,
    numbers,
    numbers,
    st.builds(EntityScores, entities, by_label),
    st.lists(tagging_examples, max_size=2).map(tuple),
)
choices = st.builds(
    Choice, words, st.dictionaries(words, st.booleans() | numbers | scores | words, max_size=3)
)
some_words = st.lists(words, max_size=2).map(tuple)
some_choices = st.lists(choices, max_size=2).map(tuple)
configurations = st.builds(
    RunConfiguration,
    words,
    words,
    st.none() | words,
    st.sampled_from(Mode),
    some_words,
    some_choices,
    some_choices,
    st.builds(Given, st.booleans(), st.booleans(), st.booleans()),
    st.dictionaries(words, st.none() | words, max_size=2),
)
estimates = st.builds(Estimate, scores, scores, scores)
points = st.builds(
    Point,
    scores,
    estimates,
    st.lists(scores, max_size=2).map(tuple),
    scores,
    scores,
    st.none() | estimates,
    scores,
)
curves = st.builds(
    Curve, words, words, st.lists(points, max_size=2).map(tuple), estimates, estimates
)
overtakings = st.builds(Overtaking, words, words, words, maybe, maybe, maybe, scores, scores)


def weights(numbers: list[float]) -> Weights:
    """As many as there are features."""
    pair, context = (
        np.resize(np.array(numbers, np.float32), len(names)) for names in (PAIR, CONTEXT)
    )
    jumps = np.array(numbers, np.float32)
    return Weights(pair, context, Jumps(jumps, 0.25), Jumps(jumps[::-1].copy(), 0.25), numbers[0])


VALUES: dict[type, st.SearchStrategy[Any]] = {
    Span: spans(9),
    Sentence: sentences(),
    Item: items(),
    Placement: placements,
    Record: records(),
    Candidate: candidates,
    Trace: traces,
    Mark: marks,
    MarkedSpan: st.builds(
        MarkedSpan,
        words,
        st.sampled_from(["source", "target"]),
        numbers,
        numbers,
        words,
        marks,
        st.none() | words,
    ),
    MarkedLink: st.builds(MarkedLink, numbers, numbers, st.booleans(), marks),
    Track: st.builds(Track, words, st.lists(spans(9), max_size=2).map(tuple)),
    Document: documents(),
    Offer: offers,
    Patch: patches(),
    Settings: st.builds(Settings, words, words, st.booleans()),
    TaggingExample: tagging_examples,
    Taught: st.builds(
        Taught,
        st.just(Path()),  # is not stored
        reports,
        st.dictionaries(words, numbers, max_size=2),
        scores,
        st.none() | tagger_reports,
    ),
    Weights: st.lists(scores, min_size=2, max_size=5).map(weights),
    RunConfiguration: configurations,
    Plan: st.builds(
        Plan,
        configurations,
        some_words,
        st.lists(scores, max_size=2).map(tuple),
        st.lists(numbers, max_size=2).map(tuple),
        numbers,
    ),
    Results: st.builds(
        Results,
        words,
        numbers,
        st.lists(curves, max_size=2).map(tuple),
        st.lists(overtakings, max_size=2).map(tuple),
        st.dictionaries(
            words, st.lists(st.tuples(numbers, numbers, numbers), max_size=2).map(tuple), max_size=2
        ),
    ),
}


def test_every_registered_type_is_among_those_below() -> None:
    public = {type_ for type_ in registered() if not type_.__name__.startswith("_")}
    assert {type_ for type_ in public if type_.__module__.startswith("xproj_core")} <= VALUES.keys()


@pytest.mark.parametrize("type_", VALUES, ids=lambda type_: type_.__name__)
@given(data=st.data())
def test_what_is_written_is_read_again(type_: type, data: st.DataObject) -> None:
    value = data.draw(VALUES[type_])
    plain = codec.to_json(value)
    again = json.loads(json.dumps(plain))
    assert again == plain, "tuples and sets are no plain JSON values"
    read: object = codec.from_json(type_, again)
    if type_ is not Weights:  # arrays, which are equal number by number
        assert read == value
    assert codec.to_json(read) == plain  # scores do not take part in comparison


SENTENCE = {"tokens": ["Ada", "met"], "language": "en", "spans": [[0, 1, "PER", 0.5]]}
ITEM = {"key": "1", "source": SENTENCE, "target": SENTENCE, "gold": ["source"], "notes": {"a": "b"}}
RECORD = {
    "item": "1",
    "number": 0,
    "system": "direct/match-exact",
    "source": None,
    "target": None,
    "chain": [SENTENCE, SENTENCE],
    "origins": ["mini"],
    "links": [[0, 0, 0.5]],
    "placements": [{"source": [0, 1, "PER"], "target": [0, 1, "PER"], "confidence": 1}],
    "oracle": None,
    "notes": [],
    "problem": None,
}
LINK = {"source": 0, "target": 1, "origin": "Ana", "by": "person", "status": "accepted"}
CONFIGURATION = {
    "mode": "label",
    "source": "en",
    "target": "de",
    "pivot": None,
    "engines": ["mini"],
    "projectors": [],
    "labels": {},
    "methods": [{"name": "direct", "options": {}}],
    "given": {"translations": True, "labels": True, "links": False},
}
ENDS = {"source": SENTENCE, "target": SENTENCE}
WRONG: list[tuple[type, dict[str, Any], list[str | int], object, str]] = [
    (Item, ITEM, ["key"], 5, "key"),
    (Item, ITEM, ["source"], [], "source"),
    (Item, ITEM, ["source", "tokens"], "Ada", "source.tokens"),
    (Item, ITEM, ["source", "tokens", 1], None, "source.tokens[1]"),
    (Item, ITEM, ["source", "spans", 0, 1], "5", "source.spans[0][1]"),
    (Item, ITEM, ["source", "spans", 0, 1], True, "source.spans[0][1]"),
    (Item, ITEM, ["source", "spans", 0, 1], 1.0, "source.spans[0][1]"),
    (Item, ITEM, ["source", "spans", 0, 2], 7, "source.spans[0][2]"),
    (Item, ITEM, ["source", "spans", 0, 3], "high", "source.spans[0][3]"),
    (Item, ITEM, ["source", "spans", 0, 3], 1e999, "source.spans[0][3]"),
    (Item, ITEM, ["source", "spans", 0, 3], float("nan"), "source.spans[0][3]"),
    (Item, ITEM, ["gold", 0], "pivot", "gold[0]"),
    (Item, ITEM, ["links"], {"sure": [[0, 0, 0]], "possible": []}, "links.sure[0]"),
    (Item, ITEM, ["links"], {"sure": [[0, True]], "possible": []}, "links.sure[0][1]"),
    (Item, ITEM, ["notes", "a"], 1, "notes[...]"),
    (Record, RECORD, ["number"], "0", "number"),
    (Record, RECORD, ["number"], False, "number"),
    (Record, RECORD, ["chain", 1, "language"], None, "chain[1].language"),
    (Record, RECORD, ["links", 0, 2], "0.5", "links[0][2]"),
    (Record, RECORD, ["links", 0, 2], -1e999, "links[0][2]"),
    (Record, RECORD, ["placements", 0, "confidence"], 1e999, "placements[0].confidence"),
    (Record, RECORD, ["placements", 0, "target"], "PER", "placements[0].target"),
    (Record, RECORD, ["problem"], 0, "problem"),
    (Record, RECORD, ["oracle"], {}, "oracle"),
    (Settings, {"run": ""}, ["double"], 1, "double"),
    (Patch, {"spans": {}}, ["spans"], [], "spans"),
    (Patch, {}, ["done"], 1, "done"),
    (Patch, {"links": [[0, 0, None]]}, ["links", 0, 1], "0", "links[0][1]"),
    (MarkedLink, LINK, ["status"], "maybe", "status"),
    (MarkedLink, LINK, ["score"], True, "score"),
    (RunConfiguration, CONFIGURATION, ["mode"], "labels", "mode"),
    (RunConfiguration, CONFIGURATION, ["methods", 0, "name"], 1, "methods[0].name"),
    (RunConfiguration, CONFIGURATION, ["given", "links"], 0, "given.links"),
]


@pytest.mark.parametrize(("type_", "plain", "place", "value", "named"), WRONG)
def test_what_is_of_a_wrong_type_is_refused_with_its_place(
    type_: type, plain: dict[str, Any], place: list[str | int], value: object, named: str
) -> None:
    codec.from_json(type_, plain)
    changed = json.loads(json.dumps(plain))
    inner = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    with pytest.raises(InputError) as raised:
        codec.from_json(type_, changed)
    assert str(raised.value).startswith(f"This is no {type_.__name__.lower()}: {named}: ")


def test_what_is_missing_is_named() -> None:
    for name in RECORD:
        with pytest.raises(InputError, match=f"missing required field `{name}`"):
            codec.from_json(Record, {k: v for k, v in RECORD.items() if k != name})
    others: tuple[object, ...] = (None, 1, "item", [], True)
    for other in others:
        with pytest.raises(InputError, match="This is no item: expected `object`"):
            codec.from_json(Item, other)


@pytest.mark.parametrize("side", ["source", "target"])
def test_a_record_needs_its_sentences(side: str) -> None:
    with pytest.raises(InputError, match=f"neither a {side} nor a chain"):
        codec.from_json(
            Record, {**RECORD, "source": SENTENCE, "chain": [], "target": SENTENCE, side: None}
        )


def test_what_the_domain_refuses_stays_refused() -> None:
    outside = {**SENTENCE, "spans": [[1, 3, "PER"]]}
    with pytest.raises(XProjError, match="ends after the last"):
        codec.from_json(Sentence, outside)
    with pytest.raises(XProjError, match="at least one token"):
        codec.from_json(Span, [2, 2, "PER"])


def test_a_dataclass_needs_no_registering() -> None:
    @dataclass(frozen=True)
    class Point:
        at: tuple[float, ...]
        label: str = "x"

    globals()["Point"] = Point
    assert codec.to_json(Point((0.5,))) == {"at": [0.5], "label": "x"}
    assert codec.from_json(Point, {"at": [1], "unknown": None}) == Point((1.0,))
