"""The committed bundles are what the sources give."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="no node on this machine")
@pytest.mark.skipif(not (ROOT / "node_modules" / "esbuild").exists(), reason="npm ci was not run")
def test_the_bundles_are_fresh() -> None:
    assert NODE is not None
    command = [NODE, str(ROOT / "tools" / "bundle.js"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_source_is_checked() -> None:
    sources = [
        *(ROOT / "xproj_ui").rglob("*.js"),
        *(ROOT / "tests" / "js").glob("*.js"),
        *(ROOT / "tools").glob("*.js"),
    ]
    bundles = set((ROOT / "xproj_ui").glob("*/bundle.js"))
    unchecked = [
        file.relative_to(ROOT).as_posix()
        for file in sources
        if file not in bundles and not file.read_text("utf-8").startswith("// @ts-check\n")
    ]
    assert unchecked == []
