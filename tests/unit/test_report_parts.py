"""Picked sentences, predictors and robustness in a report."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.answers import SYSTEMS, answers, reported, stored
from tests.app.test_every_number_opens import varied_answers
from xproj_core.cli import main
from xproj_core.domain import Span, codec
from xproj_core.drawing.wording import system_titles
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.analysis.predictors import predict
from xproj_core.evaluate.errors.classify import classify
from xproj_core.report import preselect
from xproj_core.report.beforehand import beforehand
from xproj_core.report.build import Subject
from xproj_core.report.examples import Picker
from xproj_core.report.files import tables
from xproj_core.report.html import html
from xproj_core.report.line_chart import Line, Mark, lines
from xproj_core.report.model import Figure
from xproj_core.report.robustness import robustness
from xproj_core.report.stored_runs import stored_runs
from xproj_core.robustness.curves import Curve, Estimate, Overtaking, Point
from xproj_core.robustness.results import Results
from xproj_core.robustness.sweep_job import FOLDER
from xproj_core.store import open_store
from xproj_core.tables.table import Table

EVIL = "<script>alert('x')</script>"
SUBJECT = Subject("Invented", SYSTEMS, (("run 1", "data:abc"),), source="en")


def test_the_sentences_shown_are_those_that_a_look_at_all_of_them_would_pick() -> None:
    item_records = varied_answers(200)
    titles = system_titles(SYSTEMS)
    everything = Picker(titles)
    for number, (item, records) in enumerate(item_records):
        cases = {s: classify(item, r) for s, r in records.items()}
        everything.add(item, number, records, {s: c for s, c in cases.items() if c})
    chosen = preselect.preselected(collect(item_records, SYSTEMS))
    assert len(chosen.numbers) < 80
    some = Picker(titles, chosen.counts)
    for number in chosen.numbers:
        item, records = item_records[number]
        cases = {s: classify(item, r) for s, r in records.items()}
        some.add(item, number, records, {s: c for s, c in cases.items() if c})
    for most in (3, 12, 60):
        assert some.picked(most) == everything.picked(most)


def test_predictors_are_those_of_the_page() -> None:
    analysis = collect(varied_answers(), SYSTEMS)
    decided, predictors = beforehand(analysis, system_titles(SYSTEMS))
    assert isinstance(decided, Table) and isinstance(predictors, Table)
    prediction = predict(analysis, SYSTEMS[0], SYSTEMS[2])
    assert ("Back-translation", prediction.better, prediction.worse) == decided.rows[1][:3]
    assert decided.rows[1][4] == prediction.skill
    rows = [row for row in predictors.rows if row[0] == "Back-translation"]
    assert [row[2] for row in rows] == [p.auc for p in prediction.predictors]
    alone = collect([(i, {SYSTEMS[0]: r[SYSTEMS[0]]}) for i, r in answers(20)], SYSTEMS[:1])
    assert list(beforehand(alone, system_titles(SYSTEMS[:1]))) == []


def swept(noise: str = "drop-links") -> Results:
    def curve(system: str, *values: float) -> Curve:
        points = tuple(
            Point(rate, Estimate(v, v - 0.02, v + 0.02), (v,), v, v)
            for rate, v in zip((0.0, 0.2, 0.5), values, strict=True)
        )
        return Curve(noise, system, points, Estimate(0.5, 0.4, 0.6), Estimate(0.8, 0.7, 0.9))

    return Results(
        f"noises:{noise}|data:0123",
        40,
        (curve("direct/match-exact", 0.8, 0.5, 0.2), curve("pivot/match-exact", 0.7, 0.6, 0.4)),
        (Overtaking(noise, "pivot/match-exact", "direct/match-exact", 0.1, 0.05, None, 0.97, 0.0),),
    )


def test_a_sweep_as_curves_areas_and_crossings() -> None:
    blocks = list(robustness([swept()]))
    (figure,) = (b for b in blocks if isinstance(b, Figure))
    ElementTree.fromstring(figure.svg)
    areas, crossings = (b for b in blocks if isinstance(b, Table))
    assert areas.rows[0] == ("drop-links", "Direct", 0.8, 0.5, 0.2, 0.5, 0.4, 0.6, 0.8)
    assert crossings.rows[0][:7] == ("drop-links", "Pivot", "Direct", 0.1, 0.05, None, 0.97)
    assert "at a rate of 0.1 [0.05, never]" in str(crossings.rows[0][7])
    several = [b.name for b in robustness([swept(), swept("casing")]) if isinstance(b, Table)]
    assert len(set(several)) == len(several) == 4
    assert list(robustness([Results("", 0, (), ())])) == []


def test_lines_keep_within_their_picture() -> None:
    marks = (Mark(0.0, 1.0, 0.9, 1.0), Mark(0.5, 0.0, 0.0, 0.1))
    for rows in ([Line("x" * 300, marks)], [Line(f"system {k}", marks[:1]) for k in range(11)]):
        ElementTree.fromstring(lines(rows, "F1"))


@pytest.mark.parametrize("origin", ["saved", "file"])
def test_sweeps_reach_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    with open_store() as store:
        run = stored(store, answers(30))
        dataset = store.runs.get(run).dataset
    results = codec.to_json(swept(EVIL))
    more: list[str] = []
    if origin == "saved":
        folder = tmp_path / FOLDER
        folder.mkdir()
        ended = {"state": "finished", "done": 1, "total": 1, "seconds": 0.5, "problem": ""}
        job = {"request": {"data": {"id": dataset}}, **ended, "result": results, "owner": ""}
        (folder / "a.json").write_text(json.dumps(job))
        other = {**job, "request": {"data": {"id": "another"}}}
        (folder / "b.json").write_text(json.dumps(other))
        (folder / "c.json").write_text("damaged")
    else:
        (tmp_path / "s.json").write_text(json.dumps(results))
        more = ["--sweep", str(tmp_path / "s.json")]
    out = tmp_path / "r.html"
    assert main(["report", "--run", run, "--output", str(out), *more]) == 0
    text = out.read_text()
    assert 'id="robustness"' in text and EVIL not in text and "&lt;script&gt;" in text
    assert text.count("Measured with noises:") == 1
    (tmp_path / "s.json").write_text('{"no": "sweep"}')
    assert (
        main(["report", "--run", run, "--output", str(out), "--sweep", str(tmp_path / "s.json")])
        != 0
    )


def test_what_is_typed_is_text_in_the_new_tables_too() -> None:
    item_records = [(i, {s: r for s, r in records.items()}) for i, records in varied_answers(60)]
    subject = Subject("x", SYSTEMS, (), sweeps=(swept(EVIL),), ignore=frozenset({EVIL}))
    report = reported(subject, item_records)
    assert EVIL not in html(report)
    assert any(name.startswith("robustness") for name, _ in tables(report))
    assert Span(0, 1, EVIL).label == EVIL


def test_a_report_is_the_same_from_the_store_as_from_memory(tmp_path: Path) -> None:
    item_records = varied_answers(90)
    with open_store(str(tmp_path / "x.sqlite")) as store:
        ours = stored_runs(store, [stored(store, item_records)])
        from_store = ours.report(ours.subject())
    from_memory = reported(SUBJECT, item_records)
    assert [t.rows for t in from_store.tables()] == [t.rows for t in from_memory.tables()]


def test_engines_have_titles_and_no_folders() -> None:
    """What a report or a chart calls a system says nothing of the server that made it."""
    lug, other = "mini:/srv/data/taught/lug", "mini:/home/somebody/taught/lug"
    names = ["mini/direct/match-exact", f"{lug}/direct/match-exact"]
    titles = system_titles(names)
    assert list(titles.values()) == ["Mini · Direct", "Mini + lug · Direct"]
    both = system_titles([f"{engine}/direct/match-exact" for engine in (lug, other)])
    assert len(set(both.values())) == 2, "two of one name are told apart"
