"""Formats, by name: one module each, with loads and dumps over items.

    read = FORMATS["conll"].loads(data, file="news.conll", target="sw")
    FORMATS["jsonl"].dumps(read.items)
    FORMATS["conll"].losses(items)      what would be lost, in sentences

What each can hold stands beside its name; docs/formats.md shows it as a table, which a test
compares with what is said here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any

from xproj_core.domain.item import Item
from xproj_core.formats.base import WRITING, Carries, Read, Reading, Writing
from xproj_core.formats.losses import losses

__all__ = ["FORMATS", "Carries", "Format", "Read", "Reading", "Writing"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        title: for people.
        suffixes: endings of file names, the usual one first.
        carries: what survives writing and reading again.
        file: the module's name.
        needs: what reading needs besides the file, as words; "" if nothing.
        binary: bytes rather than text.
        appends: what is written of many items is what is written of some, then of the others.
        own: how its own files are to be read where that differs from the default.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    carries: Carries
    file: str
    needs: str = ""
    binary: bool = False
    appends: bool = False
    own: Reading = field(default_factory=Reading)

    @property
    def module(self) -> ModuleType:
        """Has `loads(data, *, file, how)` and `dumps(items, *, how)`; imported when needed."""
        return import_module(f"xproj_core.formats.{self.file}")

    def loads(self, data: bytes | str, *, file: str | None = None, **how: Any) -> Read:
        """The items of a file; `how` are fields of `Reading` (languages, side, partial, ...).

        Raises:
            FormatError: it does not parse; file, line and what was expected are named.
        """
        read: Read = self.module.loads(data, file=file, how=Reading(**how))
        return read

    def dumps(self, items: Iterable[Item], *, how: Writing = WRITING) -> bytes:
        """The file's bytes.

        Raises:
            InputError: something that this format cannot hold and must not leave out.
        """
        made: bytes | str = self.module.dumps(items, how=how)
        return made if isinstance(made, bytes) else made.encode()

    def losses(self, items: Iterable[Item], how: Writing = WRITING) -> tuple[str, ...]:
        """What the file will not say of these items, one sentence each; to be shown before."""
        return losses(items, self.carries, how)


_COLUMNS = Carries("one", "flat")

FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format(
            "jsonl", "XProj JSONL", (".jsonl",),
            Carries("both", "nested", links=True, text=True, keys=True, gold=True, scores=True,
                    others=True, notes=True, languages=True),
            "jsonl", appends=True,
        ),
        Format(
            "conll", "CoNLL columns, IOB2",
            (".conll", ".conll02", ".iob2", ".bio", ".tsv"), _COLUMNS, "iob2",
            appends=True,
        ),
        Format("bilou", "CoNLL columns, BILOU", (".bilou", ".bioes"), _COLUMNS, "bilou",
               appends=True),
        Format(
            "pharaoh", "Pharaoh word links", (".pharaoh", ".talp", ".align"),
            Carries("none", "none", links=True), "links", needs="the sentences they link",
            appends=True,
        ),
        Format(
            "text", "Text, a sentence a line", (".txt",), Carries("one", "none"), "text",
            appends=True, own=Reading(words="spaces"),
        ),
        Format(
            "tsv", "Parallel text: source, tab, target, tab, links", (".tsv",),
            Carries("both", "none", links=True), "tsv", appends=True, own=Reading(words="spaces"),
        ),
        Format(
            "label-studio", "Label Studio JSON", (".json",),
            Carries("both", "nested", links=True, text=True, keys=True, gold=True, scores=True,
                    others=True, notes=True, languages=True),
            "label_studio",
        ),
        Format(
            "doccano", "doccano JSONL", (".jsonl",),
            Carries("one", "nested", text=True, keys=True, gold=True, others=True, notes=True,
                    languages=True),
            "doccano", appends=True,
        ),
        Format(
            "brat", "brat standoff, zipped", (".zip",), Carries("both", "nested"), "brat",
            binary=True,
        ),
        Format(
            "webanno", "WebAnno TSV 3.3 (INCEpTION)", (".tsv",),
            Carries("one", "nested", text=True, keys=True, empty=False), "webanno",
        ),
        Format(
            "docbin", "spaCy DocBin", (".spacy",),
            Carries("both", "nested", links=True, text=True, keys=True, gold=True, others=True,
                    notes=True, languages=True),
            "docbin", binary=True,
        ),
        Format(
            "huggingface", "Hugging Face datasets folder, zipped", (".zip", ".parquet"),
            Carries("both", "flat", links=True, keys=True, gold=True), "huggingface",
            binary=True,
        ),
    )
}  # fmt: skip
