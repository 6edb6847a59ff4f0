"""The documents of a run: each text as it was, with a system's labels in their places."""

from __future__ import annotations

from pathlib import Path

from xproj_core.domain import Sentence
from xproj_core.domain.document_place import DocumentPlace
from xproj_core.domain.item import Item
from xproj_core.formats import jsonl
from xproj_core.formats.base import Writing


class DocumentFile:
    """JSONL with a document a line; there is no file where the data have no documents.

    Sentences come in the data's order. Those of one document are held until it ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sentences: list[Item] = []
        self._document: str | None = None
        path.unlink(missing_ok=True)

    def add(self, item: Item, labelled: Sentence) -> None:
        """Take the next sentence with its labels."""
        place = DocumentPlace.of(item.notes)
        document = None if place is None else place.document
        if document != self._document:
            self.flush()
        if document is not None:
            self._document = document
            self._sentences.append(Item(item.key, target=labelled, notes=item.notes))

    def flush(self) -> None:
        """Write the document that is held, if there is one."""
        if self._sentences:
            with self._path.open("a", encoding="utf-8", newline="") as file:
                file.write(jsonl.dumps(self._sentences, how=Writing(documents=True)))
        self._sentences, self._document = [], None
