"""What systems made of invented sentences, without an engine: for tests of evaluation."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from xproj_core.answers.choice import Choice
from xproj_core.domain import Sentence, Span
from xproj_core.domain.item import Item, Links
from xproj_core.domain.record import Placement, Record
from xproj_core.evaluate.analysis.collect import collect
from xproj_core.report.build import Subject, report
from xproj_core.report.model import Report
from xproj_core.runs import configuration
from xproj_core.runs.configuration import RunConfiguration

if TYPE_CHECKING:
    from xproj_core.store.store import Store

SYSTEMS = ("direct/match-exact", "pivot/match-exact", "back_translation/match-exact")
_NAMES = {
    "PER": ["Amina Diallo", "Kofi"],
    "LOC": ["Bamako", "Lake Victoria", "Accra"],
    "ORG": ["Bank of Sikasso", "Delta"],
}
_WORDS = "yesterday visited the old market near with again without many reports".split()
Answers = list[tuple[Item, dict[str, Record]]]


def answers(n: int = 40, seed: int = 1, systems: tuple[str, ...] = SYSTEMS) -> Answers:
    """Sentences copied word for word; each system makes more mistakes than the one before."""
    rng = random.Random(seed)
    return [_answer(k, rng, systems) for k in range(n)]


def _answer(
    number: int, rng: random.Random, systems: tuple[str, ...]
) -> tuple[Item, dict[str, Record]]:
    words: list[str] = []
    spans: list[Span] = []
    for _ in range(rng.randint(1, 4)):
        words += rng.sample(_WORDS, rng.randint(1, 4))
        if rng.random() < 0.7:
            label = rng.choice(list(_NAMES))
            name = rng.choice(_NAMES[label]).split()
            spans.append(Span(len(words), len(words) + len(name), label))
            words += name
    source = Sentence(tuple(words), "en", tuple(spans))
    target = Sentence(tuple(words), "de", tuple(spans))
    gold = Links(frozenset((i, i) for i in range(len(words))))
    item = Item(f"s{number}", source, target, frozenset({"source", "target"}), gold)
    return item, {
        name: _record(number, name, source, 0.1 + 0.12 * k, rng) for k, name in enumerate(systems)
    }


def _record(number: int, name: str, source: Sentence, rate: float, rng: random.Random) -> Record:
    placed = []
    for span in source.spans:
        landed: Span | None = span
        if rng.random() < rate:
            landed = rng.choice([None, _longer(span, len(source)), _other(span)])
        reason = "" if landed else "filtered"
        placed.append(Placement(span, landed, reason, "" if landed else "Too short.", "rule", 0.9))
    target = Sentence(source.tokens, "de")
    links = tuple((i, i, 1.0) for i in range(len(source)) if rng.random() > rate / 3)
    return Record(
        f"s{number}",
        number,
        name,
        source,
        target,
        (source, target),
        ("given", "given"),
        links,
        tuple(placed),
    )


def _longer(span: Span, length: int) -> Span:
    return Span(max(0, span.start - 1), min(length, span.end), span.label)


def _other(span: Span) -> Span:
    return Span(span.start, span.end, "LOC" if span.label == "PER" else "PER")


def stored(
    store: Store, sentence_answers: Answers, name: str = "invented", dataset: str | None = None
) -> str:
    """Put answers into a store as a finished run; its id."""
    systems = tuple(dict.fromkeys(s for _, records in sentence_answers for s in records))
    run_configuration = RunConfiguration(
        "en",
        "de",
        "fr",
        methods=tuple(Choice(m) for m in dict.fromkeys(s.split("/")[0] for s in systems)),
        projectors=tuple(Choice(p) for p in dict.fromkeys(s.split("/")[1] for s in systems)),
    )
    if dataset is None:
        items = [item for item, _ in sentence_answers]
        dataset = store.datasets.add(name, items, "en", "de", ["PER", "LOC", "ORG"])
    run = store.runs.add(
        dataset,
        configuration.as_json(run_configuration),
        f"name:{name}|version:0",
        len(sentence_answers),
    )
    store.runs.begin(run)
    store.runs.write(
        run,
        [r for _, records in sentence_answers for r in records.values()],
        len(sentence_answers),
        {},
    )
    store.runs.end(run, "finished")
    return run


def reported(subject: Subject, sentence_answers: Answers, examples: int = 12) -> Report:
    """A report over answers that are in no store."""
    analysis = collect(sentence_answers, subject.systems, subject.ignore)
    return report(
        subject, analysis, lambda numbers: [sentence_answers[n] for n in numbers], examples
    )
