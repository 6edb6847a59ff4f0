"""A wheel with one plugin of each kind, installed beside XProj, is used by the command line."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest

from xproj_core.registries import REGISTRIES

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "acme-echo|acme-diagonal|acme-titles:PER|"
PARTS = '''
from dataclasses import dataclass

from xproj_core.domain import Alignment, Lost, Projected, Projection, Sentence, Span, Trace
from xproj_core.domain.parameters import option
from xproj_core.methods.direct import Direct
from xproj_core.models.protocols import Translation
from xproj_core.noise.text import TextNoise
from xproj_core.project.base import OneByOne


@dataclass(frozen=True)
class Mirror(Direct):
    """Direct under another name.

    What follows is in no listing.
    """

    name = "acme-mirror"
    share: float = option(0.5, "changes nothing", min=0, max=1)


@dataclass(frozen=True)
class FirstWord(OneByOne):
    """Never shown: an attribute says it better."""

    name = "acme-first"
    summary = "The first linked word alone"
    label: str = option("", "a label that all entities get; empty: their own")

    def _project(self, evidence):
        links = sorted(evidence.alignment.pairs())
        placed, lost = [], []
        for span in evidence.source.spans:
            words = [j for i, j in links if i in span]
            if words:
                target = Span(min(words), min(words) + 1, self.label or span.label)
                placed.append(Projected(target, Trace(span, rule="first", confidence=1.0)))
            else:
                lost.append(Lost(span, "unaligned", "It has no link.", Trace(span)))
        return Projection(tuple(placed), tuple(lost))


def diagonal(first, second):
    n, m = len(first), len(second)
    return Alignment.from_links([(k, k) for k in range(min(n, m))], (n, m))


class Echo:
    """Says the same in every language."""

    name = "acme-echo"

    def supports(self, source, target):
        return True

    def translate(self, sentences, target):
        copies = [Sentence(s.tokens, target) for s in sentences]
        return [
            Translation(copy, self.name, diagonal(s, copy))
            for s, copy in zip(sentences, copies)
        ]


class Diagonal:
    """Links each word with the one at its place."""

    name = "acme-diagonal"

    def align(self, pairs):
        return [diagonal(*pair) for pair in pairs]


class Titles:
    """Words in title case."""

    name, languages = "acme-titles", None

    def __init__(self, label):
        self.labels = (label,)

    def tag(self, sentences):
        return [
            tuple(Span(k, k + 1, *self.labels) for k, t in enumerate(s.tokens) if t.istitle())
            for s in sentences
        ]


def titles(argument="MISC"):
    """Words in title case; the label stands after the colon."""
    return Titles(argument)


@dataclass(frozen=True)
class Mask(TextNoise):
    """Letters masked."""

    name = "acme-mask"
    mark: str = option("x", "what stands for a letter", choices=("x", "y"))

    def _token(self, characters, draws, language):
        pairs = zip(characters, draws[:, 0])
        return "".join(self.mark if draw < self.rate else c for c, draw in pairs)
'''
BARS = """
from xproj_core.domain import Sentence
from xproj_core.formats import Carries, Format
from xproj_core.formats.base import READING, WRITING, read_lines

FORMAT = Format(
    "acme-bars", "Words between bars", (".bars",), Carries("one", "none"), __name__, appends=True
)


def stream(lines, how, report):
    for number, line in enumerate(lines, 1):
        tokens = tuple(line.strip("|").split("|"))
        yield how.one_sided(str(number), Sentence(tokens, how.language(how.side)), gold=False)


def loads(data, *, file=None, how=READING):
    return read_lines(stream, data, file, how)


def dumps(items, *, how=WRITING):
    return "".join("|".join(("", *how.sentence(i).tokens, "")) + chr(10) for i in items)
"""
POINTS = """
    [xproj.methods]
    acme-mirror = acme.parts:Mirror
    [xproj.projectors]
    acme-first = acme.parts:FirstWord
    acme-torn = acme.torn:Torn
    match-exact = acme.parts:FirstWord
    two words = acme.parts:FirstWord
    [xproj.translators]
    acme-echo = acme.parts:Echo
    [xproj.aligners]
    acme-diagonal = acme.parts:Diagonal
    acme-gone = acme.parts:Gone
    [xproj.taggers]
    acme-titles = acme.parts:titles
    [xproj.formats]
    acme-bars = acme.bars:FORMAT
    acme-torn = acme.torn:FORMAT
    [xproj.noises]
    acme-mask = acme.parts:Mask
    acme-torn = acme.torn:Torn
