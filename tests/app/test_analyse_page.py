"""The analyse page: every view, the sentences behind a number, and what the address says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node

from tests.answers import SYSTEMS, answers, stored
from tests.app.conftest import OpenApp
from xproj_core.confidence import shipped_model
from xproj_core.domain import Sentence, Span
from xproj_core.evaluate.analysis import analysis_cache
from xproj_core.evaluate.analysis.analysis_job import in_thread, name_of
from xproj_core.evaluate.calibration import calibrations
from xproj_core.jobs.progress import Progress
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store
from xproj_core.store.store import Store
from xproj_ui import resources
from xproj_ui.address import links, project
from xproj_ui.analyse_page import data
from xproj_ui.analyse_page.page import VIEWS

ANSWERS = answers(90)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Store]:
    monkeypatch.setenv("XPROJ_DATA", str(tmp_path))
    monkeypatch.delenv("XPROJ_STORE", raising=False)
    resources.store.clear()
    resources.counting.clear()
    data.clear()
    with open_store() as new_store:
        yield new_store
    resources.store.clear()
    resources.counting.clear()
    data.clear()


@pytest.fixture
def page(opened: OpenApp, store: Store) -> OpenApp:
    def go(**parameters: str) -> AppTest:
        app = opened()
        for key, value in parameters.items():
            app.query_params[key] = value
        return app.switch_page("pages/analyse.py").run()

    return go


def texts(app: AppTest) -> str:
    return "\n".join(
        [m.value for m in app.markdown]
        + [c.value for c in app.caption]
        + [s.value for s in app.subheader]
        + [h.proto.body for h in app.get("html")]
        + [i.value for i in app.info]
    )


def address(app: AppTest) -> dict[str, str]:
    return {k: v[0] if isinstance(v, list) else v for k, v in app.query_params.items()}


def drawings(app: AppTest) -> list[Node]:
    """Sentences."""
    return [c for c in app.get("bidi_component") if "tokens" in c.proto.json]


def tables(app: AppTest) -> list[Any]:
    return [d.value for d in app.dataframe]


def test_a_long_run_is_counted_once_in_the_background_while_its_progress_is_shown(
    page: OpenApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun = Event(), []
    do = in_thread(store)

    def count_slowly(name: str, watch: Callable[[Progress], None], stop: Event) -> None:
        begun.append(name)
        watch(Progress(30, 90, 10.0))
        assert go.wait(20)
        do(name, watch, stop)

    monkeypatch.setattr(resources, "counting_process", lambda: count_slowly)
    monkeypatch.setattr(analysis_cache, "FEW", 10)
    run = stored(store, ANSWERS)
    app = page(run=run)
    assert "is being counted" in texts(app) and not app.dataframe
    assert not app.exception
    go.set()
    resources.counting().join(name_of(run))
    assert page(run=run).dataframe
    data.clear()  # as after a restart of the server
    assert page(run=run).dataframe and len(begun) == 1
    app = page(run=run, drop="PER")  # another question, so it is counted anew
    resources.counting().join(name_of(run, ["PER"]))
    assert page(run=run, drop="PER").dataframe and len(begun) == 2


def test_what_cannot_be_counted_in_the_background_is_counted_here(
    page: OpenApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "counting_process", lambda: lambda name, watch, stop: None)
    monkeypatch.setattr(analysis_cache, "FEW", 10)
    run = stored(store, ANSWERS)
    app = page(run=run)
    resources.counting().join(name_of(run))
    assert (app if app.dataframe else page(run=run)).dataframe


def test_nothing_to_analyse_yet(page: OpenApp) -> None:
    app = page()
    assert not app.exception
    assert "Nothing to analyse yet" in texts(app)
    assert not app.multiselect


def test_a_run_has_to_be_chosen(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    app = page()
    assert not app.dataframe
    app.multiselect(key="an_run").select(run).run()
    assert not app.exception
    assert address(app) == {"run": run}
    assert app.dataframe


def test_every_view_of_a_run(page: OpenApp, store: Store) -> None:
    app = page(run=stored(store, ANSWERS))
    for view in VIEWS:
        app.query_params["show"] = view
        app.run()
        assert not app.exception
        assert app.session_state["an_show"] == view
        assert "name:invented" in texts(app).replace("\\", ""), "the signature"
        assert tables(app)
        drawn = [*app.get("plotly_chart"), *app.get("bidi_component")]
        assert bool(drawn) is (view != "confusion")


def test_scores_are_those_of_the_run(page: OpenApp, store: Store) -> None:
    app = page(run=stored(store, ANSWERS))
    scores = tables(app)[0]
    assert list(scores["system"]) == ["Direct", "Pivot", "Back-translation"]
    gold = sum(len(item.target.spans) for item, _ in ANSWERS if item.target is not None)
    assert all(scores["correct"] + scores["wrong or missed"] == gold)
    assert list(scores["F1"]) == sorted(scores["F1"], reverse=True)
    assert scores["AER"].notna().all()
    tests = tables(app)[1]
    assert len(tests) == 3 and set(tests["p, corrected"] >= tests["p"]) == {True}


def test_labels_left_out(page: OpenApp, store: Store) -> None:
    app = page(run=stored(store, ANSWERS), drop="PER", show="confusion")
    assert "PER" not in tables(app)[0].columns
    app.multiselect(key="an_drop").unselect("PER").run()
    assert "PER" in tables(app)[0].columns
    assert "drop" not in address(app)


def test_the_sentences_behind_a_number(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    app = page(run=run, show="errors", system=SYSTEMS[2], kind="long", outcome="mistakes")
    assert not app.exception
    heading = app.subheader[0].value.replace("\\", "")
    assert "too long" in heading and "Back-translation" in heading
    count = int(heading.split()[0])
    assert len(drawings(app)) == min(count, 6)
    assert "▸ too long" in texts(app)
    first = {m.value for m in app.markdown if m.value.startswith("Sentence **s")}
    app.button(key="an_later").click().run()
    assert address(app)["page"] == "2"
    assert first != {m.value for m in app.markdown if m.value.startswith("Sentence **s")}
    app.button(key="an_close").click().run()
    assert address(app) == {"run": run, "show": "errors"}
    assert not drawings(app)


PICKS = (
    {"gold": "PER", "predicted": "LOC", "system": SYSTEMS[0]},
    {"better": SYSTEMS[0], "worse": SYSTEMS[1]},
    {"found": "none"},
    {"by": "words", "bucket": "1 word", "outcome": "lacking", "system": SYSTEMS[1]},
    {"kind": "no such kind"},
    {"system": "no such system", "outcome": "wrong"},
    {"page": "99999", "outcome": "wrong"},
    {"page": "-1", "outcome": "correct", "system": SYSTEMS[0]},
)


def test_links_to_lists_of_sentences(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    app = page(run=run)
    for pick in PICKS:
        app.query_params = {"run": run, "show": "confusion", **pick}
        app.run()
        assert not app.exception
        assert app.subheader[0].value.split()[1].startswith("sentence")


def test_another_view_closes_the_list(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    app = page(run=run, show="confusion", gold="PER", predicted="LOC", system=SYSTEMS[0])
    assert app.subheader
    app.selectbox(key="an_of").set_value(SYSTEMS[1]).run()
    assert address(app) == {"run": run, "show": "confusion", "of": SYSTEMS[1]}
    assert not app.subheader


def test_two_runs_side_by_side(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    dataset = store.runs.get(run).dataset
    first_answers = [(item, {SYSTEMS[0]: records[SYSTEMS[0]]}) for item, records in ANSWERS]
    other = stored(store, first_answers, dataset=dataset)
    app = page(run=f"{run},{other}")
    assert not app.exception
    assert list(tables(app)[0]["system"])[-1] == "B · Direct"
    app = page(run=f"{run},{other}", system=f"B {SYSTEMS[0]}", outcome="mistakes")
    assert not app.exception and drawings(app)


def test_runs_that_are_gone_or_elsewhere(page: OpenApp, store: Store) -> None:
    app = page(run="nonsense")
    assert not app.exception and "Nothing to analyse yet" in texts(app)
    run = stored(store, ANSWERS[:5])
    other = stored(store, ANSWERS[:5], name="other data")
    app = page(run=f"{run},{other}")
    assert not app.exception
    assert address(app)["run"] == f"{run},{other}"
    app = page(run=f"nonsense,{run}", show="no such view", along="<b>")
    assert not app.exception and "There is no run nonsense" in texts(app)


def test_data_without_gold_say_so(page: OpenApp, store: Store) -> None:
    bare = [(replace(item, gold=frozenset()), records) for item, records in ANSWERS[:10]]
    run = stored(store, bare)
    app = page(run=run)
    for view in VIEWS:
        app.query_params["show"] = view
        app.run()
        assert not app.exception
        assert "no gold labels" in texts(app)


def test_a_run_without_mistakes(page: OpenApp, store: Store) -> None:
    perfect = answers(12)
    for _, records in perfect:
        for name, record in records.items():
            placed = tuple(
                replace(p, target=p.source, reason="", message="") for p in record.placements
            )
            records[name] = replace(record, placements=placed)
    app = page(run=stored(store, perfect))
    for view in VIEWS:
        app.query_params["show"] = view
        app.run()
        assert not app.exception


def test_published_figures_stand_beside_and_are_not_mixed_in(page: OpenApp, store: Store) -> None:
    app = page(run=stored(store, ANSWERS, name="Europarl-NER German"))
    assert len(tables(app)[0]) == 3, "measured systems only"
    published = tables(app)[-1]
    assert set(published["source"].str[:7]) == {"Politov", "Shkalik"}
    chart = app.get("plotly_chart")[0].proto.spec
    assert "published, isolated" in chart
    app.selectbox(key="an_ref").set_value("none").run()
    assert "published" not in app.get("plotly_chart")[0].proto.spec
    assert address(app)["ref"] == "none"


def test_what_a_person_typed_is_never_markup(page: OpenApp, store: Store) -> None:
    name = "<img src=x onerror=alert(1)>**bold**"
    item, records = ANSWERS[0]
    assert item.target is not None
    words = (name, *item.target.tokens)
    target = Sentence(words, "de", (Span(0, 1, "PER"),))
    item = replace(item, key="[x](y)", target=target, links=None)
    bare_records = {
        s: replace(r, target=target.labelled(()), placements=(), item="[x](y)")
        for s, r in records.items()
    }
    app = page(
        run=stored(store, [(item, bare_records)], name=name), outcome="mistakes", system=SYSTEMS[0]
    )
    assert not app.exception
    shown = "\n".join(m.value for m in app.markdown)
    assert name not in shown and "\\<img src" in shown and "\\[x\\]" in shown
    assert not any(name in h.proto.body for h in app.get("html"))


# -- links ----------------------------------------------------------------------------------------


def test_a_sentence_opens_on_the_main_page_as_the_run_had_it(opened: OpenApp) -> None:
    item, _ = ANSWERS[3]
    configuration = RunConfiguration("en", "de", "fr").checked()
    link = links.to_project(item, configuration)
    assert link is not None and item.target is not None
    view, problems = project.decode(link)
    assert problems == ()
    assert (view.question.source, view.question.target, view.question.pivot) == ("en", "de", "fr")
    assert set(view.question.edits) == {"source", "pivot-source"}, "given to every method"
    assert all(edit.labelled for edit in view.question.edits.values())
    app = opened(**link)
    assert not app.exception
    (drawn,) = app.get("bidi_component")[:1]
    assert all(word in drawn.proto.json for word in item.target.tokens)


def test_sentences_that_no_link_can_hold() -> None:
    configuration = RunConfiguration("en", "de", "fr")
    assert (
        links.to_project(
            replace(ANSWERS[0][0], target=None, gold=frozenset({"source"}), links=None),
            configuration,
        )
        is None
    )
    long = Sentence(tuple("wort" * 10 for _ in range(2000)), "de")
    item = replace(ANSWERS[0][0], target=long, gold=frozenset(), links=None)
    assert links.to_project(item, configuration) is None


def test_confidence_is_set_beside_what_is_right(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    app = page(run=run, show="confidence", of=SYSTEMS[1])
    assert not app.exception
    figures, limits = tables(app)
    assert list(figures["system"]) == ["Direct", "Pivot", "Back-translation"]
    judgements = calibrations(ANSWERS, shipped_model())
    for (_, row), judgement in zip(figures.iterrows(), judgements.values(), strict=True):
        assert row["entities"] == len(judgement.right)
        assert row["right"] == pytest.approx(100 * sum(judgement.right) / len(judgement.right))
        assert row["ECE"] == pytest.approx(judgement.reliability.ece, abs=6e-4)
    judgement = judgements[SYSTEMS[1]]
    assert list(limits["recall"]) == pytest.approx(
        [100 * (t.recall or 0) for t in judgement.thresholds]
    )
    assert "Measured on 90 sentences" in texts(app) and "GermEval" in texts(app)


def test_two_runs_do_not_vote_on_each_other(page: OpenApp, store: Store) -> None:
    run = stored(store, ANSWERS)
    again = stored(store, ANSWERS, dataset=store.runs.get(run).dataset)
    alone = tables(page(run=run, show="confidence"))[0]
    both = tables(page(run=f"{run},{again}", show="confidence"))[0]
    assert list(both["ECE"]) == [*alone["ECE"], *alone["ECE"]]
