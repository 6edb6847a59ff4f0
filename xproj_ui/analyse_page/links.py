"""From a sentence of a run to the main page and to review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.answers.one_sentence import Question, Typed
from xproj_core.domain import Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.formats import conll, iob
from xproj_core.formats.inline import dump_inline
from xproj_core.methods import Mode
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.text.detokenise import text_of
from xproj_ui.project_page import address
from xproj_ui.project_page.view import View

if TYPE_CHECKING:
    from xproj_core.store.runs import Run

_PAGES = Path(__file__).resolve().parents[2] / "pages"
DATASETS, REVIEW = _PAGES / "datasets.py", _PAGES / "review.py"


def to_project(item: Item, one: RunConfiguration) -> dict[str, str] | None:
    """The main page's parameters for a sentence as a run had it; None if no link can hold it."""
    given = item.target if one.mode is Mode.LABEL else item.source
    if given is None or not len(given):
        return None
    side = "target" if one.mode is Mode.LABEL else "source"
    projector = one.projectors[0]
    try:
        view = View(
            Question(
                one.mode,
                _text(given, labelled=side in item.gold),
                one.source,
                one.target,
                one.pivot,
                methods=tuple(dict.fromkeys(c.name for c in one.methods)),
                method_options={c.name: dict(c.options) for c in one.methods if c.options},
                projector=projector.name,
                projector_options=dict(projector.options),
                edits=_edits(item, one),
            ),
            one.engines[0],
        )
        parameters = address.encode(view)
    except XProjError:
        return None
    return None if address.too_long(parameters) else parameters


def _text(sentence: Sentence, labelled: bool) -> str:
    """As columns where it has gold labels, which keeps its words apart; else as text."""
    if not labelled or len(sentence) < 2:
        return dump_inline(sentence) if labelled else text_of(sentence)
    try:
        return conll.dumps([(sentence.tokens, iob.tags(sentence.spans, len(sentence)))]).strip()
    except XProjError:
        return dump_inline(sentence)  # entities that share words


def _edits(item: Item, one: RunConfiguration) -> dict[str, Typed]:
    """The translations that came with the data; the engine makes the others itself."""
    edits: dict[str, Typed] = {}
    if not one.given.translations:
        return edits
    other = item.source if one.mode is Mode.LABEL else item.target
    if other is not None and len(other):
        slot = "source" if one.mode is Mode.LABEL else "target"
        labelled = one.given.labels and slot == "source" and "source" in item.gold
        edits[slot] = _typed(other, labelled)
        if one.mode is Mode.LABEL and one.pivot is not None:
            edits["pivot-source"] = edits[slot]
    if one.pivot is not None and one.pivot in item.others:
        edits["pivot"] = _typed(item.others[one.pivot], False)
    return edits


def _typed(sentence: Sentence, labelled: bool) -> Typed:
    return Typed(dump_inline(sentence if labelled else sentence.labelled(())), labelled)


def to_review(run: Run, item: Item, system: str) -> dict[str, str]:
    """The review page's parameters: what this system made of this sentence."""
    return {"dataset": run.dataset, "item": item.key, "run": run.id, "system": system}
