"""Every format: what it carries comes back, and the rest is refused or announced."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws import examples
from tests.unit.samples_of_items import CODES, lists
from xproj_core.datasets.detect import LAYOUTS
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item, Side
from xproj_core.formats import FORMATS, Format

ROOT = Path(__file__).resolve().parents[2]
BOTH: tuple[Side, ...] = ("source", "target")
NAMES = sorted(FORMATS)
slow = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=examples(40)
)


def again(form: Format, items: list[Item]) -> list[Item]:
    """What is read from what is written."""
    how: dict[str, Any] = {**asdict(form.own), **{s: CODES[s] for s in BOTH}}
    if form.name == "pharaoh":
        how["onto"] = [replace(i, links=None) for i in items]
    if all(i.target is None for i in items):
        how["side"] = "source"
    read = form.loads(form.dumps(items), file=f"x{form.suffixes[0]}", **how)
    assert not read.problems
    return list(read.items)


def carried(form: Format) -> st.SearchStrategy[list[Item]]:
    """Items that hold nothing but what the format says it carries."""
    c = form.carries
    pair = form.name in ("tsv", "pharaoh", "brat")
    plain = {"labels": ("PER", "LOC")} if form.name == "brat" else {}
    return lists(
        keys=c.keys,
        sides=BOTH if pair else ("target",) if c.sides == "one" else None,
        kind=c.spans,
        text=c.text,
        links=c.links,
        gold=c.gold,
        scores=c.scores,
        others=c.others,
        notes=c.notes,
        empty=c.empty,
        **plain,
    )


@pytest.mark.parametrize("name", NAMES)
@slow
@given(st.data())
def test_load_undoes_dump(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    items = data.draw(carried(form))
    if form.name == "pharaoh":  # no third state between no links and no line
        items = [i for i in items if i.links is not None]
    if items:
        assert form.losses(items) == () or form.carries.sides == "none"
        assert again(form, items) == items
        scores = [[[s.score for s in x.spans] for x in (i.source, i.target) if x] for i in items]
        assert scores == [
            [[s.score for s in x.spans] for x in (i.source, i.target) if x]
            for i in again(form, items)
        ]


@pytest.mark.parametrize("name", NAMES)
@slow
@given(st.data())
def test_nothing_is_dropped_in_silence(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    items = data.draw(lists(keys=data.draw(st.booleans())))
    try:
        back = again(form, items)
    except InputError as refused:
        assert "tem" in str(refused) or "tems" in str(refused)
        return
    assert back == items or form.losses(items)


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if f.appends])
@slow
@given(st.data())
def test_items_can_be_written_some_at_a_time(name: str, data: st.DataObject) -> None:
    form = FORMATS[name]
    items = data.draw(carried(form))
    assert form.dumps(items) == b"".join(form.dumps([i]) for i in items)


def test_the_table_in_the_docs_says_what_the_code_says() -> None:
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (ROOT / "docs/formats.md").read_text("utf-8").splitlines()
        if line.startswith("| `") and line.count("|") > 6
    ]
    assert rows == [table_row(form) for form in FORMATS.values()]


def test_the_table_of_corpora_names_all_layouts() -> None:
    rows = [
        line.split("|")[1].strip().strip("`")
        for line in (ROOT / "docs/formats.md").read_text("utf-8").splitlines()
        if line.startswith("| `") and line.count("|") < 6
    ]
    assert rows == list(LAYOUTS)


def table_row(form: Format) -> list[str]:
    """The row of docs/formats.md for one format."""
    c = form.carries
    flags = [c.links, c.text, c.keys, c.gold, c.scores, c.others, c.notes, c.empty, c.languages]
    return [
        f"`{form.name}`",
        form.title,
        " ".join(f"`{s}`" for s in form.suffixes),
        c.sides,
        c.spans,
        *("yes" if f else "–" for f in flags),
        form.needs or "–",
    ]


def test_no_two_formats_share_a_name_or_lack_an_ending() -> None:
    assert len({f.title for f in FORMATS.values()}) == len(FORMATS)
    assert all(s.startswith(".") for f in FORMATS.values() for s in f.suffixes)


def test_every_format_is_a_module_with_the_same_two_functions() -> None:
    for form in FORMATS.values():
        assert re.match(r"\w", (form.module.__doc__ or ""))
        assert callable(form.module.loads) and callable(form.module.dumps)


def test_losses_are_said_in_sentences() -> None:
    items = FORMATS["tsv"].loads("a b\tc\t0-0\n", words="spaces").items
    assert FORMATS["conll"].losses(items) == (
        "1 item: only one of the two sentences is written.",
        "1 item: the word links are not written.",
        "1 item: that the labels are no person's is not written.",
    )
