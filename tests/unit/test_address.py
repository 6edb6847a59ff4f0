"""A view survives the way through an address; junk in an address never breaks it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import get_args
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.laws import examples
from xproj_core.annotation.filter import Filter, Marks, Order, Status
from xproj_core.answers.one_sentence import Question, Typed
from xproj_core.domain.limits import MAX_NOISE_SEEDS
from xproj_core.domain.parameters import Parameter, Scalar, changed
from xproj_core.evaluate.analysis.comparison_questions import Tied
from xproj_core.evaluate.analysis.selection import PARAMETERS as SELECTION
from xproj_core.evaluate.analysis.selection import to_address
from xproj_core.methods import SLOTS, Mode, methods
from xproj_core.noise import noises
from xproj_core.project import projectors
from xproj_ui.address import analyse, datasets, project, review, robustness
from xproj_ui.address.declaration import QueryParameter
from xproj_ui.address.project_view import View, start
from xproj_ui.address.robustness_view import At
from xproj_ui.address.robustness_view import View as Sweep

CODES = some.sampled_from(["en", "de", "fr", "sw", "ar", "zh", "zh-Hant", "bm"])
NAMES = some.sampled_from(methods.names())


def values(parameter: Parameter) -> some.SearchStrategy[Scalar]:
    """Any value a parameter takes."""
    if parameter.choices:
        return some.sampled_from(parameter.choices)
    if parameter.type is bool:
        return some.booleans()
    if parameter.type is str:
        return some.text(max_size=10)
    low, high = parameter.min, parameter.max
    if parameter.type is int:
        return some.integers(
            -1000 if low is None else int(low), 1000 if high is None else int(high)
        )
    return some.floats(low, high, allow_nan=False, allow_infinity=False)


@some.composite
def options(draw: some.DrawFn, known: Sequence[Parameter]) -> dict[str, object]:
    chosen = draw(some.lists(some.sampled_from(known), unique=True)) if known else []
    return changed(known, {p.name: draw(values(p)) for p in chosen})


@some.composite
def views(draw: some.DrawFn) -> View:
    mode = draw(some.sampled_from(Mode))
    names = tuple(draw(some.lists(NAMES, min_size=1, max_size=4, unique=True)))
    projector = draw(some.sampled_from(projectors.names()))
    method_options = {m: draw(options(methods.parameters(m))) for m in names}
    question = Question(
        mode,
        draw(some.text(max_size=80)),
        draw(CODES),
        draw(CODES),
        draw(some.none() | CODES),
        names,
        {m: o for m, o in method_options.items() if o},
        projector,
        draw(options(projectors.parameters(projector))),
        draw(
            some.dictionaries(
                some.sampled_from(SLOTS[mode]),
                some.builds(Typed, some.text(max_size=40), some.booleans()),
                max_size=3,
            )
        ),
    )
    selected = some.none() | some.sampled_from(["direct:0", "pivot:lost:2"])
    engine = some.sampled_from(["mini", "research", "transformers:/a b|mini||"])
    return View(
        question,
        draw(engine),
        draw(selected),
        draw(some.sampled_from(["ribbons", "heat"])),
        draw(some.none() | some.integers(0, 400)),
    )


@settings(max_examples=examples(200), deadline=None)
@given(views())
def test_a_link_gives_the_view_back(view: View) -> None:
    address = urlencode(project.encode(view))
    read, problems = project.decode(dict(parse_qsl(address, keep_blank_values=True)))
    assert problems == ()
    assert read == view


def test_the_start_view_needs_no_parameters() -> None:
    assert project.encode(start()) == {}
    assert project.decode({}) == (start(), ())


def test_defaults_are_left_out() -> None:
    view = replace(start(), question=replace(start().question, text="Hallo Graz."))
    assert set(project.encode(view)) == {"text", "src", "tgt", "via"}


@settings(max_examples=examples(200), deadline=None)
@given(
    some.dictionaries(
        some.sampled_from(
            [
                "text",
                "src",
                "tgt",
                "via",
                "mode",
                "engine",
                "methods",
                "projector",
                "sel",
                "view",
                "p.threshold",
                "pivot.direct_share",
                "labels.source",
                "retag.back",
            ]
        )
        | some.text(max_size=12),
        some.text(max_size=60)
        | some.sampled_from(["NaN", "1e999", "[" * 60, "-1", "true", "null"]),
    )
)
def test_junk_gives_a_view_and_sentences(parameters: dict[str, str]) -> None:
    view, problems = project.decode(parameters)
    assert isinstance(view, View)
    assert all(p and len(p) < 700 for p in problems)
    again, more = project.decode(project.encode(view))
    assert (again, more) == (view, ())


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"src": "klingonisch"}, "src"),
        ({"mode": "sing"}, "mode"),
        ({"methods": "direct,magic"}, "magic"),
        ({"projector": "magic"}, "magic"),
        ({"pivot.direct_share": "7"}, "direct_share"),
        ({"pivot.direct_share": "NaN"}, "direct_share"),
        ({"sel": "<script>"}, "sel"),
        ({"view": "3d"}, "view"),
        ({"utm_source": "mail"}, "utm_source"),
    ],
)
def test_what_is_left_out_is_named(parameters: dict[str, str], named: str) -> None:
    view, problems = project.decode(parameters)
    assert len(problems) == 1 and named in problems[0]
    assert view == start()


def test_a_link_that_no_server_would_take_is_known() -> None:
    long = replace(start(), question=replace(start().question, text="ሰላም " * 3000))
    assert project.too_long(project.encode(long))
    assert not project.too_long(project.encode(start()))


# -- the other pages ------------------------------------------------------------------------------

WORDS = some.text(max_size=40)
LISTS = some.lists(some.text("abcXYZ09äł -_/", min_size=1, max_size=8), max_size=3).map(tuple)
RATES = some.sampled_from([0.05, 0.1, 0.25, 0.5, 1.0])
NOISES = some.sampled_from([*noises.names(), "casing,kind=upper", "drop-words+drop-links"])

DATASETS = some.builds(datasets.View, dataset=WORDS) | some.just(datasets.View(adding=True))
ANALYSES = some.builds(
    analyse.View,
    run=LISTS,
    drop=LISTS,
    page=some.integers(1, 10**8 - 1),
    selection=some.dictionaries(some.sampled_from(SELECTION), WORDS.filter(bool)),
    **{name: WORDS for name in ("show", "of", "other", "along", "ref")},
)
REVIEWS = some.builds(
    review.View,
    dataset=WORDS,
    item=WORDS,
    layer=WORDS,
    panel=WORDS,
    filter=some.builds(
        Filter,
        order=some.sampled_from(get_args(Order)),
        status=some.sampled_from(get_args(Status)),
        label=WORDS,
        error=WORDS,
        lost=some.booleans(),
        annotator=WORDS,
        words=WORDS,
        disagreeing=some.booleans(),
        below=some.none() | some.floats(0, 1),
        marks=some.sampled_from(get_args(Marks)),
    ),
)
SWEEPS = some.builds(
    Sweep,
    data=WORDS,
    mode=some.sampled_from(Mode),
    engine=WORDS,
    methods=some.lists(NAMES, min_size=1, unique=True).map(tuple),
    projector=some.sampled_from(projectors.names()),
    pivot=some.none() | CODES,
    translations=some.booleans(),
    labels=some.booleans(),
    noises=some.lists(NOISES, min_size=1, max_size=4, unique=True).map(tuple),
    rates=some.lists(RATES, min_size=1, unique=True).map(lambda rates: tuple(sorted(rates))),
    seeds=some.integers(1, MAX_NOISE_SEEDS),
    sentences=some.integers(0, 10**9),
    at=some.none()
    | some.builds(
        At, NOISES, RATES, some.integers(1, MAX_NOISE_SEEDS), some.just("A direct/match-exact")
    ),
    sentence=some.none() | some.integers(0, 10**6),
)
PAGES = {project: views(), datasets: DATASETS, analyse: ANALYSES, review: REVIEWS}
PAGES |= {robustness: SWEEPS}
VALUES = some.text(max_size=60) | some.sampled_from(
    ["NaN", "inf", "1e999", "-1", "0", "1", "9" * 500, ",", ";", "=/1/x", "a=1e9/1/x", "²", "none"]
)
PARAMETERS = [(page, p) for page in PAGES for p in page.PARAMETERS]


def read(page: ModuleType, parameters: dict[str, str]) -> object:
    """The view alone, of pages too that say what was wrong."""
    decoded = page.decode(parameters)
    return decoded[0] if isinstance(decoded, tuple) else decoded


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_every_page_gives_its_view_back(page: ModuleType) -> None:
    @settings(max_examples=examples(150), deadline=None)
    @given(PAGES[page])
    def holds(view: object) -> None:
        address = urlencode(page.encode(view))
        parameters = dict(parse_qsl(address, keep_blank_values=True))
        assert read(page, parameters) == view
        assert page.encode(read(page, parameters)) == parameters

    holds()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_junk_breaks_no_page_and_what_is_read_from_it_can_be_written(page: ModuleType) -> None:
    names = some.sampled_from([p.name for p in page.PARAMETERS]) | some.text(max_size=12)

    @settings(max_examples=examples(300), deadline=None)
    @given(some.dictionaries(names, VALUES, max_size=12))
    def holds(parameters: dict[str, str]) -> None:
        view = read(page, parameters)
        assert read(page, page.encode(view)) == view

    holds()


@pytest.mark.parametrize(("page", "parameter"), PARAMETERS, ids=lambda x: getattr(x, "name", ""))
def test_a_parameter_says_what_it_is_for_and_its_default_can_be_read(
    page: ModuleType, parameter: QueryParameter
) -> None:
    assert parameter.about
    if parameter.default is not None and parameter.default is not False:
        text = parameter.write(parameter.default)
        assert (
            parameter.default == ()
            or parameter.default == ""
            or (parameter.parse(text) == parameter.default)
        )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_no_two_parameters_of_a_page_share_a_name(page: ModuleType) -> None:
    names = [p.name for p in page.PARAMETERS]
    assert len(set(names)) == len(names)


def test_a_start_view_is_the_empty_address() -> None:
    for page, view in (
        (datasets, datasets.View()),
        (analyse, analyse.View()),
        (review, review.View()),
        (robustness, Sweep()),
    ):
        assert page.encode(view) == {} and read(page, {}) == view


def test_a_filter_that_somebody_typed_is_taken_where_it_makes_sense() -> None:
    typed = {"order": "upwards", "status": "done", "below": "nan", "lost": "yes", "more": "x"}
    assert review.decode(typed).filter == Filter(status="done")


def test_the_systems_of_a_selection_are_parted_by_those_of_the_runs() -> None:
    systems = ("transformers:a|mini|/direct", "mini/pivot")
    view = analyse.View(selection=to_address(Tied(systems)))
    read_again = analyse.decode(analyse.encode(view))
    assert read_again.pick(systems) == Tied(systems)
    assert analyse.View().pick(systems) is None


def test_other_pages_name_the_dataset_of_a_sweep_in_their_own_way() -> None:
    assert robustness.own({"dataset": "abc", "text": "x"}) == {"r.data": "abc"}
    assert robustness.own({"dataset": "abc", "r.n": "5"}) == {"r.n": "5"}


def test_one_module_alone_touches_the_address_in_the_browser() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [root / "app.py", *(root / "pages").rglob("*.py"), *(root / "xproj_ui").rglob("*.py")]
    touching = [f.relative_to(root).as_posix() for f in files if "query_params" in f.read_text()]
    assert touching == ["xproj_ui/address/query.py"]
