"""A report holds what was measured, nothing is asked of anybody, and nothing typed is markup."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.answers import reported
from tests.fakes import engine
from tests.unit.test_no_outside_urls import outside
from xproj_core.answers.many_items import Job
from xproj_core.cli import main
from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.analysis.slices import score_systems
from xproj_core.evaluate.literature import Reference
from xproj_core.methods import Mode, methods
from xproj_core.project import projectors
from xproj_core.report.build import Subject
from xproj_core.report.files import tables
from xproj_core.report.html import html
from xproj_core.report.model import Picked, Report
from xproj_core.report.stored_runs import stored_runs
from xproj_core.runs import runner
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store
from xproj_core.tables.csv_table import csv_text
from xproj_core.tables.latex_table import escaped, latex
from xproj_core.tables.table import Cell, Column, Table, shown

EVIL = "<script>alert('x')</script>"
GOLD = frozenset({"target"})
Answers = list[tuple[Item, dict[str, Record]]]


def items(count: int = 12) -> Iterator[Item]:
    """Places that the tagger finds, a person that it calls a place, one that it cannot find."""
    for n in range(count):
        tokens = ("Lagos", "besuchte", "das", "alte", "werk", "Oslo", "ohne", "ana", str(n))
        spans = (Span(0, 1, "LOC"), Span(5, 6, "PER" if n % 3 else "LOC"), Span(7, 8, "PER"))
        sentence = Sentence(tokens[n % 2 :], "de")
        moved = [Span(s.start - n % 2, s.end - n % 2, s.label) for s in spans if s.start >= n % 2]
        yield Item(f"k{n}", target=sentence.labelled(moved), gold=GOLD)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def answers() -> Answers:
    job = Job(
        engine(),
        [methods.create("direct"), methods.create("pivot"), methods.create("model_transfer")],
        [projectors.create("match-exact")],
        Mode.LABEL,
        "en",
        "de",
        "fr",
    )
    return [(a.item, {r.system: r for r in a.records()}) for a in job.run(items())]


def subject(answers: Answers, **changes: object) -> Subject:
    systems = tuple(answers[0][1])
    values: dict[str, object] = {
        "title": "Places",
        "systems": systems,
        "signatures": (("run 1", "mode:label|data:abc"),),
        **changes,
    }
    return Subject(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(answers: Answers) -> Report:
    return reported(subject(answers), answers)


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_figures_are_those_that_were_measured(answers: Answers, made: Report) -> None:
    systems = tuple(answers[0][1])
    measured = score_systems(collect(answers, systems).counts())
    (scores,) = (t for t in made.tables() if t.name == "scores")
    for row, score in zip(scores.rows, measured, strict=True):
        assert row[1:6] == (
            score.precision.value,
            score.recall.value,
            score.f1.value,
            score.f1.low,
            score.f1.high,
        )
    page = "".join(Page(html(made)).words)
    assert f"{100 * measured[0].f1.value:.1f}" in page


def test_every_table_as_csv_equals_the_figures_on_the_page(made: Report) -> None:
    page = html(made)
    links = re.findall(r'download="([\w-]+)\.csv" href="data:text/csv;charset=utf-8,([^"]*)"', page)
    by_name = {name: unquote(text) for name, text in links}
    all_tables = list(made.tables())
    assert len(all_tables) > 8 and set(by_name) == {t.name for t in all_tables}
    for table in all_tables:
        head, *rows = csv.reader(io.StringIO(by_name[table.name]))
        assert head == table.headings()
        assert len(rows) == len(table.rows)
        for text, row in zip(rows, table.rows, strict=True):
            for cell, value, column in zip(text, row, table.columns, strict=True):
                if value is None:
                    assert cell == ""
                elif isinstance(value, str):
                    assert cell == value
                else:
                    number = float(cell) / (100 if column.kind == "percent" else 1)
                    assert number == pytest.approx(value)
                    cell_text = shown(value, column.kind)
                    assert cell_text in page


def test_the_file_needs_nothing_and_forbids_everything_else(made: Report) -> None:
    text = html(made)
    assert outside(text) == []
    page = Page(text)
    assert not {"script", "link", "iframe", "img", "object", "base", "form"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    addresses = [v or "" for name, v in page.attributes if name in ("href", "src")]
    assert addresses and all(a.startswith(("#", "data:")) for a in addresses)
    policy = [v for n, v in page.attributes if n == "content" and "default-src" in (v or "")]
    assert policy and "default-src 'none'" in (policy[0] or "")


def test_links_within_the_page_lead_somewhere(made: Report) -> None:
    page = Page(html(made))
    names = {v for n, v in page.attributes if n == "id"}
    assert {v[1:] for n, v in page.attributes if n == "href" and v and v[0] == "#"} <= names


def test_whatever_was_typed_is_text(answers: Answers) -> None:
    n = len(EVIL)
    evil: Answers = []
    for k in range(4):
        target = Sentence((EVIL, "a&b", "\x00\x1b", "\ud800", "\u202eabc"), "de")
        source = Sentence((EVIL, "b"), "en", (Span(0, 1, EVIL),))
        item = Item(EVIL + str(k), target=target.labelled([Span(0, 1, EVIL)]), gold=GOLD)  # type: ignore[arg-type]
        placed = Placement(Span(0, 1, EVIL), Span(1, 2, EVIL), rule=EVIL)
        lost = Placement(Span(0, 1, EVIL), None, "unaligned", EVIL)
        records = {
            name: Record(
                item.key,
                k,
                name,
                source,
                target,
                (source, target),
                (EVIL, EVIL),
                ((0, 0, 1.0),),
                (placed, lost),
                notes=(EVIL,),
            )
            for name in (f"direct/{EVIL}", f"{EVIL}/x")
        }
        evil.append((item, records))
    reference = Reference("x", EVIL, "de", 0.5, EVIL, EVIL, EVIL, EVIL)
    evil_subject = subject(
        evil,
        title=EVIL,
        subtitle=EVIL,
        signatures=((EVIL, EVIL),),
        facts=((EVIL, EVIL),),
        notes=(EVIL,),
        literature=(reference,),
    )
    text = html(reported(evil_subject, evil))
    assert "<script" not in text.lower()
    page = Page(text)
    assert "script" not in page.tags
    words = "".join(page.words)
    assert words.count(EVIL) > 20 and n
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
    for name, content in tables(reported(evil_subject, evil)):
        assert name.isascii() and "/" not in name
        assert content


def test_each_drawing_is_well_formed(made: Report) -> None:
    drawings = re.findall(r"<svg .*?</svg>", html(made), flags=re.S)
    assert len(drawings) > 6
    for drawing in drawings:
        ElementTree.fromstring(drawing)


def test_examples_say_why_they_were_picked(made: Report) -> None:
    picked = [b for s in made.sections for b in s.blocks if isinstance(b, Picked)]
    assert 3 <= len(picked) <= 12
    assert len({p.title for p in picked}) == len(picked)
    assert all(p.why and p.line.startswith("<svg") and p.drawings for p in picked)
    assert any("label unknown to the tagger" in p.why for p in picked)
    who = {remark[0] for p in picked for remark in p.remarks}
    assert who and who <= {"Every system", "Direct", "Pivot", "Model transfer", "Direct, Pivot"}


def test_the_number_of_examples_is_as_asked(answers: Answers) -> None:
    few = reported(subject(answers), answers, examples=2)
    assert sum(isinstance(b, Picked) for s in few.sections for b in s.blocks) == 2
    none = reported(subject(answers), answers, examples=0)
    assert not [s for s in none.sections if s.name == "examples"]


def test_a_very_long_sentence_is_shown_without_its_links() -> None:
    target = Sentence(tuple(f"w{k}" for k in range(300)), "de", (Span(2, 3, "LOC"),))
    source = Sentence(tuple(f"v{k}" for k in range(300)), "en", (Span(2, 3, "LOC"),))
    links = tuple((k, k, 1.0) for k in range(300))
    record = Record("1", 0, "direct/x", source, target.labelled(()), (source, target), (), links)
    item = Item("1", target=target, gold=GOLD)  # type: ignore[arg-type]
    answers: Answers = [(item, {"direct/x": record})]
    report = reported(Subject("long", ("direct/x",), ()), answers)
    (picked,) = (b for s in report.sections for b in s.blocks if isinstance(b, Picked))
    assert not picked.drawings and "Too long" in picked.why and "w299" in picked.line


def test_without_gold_nothing_is_scored_and_all_else_is_told(answers: Answers) -> None:
    bare = [
        (Item(i.key, target=i.target and i.target.labelled(())), records) for i, records in answers
    ]
    report = reported(subject(answers), bare)
    assert "nothing is scored" in html(report)
    names = {t.name for t in report.tables()}
    assert "scores" not in names and {"predicted", "projection-rates"} <= names
    assert [s for s in report.sections if s.name == "examples"]


def test_an_empty_run_is_a_report_too(answers: Answers) -> None:
    assert "nothing is scored" in html(reported(subject(answers), []))


def test_published_figures_stand_in_a_table_of_their_own(answers: Answers) -> None:
    reference = Reference("heuristic", "heuristic", "de", 0.819, "F1", "gold source", "a paper")
    report = reported(subject(answers, literature=(reference,)), answers)
    holding = [t.name for t in report.tables() if any(0.819 in row for row in t.rows)]
    assert holding == ["published"]
    text = "".join(Page(html(report)).words)
    assert "81.9" in text and "gold source" in text


# -- tables --------------------------------------------------------------------------------------

TABLE = Table(
    "some-figures",
    "Some_figures & more",
    (Column("a|b"), Column("F1", "percent"), Column("n", "count"), Column("p", "p")),
    (("x_y", 0.54321, 1234, 0.0), ("[a]", None, -5, 0.5), ("50 % \\ {z} ~^", -0.0001, 0, 1.0)),
    "About 5 %.",
    frozenset({(0, 1), (0, 3)}),
)


def test_latex_is_escaped_and_has_booktabs_rules() -> None:
    text = latex(TABLE)
    assert "x\\_y & \\textbf{54.3} & 1,234 & \\textbf{\\textless{}0.0001}" in text
    assert "{[a]} & -- & $-$5 & 0.5000" in text
    assert "50 \\% \\textbackslash{} \\{z\\} \\textasciitilde{}\\textasciicircum{} & 0.0" in text
    assert "\\caption{Some\\_figures \\& more. About 5 \\%.}" in text
    for rule in ("\\toprule", "\\midrule", "\\bottomrule"):
        assert text.count(rule) == 1
    assert text.count("\\\\\n") == 4


WRITTEN = re.compile(
    r"\\text(backslash|asciitilde|asciicircum|less|greater|bar|quotedbl)\{\}"
    r"|\$(-|\\to|\\leftrightarrow)\$|\\[{}$&#_%]"
)


@given(st.text())
def test_latex_text_has_no_bare_special(text: str) -> None:
    assert not re.search(r"[\\{}$&#_%~^\n\r\x00]", WRITTEN.sub("", escaped(text)))


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.floats(0, 1)), min_size=1))
def test_csv_gives_back_what_stood_in_the_table(values: list[Cell]) -> None:
    table = Table("t", "t", tuple(Column(f"c{k}") for k in range(len(values))), (tuple(values),))
    text = csv_text(table)
    _, row = csv.reader(io.StringIO(text, newline=""))
    for cell, value in zip(row, values, strict=True):
        if isinstance(value, str):
            assert cell.removeprefix("'") == value.removeprefix("'") or cell == value
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        elif value is not None:
            assert float(cell) == pytest.approx(float(value))


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Table("t", "t", (Column("a"), Column("b")), (("x",),))


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (0.5, "percent", "50.0"),
        (-0.123, "percent", "−12.3"),
        (-0.0001, "percent", "0.0"),
        (None, "percent", "–"),
        (12345, "count", "12,345"),
        (0.00001, "p", "<0.0001"),
        (1.5, "plain", "1.50"),
        ("x", "count", "x"),
    ],
)
def test_cells_for_a_reader(value: Cell, kind: str, text: str) -> None:
    assert shown(value, kind) == text  # type: ignore[arg-type]


# -- stored runs ---------------------------------------------------------------------------------


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, list[str]]:
    """The address of a store with two runs over one dataset."""
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    address = str(tmp_path / "store.sqlite")
    runs = []
    with open_store(address) as store:
        data = store.datasets.add("europarl places", items(), "en", "de", ["LOC", "PER"])
        for _ in range(2):
            runs.append(runner.create(store, data, RunConfiguration("en", "de", "fr")))
            runner.run(store, runs[-1], lambda _: engine())
    return address, runs


def test_a_run_from_the_command_line(
    stored: tuple[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address, runs = stored
    out = tmp_path / "out/report.html"
    options = ["--store", address, "--output", str(out)]
    folder = tmp_path / "tables"
    assert main(["report", "--run", runs[0], "--tables", str(folder), *options]) == 0
    text = out.read_text("utf-8")
    with open_store(address) as store:
        assert store.runs.get(runs[0]).signature in "".join(Page(text).words)
    assert "europarl places: English to German" in text and "arXiv 2501.18750" in text
    assert (folder / "scores.csv").read_text("utf-8").startswith("system,P (%)")
    assert "\\toprule" in (folder / "scores.tex").read_text("utf-8")
    (tmp_path / "run.json").write_text(json.dumps({"run": runs[0]}))
    assert main(["report", "--input", str(tmp_path), *options]) == 0
    assert capsys.readouterr().out.strip().endswith("report.html")


def test_two_runs_are_compared_and_told_apart(stored: tuple[str, list[str]]) -> None:
    address, runs = stored
    with open_store(address) as store:
        comparison = stored_runs(store, runs)
        report = comparison.report(comparison.subject())
        assert len(comparison.systems) == 6
    (scores,) = (t for t in report.tables() if t.name == "scores")
    assert [row[0] for row in scores.rows][::3] == ["A · Direct", "B · Direct"]
    assert scores.rows[0][1:] == scores.rows[3][1:]
    assert len(report.signatures) == 2


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_picture_of_a_sentence(
    stored: tuple[str, list[str]], tmp_path: Path, suffix: str
) -> None:
    address, runs = stored
    out = tmp_path / f"sentence{suffix}"
    options = ["--store", address, "--run", runs[0], "--output", str(out)]
    assert main(["report", "--sentence", "2", *options]) == 0
    if suffix == ".svg":
        words = "".join(ElementTree.parse(out).getroot().itertext())
        assert "besuchte" in words and "Pivot" in words
    else:
        assert Image.open(out).size[0] > 800


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--output", "x.html"], "Name at least one run"),
        (["--output", "x.pdf", "--run", "y"], "end in .htm or .html"),
        (["--output", "x.html", "--sentence", "1", "--run", "y"], "end in .png or .svg"),
        (["--output", "x.svg", "--sentence", "99", "--run", "RUN"], "no sentence 99"),
        (["--output", "x.html", "--run", "nobody"], "nobody"),
        (["--output", "x.html", "--input", "nowhere"], "no run.json"),
    ],
)
def test_what_cannot_be_reported_is_said(
    stored: tuple[str, list[str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    message: str,
) -> None:
    address, runs = stored
    arguments = [runs[0] if a == "RUN" else a.replace("x.", f"{tmp_path}/x.") for a in options]
    assert main(["report", "--store", address, *arguments]) == 2
    assert message in capsys.readouterr().err


def test_runs_over_other_data_or_labels_are_not_compared(
    stored: tuple[str, list[str]],
) -> None:
    address, runs = stored
    with open_store(address) as store:
        other = store.datasets.add("others", items(3), "en", "de", ["LOC"])
        elsewhere = runner.create(store, other, RunConfiguration("en", "de", "fr"))
        with pytest.raises(InputError, match="different datasets"):
            stored_runs(store, [runs[0], elsewhere])
        with pytest.raises(InputError, match="Nothing of the run"):
            stored_runs(store, [elsewhere])
        data = store.runs.get(runs[0]).dataset
        mapped = runner.create(
            store, data, RunConfiguration("en", "de", "fr", labels={"PER": None})
        )
        runner.run(store, mapped, lambda _: engine())
        with pytest.raises(InputError, match="same labels"):
            stored_runs(store, [runs[0], mapped])
