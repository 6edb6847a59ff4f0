"""The same name, the same label: what the repair does to F1.

    python -m benchmarks.consistency [--limit N]

German and Spanish of Europarl-NER are labelled by Mini (direct, from English), Portuguese and
Swedish of PUD through their human English, which Mini tags and aligns. Then each document is
repaired: PUD's as their sentences' names say; Europarl's file as one debate, and as stretches of 50
sentences. Strict F1 on PER, LOC, ORG.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.end_to_end import LABELS, PROJECTOR, Way, answered, items
from xproj_core.answers.many_items import Given, Job
from xproj_core.datasets import read
from xproj_core.domain import Sentence
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.scores.entities import EntityScores, score_spans
from xproj_core.methods import Mode, methods
from xproj_core.models.protocols import Engine
from xproj_core.project import projectors
from xproj_core.project.consistency import repaired, repairs

PUD = Path(__file__).resolve().parents[1] / "../shared/data/pud-ner"
Documents = list[list[int]]


def main() -> None:
    """Print one Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int)
    limit = parser.parse_args().limit
    engine = load_engine("mini")
    print(
        "| data | documents | F1 (P, R) | one label | repairs | and unlabelled places | repairs |"
    )
    print("|---|---|---|---|---|---|---|")
    for name, rows, target, cuts in collections(limit):
        if rows[0].source is None:
            records = answered(engine, Way("direct", "direct"), rows, target)
        else:
            records = projected(engine, rows, target)
        labelled = [r.target.labelled(s for s in r.predicted if s.label in LABELS) for r in records]
        for about, documents in cuts:
            cells = [format_scores(score(rows, labelled))]
            for fill in (False, True):
                after, count = list(labelled), 0
                for document in documents:
                    part = [labelled[k] for k in document]
                    changes = repairs(part, fill=fill)
                    count += len(changes)
                    for k, sentence in zip(document, repaired(part, changes), strict=True):
                        after[k] = sentence
                cells += [format_scores(score(rows, after)), str(count)]
            print(f"| {name} | {about} | {' | '.join(cells)} |", flush=True)


def projected(engine: Engine, rows: Sequence[Item], target: str) -> list[Record]:
    """The same for pairs: Mini knows neither language, but tags and aligns their English."""
    job = Job(
        engine,
        [methods.create("direct")],
        [projectors.create(PROJECTOR)],
        Mode.LABEL,
        "en",
        target,
        given=Given(translations=True, labels=False),
    )
    return [record for answer in job.run(rows) for record in answer.records()]


def collections(
    limit: int | None,
) -> Iterator[tuple[str, list[Item], str, list[tuple[str, Documents]]]]:
    """Name, items with gold, language, and the ways to see documents in them."""
    for language in ("de", "es"):
        rows = items(language, limit)
        numbers = list(range(len(rows)))
        cuts = [numbers[k : k + 50] for k in range(0, len(numbers), 50)]
        yield f"Europarl {language}", rows, language, [("one", [numbers]), (f"{len(cuts)}", cuts)]
    for language in ("pt", "sv"):
        dataset = read(PUD, source_language="en", target_language=language)
        rows = list(dataset.items)[:limit]
        keyed = groupby(range(len(rows)), key=lambda k: rows[k].key.partition("-")[0])
        documents = [list(group) for _, group in keyed]
        yield f"PUD {language}", rows, language, [(f"{len(documents)}", documents)]


def score(rows: Sequence[Item], labelled: Sequence[Sentence]) -> EntityScores:
    """Strict scores."""
    gold = [[s for s in i.target.spans if s.label in LABELS] for i in rows if i.target]
    return score_spans(gold, [s.spans for s in labelled])


def format_scores(scores: EntityScores) -> str:
    """F1, precision, recall."""
    overall = scores.overall
    return f"{100 * overall.f1:.2f} ({100 * overall.precision:.1f}, {100 * overall.recall:.1f})"


if __name__ == "__main__":
    main()
