"""A link from Analyse opens what that system made of the sentence, and stays as it was."""

from __future__ import annotations

from tests.answers import SYSTEMS, answers, stored
from tests.app.conftest import OpenApp
from tests.app.test_review_page import address, page, page_text, send, store
from xproj_core.review.desk import Desk
from xproj_core.store.store import Store

__all__ = ["page", "store"]  # fixtures


def test_the_labels_of_the_system_are_corrected(page: OpenApp, store: Store) -> None:
    run = stored(store, answers(6))
    dataset = store.runs.get(run).dataset
    link = {"dataset": dataset, "item": "s2", "run": run, "system": SYSTEMS[1]}
    app = page(**link)
    assert not app.exception
    settings = Desk(store, dataset).settings
    assert (settings.run, settings.system) == (run, SYSTEMS[1])
    assert address(app) == link, "a changed address would be a step that Back leads to"
    app = page(**{**link, "system": SYSTEMS[2]})
    assert Desk(store, dataset).settings.system == SYSTEMS[2], "nobody has begun"


def test_those_who_have_begun_are_asked_before_other_labels_come(
    page: OpenApp, store: Store
) -> None:
    run = stored(store, answers(6))
    dataset = store.runs.get(run).dataset
    page(dataset=dataset, item="s2", run=run, system=SYSTEMS[0])
    send(Desk(store, dataset), 2, "done", {})
    app = page(dataset=dataset, item="s2", run=run, system=SYSTEMS[1])
    assert not app.exception
    assert "labels of another system" in page_text(app)
    assert Desk(store, dataset).settings.system == SYSTEMS[0]
    app.button(key="review_take_run").click().run()
    assert Desk(store, dataset).settings.system == SYSTEMS[1]
    assert not app.exception
