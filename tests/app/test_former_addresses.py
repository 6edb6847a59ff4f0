"""Addresses that XProj 0.1.0 wrote still open what they opened; see tests/former_version."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.former_version import reading

FORMER = Path(__file__).resolve().parents[1] / "former_version"
PAGES: list[Any] = json.loads((FORMER / "expected.json").read_text("utf-8"))["pages"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the former version's data."""
    shutil.copytree(FORMER / "data", tmp_path / "data")
    for file in (tmp_path / "data" / "robustness").iterdir():
        os.utime(file, (0, 0))  # its time is a sign of life
    reading.register_words()
    return tmp_path / "data"


@pytest.mark.parametrize(
    "number", range(len(PAGES)), ids=[f"{n}-{one['page']}" for n, one in enumerate(PAGES)]
)
def test_an_address_opens_what_it_opened(data: Path, number: int) -> None:
    one = PAGES[number]
    with reading.pages(data) as opened:
        found = reading.page_state(opened(one["page"], one["parameters"]))
    assert found["errors"] == one["state"]["errors"] == []
    assert found["address"] == one["state"]["address"]
    assert found["widgets"] == one["state"]["widgets"]
