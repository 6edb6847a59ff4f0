"""Where a sentence stands in the document that it was cut out of.

An item keeps it among its notes, which every format with notes, the store and Review carry along;
`document`, `begin`, `before` and `after` are their names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NAMES = frozenset({"document", "begin", "before", "after"})


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """The place of one sentence.

    Attributes:
        document: the document's name.
        begin: of the sentence, in code points of the document's text.
        before: the text between the sentence before and this one, or from the document's start.
        after: the text behind the document's last sentence; "" for all others.
    """

    document: str
    begin: int
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, notes: Mapping[str, str]) -> DocumentPlace | None:
        """The place that an item's notes tell; None where they tell none."""
        name, begin = notes.get("document"), notes.get("begin", "")
        if not name or not begin.isdecimal():
            return None
        return cls(name, int(begin), notes.get("before", ""), notes.get("after", ""))

    @property
    def notes(self) -> dict[str, str]:
        """What an item keeps of it."""
        notes = {"document": self.document, "begin": str(self.begin), "before": self.before}
        return notes | ({"after": self.after} if self.after else {})
