"""Labels of a dataset to those that somebody else knows: renamed or left out, and said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.text.strings import counted

# What taggers and corpora call the same things.
SAME = {
    "PERSON": "PER",
    "LOCATION": "LOC",
    "ORGANIZATION": "ORG",
    "ORGANISATION": "ORG",
    "GPE": "LOC",
    "FAC": "LOC",
    "GEO": "LOC",
    "CORPORATION": "ORG",
    "GROUP": "ORG",
}


@dataclass(frozen=True)
class LabelMap:
    """What becomes of each label.

    Attributes:
        changes: label to its new name, or to None if its spans are left out. A label that is not
            named stays as it is.
    """

    changes: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def onto(cls, labels: Iterable[str], known: Iterable[str]) -> LabelMap:
        """The labels of a dataset onto those that are known: the same thing under another name
        is renamed, what is not known (MISC, DATE) is left out, as the papers do."""
        known = frozenset(known)
        changes: dict[str, str | None] = {}
        for label in labels:
            if label not in known:
                same = SAME.get(label.upper(), label.upper())
                changes[label] = same if same in known else None
        return cls(changes)

    @classmethod
    def parse(cls, text: str) -> LabelMap:
        """From "PERSON=PER, DATE=": an empty right side leaves a label out.

        Raises:
            InputError: a part without "=".
        """
        changes: dict[str, str | None] = {}
        for part in filter(None, (p.strip() for p in text.split(","))):
            label, sign, new = (p.strip() for p in part.partition("="))
            if not sign or not label:
                raise InputError(
                    f"{part!r} does not say what becomes of a label. Write PERSON=PER to rename"
                    " it, DATE= to leave it out."
                )
            changes[label] = new or None
        return cls(changes)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def sentence(self, sentence: Sentence, counts: Counter[str] | None = None) -> Sentence:
        """A sentence with its labels changed; `counts` is told how often each was."""
        if not any(s.label in self.changes for s in sentence.spans):
            return sentence
        spans = []
        for span in sentence.spans:
            new = self.changes.get(span.label, span.label)
            if counts is not None and new != span.label:
                counts[span.label] += 1
            if new is not None:
                spans.append(span if new == span.label else replace(span, label=new))
        return replace(sentence, spans=tuple(sorted(set(spans))))

    def item(self, item: Item, counts: Counter[str] | None = None) -> Item:
        """An item with the labels of all its sentences changed."""
        return replace(
            item,
            source=None if item.source is None else self.sentence(item.source, counts),
            target=None if item.target is None else self.sentence(item.target, counts),
            others={code: self.sentence(s, counts) for code, s in item.others.items()},
        )

    def describe(self, counts: Mapping[str, int]) -> tuple[str, ...]:
        """A sentence for each label that was changed."""
        return tuple(
            f"{label} was {'left out' if new is None else f'read as {new}'}"
            f" ({counted(counts[label], 'span')})."
            for label, new in self.changes.items()
            if counts.get(label)
        )


AS_THEY_ARE = LabelMap()
