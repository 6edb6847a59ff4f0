"""Mini's tagger on languages that it reads by English glosses.

    python -m benchmarks.glossed_tagger [--write]

Strict F1 of PER, LOC, ORG on Europarl-NER (gold, German and Spanish), beside the English tagger
put on the same words unglossed. On NTREX, which has no labels, agreement with the projection of
the tags of the human English original (direct, match-exact): no measure of truth, but the only
one for these languages.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.gold_alignment import europarl
from benchmarks.translation import NTREX, lines_of, table
from xproj_core.answers.many_items import Given, Job
from xproj_core.domain import languages
from xproj_core.domain.item import Item
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.scores.entities import EntityScores, score_spans
from xproj_core.methods import Mode, methods
from xproj_core.mini.tagger.ct2_token_classifier import load as load_english
from xproj_core.project import projectors
from xproj_core.text.tokenise import tokenise

LABELS = ("PER", "LOC", "ORG")
FILE = Path(__file__).with_suffix(".md")


def gold() -> Iterator[tuple[str, str, EntityScores]]:
    """Language, how it is read, and its scores on Europarl-NER."""
    ways = {"glosses": load_engine("mini").tagger, "the words themselves": load_english()}
    for language in ("de", "es"):
        rows = [sentence for _, sentence in europarl(language)]
        gold_spans = [tuple(s for s in row.spans if s.label in LABELS) for row in rows]
        for reading, tagger in ways.items():
            assert tagger is not None
            code = language if reading == "glosses" else "en"
            spans = tagger.tag([replace(row, spans=(), language=code) for row in rows])
            yield languages.name(language), reading, score_spans(gold_spans, spans)


def measure_agreement() -> Iterator[tuple[str, EntityScores]]:
    """Language, and how its glossed tags agree with those projected from the English original."""
    systems = [methods.create("direct"), methods.create("model_transfer")]
    english = [tokenise(line, "en") for line in lines_of("en")]
    for language in sorted(set(NTREX) - {"en"}):
        job = Job(
            load_engine("mini"),
            systems,
            [projectors.create("match-exact")],
            Mode.TRANSLATE,
            "en",
            language,
            None,
            Given(labels=False),
        )
        rows = [
            Item(str(k), source, tokenise(line, language))
            for k, (source, line) in enumerate(zip(english, lines_of(language), strict=True))
        ]
        projected, tagged = zip(*(a.records() for a in job.run(rows)), strict=True)
        yield (
            languages.name(language),
            score_spans([r.predicted for r in projected], [r.predicted for r in tagged]),
        )


def cells(scores: EntityScores) -> list[str]:
    """F1, precision, recall and F1 by label, in per cent."""
    overall = scores.overall
    by_label = [scores.per_label[k].f1 if k in scores.per_label else None for k in LABELS]
    return [
        f"{100 * (v or 0):.1f}" for v in (overall.f1, overall.precision, overall.recall, *by_label)
    ]


def report() -> str:
    """Both tables as Markdown."""
    head = ["F1", "precision", "recall", *LABELS]
    return "\n".join(
        (
            "# Mini's tagger in other languages\n",
            "    python -m benchmarks.glossed_tagger --write\n",
            "Every word is replaced by its likeliest English translation, and the English tagger"
            " reads the result. Per cent; nothing was trained or chosen on German or Spanish"
            " labels but the rule for capital letters, which was tried on the sentences of the"
            " first table.\n",
            "## Europarl-NER, 799 sentences, gold labels\n",
            table(["language", "read by", *head], [[a, b, *cells(s)] for a, b, s in gold()]),
            "\n## NTREX, 1,997 sentences: agreement with projected tags of the English original\n",
            table(
                ["language", *head],
                [[name, *cells(scores)] for name, scores in measure_agreement()],
            ),
            "",
        )
    )


def main() -> None:
    """Print the tables, or write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true")
    text = report()
    print(text)
    if parser.parse_args().write:
        FILE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
