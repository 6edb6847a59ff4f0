"""Turning a question round: the other language's sentence becomes the text."""

from __future__ import annotations

from dataclasses import replace

from xproj_core.answers.one_sentence import Comparison
from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError
from xproj_core.formats.inline import dump_inline
from xproj_core.methods import Mode
from xproj_ui.address.project_view import View


def swapped(view: View, last: Comparison | None) -> View:
    """Source and target exchanged; the text is the translation, if there was one."""
    question = view.question
    other = _other_side(last, question.mode)
    turned = replace(
        question,
        text=question.text if other is None else marked(other),
        source=question.target,
        target=question.source,
        edits={},
    )
    return replace(view, question=turned, selected=None)


def _other_side(last: Comparison | None, mode: Mode) -> Sentence | None:
    """The sentence that was not given, with the first method's labels."""
    for column in last.columns if last else ():
        if column.evidence is None or len(column.evidence.chain) < 2:
            continue
        if mode is Mode.LABEL:
            return column.evidence.source.labelled(())
        spans = column.projection.spans if column.projection else ()
        return column.evidence.target.labelled(spans)
    return None


def marked(sentence: Sentence) -> str:
    """The sentence with its labels inline; without them where they cross each other."""
    try:
        return dump_inline(sentence)
    except InputError:
        return dump_inline(sentence.labelled(()))
