"""The browser's types are those of the Python code, and commands take what their types say."""

from __future__ import annotations

from typing import Any, NotRequired, get_origin, get_type_hints

import pytest

from tests.documents import example
from tools.browser_types import FILE, declarations
from xproj_core.annotation.argument_types import ARGUMENTS
from xproj_core.annotation.commands import OPERATIONS, Command, apply
from xproj_core.annotation.history import REDO, UNDO
from xproj_core.domain.errors import InputError

SAMPLES: dict[str, dict[str, Any]] = {
    "add_span": {"side": "target", "start": 2, "end": 3, "label": "ORG", "id": "new"},
    "delete_span": {"id": "t0"},
    "relabel": {"id": "t0", "label": "ORG"},
    "resize": {"id": "t0", "start": 0, "end": 1},
    "set_status": {"status": "accepted", "spans": ["t0"], "links": [[0, 0]]},
    "note": {"link": [0, 0], "text": "why?"},
    "link": {"source": 0, "target": 1, "possible": True},
    "unlink": {"source": 0, "target": 0},
    "retext": {"side": "target", "text": "Ada Obi"},
    "keep": {},
    "adopt": {"layer": "Ben", "spans": [], "links": []},
    "done": {"done": True},
}


def required(op: str) -> set[str]:
    hints = get_type_hints(ARGUMENTS[op], include_extras=True)
    return {name for name, hint in hints.items() if get_origin(hint) is not NotRequired}


def test_the_declarations_are_those_of_the_python_code() -> None:
    assert FILE.read_text("utf-8") == declarations(), "run python tools/browser_types.py"


def test_every_operation_has_a_type() -> None:
    assert set(ARGUMENTS) == {*OPERATIONS, UNDO, REDO}


@pytest.mark.parametrize("op", SAMPLES)
def test_a_command_takes_what_its_type_says_and_misses_what_is_required(op: str) -> None:
    arguments = SAMPLES[op]
    assert set(arguments) <= set(get_type_hints(ARGUMENTS[op]))
    apply(example(), Command(op, arguments), "Ana")
    for name in required(op):
        rest = {key: value for key, value in arguments.items() if key != name}
        with pytest.raises(InputError):
            apply(example(), Command(op, rest), "Ana")
