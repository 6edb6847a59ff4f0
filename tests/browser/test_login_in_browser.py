"""People who log in at an OpenID Connect provider and correct under the names that it gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import oidc_provider
from tests.browser.conftest import ROOT, SAVED, OpenPage, free_port, started
from xproj_core.annotation.settings import Settings
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.review.desk import Desk
from xproj_core.store import open_store
from xproj_core.store.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PEOPLE = {
    "ana": {"sub": "1001", "name": "Ana Obi", "email": "ana@example.org", "email_verified": True},
    # calls himself what somebody else is called
    "ben": {"sub": "1002", "name": "Ana Obi", "email": "ben@example.org", "email_verified": True},
}
ANA, BEN = "Ana Obi (ana@example.org)", "Ana Obi (ben@example.org)"
WORDS = ("Ada", "Weber", "met", "Kofi", "in", "Lagos", ".")


def _pair(key: str, end: str) -> Item:
    source = Sentence((*WORDS[:-1], end), "en", (Span(0, 2, "PER"), Span(5, 6, "LOC")))
    target = Sentence(
        tuple("traf" if w == "met" else w for w in source.tokens),
        "de",
        (Span(0, 1, "PER"), Span(5, 6, "ORG")),
    )
    return Item(key, source, target, links=Links(frozenset((i, i) for i in range(7))))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("login")


@pytest.fixture(scope="module")
def store(data: Path) -> Iterator[Store]:
    with open_store(str(data / "xproj.sqlite")) as new_store:
        yield new_store


@pytest.fixture
def dataset(store: Store) -> str:
    dataset_id = store.datasets.add(
        "Three", [_pair(f"k{e}", e) for e in ".!?"], "en", "de", ["PER", "LOC", "ORG"]
    )
    store.reviews.set(dataset_id, Settings(double=True))
    return dataset_id


def _secrets(provider: oidc_provider.Provider, redirect_uri: str) -> str:
    values = {
        "redirect_uri": redirect_uri,
        "cookie_secret": "long enough for a test, and of no use elsewhere",
        "client_id": oidc_provider.CLIENT,
        "client_secret": oidc_provider.SECRET,
        "server_metadata_url": provider.metadata_url,
    }
    return "\n".join(["[auth]", *(f"{k} = {json.dumps(v)}" for k, v in values.items())])


@pytest.fixture(scope="module")
def provider_and_app(browser: Browser, data: Path) -> Iterator[tuple[oidc_provider.Provider, str]]:
    """Both, knowing of each other through a secrets file in a folder of the tests' own."""
    port = free_port()
    redirect_uri = f"http://127.0.0.1:{port}/oauth2callback"
    with oidc_provider.running(PEOPLE, redirect_uri) as provider:
        secrets = data / "secrets.toml"
        secrets.write_text(_secrets(provider, redirect_uri), "utf-8")
        with started(ROOT / "app.py", data, port, "--secrets.files", str(secrets)) as url:
            yield provider, url


@pytest.fixture
def provider(provider_and_app: tuple[oidc_provider.Provider, str]) -> oidc_provider.Provider:
    return provider_and_app[0]


