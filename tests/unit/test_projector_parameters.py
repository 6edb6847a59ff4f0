"""Parameters of projectors: listed for the page, parsed for the command line."""

from __future__ import annotations

import pytest

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import parse_options
from xproj_core.project import projectors


@pytest.mark.parametrize("name", projectors.names())
def test_every_parameter_is_described_and_its_default_is_allowed(name: str) -> None:
    for parameter in projectors.parameters(name):
        assert parameter.help and not parameter.help.endswith(".")
        text = f"{parameter.name}={parameter.default}"
        assert parse_options(name, [text], projectors.parameters(name)) == {
            parameter.name: parameter.default
        }
    projector = projectors.create(name, **{p.name: p.default for p in projectors.parameters(name)})
    assert projector == projectors.create(name)
    assert projector.name == name


def test_the_published_defaults() -> None:
    defaults = {p.name: p.default for p in projectors.parameters("seed-heuristic")}
    assert defaults == {"length_ratio": 0.8, "merge_distance": 1}
    assert {p.name: p.default for p in projectors.parameters("elp-published")}["fill_gap"] == 1


def test_values_get_their_types() -> None:
    options = ["links=0", "cover = 0.5", "soft=Yes", "max_words=12", "ties=leftmost"]
    assert parse_options("match-exact", options, projectors.parameters("match-exact")) == {
        "links": 0.0,
        "cover": 0.5,
        "soft": True,
        "max_words": 12,
        "ties": "leftmost",
    }


@pytest.mark.parametrize(
    ("name", "item", "message"),
    [
        (
            "seed-heuristic",
            "ratio=1",
            "no parameter 'ratio'. It has length_ratio (a number from"
            " 0 to 1; 0.8 unless set); merge_distance (a whole number from 0 to 10; 1 unless set).",
        ),
        ("seed-heuristic", "length_ratio", "write KEY=VALUE, such as length_ratio=0.8"),
        ("seed-heuristic", "length_ratio=1.5", "seed-heuristic takes a number from 0 to 1, not"),
        ("seed-heuristic", "length_ratio=nan", "takes a number from 0 to 1, not 'nan'"),
        ("seed-heuristic", "merge_distance=one", "takes a whole number from 0 to 10, not 'one'"),
        ("match-exact", "soft=maybe", "soft of match-exact takes true or false, not 'maybe'"),
        ("match-exact", "ties=first", "takes one of longer, shorter, leftmost, not 'first'"),
    ],
)
def test_what_does_not_fit_is_named(name: str, item: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_options(name, [item], projectors.parameters(name))
    assert message in str(caught.value)


def test_an_unknown_projector_is_named() -> None:
    with pytest.raises(InputError, match=r"no projector called 'best'\. Choose one of: seed-heur"):
        projectors.parameters("best")
