"""The sentences of a comparison that a person may type over."""

from __future__ import annotations

from dataclasses import dataclass

from xproj_core.answers.one_sentence import Comparison, Question
from xproj_core.domain import Sentence
from xproj_core.drawing import wording
from xproj_core.methods import SLOTS, Mode
from xproj_ui.languages_menu import name

_NEEDED = {
    "direct": ("source", "target"),
    "pivot": ("pivot", "pivot-source", "target"),
    "back_translation": ("source", "back", "target"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One such sentence.

    Attributes:
        sentence: what the answer has there, with its labels; None where there is nothing yet.
        carries_labels: True where labels are read off it, so that they can be corrected.
    """

    name: str
    title: str
    language: str
    sentence: Sentence | None
    origin: str
    carries_labels: bool


def slots(question: Question, comparison: Comparison | None) -> list[Slot]:
    """All slots that the methods shown use, in the order of the chain."""
    sentences = _collect_sentences(question, comparison)
    slot_names = {slot for m in question.methods for slot in _NEEDED.get(m, ("source",))}
    if question.pivot is None:
        slot_names -= {"pivot", "pivot-source"}
    return [
        Slot(
            slot,
            title(question, slot),
            _language(question, slot),
            sentences[slot][0] if slot in sentences else None,
            sentences[slot][1] if slot in sentences else "",
            carries_labels(question.mode, slot),
        )
        for slot in SLOTS[question.mode]
        if slot in slot_names or slot in sentences or slot in question.edits
    ]


def carries_labels(mode: Mode, slot: str) -> bool:
    """True for the sentences whose labels are projected."""
    return slot == "source" or (mode is Mode.LABEL and slot == "pivot-source")


def _collect_sentences(
    question: Question, comparison: Comparison | None
) -> dict[str, tuple[Sentence, str]]:
    sentences: dict[str, tuple[Sentence, str]] = {}
    for column in comparison.columns if comparison else ():
        if column.evidence is None:
            continue
        chain, origins = column.evidence.chain, column.evidence.origins
        for row, sentence in enumerate(chain):
            slot = wording.slot(column.method, question.mode, row, len(chain))
            if slot is not None:
                origin = origins[row] if row < len(origins) else ""
                sentences.setdefault(slot, (sentence, origin))
    return sentences


def _language(question: Question, slot: str) -> str:
    if slot == "target" or (slot == "back" and question.mode is Mode.LABEL):
        return question.target
    return question.pivot or "" if slot == "pivot" else question.source


def title(question: Question, slot: str) -> str:
    """What a slot is called on the page."""
    language, pivot = name(_language(question, slot)), name(question.pivot or "")
    if slot == "source" and question.mode is Mode.TRANSLATE:
        return f"{language} source and its labels"
    return {
        "source": f"{language} translation",
        "target": f"{language} translation",
        "pivot": f"{language} pivot",
        "pivot-source": f"{language}, translated from the {pivot}",
        "back": f"Back-translation into {language}",
    }[slot]
