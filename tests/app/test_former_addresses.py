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
    "number",
    range(len(PAGES)),
    ids=[f"{n}-{saved_page['page']}" for n, saved_page in enumerate(PAGES)],
)
def test_an_address_opens_what_it_opened(data: Path, number: int) -> None:
    saved_page = PAGES[number]
    with reading.pages(data) as opened:
        state = reading.page_state(opened(saved_page["page"], saved_page["parameters"]))
    assert state["errors"] == saved_page["state"]["errors"] == []
    assert state["address"] == saved_page["state"]["address"]
    assert state["widgets"] == saved_page["state"]["widgets"]
