"""Whatever is wrong with a file, a sentence says so: no format ends in a traceback."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.laws import examples
from xproj_core.datasets import read
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item, Links
from xproj_core.formats import FORMATS, Format

ITEMS = [
    Item(
        str(n),
        Sentence(("Awa", "💩", "left"), "en", (Span(0, 1, "PER"), Span(1, 3, "X"))),
        Sentence(("Awa", "est", "partie"), "fr", (Span(0, 1, "PER"),)),
        frozenset({"source", "target"}),
        Links(frozenset({(0, 0)}), frozenset({(2, 2)})),
        {"de": Sentence(("Awa", "ging"), "de")},
        {"by": "Ama"},
    )
    for n in range(3)
]
JUNK = st.sampled_from(
    [
        b"",
        b"\t",
        b"\n",
        b"\n\n",
        b'"',
        b"[",
        b"]",
        b"{}",
        b"null",
        b"-1",
        b"9" * 30,
        b"1e9",
        b"\xff",
        b"\0",
        b"\\",
        b"|",
        b";",
        b"[7]",
        b"_",
        b"T1",
        b"#Text=",
        b"0-0",
        b"B-",
        b"\xed\xa0\x80",
    ]
)
fuzz = settings(
    deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow]
)


def broken(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """`data` with pieces cut out and junk put in."""
    for place, length, junk in changes:
        at = int(place * len(data))
        data = data[:at] + junk + data[at + length :]
    return data


changed = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 12), JUNK), min_size=1, max_size=3
)


def tried(form: Format, data: bytes) -> None:
    """Read it both ways; anything but a result or a sentence is an error."""
    for partial in (False, True):
        try:
            dataset = form.loads(data, file="x", partial=partial, onto=ITEMS)
        except XProjError as error:
            assert len(str(error)) > 10
        else:
            assert all(isinstance(i, Item) for i in dataset.items)


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if not f.binary])
@fuzz
@given(changes=changed)
def test_broken_text(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    form = FORMATS[name]
    tried(form, broken(form.dumps(ITEMS), changes))


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if f.binary])
@fuzz
@given(changes=changed)
def test_broken_bytes(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    form = FORMATS[name]
    tried(form, broken(form.dumps(ITEMS), changes))


@pytest.mark.parametrize("name", ["brat", "huggingface"])
@fuzz
@given(changes=changed, number=st.integers(0, 9))
def test_a_broken_file_in_a_zip(
    name: str, changes: list[tuple[float, int, bytes]], number: int
) -> None:
    form = FORMATS[name]
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form.dumps(ITEMS))) as good,
        zipfile.ZipFile(buffer, "w") as bad,
    ):
        names = good.namelist()
        for part in names:
            data = good.read(part)
            chosen = part == names[number % len(names)]
            bad.writestr(part, broken(data, changes) if chosen else data)
    tried(form, buffer.getvalue())


@fuzz
@given(
    data=st.binary(max_size=200),
    name=st.sampled_from(
        ["a.txt", "a.conll", "a.json", "a.jsonl", "a.tsv", "a.zip", "a.spacy", "a.arrow", "a"]
    ),
)
def test_anything_uploaded(data: bytes, name: str) -> None:
    try:
        list(read(data, name=name, partial=True).items)
    except XProjError as error:
        assert len(str(error)) > 10


@pytest.mark.parametrize("bad", ["1e999", "NaN", "-1", "0.5", "true", '"x"', "null", "[]"])
def test_a_position_that_is_no_whole_number_is_refused(bad: str) -> None:
    row = '{"source": {"tokens": ["a", "b"], "entities": [{"start": %s, "end": 2, "label": "X"}]}}'
    with pytest.raises(XProjError, match="line 1"):
        FORMATS["jsonl"].loads(row % bad, file="x")


@pytest.mark.parametrize("bad", ["1e999", "NaN", "-1", "1.5", "true", '"x"', "[]"])
def test_a_score_is_a_number_from_0_to_1(bad: str) -> None:
    row = '{"source": {"tokens": ["a"], "entities": [{"start": 0, "end": 1, "label": "X", "score": '
    with pytest.raises(XProjError, match=r"line 1.* score "):
        FORMATS["jsonl"].loads(row + bad + "}]}}", file="x")
