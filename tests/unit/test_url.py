"""A view survives the way through an address; junk in an address never breaks it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from xproj_core.answers.one_sentence import Question, Typed
from xproj_core.domain.parameters import changed
from xproj_core.methods import SLOTS, Mode, methods
from xproj_core.project import projectors
from xproj_ui.project_page import address as url
from xproj_ui.project_page.view import View, start

CODES = some.sampled_from(["en", "de", "fr", "sw", "ar", "zh", "zh-Hant", "bm"])
NAMES = some.sampled_from(methods.names())


def values(parameter):
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
def options(draw, known):
    chosen = draw(some.lists(some.sampled_from(known), unique=True)) if known else []
    return changed(known, {p.name: draw(values(p)) for p in chosen})


@some.composite
def views(draw):
    mode = draw(some.sampled_from(Mode))
    names = tuple(draw(some.lists(NAMES, min_size=1, max_size=4, unique=True)))
    projector = draw(some.sampled_from(projectors.names()))
    found = {m: draw(options(methods.parameters(m))) for m in names}
    question = Question(
        mode,
        draw(some.text(max_size=80)),
        draw(CODES),
        draw(CODES),
        draw(some.none() | CODES),
        names,
        {m: o for m, o in found.items() if o},
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
        question, draw(engine), draw(selected), draw(some.sampled_from(["ribbons", "heat"]))
    )


@settings(max_examples=200, deadline=None)
@given(views())
def test_a_link_gives_the_view_back(view):
    address = urlencode(url.encode(view))
    read, problems = url.decode(dict(parse_qsl(address, keep_blank_values=True)))
    assert problems == ()
    assert read == view


def test_the_start_view_needs_no_parameters():
    assert url.encode(start()) == {}
    assert url.decode({}) == (start(), ())


def test_defaults_are_left_out():
    view = replace(start(), question=replace(start().question, text="Hallo Graz."))
    assert set(url.encode(view)) == {"text", "src", "tgt", "via"}


@settings(max_examples=200, deadline=None)
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
def test_junk_gives_a_view_and_sentences(parameters):
    view, problems = url.decode(parameters)
    assert isinstance(view, View)
    assert all(p and len(p) < 700 for p in problems)
    again, more = url.decode(url.encode(view))
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
def test_what_is_left_out_is_named(parameters, named):
    view, problems = url.decode(parameters)
    assert len(problems) == 1 and named in problems[0]
    assert view == start()


def test_a_link_that_no_server_would_take_is_known():
    long = replace(start(), question=replace(start().question, text="ሰላም " * 3000))
    assert url.too_long(url.encode(long))
    assert not url.too_long(url.encode(start()))
