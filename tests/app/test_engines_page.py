"""The engines page: what is there, loading, an engine of one's own, teaching."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.app.conftest import fake_engine
from xproj_core.domain import Span
from xproj_core.errors import CheckpointError, InputError
from xproj_core.evaluate.entities import score_spans
from xproj_core.train.labelled import Example, TaggerReport
from xproj_ui import engines
from xproj_ui.engine_page import teach, teach_job
from xproj_ui.engines import shelf


@pytest.fixture
def page(opened):
    def go(**parameters):
        app = opened(**parameters)
        return app.switch_page("pages/engines.py").run()

    return go


def said(app):
    return [h.proto.body for h in app.get("html")]


def tables(app):
    return [m.value for m in app.markdown if m.value.startswith("|")]


def test_it_lists_what_is_there(page):
    app = page()
    assert not app.exception
    text = "\n".join(tables(app)).replace("\\", "")
    for name in ("facebook/nllb-200-distilled-600M", "simalign-itermax", "ctranslate2", "spacy"):
        assert name in text
    assert any("words" in t and "capitals" in t for t in tables(app)), "the loaded parts"


def test_using_a_preset_loads_it_and_opens_the_main_page(page):
    app = page()
    app.button(key="use_research").click().run()
    assert "research" in shelf().loaded()
    assert app.selectbox(key="q_engine").value == "research"
    assert not app.exception


def test_an_engine_of_ones_own(page, loader):
    asked = []

    def load(name):
        asked.append(name)
        return fake_engine(name)

    loader["load"] = load
    app = page()
    app.selectbox(key="own_translator").set_value("transformers")
    app.text_input(key="own_translator_argument").set_value("/models/nllb")
    app.selectbox(key="own_tagger").set_value("none")
    app.button(key="FormSubmitter:own_engine-Load it and use it").click().run()
    assert asked[-1] == "transformers:/models/nllb|mini||"
    assert app.selectbox(key="q_engine").value == asked[-1]


def test_a_checkpoint_that_cannot_be_loaded_says_why(page, loader):
    def load(name):
        if name == "mini":
            return fake_engine()
        raise CheckpointError("The folder <b>/models/none</b> is no checkpoint.")

    loader["load"] = load
    app = page()
    app.button(key="use_research").click().run()
    assert not app.exception
    assert any("&lt;b&gt;/models/none" in text for text in said(app))


def wait(job):
    end = time.monotonic() + 10
    while job.running and time.monotonic() < end:
        time.sleep(0.01)


@pytest.fixture
def taught(monkeypatch, tmp_path):
    monkeypatch.setattr(teach, "TAUGHT", tmp_path)
    monkeypatch.setattr(engines, "TAUGHT", tmp_path)
    teach.jobs.clear()
    yield tmp_path
    teach.jobs.clear()


def upload(app, content=b"hello\tjambo\n"):
    app.file_uploader(key="teach_pairs").upload("my pairs.tsv", content)
    app.selectbox(key="teach_source").set_value("en")
    app.selectbox(key="teach_target").set_value("lg")
    return app.button(key="FormSubmitter:teach-Teach").click()


def test_teaching_runs_beside_the_page_and_offers_the_pair(page, taught, monkeypatch):
    seen = {}

    def work(job, pairs):
        seen["text"] = Path(pairs).read_bytes()
        job.fraction, job.step = 0.5, "aligning words"
        while "go" not in seen:
            time.sleep(0.01)
        example = SimpleNamespace(source="hello", translation="jamb<b>o", reference="jambo")
        return SimpleNamespace(report=SimpleNamespace(
            pairs=10, held_out=1, chrf={"en-lg": 41.26}, examples={"en-lg": [example]},
        ), tagger=None)  # fmt: skip

    monkeypatch.setattr(teach, "_teach", work)
    app = page()
    upload(app).run()
    assert not app.exception
    (job,) = teach.jobs()
    assert job.running
    app.run()
    assert any("English and Luganda: " in p.proto.text for p in app.get("progress"))
    seen["go"] = True
    wait(job)
    app.run()
    assert seen["text"] == b"hello\tjambo\n"
    assert engines.taught_name(taught / "en-lg") in shelf().offered()
    shown = "\n".join(m.value for m in app.markdown)
    assert "learnt in" in shown and "English → Luganda: chrF **41.3**" in shown
    assert "jamb\\<b\\>o" in shown


def test_labels_are_stored_and_the_taggers_score_is_shown(page, taught, monkeypatch):
    seen = {}

    def work(job, pairs):
        seen["job"] = job
        scores = score_spans([[Span(0, 1, "PER")]], [[Span(0, 1, "PER"), Span(2, 3, "LOC")]])
        example = Example(("Ada", "ate", "<b>"), (Span(0, 1, "PER"),), (Span(0, 1, "PER"),))
        report = TaggerReport("en", 40, 61, 4, scores, (example,))
        return SimpleNamespace(
            report=SimpleNamespace(pairs=10, held_out=1, chrf={}, examples={}), tagger=report
        )

    monkeypatch.setattr(teach, "_teach", work)
    app = page()
    app.file_uploader(key="teach_labelled").upload("my pairs.tsv", b"Ada B-PER\n")
    app.radio(key="teach_labelled_side").set_value("first column")
    upload(app).run()
    wait(teach.jobs()[0])
    app.run()
    assert not app.exception
    assert seen["job"].labelled_language == "en"
    assert seen["job"].labelled == taught / "en-lg" / "labelled-my_pairs.tsv"
    assert seen["job"].labelled.read_bytes() == b"Ada B-PER\n"
    shown = "\n".join(m.value for m in app.markdown)
    assert "Tagger for English: F1 **66.7**" in shown
    plain = shown.replace("\\", "")
    assert "| PER | 100.0 | 1 | 1 | 1 |" in plain and "| you | [Ada](PER) ate <b> |" in plain
    assert not app.button(key="FormSubmitter:teach-Teach").disabled, "the next one can be taught"


def test_teaching_that_fails_says_why_and_keeps_the_pairs(page, taught, monkeypatch):
    def work(job, pairs):
        raise InputError("Line 3 has no tab.")

    monkeypatch.setattr(teach, "_teach", work)
    app = page()
    upload(app).run()
    wait(teach.jobs()[0])
    app.run()
    assert not app.exception
    assert any("Line 3 has no tab." in text for text in said(app))
    assert (taught / "en-lg" / "my_pairs.tsv").exists()


def test_teaching_needs_a_file_and_two_languages(page, taught):
    app = page()
    app.button(key="FormSubmitter:teach-Teach").click().run()
    assert any("Choose a file" in text for text in said(app))
    assert teach.jobs() == []


def test_a_full_disk_is_said(tmp_path):
    def work(job):
        raise OSError(28, "No space left on device")

    job = teach_job.Job("en", "lg", tmp_path)
    teach_job.begin(job, work, lambda j: None).join()
    assert job.problem is not None and "No space left" in job.problem


def test_teaching_a_pair_again_leaves_the_first_result_alone(tmp_path: Path) -> None:
    first, second = (teach._new_folder(tmp_path, "en-lg") for _ in range(2))
    assert (first.name, second.name) == ("en-lg", "en-lg-2")
    assert first.is_dir() and second.is_dir()
