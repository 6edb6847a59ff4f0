"""German and Spanish labelled by Mini alone: translated, tagged, aligned, projected, scored.

    python -m benchmarks.end_to_end [--write] [--limit N] [--folder TRANSLATOR]

Nothing but the target sentences goes in (translate-test); strict F1 on Europarl-NER's gold
labels, PER, LOC, ORG, and every error by the step that caused it. Prints Markdown; `--write` puts
it into benchmarks/end_to_end.md.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.gold_alignment import europarl
from xproj_core.answers.many_items import Job
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind
from xproj_core.evaluate.scores.entities import EntityScores, score_spans
from xproj_core.methods import Mode, methods
from xproj_core.mini.translator.translator import PhraseBasedTranslator
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors

PROJECTOR = "match-exact"
SOURCE = "en"
LABELS = ("PER", "LOC", "ORG")
LANGUAGES = {"de": "German", "es": "Spanish"}
OTHERS = {"de": ("es", "fr"), "es": ("de", "fr")}
NAMES = {"de": "German", "es": "Spanish", "fr": "French"}


@dataclass(frozen=True)
class Way:
    """A row of the table: a method, with the language it goes through if it does."""

    title: str
    method: str
    pivot: str | None = None


def ways(target: str) -> list[Way]:
    """All ways to label `target`, direct first."""
    through = [Way(f"pivot through {NAMES[p]}", "pivot", p) for p in OTHERS[target]]
    return [
        Way("direct", "direct"),
        *through,
        Way("back-translation, refined", "back_translation"),
        Way("back-translation, marked (the paper's)", "marked_back_translation"),
        Way("markers", "markers"),
        Way("model transfer", "model_transfer"),
    ]


def items(language: str, limit: int | None) -> list[Item]:
    """The sentences of one language with their gold labels, MISC left out."""
    gold_items = []
    for number, (_, sentence) in enumerate(europarl(language)[:limit]):
        target = sentence.labelled(s for s in sentence.spans if s.label in LABELS)
        gold_items.append(Item(str(number), target=target, gold=frozenset({"target"})))
    return gold_items


def answered(engine: Engine, route: Way, rows: Sequence[Item], target: str) -> list[Record]:
    """What one way makes of all sentences."""
    job = Job(
        engine,
        [methods.create(route.method)],
        [projectors.create(PROJECTOR)],
        Mode.LABEL,
        SOURCE,
        target,
        route.pivot,
    )
    return [record for answer in job.run(rows) for record in answer.records()]


def scored(rows: Sequence[Item], records: Sequence[Record]) -> EntityScores:
    """Strict scores of the target's entities."""
    gold = [item.target.spans for item in rows if item.target is not None]
    return score_spans(gold, [[s for s in r.predicted if s.label in LABELS] for r in records])


def causes(rows: Sequence[Item], records: Sequence[Record]) -> Counter[Kind]:
    """How many entities are of each kind."""
    cases: Iterator[Case] = (
        case for item, record in zip(rows, records, strict=True) for case in classify(item, record)
    )
    return Counter(case.kind for case in cases)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]


def section(engine: Engine, target: str, limit: int | None) -> list[str]:
    """Scores and causes for one language."""
    rows = items(target, limit)
    entities = sum(len(i.target.spans) for i in rows if i.target)
    score_rows, kinds = [], {}
    for route in ways(target):
        begun = time.process_time()
        records = answered(engine, route, rows, target)
        spent = time.process_time() - begun
        if all(r.problem is not None for r in records):
            score_rows.append([route.title, "none", *[""] * 6, str(records[0].problem)])
            continue
        scores = scored(rows, records)
        overall = scores.overall
        labels = [
            f"{100 * scores.per_label[y].f1:.1f}" if y in scores.per_label else "" for y in LABELS
        ]
        score_rows.append(
            [
                route.title,
                f"{100 * overall.f1:.1f}",
                f"{100 * overall.precision:.1f}",
                f"{100 * overall.recall:.1f}",
                *labels,
                f"{1000 * spent / len(rows):.0f} ms",
                "",
            ]
        )
        if route.method != "model_transfer":
            kinds[route.title] = causes(rows, records)
    used = [k for k in Kind if any(counts[k] for counts in kinds.values())]
    return [
        f"## {LANGUAGES[target]}: {len(rows)} sentences, {entities} entities",
        "",
        *table(
            ["method", "F1", "precision", "recall", *LABELS, "processor time", "note"], score_rows
        ),
        "",
        *table(
            ["entities by what became of them", *kinds],
            [[ABOUT[k].title, *(str(c[k]) for c in kinds.values())] for k in used],
        ),
        "",
    ]


def report(engine: Engine, limit: int | None) -> str:
    """All of it as Markdown."""
    lines = [
        "# Mini alone, end to end",
        "",
        "    python -m benchmarks.end_to_end --write",
        "",
        f"Europarl-NER, translate-test, {PROJECTOR}; strict F1 of PER, LOC, ORG in per cent. Every"
        " sentence is translated into English, tagged there, aligned and projected back; no human"
        " translation and no gold source label is used. Causes by"
        " `xproj_core.evaluate.errors.classify`,"
        " which has to guess where there is no gold source. Translation is shared by the methods"
        " of a sentence on the page; here each row does its own.",
        "",
    ]
    for target in LANGUAGES:
        lines += section(engine, target, limit)
    return "\n".join(lines)


def main() -> None:
    """Print the tables, or write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--limit", type=int, help="sentences, to be quick")
    parser.add_argument("--folder", type=Path, help="another translator than the shipped one")
    options = parser.parse_args()
    engine = load_engine("mini")
    if options.folder is not None:
        engine = replace(engine, translator=PhraseBasedTranslator("mini", [options.folder]))
    text = report(engine, options.limit)
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
