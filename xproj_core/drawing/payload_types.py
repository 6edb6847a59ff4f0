"""What the drawing is given: plain JSON, with every index a token index.

Spans are half-open. Scores are rounded to two decimals.
"""

from __future__ import annotations

from typing import Literal, TypedDict

View = Literal["ribbons", "heat"]
Direction = Literal["ltr", "rtl"]
Cell = tuple[int, int, float]


class SentenceView(TypedDict):
    """A sentence, stored once however many rows show it."""

    tokens: list[str]
    language: str
    dir: Direction


class SpanView(TypedDict):
    """A span in its lane.

    `kind` is "entity", "gold", or "via" for the words of an intermediate sentence through
    which an entity's links run. `entity` is the id of its explanation.
    """

    start: int
    end: int
    label: str
    lane: int
    kind: Literal["entity", "gold", "via"]
    entity: str | None
    aria: str


class RowView(TypedDict):
    """One sentence of a method's chain. `slot` None where it cannot be typed over."""

    sentence: int
    name: str
    origin: str
    origin_title: str
    slot: str | None
    spans: list[SpanView]
    lanes: int


class LinkView(TypedDict):
    """A link between neighbouring rows; `label` when both ends are in entities of it."""

    source: int
    target: int
    score: float
    label: str | None


class BondView(TypedDict):
    """Two spans that belong together without any word being linked (markers)."""

    source: tuple[int, int]
    target: tuple[int, int]
    label: str


class HopView(TypedDict):
    """What connects a row to the next."""

    links: list[LinkView]
    bonds: list[BondView]


class MatrixView(TypedDict):
    """A matrix over two rows of the column; cells that round to 0 are left out."""

    title: str
    help: str
    rows: int
    columns: int
    cells: list[Cell]
    links: list[tuple[int, int]]


class CandidateView(TypedDict):
    start: int
    end: int
    text: str
    linked: str
    score: float
    score_text: str
    parts: list[tuple[str, str]]
    verdict: str
    chosen: bool


class StageView(TypedDict):
    """One step of the chain as an entity went through it.

    `state` is "failed" for the step to blame, "open" for those that were never reached, and
    "absent" for those that the method does not have.
    """

    step: str
    name: str
    state: Literal["done", "failed", "open", "absent"]
    text: str


class OutcomeView(TypedDict):
    """What a method made of a gold entity, and the id of the explanation."""

    title: str
    entity: str
    text: str
    right: bool


class WhyView(TypedDict):
    """Why one entity is where it is, or why it is nowhere.

    `opening` says it in whole sentences. `source` lies in the row `source_row` of the chain,
    `target` in the last. `outcomes`: what each method made of the gold entity that this is about.
    """

    id: str
    lost: bool
    label: str
    text: str
    question: str
    opening: str
    stages: list[StageView]
    outcomes: list[OutcomeView]
    facts: str
    message: str
    reason: str
    rule: str
    steps: list[str]
    links: list[tuple[str, str, str]]
    candidates: list[CandidateView]
    more: int
    best: float
    source: tuple[int, int] | None
    source_row: int
    target: tuple[int, int] | None


class Piece(TypedDict):
    """A piece of a sentence, with its tone."""

    text: str
    tone: Literal["plain", "good", "bad"]


class ColumnView(TypedDict):
    method: str
    title: str
    route: str
    count: str
    problem: str | None
    notes: list[str]
    summary: list[Piece]
    rows: list[RowView]
    hops: list[HopView]
    matrices: list[MatrixView]
    why: list[WhyView]


class TrackView(TypedDict):
    """A method's labels on the target line; `column` None for gold."""

    title: str
    column: int | None
    spans: list[SpanView]
    lanes: int
    note: str


class Payload(TypedDict):
    """The whole drawing. `digest` changes when anything but view and selection does.

    `closed` where the matrices are left out, because nobody looks at them.
    """

    view: View
    selected: str | None
    digest: str
    closed: bool
    sentences: list[SentenceView]
    target: int | None
    disagreements: list[int]
    differ: str
    tracks: list[TrackView]
    columns: list[ColumnView]
    colours: dict[str, tuple[str, str]]
    step_colours: dict[str, tuple[str, str]]
