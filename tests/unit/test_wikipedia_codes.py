"""WikiANN's files name their language as Wikipedia does; no token keeps that name."""

from __future__ import annotations

import pytest

from xproj_core.datasets import read
from xproj_core.datasets.corpora.panx import WIKIPEDIA
from xproj_core.domain import languages

ROWS = "Ada\tB-PER\nByron\tI-PER\nleft\tO\n\nQuito\tB-LOC\ngrew\tO\n"


def written(prefix: str) -> bytes:
    return "".join(f"{prefix}:{row}\n" if row else "\n" for row in ROWS.splitlines()).encode()


@pytest.mark.parametrize(
    ("prefix", "code"),
    [*WIKIPEDIA.items(), ("de", "de"), ("sh", "sr-Latn"), ("ceb", "ceb"), ("zh", "zh")],
)
def test_every_edition_has_its_language_and_no_prefix(prefix: str, code: str) -> None:
    dataset = read(written(prefix), name="dev")
    assert [i.target.tokens for i in dataset.items if i.target] == [
        ("Ada", "Byron", "left"),
        ("Quito", "grew"),
    ]
    assert dataset.target_language == code == languages.normalise(code)


def test_another_name_for_a_language_is_said() -> None:
    assert any(
        "Alemannic" in n or "Swiss German" in n for n in read(written("als"), name="d").notes
    )


def test_a_prefix_that_is_no_language_is_taken_off_and_said() -> None:
    dataset = read(written("wikitext"), name="dev")
    assert [i.target.tokens[0] for i in dataset.items if i.target] == ["Ada", "Quito"]
    assert any("no language" in note for note in dataset.notes)
