"""The rules of the house that a program can check: names, sizes, layout, loose types."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "xproj_core").rglob("*.py")) + sorted((ROOT / "xproj_ui").rglob("*.py"))
SOURCES += [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]

SAME_NAME = {
    "__init__.py": "the face of each package",
    "base.py": "in each package with a registry: what its members share",
    "alignment.py": "a noun of domain/; in noise/ each file is called after what it disturbs",
    "text.py": "a format; in noise/ each file is called after what it disturbs",
    "datasets.py": "a repository; in commands/ each file is called as the command is typed",
    "runs.py": "a repository; in commands/ each file is called as the command is typed",
    "vote.py": "a projector; in commands/ each file is called as the command is typed",
}
"""Names of modules that may stand more than once in xproj_core, each with the reason."""

LONGEST_FUNCTION = 40
"""Lines of a function without its docstring."""
LONG_FUNCTIONS = {
    "xproj_core/store/migrations/versions/v0001_review.py:upgrade": "a table after the other; what"
    " a migration does never changes again"
}
"""Functions that may be longer, each with the reason."""
ANY_AXES = {
    "xproj_core/evaluate/analysis/tables.py": "columns and tables lie in one file",
    "xproj_core/evaluate/scores/significance.py": "counts of systems, of one, or of a drawn sample",
    "xproj_core/mini/aligner/link_model.py": "the logistic function goes over whatever it is given",
    "xproj_core/mini/translator/array_archive.py": "a file holds arrays of any shape",
}
"""Modules where arrays may have any number of axes (`NDArray`), each with the reason."""


def _path(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_a_module_of_the_core_is_found_by_its_name_alone() -> None:
    places = defaultdict(list)
    for file in (ROOT / "xproj_core").rglob("*.py"):
        places[file.name].append(_path(file))
    several = {name: paths for name, paths in places.items() if len(paths) > 1}
    assert several.keys() <= SAME_NAME.keys(), several
    assert several.keys() == SAME_NAME.keys(), "a reason is left over"


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            begin = first.end_lineno if documented and first.end_lineno else node.lineno - 1
            yield node.name, node.end_lineno - begin


def test_no_function_is_long_without_a_reason() -> None:
    long = {
        f"{_path(file)}:{name}"
        for file in SOURCES
        for name, lines in _functions(file)
        if lines > LONGEST_FUNCTION
    }
    assert long == LONG_FUNCTIONS.keys()


def test_the_formatter_decides_the_layout() -> None:
    files = [f for f in ROOT.rglob("*.py") if not {".venv", "venv", "build"} & set(f.parts)]
    skip_count = sum(f.read_text(encoding="utf-8").count("# fmt: " + "skip") for f in files)
    assert skip_count < 50


def test_types_are_seldom_left_open() -> None:
    words = sum(len(re.findall(r"\bAny\b", f.read_text(encoding="utf-8"))) for f in SOURCES)
    assert words < 150


def _annotations(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            yield node.returns
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            yield node.annotation


def _open_shapes(source: str) -> set[str]:
    """The types in `source` that leave the number of axes open."""
    tree = ast.parse(source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    bare = {
        node.attr
        for annotation in _annotations(tree)
        for node in ast.walk(annotation)
        if isinstance(node, ast.Attribute)
    }
    return {"NDArray"} & (names | attributes) | {"ndarray"} & bare


@pytest.mark.parametrize(
    ("source", "types"),
    [
        ("def f(a: np.ndarray) -> int: ...", {"ndarray"}),
        ("def f() -> list[np.ndarray]: ...", {"ndarray"}),
        ("a: dict[str, npt.NDArray[np.int8]] = {}", {"NDArray"}),
        ("Rows = NDArray[np.int8]", {"NDArray"}),
        ("def f(a: Vector[np.int8]) -> bool: return isinstance(a, np.ndarray)", set()),
    ],
)
def test_a_type_that_leaves_the_axes_open_is_seen(source: str, types: set[str]) -> None:
    assert _open_shapes(source) == types


def test_arrays_say_how_many_axes_they_have() -> None:
    open_shapes = {
        _path(file)
        for folder in ("xproj_core", "xproj_ui", "benchmarks", "training", "tests", "tools")
        for file in (ROOT / folder).rglob("*.py")
        if _open_shapes(file.read_text(encoding="utf-8"))
    }
    assert open_shapes == ANY_AXES.keys()


def test_one_module_writes_csv() -> None:
    """What a spreadsheet would calculate is guarded there; formats write what they read."""
    writers = re.compile(r"\bto_csv\(|\bcsv\.(Dict)?[wW]riter\(")
    modules = {
        str(path.relative_to(ROOT))
        for folder in ("xproj_core", "xproj_ui")
        for path in (ROOT / folder).rglob("*.py")
        if writers.search(path.read_text("utf-8"))
    }
    assert modules == {"xproj_core/tables/csv_table.py"}


def test_no_browser_test_waits_for_a_time() -> None:
    for path in (ROOT / "tests").rglob("*.py"):
        if path.name != Path(__file__).name:
            assert "wait_for_timeout(" not in path.read_text("utf-8"), path
