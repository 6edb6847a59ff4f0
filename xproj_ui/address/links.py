"""Ways from page to page: what the address of the other page has to hold."""

from __future__ import annotations

from xproj_core.answers.one_sentence import Question, Typed
from xproj_core.domain import Sentence
from xproj_core.domain.errors import XProjError
from xproj_core.domain.item import Item
from xproj_core.formats import conll, iob
from xproj_core.formats.inline import dump_inline
from xproj_core.methods import Mode
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.text.detokenise import text_of
from xproj_ui.address import analyse, project, review, robustness
from xproj_ui.address.project_view import View


def to_analyse(run: str) -> dict[str, str]:
    """The figures of a run."""
    return analyse.encode(analyse.View(run=(run,)))


def to_review(dataset: str, item: str = "", run: str = "", system: str = "") -> dict[str, str]:
    """A sentence of a dataset, or its queue, with the labels of a run or of one of its systems."""
    view = review.View(dataset=dataset, item=item)
    return review.encode(view) | review.encode_request(review.Request(run, system))


def to_robustness(dataset: str) -> dict[str, str]:
    """A sweep over a dataset."""
    return {robustness.DATASET.name: dataset}


def to_project(item: Item, configuration: RunConfiguration) -> dict[str, str] | None:
    """A sentence on the project page as a run had it; None if no link can hold it."""
    label = configuration.mode is Mode.LABEL
    sentence = item.target if label else item.source
    if sentence is None or not len(sentence):
        return None
    try:
        parameters = project.encode(_view(item, sentence, configuration))
    except XProjError:
        return None
    return None if project.too_long(parameters) else parameters


def _view(item: Item, sentence: Sentence, configuration: RunConfiguration) -> View:
    side = "target" if configuration.mode is Mode.LABEL else "source"
    chosen, projector = configuration.methods, configuration.projectors[0]
    question = Question(
        configuration.mode,
        _text(sentence, labelled=side in item.gold),
        configuration.source,
        configuration.target,
        configuration.pivot,
        methods=tuple(dict.fromkeys(c.name for c in chosen)),
        method_options={c.name: dict(c.options) for c in chosen if c.options},
        projector=projector.name,
        projector_options=dict(projector.options),
        edits=_edits(item, configuration),
    )
    return View(question, configuration.engines[0])


def _text(sentence: Sentence, labelled: bool) -> str:
    """As columns where it has gold labels, which keeps its words apart; else as text."""
    if not labelled or len(sentence) < 2:
        return dump_inline(sentence) if labelled else text_of(sentence)
    try:
        return conll.dumps([(sentence.tokens, iob.tags(sentence.spans, len(sentence)))]).strip()
    except XProjError:
        return dump_inline(sentence)  # entities that share words


def _edits(item: Item, configuration: RunConfiguration) -> dict[str, Typed]:
    """The translations that came with the data; the engine makes the others itself."""
    edits: dict[str, Typed] = {}
    if not configuration.given.translations:
        return edits
    label, pivot = configuration.mode is Mode.LABEL, configuration.pivot
    other = item.source if label else item.target
    if other is not None and len(other):
        slot = "source" if label else "target"
        labelled = configuration.given.labels and slot == "source" and "source" in item.gold
        edits[slot] = _typed(other, labelled)
        if label and pivot is not None:
            edits["pivot-source"] = edits[slot]
    if pivot is not None and pivot in item.others:
        edits["pivot"] = _typed(item.others[pivot], False)
    return edits


def _typed(sentence: Sentence, labelled: bool) -> Typed:
    return Typed(dump_inline(sentence if labelled else sentence.labelled(())), labelled)
