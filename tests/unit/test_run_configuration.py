"""A run's configuration: JSON and signature both ways, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import engine
from xproj_core.answers.choice import Choice, parse_choices, write_choices
from xproj_core.answers.many_items import Given, items_of
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.engines import fingerprint
from xproj_core.methods import Mode
from xproj_core.runs import configuration, run_signature
from xproj_core.runs.configuration import RunConfiguration

_METHODS = st.sampled_from(
    [
        Choice("direct"),
        Choice("pivot", {"direct_share": 0.25}),
        Choice("pivot"),
        Choice("back_translation", {"refinement": "union", "threshold": 0.125}),
        Choice("markers"),
    ]
)
_PROJECTORS = st.sampled_from(
    [
        Choice("match-exact"),
        Choice("match-exact", {"soft": True, "max_words": 3}),
        Choice("seed-heuristic", {"length_ratio": 0.5}),
        Choice("min-max"),
    ]
)
_NAMES = st.sampled_from(
    [
        "mini",
        "mini:/a folder;with,odd names>%",
        "research",
        "transformers:facebook/nllb|simalign-argmax:bert||",
        "mini|mini|spacy:x_y|",
    ]
)
CONFIGURATIONS = st.builds(
    RunConfiguration,
    source=st.just("en"),
    target=st.sampled_from(["de", "sw"]),
    pivot=st.just("fr"),
    mode=st.sampled_from(list(Mode)),
    engines=st.lists(_NAMES, min_size=1, unique=True).map(tuple),
    methods=st.lists(_METHODS, min_size=1, unique_by=str).map(tuple),
    projectors=st.lists(_PROJECTORS, min_size=1, unique_by=str).map(tuple),
    given=st.builds(Given, st.booleans(), st.booleans(), st.booleans()),
    labels=st.dictionaries(
        st.text(min_size=1, max_size=5), st.none() | st.text(min_size=1, max_size=5), max_size=3
    ),
)


@given(CONFIGURATIONS)
def test_json_and_signature_give_the_configuration_back(
    run_configuration: RunConfiguration,
) -> None:
    plain = json.loads(json.dumps(configuration.as_json(run_configuration)))
    assert configuration.from_json(plain) == run_configuration
    models = {name: "0a1b2c3d" for name in run_configuration.engines}
    signed = run_signature.Signed(
        run_configuration, models, run_configuration.settings_hash, "abcdef012345", "0.1.0"
    )
    again = run_signature.parse(run_signature.as_line(signed))
    assert again == signed and again.differences(signed) == []
    assert "\n" not in run_signature.as_line(signed)


STORED = (
    "mode:label|languages:en>de|engine:mini@0a1b2c3d|methods:direct|projector:seed-heuristic,"
    "thesis-heuristic(k=2),elp-published,min-max(comp_src=True)|settings:922cd2d8|"
    "given:translations,labels|data:abcdef012345|version:0.1.0"
)


def test_a_signature_from_before_projectors_had_versions_is_the_same_still() -> None:
    signed = run_signature.parse(STORED)
    assert run_signature.as_line(signed).rpartition("|")[0] == STORED.rpartition("|")[0]
    assert signed.configuration.settings_hash == signed.settings == "922cd2d8"


def test_a_version_that_is_asked_for_stays_in_what_is_stored() -> None:
    text = "seed-heuristic.v1(length_ratio=0.5),elp-published"
    run_configuration = RunConfiguration("en", "de", methods=parse_choices("direct", "method"))
    run_configuration = replace(
        run_configuration, projectors=parse_choices(text, "projector")
    ).checked()
    assert write_choices(run_configuration.projectors) == text
    assert configuration.from_json(configuration.as_json(run_configuration)) == run_configuration
    assert run_configuration.systems == ("direct/seed-heuristic", "direct/elp-published")


@given(st.lists(_METHODS, min_size=1, unique_by=str))
def test_choices_are_written_as_they_are_read(choices: list[Choice]) -> None:
    assert list(parse_choices(write_choices(choices), "method")) == choices


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": "eng"}, "both English"),
        ({"pivot": None}, "needs a pivot"),
        ({"pivot": "de"}, "The pivot is German"),
        ({"engines": ()}, "at least one engine"),
        ({"engines": ("maxi",)}, "no engine called 'maxi'"),
        ({"methods": (Choice("teleport"),)}, "no method called 'teleport'"),
        ({"methods": (Choice("pivot", {"direct_share": 7.0}),)}, "from 0 to 1"),
        ({"projectors": (Choice("min-max", {"soft": True}),)}, "no parameter 'soft'"),
    ],
)
def test_what_cannot_be_run_is_refused(changes: dict[str, object], message: str) -> None:
    parts: dict[str, object] = {"source": "en", "target": "de", "pivot": "fr", **changes}
    with pytest.raises(XProjError, match=message):
        RunConfiguration(**parts).checked()  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "hello", "mode:label|languages:en", "{}"])
def test_what_is_no_signature_is_refused(text: str) -> None:
    with pytest.raises(XProjError, match="no signature"):
        run_signature.parse(text)


def test_labels_are_mapped_in_the_data_and_in_the_taggers_answers() -> None:
    run_configuration = RunConfiguration(
        "en", "de", methods=(Choice("direct"),), labels={"LOC": "PLACE", "MISC": None}
    )
    target = Sentence(("Lagos", "x"), "de", (Span(0, 1, "LOC"), Span(1, 2, "MISC")))
    item = run_configuration.item(Item("1", target=target, gold=frozenset({"target"})))
    assert item.gold_of("target") == target.labelled([Span(0, 1, "PLACE")])
    (job,) = run_configuration.jobs(lambda name: engine())
    (answer,) = job.run([item])
    assert answer.records()[0].predicted == (Span(0, 1, "PLACE"),)


def test_systems_name_engines_only_where_there_are_several() -> None:
    run_configuration = RunConfiguration("en", "de", methods=parse_choices("direct", "method"))
    assert run_configuration.systems == ("direct/match-exact",)
    several_engines = RunConfiguration(
        "en", "de", methods=run_configuration.methods, engines=("mini", "research")
    )
    assert several_engines.systems == ("mini/direct/match-exact", "research/direct/match-exact")


def test_other_data_have_another_hash() -> None:
    items = list(items_of([Sentence(("Lagos",), "de"), Sentence(("Oslo",), "de")]))
    unlabelled = run_signature.data_hash(items)
    assert unlabelled == run_signature.data_hash(iter(items)) != run_signature.data_hash(items[:1])
    gold = [Item("1", target=items[0].target, gold=frozenset({"target"})), items[1]]
    assert run_signature.data_hash(gold) != unlabelled


def test_a_model_trained_again_has_another_fingerprint(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
        (folder / "en-lg.npz").write_bytes(bytes(3_000_000))
    first, second = (fingerprint.of_engine(f"mini:{f}") for f in folders)
    assert first == second != fingerprint.of_engine("mini")
    changed = bytearray(3_000_000)
    changed[:-1:7] = b"\1" * len(changed[:-1:7])
    (folders[0] / "en-lg.npz").write_bytes(changed)
    assert fingerprint.of_engine(f"mini:{folders[0]}") != second
