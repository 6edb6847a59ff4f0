"""The engines page: what is there, loading, an engine of one's own, teaching."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from tests.app.conftest import Loader, OpenApp, fake_engine
from xproj_core.domain import Span
from xproj_core.domain.errors import CheckpointError, InputError
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.learn.teaching_job import in_thread
from xproj_core.learn.teaching_report import (
    HELD_OUT,
    GoldScores,
    TaggerReport,
    TaggingExample,
    Taught,
    TranslationExample,
    TranslatorReport,
)
from xproj_core.learn.trainer import Progress
from xproj_core.models.protocols import Engine
from xproj_ui import engines, resources
from xproj_ui.engines import shelf


@pytest.fixture
def page(opened: OpenApp) -> OpenApp:
    def go(**parameters: str) -> AppTest:
        app = opened(**parameters)
        return app.switch_page("pages/engines.py").run()

    return go


def html_blocks(app: AppTest) -> list[str]:
    return [h.proto.body for h in app.get("html")]


def tables(app: AppTest) -> list[str]:
    return [m.value for m in app.markdown if m.value.startswith("|")]


def test_it_lists_what_is_there(page: OpenApp) -> None:
    app = page()
    assert not app.exception
    text = "\n".join(tables(app)).replace("\\", "")
    for name in ("facebook/nllb-200-distilled-600M", "simalign-itermax", "ctranslate2", "spacy"):
        assert name in text
    assert any("words" in t and "capitals" in t for t in tables(app)), "the loaded parts"


def test_using_a_preset_loads_it_and_opens_the_main_page(page: OpenApp) -> None:
    app = page()
    app.button(key="use_research").click().run()
    assert "research" in shelf().loaded()
    assert app.selectbox(key="q_engine").value == "research"
    assert not app.exception


def test_an_engine_of_ones_own(page: OpenApp, loader: Loader) -> None:
    engine_names = []

    def load(name: str) -> Engine:
        engine_names.append(name)
        return fake_engine(name)

    loader["load"] = load
    app = page()
    app.selectbox(key="own_translator").set_value("transformers")
    app.text_input(key="own_translator_argument").set_value("/models/nllb")
    app.selectbox(key="own_tagger").set_value("none")
    app.button(key="FormSubmitter:own_engine-Load it and use it").click().run()
    assert engine_names[-1] == "transformers:/models/nllb|mini||"
    assert app.selectbox(key="q_engine").value == engine_names[-1]


def test_a_checkpoint_that_cannot_be_loaded_says_why(page: OpenApp, loader: Loader) -> None:
    def load(name: str) -> Engine:
        if name == "mini":
            return fake_engine()
        raise CheckpointError("The folder <b>/models/none</b> is no checkpoint.")

    loader["load"] = load
    app = page()
    app.button(key="use_research").click().run()
    assert not app.exception
    assert any("&lt;b&gt;/models/none" in text for text in html_blocks(app))


class Teacher:
    """Teaches nothing, as fast as it is told to."""

    def __init__(self) -> None:
        self.report = TranslatorReport(10, 1, 20)
        self.tagger: TaggerReport | None = None
        self.error: Exception | None = None
        self.go = Event()
        self.go.set()

    def __call__(
        self,
        pairs_file: Path | str,
        source: str,
        target: str,
        output: Path | str,
        *,
        labelled: Path | str | None = None,
        labelled_language: str | None = None,
        gold: Path | str | None = None,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> Taught:
        assert progress is not None
        self.pairs = Path(pairs_file).read_bytes()
        self.labelled, self.labelled_language = labelled, labelled_language
        self.gold = gold
        progress(0.5, "aligning words")
        assert self.go.wait(10)
        progress(0.9, "aligning words")
        if self.error is not None:
            raise self.error
        return Taught(Path(output), self.report, {}, 1.0, self.tagger)


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Teacher]:
    monkeypatch.setattr(resources, "taught_folder", lambda: tmp_path)
    fake_teacher = Teacher()
    monkeypatch.setattr(
        resources, "teaching_process", lambda folder: in_thread(folder, fake_teacher)
    )
    resources.teaching.clear()
    yield fake_teacher
    fake_teacher.go.set()
    resources.teaching().join("en-lg")
    resources.teaching.clear()


def ended(app: AppTest) -> AppTest:
    """Wait for the lesson, then draw the page."""
    resources.teaching().join("en-lg")
    app.run()
    assert not app.exception
    return app


def upload(app: AppTest, content: bytes = b"hello\tjambo\n") -> Button:
    app.file_uploader(key="teach_pairs").upload("my pairs.tsv", content)
    app.selectbox(key="teach_source").set_value("en")
    app.selectbox(key="teach_target").set_value("lg")
    return app.button(key="FormSubmitter:teach-Teach").click()


def test_teaching_runs_beside_the_page_and_offers_the_pair(
    page: OpenApp, teacher: Teacher, tmp_path: Path
) -> None:
    teacher.report.chrf["en-lg"] = 41.26
    teacher.report.examples["en-lg"] = [TranslationExample("hello", "jamb<b>o", "jambo")]
    teacher.go.clear()
    app = page()
    upload(app).run()
    assert not app.exception
    app.run()
    assert any("English and Luganda: " in p.proto.text for p in app.get("progress"))
    assert app.button(key="FormSubmitter:teach-Teach").disabled, "one at a time"
    assert engines.taught_name(tmp_path / "en-lg") not in shelf().offered(), "not yet"
    teacher.go.set()
    ended(app)
    assert teacher.pairs == b"hello\tjambo\n"
    assert engines.taught_name(tmp_path / "en-lg") in shelf().offered()
    for shown_by in (app, page()):
        shown = "\n".join(m.value for m in shown_by.markdown)
        assert "learnt in" in shown and "English → Luganda: chrF **41.3**" in shown
        assert "jamb\\<b\\>o" in shown
        resources.teaching.clear()  # a server that has been started anew


def test_labels_are_stored_and_the_taggers_score_is_shown(
    page: OpenApp, teacher: Teacher, tmp_path: Path
) -> None:
    scores = score_spans([[Span(0, 1, "PER")]], [[Span(0, 1, "PER"), Span(2, 3, "LOC")]])
    example = TaggingExample(("Ada", "ate", "<b>"), (Span(0, 1, "PER"),), (Span(0, 1, "PER"),))
    teacher.tagger = TaggerReport("en", 40, 61, 4, scores, (example,))
    app = page()
    app.file_uploader(key="teach_labelled").upload("my pairs.tsv", b"Ada B-PER\n")
    app.radio(key="teach_labelled_side").set_value("first column")
    upload(app).run()
    ended(app)
    assert teacher.labelled_language == "en"
    labelled = tmp_path / "en-lg" / "labelled-my_pairs.tsv"
    assert teacher.labelled == labelled
    assert labelled.read_bytes() == b"Ada B-PER\n"
    shown = "\n".join(m.value for m in app.markdown)
    assert "Tagger for English: F1 **66.7**" in shown
    assert HELD_OUT in [c.value for c in app.caption], "whose labels these are"
    plain = shown.replace("\\", "")
    assert "| PER | 100.0 | 1 | 1 | 1 |" in plain and "| you | [Ada](PER) ate <b> |" in plain
    assert not app.button(key="FormSubmitter:teach-Teach").disabled, "the next one can be taught"


def test_a_tagger_is_tested_on_what_people_labelled(
    page: OpenApp, teacher: Teacher, tmp_path: Path
) -> None:
    scores = score_spans([[Span(0, 1, "PER")]], [[Span(0, 1, "PER")]])
    low = score_spans([[Span(0, 1, "PER")]], [[Span(0, 1, "LOC")]])
    teacher.tagger = TaggerReport("en", 40, 61, 4, scores, (), GoldScores(1, low))
    app = page()
    app.file_uploader(key="teach_labelled").upload("projected.conll", b"Ada B-PER\n")
    app.file_uploader(key="teach_gold").upload("people.conll", b"Mira B-PER\n")
    upload(app).run()
    ended(app)
    assert teacher.gold is not None and Path(teacher.gold).read_bytes() == b"Mira B-PER\n"
    shown = "\n".join(m.value for m in app.markdown)
    assert "F1 **100.0**" in shown
    assert "On 1 sentences that people labelled: F1 **0.0**" in shown
    assert HELD_OUT not in [c.value for c in app.caption]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (InputError("Line 3 has no tab."), "Line 3 has no tab."),
        (OSError(28, "No space left on device"), "No space left on device"),
    ],
)
def test_teaching_that_fails_says_why_and_keeps_the_pairs(
    page: OpenApp, teacher: Teacher, tmp_path: Path, error: Exception, says: str
) -> None:
    teacher.error = error
    app = page()
    upload(app).run()
    ended(app)
    assert any(says in text for text in html_blocks(app))
    assert (tmp_path / "en-lg" / "my_pairs.tsv").exists()
    assert shelf().offered() == []
    teacher.error = None
    app.button(key="teach_again_en-lg").click().run()
    ended(app)
    assert "learnt in" in "\n".join(m.value for m in app.markdown)


def test_teaching_can_be_cancelled_and_the_pairs_removed(
    page: OpenApp, teacher: Teacher, tmp_path: Path
) -> None:
    teacher.go.clear()
    app = page()
    upload(app).run()
    app.run()
    app.button(key="teach_cancel_en-lg").click().run()
    teacher.go.set()
    ended(app)
    assert any("cancelled. The files are kept." in text for text in html_blocks(app))
    app.button(key="teach_remove_en-lg").click().run()
    assert not app.exception and list(tmp_path.iterdir()) == []


def test_teaching_needs_a_file_and_two_languages(page: OpenApp, teacher: Teacher) -> None:
    app = page()
    app.button(key="FormSubmitter:teach-Teach").click().run()
    assert any("Choose a file" in text for text in html_blocks(app))
    app.selectbox(key="teach_target").set_value("en")
    app.file_uploader(key="teach_pairs").upload("a.tsv", b"a\tb\n")
    app.button(key="FormSubmitter:teach-Teach").click().run()
    assert any("Both columns are English" in text for text in html_blocks(app))
    assert resources.teaching().list() == []
