"""Types of what passes between Python and the browser, written as TypeScript declarations.

    python tools/browser_types.py

writes `xproj_ui/js/payload.d.ts` from the TypedDicts and dataclasses that Python uses itself;
`--check` only says whether that file is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "xproj_ui" / "js" / "payload.d.ts"
HEAD = "// Written by tools/browser_types.py from the types of the Python code: do not edit.\n"
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}


def declarations() -> str:
    """The file's whole text."""
    sys.path.insert(0, str(ROOT))
    from xproj_core.annotation.argument_types import ARGUMENTS
    from xproj_core.drawing.payload_types import Payload
    from xproj_ui.editor.payload import EditorPayload
    from xproj_ui.flow import Part

    known: dict[str, type] = {}
    for kind in (Payload, EditorPayload, Part, *ARGUMENTS.values()):
        _collect(kind, known)
    shapes = [_interface(kind) for _, kind in sorted(known.items())]
    operations = "".join(f"  {op}: {kind.__name__};\n" for op, kind in ARGUMENTS.items())
    shapes.append(
        "/** The arguments of every command of a review document, by operation. */\n"
        f"export interface Arguments {{\n{operations}}}\n"
    )
    return "\n".join([HEAD, *shapes])


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _collect(kind: Any, known: dict[str, type]) -> None:
    """All TypedDicts and dataclasses that `kind` is made of, by name."""
    if is_typeddict(kind) or is_dataclass(kind):
        if known.setdefault(kind.__name__, kind) is not kind:
            raise TypeError(f"Two types are called {kind.__name__}: rename one of them.")
        for hint in _hints(kind).values():
            _collect(hint, known)
    for part in get_args(kind):
        _collect(part, known)


def _interface(kind: type) -> str:
    doc_lines = (kind.__doc__ or "").strip().splitlines()
    comment = f"/** {doc_lines[0]} */\n" if doc_lines and "dict(" not in doc_lines[0] else ""
    if not _hints(kind):
        return f"{comment}export type {kind.__name__} = Record<string, never>;\n"
    return f"{comment}export interface {kind.__name__} {{\n{''.join(_members(kind))}}}\n"


def _members(kind: Any) -> Iterator[str]:
    hints = _hints(kind)
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(hints)
    for name in names:
        # of classes whose annotations are strings, only the hints know what is not required
        missing = get_origin(hints[name]) is NotRequired
        mark = "?" if missing or name in getattr(kind, "__optional_keys__", ()) else ""
        yield f"  {name}{mark}: {_expression(hints[name])};\n"


def _expression(hint: Any) -> str:
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is Any:
        return "unknown"
    if is_typeddict(hint) or is_dataclass(hint):
        return str(hint.__name__)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (NotRequired, Required):
        return _expression(parts[0])
    if origin is Literal:
        return " | ".join(f'"{part}"' for part in parts)
    if origin in (Union, UnionType):
        return " | ".join(_expression(part) for part in parts)
    if origin is list:
        inner = _expression(parts[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(_expression(part) for part in parts)}]"
    if origin is dict and parts[0] is str:
        return f"Record<string, {_expression(parts[1])}>"
    raise TypeError(f"{hint} has no counterpart in the browser: use plain JSON types.")


def main() -> int:
    """Write the file, or say whether it is up to date."""
    text = declarations()
    if "--check" not in sys.argv:
        FILE.write_text(text, "utf-8")
        return 0
    if FILE.exists() and FILE.read_text("utf-8") == text:
        return 0
    print(f"{FILE.relative_to(ROOT)} is out of date: run python tools/browser_types.py")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
