"""Nothing that the page is made of makes a browser call another host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = {".py", ".js", ".css", ".html", ".svg", ".toml"}
FILES = [
    ROOT / "app.py",
    *(
        f
        for folder in ("pages", "xproj_ui", ".streamlit")
        for f in sorted((ROOT / folder).rglob("*"))
        if f.suffix in KINDS
    ),
]
ADDRESS = re.compile(r"(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+[^\s\"'<>)]*|@import(?! \{)|url\(")
HARMLESS = ("//www.w3.org/2000/svg", "//www.w3.org/1999/xhtml")


def outside(text: str) -> list[str]:
    addresses = (m.group() for m in ADDRESS.finditer(text))
    return [a for a in addresses if not a.endswith(HARMLESS)]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.relative_to(ROOT).as_posix())
def test_no_outside_address(file: Path) -> None:
    assert outside(file.read_text("utf-8")) == []


def test_the_scan_sees_what_others_overlooked() -> None:
    assert outside('@import "fonts.css"')
    assert outside("src: url(//fonts.gstatic.com/a.woff2)")
    assert outside('fetch("https://example.org/x")')
    assert not outside('/** @import { App } from "./types" */')  # a type, and no style sheet
    assert not outside('xmlns="http://www.w3.org/2000/svg"')


def test_no_icon_that_is_fetched_for_the_tab() -> None:
    """Streamlit asks another host for the picture of an icon named for a page."""
    text = (ROOT / "app.py").read_text("utf-8")
    assert not re.search(r"icon\s*=\s*[\"']:", text)


def test_the_server_keeps_to_itself() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["address"] == "127.0.0.1"
    assert config["browser"]["serverAddress"]
    assert config["server"]["showEmailPrompt"] is False
