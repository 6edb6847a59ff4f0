"""Every number, cell and bar of the analyse page opens its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.answers import SYSTEMS, Answers, answers, stored
from tests.app.conftest import OpenApp
from tests.app.test_analyse_page import page, store
from xproj_core.evaluate.analysis import flow, stored_answers
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.evaluate.analysis.selection import Pick, from_address, to_address
from xproj_core.store.store import Store
from xproj_ui.analyse_page import confidence, differences, errors, matches, scores
from xproj_ui.analyse_page import flow as flow_view
from xproj_ui.analyse_page import table as tables
from xproj_ui.analyse_page.page import VIEWS
from xproj_ui.analyse_page.table import Opens, Row

__all__ = ["page", "store"]  # fixtures

PUBLISHED = {"published"}
"""Figures of others were not made from these sentences, so there is nothing that they open."""
COUNTS = re.compile(
    r"correct|wrong|missed|spurious|incorrect|partial|gold entities|sentences|answer|better|alike"
)


def varied_answers(n: int = 240) -> Answers:
    """Enough for everything that the page can show, every kind of table included."""
    pairs = answers(n)
    for k, (_, records) in enumerate(pairs):
        for name, record in list(records.items()):
            if k % 3 == 0 and record.source.spans:  # the tagger was wrong, and it was tried again
                first, *rest = record.source.spans
                wrong = replace(first, label="ORG" if first.label != "ORG" else "PER")
                placed = tuple(
                    replace(p, source=wrong, target=wrong) if p.source == first else p
                    for p in record.placements
                )
                source = record.source.labelled((wrong, *rest))
                records[name] = replace(
                    record,
                    source=source,
                    chain=(source, record.target),
                    placements=placed,
                    oracle=record.placements,
                )
        if k % 40 == 7:
            name = list(records)[1]
            records[name] = replace(records[name], placements=(), problem="It was too long.")
    return pairs


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Sequence[Row], Opens | None]]:
    """All tables that are drawn: name to rows and what a click asks for."""
    drawn_tables = {}

    def record_table(name: str, rows: Sequence[Row], opens: Opens | None, **more: Any) -> None:
        if rows:
            drawn_tables[name] = rows, opens
        tables.table(name, rows, opens, **more)

    for module in (confidence, differences, errors, matches, scores, flow_view):
        monkeypatch.setattr(module, "table", record_table)
    return drawn_tables


def test_every_cell_with_a_number_asks_for_sentences(
    page: OpenApp, store: Store, drawn: dict[str, tuple[Sequence[Row], Opens | None]]
) -> None:
    run = stored(store, varied_answers(), name="Europarl-NER German")
    for view in VIEWS:
        app = page(run=run, show=view)
        assert not app.exception
        analysis = stored_answers.analyse(store, [run])
        # a table that is drawn in another way than by `table` could forget its sentences
        keys = [re.sub(r"^.*-an_table_|_\d+$", "", d.proto.id) for d in app.dataframe]
        assert set(keys) - {""} <= set(drawn), view
        assert keys.count("") == (view == "scores"), "the published figures alone open nothing"
        for chart in app.get("plotly_chart"):
            assert chart.proto.selection_mode, "a bar or a point that nothing happens on"
    assert {
        "scores",
        "significance",
        "by_label",
        "matches",
        "projection_rates",
        "published",
        "errors",
        "perfect_tagger",
        "flow",
        "confusion",
        "by_words",
        "wins",
        "duels",
        "sets",
        "bounds",
        "decided",
        "predictors",
        "confidence",
        "thresholds",
    } == set(drawn)
    for name, (rows, opens) in drawn.items():
        if name in PUBLISHED:
            continue
        for n, row in enumerate(rows):
            for column, value in row.items():
                if value is None or not re.search(r"\d", str(value)):
                    continue
                assert opens is not None, name
                pick = opens(n, column)
                assert isinstance(pick, Pick), (name, n, column)
                assert from_address(to_address(pick), SYSTEMS) == pick, (name, n, column)
                selected_rows = pick.rows(analysis)
                assert str(pick), (name, n, column)
                if isinstance(value, int) and COUNTS.search(column):
                    assert bool(selected_rows) == bool(value), (name, n, column, value, str(pick))
                    assert len(selected_rows) <= value, (name, n, column, value, str(pick))


def test_a_stage_and_a_loss_of_the_flow_open_theirs(page: OpenApp, store: Store) -> None:
    run = stored(store, varied_answers(60))
    app = page(run=run, show="flow")
    (picture,) = app.get("bidi_component")
    assert "unaligned" in picture.proto.json or "filtered" in picture.proto.json
    app = page(run=run, show="flow", reached="linked", system="direct/match-exact")
    assert not app.exception and "that were linked" in app.subheader[0].value


def test_what_is_the_matter_is_said(page: OpenApp, store: Store) -> None:
    run = stored(store, varied_answers(60))
    system = "back_translation/match-exact"
    phrases = {
        "links": "missing link",
        "entities_placed": "source entit",
        "mean_ratio": "gold entit",
    }
    for answer, words in phrases.items():
        app = page(run=run, system=system, answer=answer)
        assert not app.exception
        assert any(m.value.startswith("▸") and words in m.value for m in app.markdown), answer
    app = page(run=run, better="any", worse=system, sort="-source_words")
    shown = [
        float(c.value.rpartition(" ")[2])
        for c in app.caption
        if c.value.startswith("words in the source")
    ]
    assert shown == sorted(shown, reverse=True) and len(shown) > 1


def test_the_flow_as_a_file_of_plotly() -> None:
    sample = varied_answers(60)
    streams = flow.flow(collect(sample, SYSTEMS), SYSTEMS[2])
    figure = flow_view.sankey(streams)
    (drawn,) = figure.data
    gold = sum(len(item.target.spans) for item, _ in sample if item.target is not None)
    assert f"gold {gold:,}" in drawn.node.label and sum(drawn.link.value) >= gold
    into = dict.fromkeys(range(1, len(drawn.node.label)), 0)
    for end, value in zip(drawn.link.target, drawn.link.value, strict=True):
        into[end] += value
    # a kind that is lost after two stages stands there twice, each with its own number
    names = [label.rpartition(" ")[0] for label in drawn.node.label]
    assert len(set(names)) < len(names)
    assert [drawn.node.label[k].rpartition(" ")[2] for k in into] == [
        f"{n:,}" for n in into.values()
    ]
    text = flow_view.html_file(figure)
    assert "plotly" in text and 'src="http' not in text and "<link" not in text
