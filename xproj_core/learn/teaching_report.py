"""What teaching led to: where it lies, and how good it is on sentences that were held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypedDict

from xproj_core.domain import Span, codec
from xproj_core.domain.codec import Finite, Form, Json, Layout
from xproj_core.evaluate.scores.entities import EntityScores


@dataclass(frozen=True)
class TranslationExample:
    """A held-out sentence, what the translator made of it, and what a person did."""

    source: str
    translation: str
    reference: str


@dataclass
class TranslatorReport:
    """What training led to, by direction ("en-sw").

    `chrf` is measured on `held_out` sentence pairs that nothing was trained or tuned on.
    """

    pairs: int
    held_out: int
    phrase_pairs: int
    chrf: dict[str, float] = field(default_factory=dict)
    examples: dict[str, list[TranslationExample]] = field(default_factory=dict)


@dataclass(frozen=True)
class TaggingExample:
    """A held-out sentence with the entities that a person and the tagger see in it."""

    tokens: tuple[str, ...]
    gold: tuple[Span, ...]
    found: tuple[Span, ...]

    def marked(self) -> tuple[str, str]:
        """The sentence with the tagger's entities in brackets, and with a person's."""
        return _marked(self.tokens, self.found), _marked(self.tokens, self.gold)


class _StoredSpan(TypedDict):
    start: int
    end: int
    label: str
    score: Finite | None


_SPANS = Form[tuple[Span, ...], tuple[_StoredSpan, ...]](
    tuple[_StoredSpan, ...],
    lambda spans: [asdict(span) for span in spans],
    lambda stored: tuple(Span(**span) for span in stored),
)
codec.register(TaggingExample, Layout(forms={"gold": _SPANS, "found": _SPANS}))


def _marked(tokens: Sequence[str], spans: Sequence[Span]) -> str:
    words = list(tokens)
    for span in spans:
        words[span.start] = "[" + words[span.start]
        words[span.end - 1] += f"]({span.label})"
    return " ".join(words)


@dataclass(frozen=True)
class GoldScores:
    """What the stored tagger reaches on sentences that people labelled and it never saw."""

    sentences: int
    scores: EntityScores


@dataclass(frozen=True)
class TaggerReport:
    """How good a tagger is that learnt from nine tenths of the sentences.

    The one that is stored has learnt from all of them, so it will not be worse. `scores` holds it
    against the labels of the file that it learnt from, whoever made them; `gold` against people's,
    None where none were given.
    """

    language: str
    sentences: int
    entities: int
    held_out: int
    scores: EntityScores
    examples: tuple[TaggingExample, ...]
    gold: GoldScores | None = None


@dataclass(frozen=True)
class Taught:
    """What a trainer made.

    Attributes:
        folder: load it as "mini:FOLDER", translator, aligner and tagger alike.
        report: sentence pairs, held-out chrF, examples.
        tagger: sentences, held-out F1, examples; None where no labels were there to learn from.
        sizes: bytes by file, relative to `folder`.
        seconds: wall-clock time.
    """

    folder: Path
    report: TranslatorReport
    sizes: dict[str, int]
    seconds: float
    tagger: TaggerReport | None = None


HELD_OUT = (
    "Held out of the same file: if its labels were projected, so are these, and a person's may"
    " differ. A file that a person labelled tells."
)
"""What a reader has to know of figures without gold labels."""


def _leave_folder_out(_: Taught, plain: Json) -> Json:
    """It may be moved; whoever reads knows it."""
    return {name: value for name, value in plain.items() if name != "folder"}


codec.register(
    Taught,
    Layout(
        defaults={"folder": Path()}, forms={"folder": Form(str, str, Path)}, write=_leave_folder_out
    ),
)
