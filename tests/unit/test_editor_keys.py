"""The keys of the editor: the README and the help tell the same, and the editor knows them."""

from __future__ import annotations

import re
from pathlib import Path

from xproj_ui.editor.keys import KEYS

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "xproj_ui" / "editor" / "js" / "keys.js").read_text("utf-8")


def help_names() -> set[str]:
    return {name for keys, _ in KEYS for name in keys.split()}


def readme_names() -> set[str]:
    """What stands in the first column of the table of keys."""
    table = (ROOT / "README.md").read_text("utf-8").partition("\n| keys | |\n|---|---|\n")[2]
    rows = table.partition("\n\n")[0].splitlines()
    return {name for row in rows for name in re.split(r"[\s,·]+", row.split("|")[1]) if name}


def test_the_readme_lists_the_keys_of_the_help_and_no_others() -> None:
    assert readme_names() == help_names()


def test_the_editor_answers_to_the_listed_letters_and_to_no_others() -> None:
    table = SCRIPT.partition("const KEYS = {")[2].partition("\n};")[0]
    letters = {key.upper() for key in re.findall(r'^  "?([a-z?])"?:', table, re.MULTILINE)}
    assert letters == {name for name in help_names() if re.fullmatch(r"[A-Z?]", name)}
