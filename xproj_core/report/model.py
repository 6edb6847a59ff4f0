"""What a report consists of, before it is HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from xproj_core.tables.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing. `svg` is markup of our own making, everything in it escaped already.

    Attributes:
        narrow: as narrow as a phone; several stand side by side where there is room.
    """

    svg: str
    caption: str = ""
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Terms and what is said of them."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """A sentence that is shown, with its drawings.

    Attributes:
        why: why this one.
        line: the target with a track per system, SVG.
        drawings: a drawing per system that is shown in full, SVG.
        remarks: (system, kind of error, message) of what went wrong.
    """

    title: str
    why: str
    line: str
    drawings: tuple[str, ...]
    remarks: tuple[tuple[str, str, str], ...] = ()


Block = Table | Figure | Paragraph | Listed | Picked


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `name` is its anchor."""

    name: str
    title: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One file to hand on.

    Attributes:
        signatures: (run, line that says what it was made with).
        provenance: when, and with which version.
    """

    title: str
    subtitle: str
    signatures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    provenance: str = ""
    notes: tuple[str, ...] = field(default=())

    def tables(self) -> Iterator[Table]:
        """All tables, in order."""
        for section in self.sections:
            yield from (b for b in section.blocks if isinstance(b, Table))
