"""The formats there are, and what each can hold.

docs/formats.md shows it as a table, which a test compares with what is said here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xproj_core.domain.registry import Registry
from xproj_core.formats.base import Carries, Reading
from xproj_core.formats.format import Format

formats: Registry[Format] = Registry("format")
_here = "xproj_core.formats"
_TAGS = Carries("one", "flat")
_EVERYTHING = Carries(
    "both",
    "nested",
    links=True,
    text=True,
    keys=True,
    gold=True,
    scores=True,
    others=True,
    notes=True,
    languages=True,
)
for _format in (
    Format("jsonl", "XProj JSONL", (".jsonl",), _EVERYTHING, f"{_here}.jsonl", appends=True),
    Format(
        "conll",
        "CoNLL columns, IOB2",
        (".conll", ".conll02", ".iob2", ".bio", ".tsv"),
        _TAGS,
        f"{_here}.iob2",
        appends=True,
    ),
    Format(
        "bilou",
        "CoNLL columns, BILOU",
        (".bilou", ".bioes"),
        _TAGS,
        f"{_here}.bilou",
        appends=True,
    ),
    Format(
        "pharaoh",
        "Pharaoh word links",
        (".pharaoh", ".talp", ".align"),
        Carries("none", "none", links=True),
        f"{_here}.links",
        needs="the sentences they link",
        appends=True,
    ),
    Format(
        "text",
        "Text, a sentence a line",
        (".txt",),
        Carries("one", "none"),
        f"{_here}.text",
        appends=True,
        own=Reading(words="spaces"),
    ),
    Format(
        "tsv",
        "Parallel text: source, tab, target, tab, links",
        (".tsv",),
        Carries("both", "none", links=True),
        f"{_here}.tsv",
        appends=True,
        own=Reading(words="spaces"),
    ),
    Format("label-studio", "Label Studio JSON", (".json",), _EVERYTHING, f"{_here}.label_studio"),
    Format(
        "doccano",
        "doccano JSONL",
        (".jsonl",),
        Carries(
            "one",
            "nested",
            text=True,
            keys=True,
            gold=True,
            others=True,
            notes=True,
            languages=True,
        ),
        f"{_here}.doccano",
        appends=True,
    ),
    Format(
        "brat",
        "brat standoff, zipped",
        (".zip",),
        Carries("both", "nested"),
        f"{_here}.brat",
        binary=True,
    ),
    Format(
        "webanno",
        "WebAnno TSV 3.3 (INCEpTION)",
        (".tsv",),
        Carries("one", "nested", text=True, keys=True, empty=False),
        f"{_here}.webanno",
    ),
    Format(
        "docbin",
        "spaCy DocBin",
        (".spacy",),
        Carries(
            "both",
            "nested",
            links=True,
            text=True,
            keys=True,
            gold=True,
            others=True,
            notes=True,
            languages=True,
        ),
        f"{_here}.docbin",
        binary=True,
    ),
    Format(
        "huggingface",
        "Hugging Face datasets folder, zipped",
        (".zip", ".parquet"),
        Carries("both", "flat", links=True, keys=True, gold=True),
        f"{_here}.huggingface",
        binary=True,
    ),
):
    formats.add(_format.name, _format, _format.title)


class _Formats(Mapping[str, Format]):
    """The registry as a mapping; it goes through those formats that can be loaded."""

    def __getitem__(self, name: str) -> Format:
        if name not in formats.names():
            raise KeyError(name)
        return formats.create(name)

    def __iter__(self) -> Iterator[str]:
        return (entry.name for entry in formats.usable())

    def __len__(self) -> int:
        return len(formats.usable())


FORMATS: Mapping[str, Format] = _Formats()
