"""What teaching led to: where it lies, and how good it is on sentences that were held out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from xproj_core.domain import Span
from xproj_core.evaluate.scores.entities import EntityScores, Scores

Json = dict[str, Any]


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


def _marked(tokens: Sequence[str], spans: Sequence[Span]) -> str:
    words = list(tokens)
    for span in spans:
        words[span.start] = "[" + words[span.start]
        words[span.end - 1] += f"]({span.label})"
    return " ".join(words)


@dataclass(frozen=True)
class TaggerReport:
    """How good a tagger is that learnt from nine tenths of the sentences.

    The one that is stored has learnt from all of them, so it will not be worse.
    """

    language: str
    sentences: int
    entities: int
    held_out: int
    scores: EntityScores
    examples: tuple[TaggingExample, ...]


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


def as_json(taught: Taught) -> Json:
    """All but the folder as plain JSON values; `from_json` gives it back."""
    values = asdict(taught)
    del values["folder"]
    return values


def from_json(values: Mapping[str, Any], folder: Path) -> Taught:
    """What `as_json` wrote of what is in `folder`."""
    report = values["report"]
    examples = {
        direction: [TranslationExample(**example) for example in some]
        for direction, some in report["examples"].items()
    }
    return Taught(
        folder,
        TranslatorReport(**{**report, "examples": examples}),
        values["sizes"],
        values["seconds"],
        None if values["tagger"] is None else _tagger(values["tagger"]),
    )


def _tagger(values: Json) -> TaggerReport:
    scores = EntityScores(
        Scores(**values["scores"]["overall"]),
        {label: Scores(**one) for label, one in values["scores"]["per_label"].items()},
    )
    examples = tuple(
        TaggingExample(tuple(e["tokens"]), _spans(e["gold"]), _spans(e["found"]))
        for e in values["examples"]
    )
    return TaggerReport(**{**values, "scores": scores, "examples": examples})


def _spans(values: list[Json]) -> tuple[Span, ...]:
    return tuple(Span(**span) for span in values)
