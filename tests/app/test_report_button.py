"""The report of a run, fetched from a page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import fake_engine
from tests.unit.test_report import items
from xproj_core.runs import runner
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store
from xproj_ui import report_button, resources


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    resources.store.clear()
    with open_store() as store:
        data = store.datasets.add("places & <b>names</b>", items(), "en", "de", ["LOC", "PER"])
        run_id = runner.create(store, data, RunConfiguration("en", "de", "fr"))
        runner.run(store, run_id, fake_engine)
        yield run_id
    resources.store.clear()


def page(*runs: str) -> AppTest:
    def script(runs: list[str]) -> None:
        from xproj_ui.report_button import report_button

        report_button(runs)

    return AppTest.from_function(script, default_timeout=60, args=(runs,)).run()


def test_a_finished_run_has_its_report(run: str) -> None:
    app = page(run)
    assert not app.exception
    buttons = {b.proto.id.rpartition("-")[2]: b.proto for b in app.get("download_button")}
    assert {b.label for b in buttons.values()} == {
        "Report (HTML)",
        "All tables (CSV and LaTeX)",
    }


def test_what_the_buttons_give(run: str) -> None:
    report = report_button._make_report([run], ["PER"])
    assert "places & <b>names</b>: English to German" in report.title
    archive = zipfile.ZipFile(io.BytesIO(report_button._zipped(report)))
    assert archive.testzip() is None
    assert {"scores.csv", "scores.tex", "errors.csv"} <= set(archive.namelist())
    (entities,) = (t for t in report.tables() if t.name == "gold-entities")
    assert [row[0] for row in entities.rows] == ["LOC"]


def test_a_run_that_is_gone_is_no_traceback(run: str) -> None:
    app = page("nobody")
    assert not app.exception
    assert app.get("popover")[0].proto.popover.disabled
