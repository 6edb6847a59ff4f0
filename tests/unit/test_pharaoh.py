"""Pharaoh alignments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain.errors import FormatError
from xproj_core.domain.item import Links
from xproj_core.formats import pharaoh

pairs = st.frozensets(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=8)
link_sets = st.builds(lambda sure, possible: Links(sure, possible - sure), pairs, pairs)


@given(st.lists(link_sets, max_size=6))
def test_load_undoes_dump(links: list[Links]) -> None:
    assert list(pharaoh.loads(pharaoh.dumps(links)).links) == links


@given(st.lists(link_sets, max_size=6))
def test_swapping_twice_changes_nothing(links: list[Links]) -> None:
    swapped = pharaoh.loads(pharaoh.dumps(links), swap=True).links
    assert [link_set.swapped() for link_set in swapped] == links


@given(link_sets)
def test_an_alignment_has_exactly_the_links(links: Links) -> None:
    assert set(links.alignment((13, 13)).pairs()) == links.sure
    assert set(links.alignment((13, 13), possible=True).pairs()) == links.sure | links.possible


def test_sure_possible_id_column_and_windows_lines() -> None:
    read = pharaoh.loads("7\t0-0 1p2\r\n8\t\r\n9\t2-1 2-1\r\n")
    assert read.links == (
        Links(frozenset({(0, 0)}), frozenset({(1, 2)})),
        Links(frozenset()),
        Links(frozenset({(2, 1)})),
    )


def test_a_link_out_of_range_is_named() -> None:
    with pytest.raises(
        FormatError, match=r"a.talp, line 2: the link 3-0 is out of range.*3 tokens"
    ):
        pharaoh.loads("0-0\n0-1 3-0\n", [(1, 1), (3, 2)], file="a.talp")


def test_the_range_is_that_of_the_sides_after_swapping() -> None:
    assert pharaoh.loads("4-0\n", [(1, 5)], swap=True).links[0].sure == {(0, 4)}
    with pytest.raises(FormatError, match="the link 4-0 is out of range"):
        pharaoh.loads("4-0\n", [(1, 5)])


@pytest.mark.parametrize("text", ["0:1", "0-", "a-b", "0-1,", "-1-2"])
def test_what_is_no_link_is_named(text: str) -> None:
    with pytest.raises(FormatError, match=r"line 1: expected links such as 0-0 or 3p4; found"):
        pharaoh.loads(text)


def test_the_number_of_lines_must_be_that_of_the_pairs() -> None:
    with pytest.raises(FormatError, match="1 lines of alignments for 2 sentence pairs"):
        pharaoh.loads("0-0\n", [(1, 1), (1, 1)])
