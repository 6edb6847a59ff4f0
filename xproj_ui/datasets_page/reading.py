"""How the files are read: as what, in which languages, whose labels they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xproj_core.domain.errors import InputError
from xproj_core.formats import FORMATS, Reading
from xproj_ui.languages_menu import code, menu, name, named
from xproj_ui.say import escaped

if TYPE_CHECKING:
    from xproj_core.datasets import Guess, Part
    from xproj_ui.datasets_page.uploads import Given

_LOOKED = "add_looked"

_CUTS = {"lines": "A line of the text", "sentences": "To be found in the text"}
_SIDES = {"target": "Texts to label", "source": "Labelled texts to translate"}


@dataclass(frozen=True, slots=True)
class How:
    """The arguments of `datasets.read` besides the files."""

    format: str | None = None
    source_language: str | None = None
    target_language: str | None = None
    split: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """Changes when anything does."""
        return (
            self.format,
            self.source_language,
            self.target_language,
            self.split,
            *sorted(self.options.items()),
        )


def how(upload: Given) -> How:
    """Ask what the files do not say.

    Raises:
        InputError: they look like nothing that is known.
    """
    if upload.target is not None:
        with _row():
            source, target = _language("source", "en"), _language("target", None)
        return How(None, source, target, options=_labels() | _words())
    guess, format_name = _guess(upload)
    form = FORMATS.get(guess.layout)
    if form is None:
        part = _part(guess)
        return How(format_name, part.source, part.target, part.split)
    if form.carries.sides == "one":
        return _one_sided(guess.layout, format_name)
    source, target = (None, None) if form.carries.languages else _both()
    options = {} if form.carries.gold else _labels()
    return How(format_name, source, target, options=options | (_words() if _is_text(guess) else {}))


def _guess(upload: Given) -> tuple[Guess, str | None]:
    """What it looks like, or what a person says it is; and what has to be said of it, None
    where it is found out anyway, with its columns."""
    from xproj_core.datasets import detect, look
    from xproj_core.datasets.tree import tree

    files = tree(upload.source, upload.name)
    titles = {name: form.title for name, form in FORMATS.items() if not form.needs}
    titles |= detect.LAYOUTS
    cached = st.session_state.get(_LOOKED)
    if cached is None or cached[0] != upload.key:
        cached = (upload.key, look(files))
        st.session_state[_LOOKED] = cached
    guesses = {guess.layout: guess for guess in cached[1]}
    names = [*guesses, *(name for name in titles if name not in guesses)]
    chosen = st.selectbox(
        "Read as",
        names,
        format_func=lambda n: titles.get(n, n),
        key=f"add_format_{hash(upload.key)}",
        width=420,
    )
    if chosen in guesses:
        st.caption(escaped(f"It looks like this: {guesses[chosen].reason}."))
        return guesses[chosen], None if len(guesses) == 1 else chosen
    if chosen in FORMATS:
        return detect.as_format(files, chosen, Reading()), chosen
    layout_guess = detect.layout(chosen)(files, Reading())
    if layout_guess is None:
        raise InputError(f"The files are not laid out like {titles[chosen]}.")
    return layout_guess, chosen


def _part(guess: Guess) -> Part:
    """Which of the datasets that a corpus holds."""
    if len(guess.parts) == 1:
        return guess.parts[0]
    number = st.selectbox(
        "Which part",
        range(len(guess.parts)),
        key="add_part",
        width=420,
        format_func=lambda k: _spoken(guess.parts[k]),
    )
    return guess.parts[number]


def _spoken(part: Part) -> str:
    pair = " → ".join(name(code) for code in (part.source, part.target) if code)
    return ", ".join(x for x in (pair, part.split) if x)


def _one_sided(layout: str, format_name: str | None) -> How:
    """A file with one sentence an item: which side it is, and in which language."""
    with _row():
        side = st.segmented_control(
            "What is in it",
            list(_SIDES),
            default="target",
            required=True,
            format_func=_SIDES.__getitem__,
            key="add_side",
        )
        language = _language(side or "target", None)
    options = {"side": side or "target"} | _labels()
    if layout == "text":
        options |= _cut()
    if side == "source":
        return How(format_name, language, None, options=options)
    return How(format_name, None, language, options=options)


def _cut() -> dict[str, object]:
    """How a plain text is cut into sentences and words."""
    cut = st.segmented_control(
        "A sentence is",
        list(_CUTS),
        default="lines",
        required=True,
        format_func=_CUTS.__getitem__,
        key="add_cut",
        help="A text that is cut stays together: its sentences are shown with those around them,"
        " and it can be written again as it was, with the labels in it.",
    )
    if cut == "sentences":
        return {"cut": "sentences", "words": "words"}
    return _words()


def _words() -> dict[str, object]:
    """Words that are there are not cut again unless somebody asks for it, as in the shell."""
    spaces = st.toggle("The words are separated by spaces already", True, key="add_spaces")
    return {"words": "spaces" if spaces else "words"}


def _is_text(guess: Guess) -> bool:
    """True for parallel text: nothing says where its words end but its spaces."""
    form = FORMATS[guess.layout]
    return form.carries.spans == "none"


def _both() -> tuple[str | None, str | None]:
    with _row():
        return _language("source", "en"), _language("target", None)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom")


def _language(side: str, first: str | None) -> str | None:
    index = menu().index(first) if first in menu() else None
    chosen = st.selectbox(
        f"Language of the {side}",
        menu(),
        index=index,
        format_func=named,
        width=220,
        accept_new_options=True,
        placeholder="Choose a language",
        key=f"add_language_{side}",
    )
    return code(chosen or "") or None


def _labels() -> dict[str, object]:
    people = st.toggle(
        "Labels in it are a person's",
        True,
        key="add_gold",
        help="Off: they are somebody's guess. They are kept, but nothing is scored against them.",
    )
    return {"gold": people}
