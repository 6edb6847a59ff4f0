"""What teaching led to as plain JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from xproj_core.domain import Span
from xproj_core.evaluate.scores.entities import EntityScores, Scores
from xproj_core.mini.train import labelled, translator_training
from xproj_core.mini.train.labelled import TaggerReport
from xproj_core.mini.train.teach import Taught

Json = dict[str, Any]


def as_json(taught: Taught) -> Json:
    """All but the folder; `from_json` gives it back."""
    made = asdict(taught)
    del made["folder"]
    return made


def from_json(given: Mapping[str, Any], folder: Path) -> Taught:
    """What `as_json` wrote of what is in `folder`."""
    report = given["report"]
    examples = {
        direction: [translator_training.Example(**one) for one in some]
        for direction, some in report["examples"].items()
    }
    tagger = None if given["tagger"] is None else _tagger(given["tagger"])
    return Taught(
        folder,
        translator_training.Report(**{**report, "examples": examples}),
        given["sizes"],
        given["seconds"],
        tagger,
    )


def _tagger(given: Json) -> TaggerReport:
    scores = given["scores"]
    found = EntityScores(
        Scores(**scores["overall"]),
        {label: Scores(**one) for label, one in scores["per_label"].items()},
    )
    examples = tuple(
        labelled.Example(tuple(one["tokens"]), _spans(one["gold"]), _spans(one["found"]))
        for one in given["examples"]
    )
    return TaggerReport(**{**given, "scores": found, "examples": examples})


def _spans(given: list[Json]) -> tuple[Span, ...]:
    return tuple(Span(**one) for one in given)
