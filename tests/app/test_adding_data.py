"""Adding data: nothing is kept before it has been shown; what cannot be read is said and listed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import OpenApp
from tests.app.test_datasets_page import address, page, page_html, store, texts
from xproj_core.datasets import read
from xproj_core.formats.plain_documents import whole_documents
from xproj_core.runs.run_signature import data_hash
from xproj_core.store.store import Store

__all__ = ["page", "store"]  # fixtures

AddFile = Callable[..., AppTest]
"""Opens the page with a file of this text."""


@pytest.fixture
def add(page: OpenApp, tmp_path: Path) -> AddFile:
    """The page with the path of a new file given."""

    def go(text: str, name: str = "words.conll") -> AppTest:
        (tmp_path / name).write_text(text, encoding="utf-8")
        app = page(add="1")
        app.segmented_control(key="add_where").set_value("On this machine").run()
        return app.text_input(key="add_path").set_value(str(tmp_path / name)).run()

    return go


def german(app: AppTest) -> AppTest:
    return app.selectbox(key="add_language_target").set_value("de").run()


def keep(app: AppTest) -> AppTest:
    return app.button(key="add_keep").click().run()


LABELLED = "Lagos B-LOC\nbesuchte O\n\nOslo B-DATE\nAnna B-PERSON\n"


def test_a_file_is_shown_and_then_kept(add: AddFile, store: Store) -> None:
    app = german(add(LABELLED))
    assert not app.exception and store.datasets.list() == []
    assert "its last column holds tags such as" in texts(app)
    assert "Target: 2 sentences in German, 4 words" in texts(app)
    assert "Lagos" in page_html(app)
    app = keep(app)
    (data,) = store.datasets.list()
    assert address(app) == {"dataset": data.id} and data.name == "words.conll"
    assert (data.target_language, set(data.labels)) == ("de", {"LOC", "DATE", "PERSON"})
    first = store.datasets.at(data.id, 0)
    assert first.target is not None
    assert first.gold == {"target"} and first.target.spans[0].label == "LOC"


def test_columns_are_found_where_they_are(add: AddFile, store: Store) -> None:
    app = german(add("1\tLagos\tNOUN\tB-LOC\tx\n2\tist\tVERB\tO\tx\n"))
    keep(app)
    data = store.datasets.list()[0]
    first = store.datasets.at(data.id, 0)
    assert first.target is not None and first.target.tokens == ("Lagos", "ist")
    assert any("tags such as B-LOC" in note for note in data.notes)


def test_a_language_has_to_be_said(add: AddFile, store: Store) -> None:
    app = keep(add(LABELLED))
    assert "Say which language the target is in" in page_html(app) and store.datasets.list() == []


def test_only_what_the_tagger_knows(add: AddFile, store: Store) -> None:
    app = german(add(LABELLED))
    app.toggle(key="add_known").set_value(True).run()
    assert "DATE was left out (1 span" in page_html(app)
    keep(app)
    assert set(store.datasets.list()[0].labels) == {"LOC", "PER"}


def test_labels_are_renamed(add: AddFile, store: Store) -> None:
    app = german(add(LABELLED))
    app.text_input(key="add_labels").set_value("DATE").run()
    assert "does not say what becomes of a label" in page_html(app)
    app.text_input(key="add_labels").set_value("DATE=, PERSON=PER").run()
    keep(app)
    assert set(store.datasets.list()[0].labels) == {"LOC", "PER"}


def test_what_cannot_be_read_is_left_out_only_when_asked(add: AddFile, store: Store) -> None:
    app = german(add("Lagos B-LOC\n\n<b>bad\n\nOslo B-LOC\n"))
    assert "line 3: expected a token and a tag" in page_html(app) and "&lt;b&gt;bad" in page_html(
        app
    )
    assert "add_keep" not in {b.key for b in app.button}
    app.toggle(key="add_partial").set_value(True).run()
    assert "Target: 2 sentences" in texts(app) and "line 3" in page_html(app)
    keep(app)
    (data,) = store.datasets.list()
    assert data.items == 2 and any("line 3" in note for note in data.notes)


def test_labelled_texts_are_the_source_and_guesses_are_no_gold(add: AddFile, store: Store) -> None:
    app = add(LABELLED)
    app.segmented_control(key="add_side").set_value("source").run()
    app.selectbox(key="add_language_source").set_value("fr").run()
    app.toggle(key="add_gold").set_value(False).run()
    app = keep(app)
    (data,) = store.datasets.list()
    assert dict(data.counts) == {"source": 2}
    app.multiselect(key="new_methods").set_value(["direct"]).run()
    app.selectbox(key="new_target").set_value("en").run()
    app.button(key="new_start").click().run()
    (run,) = store.runs.list()
    assert run.configuration["mode"] == "translate" and run.configuration["source"] == "fr"


def test_two_files_in_step(add: AddFile, store: Store, tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("Lagos besuchte das werk\nOslo\n")
    app = add("Lagos visited the plant\nOslo\n", name="s.txt")
    app.toggle(key="add_pair").set_value(True).run()
    app.text_input(key="add_target_path").set_value(str(tmp_path / "t.txt")).run()
    keep(german(app))
    (data,) = store.datasets.list()
    assert dict(data.counts) == {"source": 2, "target": 2}
    assert (data.source_language, data.target_language) == ("en", "de")


def test_another_format_than_it_looks_like(add: AddFile, store: Store, tmp_path: Path) -> None:
    app = add("Lagos B-LOC\nOslo B-LOC\n", name="words.txt")
    (box,) = (s for s in app.selectbox if s.label == "Read as")
    assert box.value == "conll"
    app = german(box.set_value("text").run())
    keep(app)
    first = store.datasets.at(store.datasets.list()[0].id, 0)
    assert first.target is not None and first.target.tokens == ("Lagos", "B-LOC")


def test_what_is_not_there_or_not_known_is_said(page: OpenApp, tmp_path: Path) -> None:
    app = page(add="1")
    app.segmented_control(key="add_where").set_value("On this machine").run()
    for path, message in ((tmp_path / "no", "no file or folder"), (tmp_path / "empty", "empty")):
        (tmp_path / "empty").write_text("")
        app.text_input(key="add_path").set_value(str(path)).run()
        assert not app.exception and message in page_html(app)


LETTER = "A headline\n\nAda kam nach Kiel. Sie traf Dr. Vogt. Bola ging.\n"


def test_a_text_is_cut_into_sentences_and_stays_a_text(add: AddFile, store: Store) -> None:
    app = german(add(LETTER, "letter.txt"))
    app.segmented_control(key="add_cut").set_value("sentences").run()
    assert not app.exception
    assert "cut into 4 sentences" in texts(app) + page_html(app)
    assert "Dr. Vogt." in page_html(app)
    keep(app)
    (data,) = store.datasets.list()
    (document,) = whole_documents(store.datasets.items(data.id))
    assert document.target is not None and document.target.text == LETTER


def test_several_sentences_a_line_are_told_of(add: AddFile) -> None:
    app = german(add("Ada kam heute nach Kiel. Sie traf dort Dr. Vogt.\n", "letter.txt"))
    assert "several sentences" in texts(app) + page_html(app)


def test_words_of_a_pair_are_as_in_the_shell(add: AddFile, store: Store, tmp_path: Path) -> None:
    app = add("Ada left Kiel.\tAda ging aus Kiel.\n" * 2, "pairs.tsv")
    keep(german(app))
    (data,) = store.datasets.list()
    shell = read(tmp_path / "pairs.tsv", source_language="en", target_language="de", words="spaces")
    assert data_hash(store.datasets.items(data.id)) == data_hash(shell.items)


def test_no_option_of_the_shell_is_named_on_the_page(add: AddFile, store: Store) -> None:
    app = german(add("Ada kam heute. Sie traf dort Bola.\n" * 3, "letter.txt"))
    assert "several sentences" in texts(app) + page_html(app)
    assert "--cut" not in page_html(app) and "--tokenise" not in page_html(app)


def test_a_cut_can_be_moved(add: AddFile, store: Store) -> None:
    app = german(add(LETTER, "letter.txt"))
    app.segmented_control(key="add_cut").set_value("sentences").run()
    (area,) = (a for a in app.text_area if str(a.key).startswith("add_cuts"))
    lines = area.value or ""
    assert lines.splitlines()[2] == "Sie traf Dr. Vogt."
    area.set_value(lines.replace("Vogt.\nBola", "Vogt. Bola"))
    app = next(b for b in app.button if b.label == "Cut so").click().run()
    assert not app.exception and "cut into 3 sentences" in texts(app) + page_html(app)
    (area,) = (a for a in app.text_area if str(a.key).startswith("add_cuts"))
    area.set_value("something else")
    app = next(b for b in app.button if b.label == "Cut so").click().run()
    assert "not how the text goes on" in page_html(app)
    keep(app)
    items = list(store.datasets.items(store.datasets.list()[0].id))
    assert [len(i.target) for i in items if i.target] == [2, 5, 8]
    (document,) = whole_documents(items)
    assert document.target is not None and document.target.text == LETTER