@pytest.fixture
def person(
    browser: Browser, provider_and_app: tuple[oidc_provider.Provider, str], dataset: str
) -> Iterator[OpenPage]:
    """A browser of somebody's own, at a sentence."""
    _, url = provider_and_app
    contexts, errors = [], []

    def go(item: str = "k!", viewport: ViewportSize | None = None) -> Page:
        context = browser.new_context(reduced_motion="reduce", viewport=viewport)
        contexts.append(context)
        # what somebody typed when nobody had to log in, or put there to pass for another
        context.add_cookies([{"name": "xproj_name", "value": "Kofi", "url": url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{url}/review?dataset={dataset}&item={item}")
        _at(page, item)
        return page

    yield go
    for context in contexts:
        context.close()
    assert errors == []


def _at(page: Page, item: str) -> None:
    n = ".!?".index(item[1]) + 1
    page.get_by_text(f"{n} of 3", exact=True).wait_for(timeout=30_000)
    page.locator(".xp .etok").first.wait_for()


def _log_in(page: Page, user: str, item: str = "k!") -> None:
    page.get_by_role("button", name="Log in to correct").click()
    page.get_by_label("User name").fill(user)
    page.get_by_role("button", name="Continue").click()
    if user in PEOPLE:
        page.locator("[data-act=done]").wait_for(timeout=30_000)
        _at(page, item)  # where it was before


def _at_home(page: Page) -> None:
    page.wait_for_function("location.pathname === '/'")
    page.get_by_role("link", name="Review").first.wait_for(state="attached", timeout=30_000)


def _settled(page: Page) -> None:
    page.locator(".esaved", has_text=SAVED).wait_for()
    page.get_by_text(re.compile(r"Saving|Opening")).wait_for(state="detached")


def _history(page: Page) -> str:
    """Opens the history and reads it; a second click on its name would close it again."""
    page.get_by_role("radio", name="History").click()
    table = page.locator("[data-testid=stMarkdown] table")
    table.wait_for()
    return table.inner_text()


def test_two_people_log_in_correct_and_log_out(
    person: OpenPage, provider: oidc_provider.Provider, store: Store, dataset: str
) -> None:
    ana = person()
    assert ana.locator("[data-act=done]").count() == 0  # to look at only
    assert ana.get_by_label("Your name").count() == 0
    _log_in(ana, "ana")
    request = provider.requests[-1]
    assert request["code_challenge_method"] == "S256" and request["nonce"] and request["state"]
    ana.locator('.ebar.chosen[aria-label^="PER, Ada,"]').wait_for()
    ana.keyboard.press("Shift+ArrowRight")  # Ada Weber
    _settled(ana)
    assert ANA in _history(ana)

    ben = person()
    _log_in(ben, "ben")
    ben.locator('.ebar.chosen[aria-label^="PER, Ada,"]').wait_for()
    ben.keyboard.press("r")
    _settled(ben)
    history = _history(ben)
    assert BEN in history and ANA not in history

    versions = Desk(store, dataset).versions(1)
    assert {layer: [s.mark.status for s in v.on("target")] for layer, v in versions.items()} == {
        f"by:{ANA}": ["corrected", "projected"],
        f"by:{BEN}": ["projected"],  # what was rejected is none of them
    }

    ana.get_by_role("button", name="Ana Obi").click()
    ana.get_by_text("Your actions are kept under").wait_for()
    ana.get_by_role("button", name="Log out").click()
    _at_home(ana)
    ana.get_by_role("link", name="Review").first.click(timeout=30_000)
    ana.get_by_role("button", name="Log in to correct").wait_for(timeout=30_000)
    assert "1001" in provider.logged_out
    ana.reload()  # for good
    ana.get_by_role("button", name="Log in to correct").wait_for(timeout=30_000)
    assert ana.locator("[data-act=done]").count() == 0


def test_nobody_acts_in_the_name_of_another(
    person: OpenPage,
    store: Store,
    dataset: str,
    provider_and_app: tuple[oidc_provider.Provider, str],
) -> None:
    _, url = provider_and_app
    page = person("k.")
    _log_in(page, "ben", "k.")
    page.goto(f"{url}/review?dataset={dataset}&item=k.&layer=by:{ANA}")
    page.get_by_text(f"The version of {ANA}, to look at.", exact=True).wait_for(timeout=30_000)
    assert page.locator("[data-act=done]").count() == 0
    page.keyboard.press("a")
    assert list(store.documents.events(dataset)) == []


def test_who_does_not_log_in_in_the_end_is_back_without_a_name(person: OpenPage) -> None:
    page = person("k?", viewport={"width": 390, "height": 800})
    _log_in(page, "stranger")
    _at_home(page)
    assert page.get_by_role("button", name="Ana Obi").count() == 0