"""
RUN = """
import contextlib, io, json, sys
from xproj_core.cli import main

results = {}
for name, arguments in json.load(sys.stdin).items():
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    results[name] = [code, out.getvalue(), err.getvalue()]
json.dump(results, sys.stdout)
"""


class Result(NamedTuple):
    code: int
    out: str
    err: str


def wheel(folder: Path) -> Path:
    """A distribution called acme, as a build back end would pack it."""
    files = {
        "acme/__init__.py": "",
        "acme/parts.py": PARTS,
        "acme/bars.py": BARS,
        "acme/torn.py": "import a_package_that_nobody_has\n",
        "acme-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n",
        "acme-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: a test\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
        "acme-1.0.dist-info/entry_points.txt": dedent(POINTS),
    }
    record = "acme-1.0.dist-info/RECORD"
    path = folder / "acme-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        digests = {n: hashlib.sha256(t.encode()).digest() for n, t in files.items()}
        lines = [
            f"{n},sha256={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()},{len(files[n])}"
            for n, digest in digests.items()
        ]
        archive.writestr(record, "\n".join([*lines, f"{record},,"]) + "\n")
    return path


def installed(folder: Path) -> Path:
    """The interpreter of an environment that has acme, and all that this one has."""
    venv.create(folder / "environment", with_pip=False, symlinks=True)
    python = folder / "environment/bin/python"
    places = sysconfig.get_paths(vars={"base": f"{folder}/environment"})["purelib"]
    outer = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    (Path(places) / "outer.pth").write_text("\n".join(outer) + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    command = [*pip, "install", "-q", "--no-deps", "--no-index", str(wheel(folder))]
    subprocess.run(command, check=True, capture_output=True)
    return python


def write_inputs(folder: Path) -> None:
    (folder / "s.conll").write_text("Angela B-PER\nMerkel I-PER\nwaved O\n")
    (folder / "s.txt").write_text("Angela Merkel waved\n")
    (folder / "t.txt").write_text("es winkte Angela\n")
    (folder / "a.pharaoh").write_text("0-2 1-1\n")
    (folder / "t.conll").write_text("Lagos B-PER\nwuchs O\n")


def commands(folder: Path) -> dict[str, list[str]]:
    """What is asked of the command line, by name."""
    return {**projecting(folder), **others(folder)}


def projecting(folder: Path) -> dict[str, list[str]]:
    pair = ["--labelled", f"{folder}/s.conll", "--target", f"{folder}/t.txt"]
    project = ["project", *pair, "--alignment", f"{folder}/a.pharaoh"]
    return {
        "project": [
            *[*project, "--projector", "acme-first", "--set", "label=X"],
            *["--output", f"{folder}/p.conll"],
        ],
        "set wrongly": [
            *[*project, "--projector", "acme-first", "--set", "size=1"],
            *["--output", f"{folder}/none.conll"],
        ],
        "torn": [*project, "--projector", "acme-torn", "--output", f"{folder}/none.conll"],
        "own": [*project, "--projector", "match-exact", "--output", f"{folder}/own.conll"],
    }


def others(folder: Path) -> dict[str, list[str]]:
    text = ["--source", f"{folder}/s.txt", "--target", f"{folder}/t.txt"]
    german = ["--input", f"{folder}/t.conll", "--target-language", "de"]
    return {
        "run": [
            *["run", *german, "--engine", ENGINE, "--methods", "acme-mirror(share=0.25)"],
            *["--projector", "acme-first", "--output", f"{folder}/run"],
        ],
        "align": ["align", *text, "--aligner", "acme-diagonal", "--output", f"{folder}/d.pharaoh"],
        "gone": ["align", *text, "--aligner", "acme-gone", "--output", f"{folder}/none"],
        "tag": [
            *["tag", "--input", f"{folder}/s.txt", "--engine", ENGINE],
            *["--output", f"{folder}/tagged.conll"],
        ],
        "convert": [
            *["convert", "--input", f"{folder}/s.txt", "--words", "spaces"],
            *["--to", "acme-bars", "--output", f"{folder}/s.bars"],
        ],
        "convert back": [
            *["convert", "--input", f"{folder}/s.bars", "--from", "acme-bars"],
            *["--to", "text", "--output", f"{folder}/again.txt"],
        ],
        "convert to torn": [
            *["convert", "--input", f"{folder}/s.txt", "--to", "acme-torn"],
            *["--output", f"{folder}/none"],
        ],
        "noises": ["noise", "list"],
        "noise": [
            *["noise", "apply", *german, "--noise", "acme-mask=1,mark=y"],
            *["--output", f"{folder}/noise"],
        ],
        "engines": ["engines"],
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plugins")


@pytest.fixture(scope="module")
def results(folder: Path) -> Mapping[str, Result]:
    """What came of `commands`, all in one process."""
    write_inputs(folder)
    request = json.dumps(commands(folder))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XPROJ_DATA": str(folder / "data")}
    environment.pop("XPROJ_STORE", None)
    done = subprocess.run(
        [installed(folder), "-c", RUN],
        input=request,
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return {name: Result(*result) for name, result in json.loads(done.stdout).items()}


@pytest.mark.parametrize(
    ("command", "file", "text"),
    [
        ("project", "p.conll", "es\tO\nwinkte\tB-X\nAngela\tO\n\n"),
        ("run", "run/acme-mirror.conll", "Lagos\tB-PER\nwuchs\tO\n\n"),
        ("align", "d.pharaoh", "0-0 1-1 2-2\n"),
        ("tag", "tagged.conll", "Angela\tB-PER\nMerkel\tB-PER\nwaved\tO\n\n"),
        ("convert", "s.bars", "|Angela|Merkel|waved|\n"),
        ("convert back", "again.txt", "Angela Merkel waved\n"),
        ("noise", "noise/target.conll", "yyyyy\tB-PER\nyyyyy\tO\n\n"),
    ],
)
def test_each_kind_of_plugin_is_used(
    results: Mapping[str, Result], folder: Path, command: str, file: str, text: str
) -> None:
    assert results[command].code == 0, results[command].err
    assert (folder / file).read_text() == text


def test_a_run_is_signed_with_the_plugins_names(results: Mapping[str, Result]) -> None:
    line = results["run"].out
    assert "methods:acme-mirror(share=0.25)|projector:acme-first" in line
    assert "acme-echo" in line and "acme-titles:PER" in line


def test_plugins_are_listed_with_what_they_say_of_themselves(
    results: Mapping[str, Result],
) -> None:
    engines, noises = results["engines"].out, results["noises"].out
    assert re.search(r"acme-echo +Says the same in every language\n", engines)
    assert re.search(r"acme-titles +Words in title case; the label stands after", engines)
    assert re.search(r"acme-mask +Letters masked\n.*\n +mark=x  what stands .*: x, y\n", noises)
    assert "label (a word; (none) unless set)" in results["set wrongly"].err


@pytest.mark.parametrize(
    ("command", "kind", "name", "reason"),
    [
        ("torn", "projector", "acme-torn", "ModuleNotFoundError"),
        ("convert to torn", "format", "acme-torn", "a_package_that_nobody_has"),
        ("gone", "aligner", "acme-gone", "AttributeError"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_named_with_its_package(
    results: Mapping[str, Result], command: str, kind: str, name: str, reason: str
) -> None:
    result = results[command]
    sentence = f"The {kind} '{name}' of the package acme 1.0 cannot be loaded ("
    assert result.code == 2 and sentence in result.err and reason in result.err
    assert sentence in results["engines"].err and results["engines"].code == 0


def test_what_is_built_in_wins_and_that_is_said(
    results: Mapping[str, Result], folder: Path
) -> None:
    assert (folder / "own.conll").read_text() == "es\tO\nwinkte\tB-PER\nAngela\tI-PER\n\n"
    messages = results["engines"].err
    assert (
        "projector 'match-exact' of the package acme 1.0 is not used: XProj has one of" in messages
    )
    assert (
        "projector 'two words' of the package acme 1.0 is not used: a name is made of" in messages
    )
    assert "acme-torn" in results["noises"].err and results["noises"].code == 0


def test_the_example_of_contributing_names_groups_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    groups = {f"xproj.{registry.kind}s" for registry in REGISTRIES}
    project: dict[str, Any] = tomllib.loads(block)["project"]
    assert set(project["entry-points"]) <= groups
    assert all(f"`{group}`" in text for group in groups)
