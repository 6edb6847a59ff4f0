"""The address in the browser: nothing else reads or writes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NoReturn

import streamlit as st

Page = Literal["project", "datasets", "analyse", "review", "robustness", "engines"]
LONGEST = 400
"""Characters of a value that a page keeps, where it is a name or a word."""


def parameters() -> dict[str, str]:
    """What the address holds now."""
    return st.query_params.to_dict()


def put(values: Mapping[str, str]) -> bool:
    """Make these the parameters; False where they are that already.

    Every change is a step that the browser goes back to.
    """
    if parameters() == values:
        return False
    st.query_params.from_dict(values)
    return True


def keep(names: Collection[str]) -> dict[str, str]:
    """Take out what other pages left in the address; what is left is given back."""
    own = {name: text[:LONGEST] for name, text in parameters().items() if name in names}
    put(own)
    return own


def link(page: Page, label: str, values: Mapping[str, str] | None = None, icon: str = "") -> None:
    """A link to a page."""
    query_parameters = dict(values) if values else None
    st.page_link(f"pages/{page}.py", label=label, query_params=query_parameters, icon=icon or None)


def switch(page: Page, values: Mapping[str, str]) -> NoReturn:
    """Go to a page at once."""
    st.switch_page(f"pages/{page}.py", query_params=dict(values))


class Written:
    """The addresses that a page has written last, in the session.

    The browser may still send one of them with what it does next, which is no news.
    """

    def __init__(self, key: str, length: int) -> None:
        self._key, self._length = key, length

    def holds(self, address: Mapping[str, str]) -> bool:
        """The page has written this one itself, or taken it over."""
        return address in st.session_state.get(self._key, [])

    def begin(self, address: Mapping[str, str]) -> None:
        """Somebody put this one into the address: forget the others."""
        st.session_state[self._key] = [dict(address)]

    def add(self, address: Mapping[str, str]) -> None:
        """The page has just written this one."""
        before: list[Mapping[str, str]] = st.session_state.get(self._key, [])
        st.session_state[self._key] = [*before, dict(address)][-self._length :]
