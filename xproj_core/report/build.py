"""A report over what systems made of a dataset: figures from what was counted, a few sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xproj_core import __version__
from xproj_core.domain import Span, languages
from xproj_core.domain.defaults import REPORT_EXAMPLES
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.drawing import payload
from xproj_core.drawing.colours import ADAPTIVE
from xproj_core.drawing.from_records import comparison
from xproj_core.drawing.picture import column_picture, picture
from xproj_core.drawing.wording import system_titles
from xproj_core.evaluate.analysis.analysis import Analysis
from xproj_core.evaluate.errors.classify import classify
from xproj_core.evaluate.errors.taxonomy import ABOUT, Case, Kind
from xproj_core.evaluate.literature import Reference
from xproj_core.report import breakdown, figures
from xproj_core.report.beforehand import beforehand
from xproj_core.report.examples import Example, Picker
from xproj_core.report.model import Block, Listed, Paragraph, Picked, Report, Section
from xproj_core.report.preselect import preselected
from xproj_core.report.robustness import robustness
from xproj_core.robustness.results import Results
from xproj_core.tables.table import Column, Table

NOTHING_ANSWERED = "No system answered a sentence, so nothing is scored."
_ROBUSTNESS = "What noise does to them"
_STRANDS = 3  # drawn in full for each example
_LONGEST = 80  # words of a sentence that is drawn in full
_PAIRS = 4  # languages that are named
Fetch = Callable[[Sequence[int]], Iterable[tuple[Item, Mapping[str, Record]]]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about.

    Attributes:
        systems: in the order in which they are shown.
        signatures: (run, its signature).
        facts: what is known of the dataset, (name, value).
        ignore: labels that are left out on both sides.
        literature: figures of others for this dataset and language.
        sweeps: what noise did to systems over the same data.
        notes: what a reader has to know first (a run that is not finished, say).
        source: code of the source language.
    """

    title: str
    systems: tuple[str, ...]
    signatures: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...] = ()
    ignore: frozenset[str] = frozenset()
    literature: tuple[Reference, ...] = ()
    sweeps: tuple[Results, ...] = ()
    notes: tuple[str, ...] = ()
    subtitle: str = ""
    source: str = ""


def report(
    subject: Subject, analysis: Analysis, fetch: Fetch, examples: int = REPORT_EXAMPLES
) -> Report:
    """Everything put together.

    Args:
        fetch: gives sentences by their numbers, in order, with the records of all systems.
        examples: how many are shown at most.
    """
    titles = system_titles(subject.systems)
    preselection = preselected(analysis)
    picker = Picker(titles, preselection.counts)
    for number, (item, every) in zip(
        preselection.numbers, fetch(preselection.numbers), strict=True
    ):
        records = {s: every[s] for s in analysis.systems if s in every}
        cases = {s: classify(item, r, subject.ignore) for s, r in records.items()}
        picker.add(item, number, records, {s: c for s, c in cases.items() if c})
    parts = [*_parts(subject, analysis, titles)]
    parts.append(Section("examples", "Examples", _examples(picker.picked(examples), titles)))
    parts.append(Section("reading", "How to read this", _reading()))
    timestamp = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Report(
        subject.title,
        subject.subtitle,
        subject.signatures,
        tuple(s for s in parts if s.blocks),
        f"Made by XProj {__version__}, {timestamp}.",
        subject.notes,
    )


def _parts(subject: Subject, analysis: Analysis, titles: Mapping[str, str]) -> Iterator[Section]:
    facts = (
        *subject.facts,
        ("languages", _languages(subject, analysis)),
        ("sentences", f"{len(analysis.sentences):,}"),
        ("with gold labels on the target", f"{analysis.n_scored:,}"),
        ("words of the target", f"{int(analysis.sentences.target_words.sum()):,}"),
        *((("labels left out", ", ".join(sorted(subject.ignore))),) if subject.ignore else ()),
    )
    if not analysis.n_scored:
        message = "No sentence of this dataset has gold labels on the target, so nothing is scored."
        yield Section("result", "In short", [Paragraph(message)])
        yield Section("data", "Data", [Listed(facts)])
        rates = [breakdown.projection_rates(analysis, titles), _counts(analysis, titles)]
        yield Section("rates", "Projected entities", rates)
        yield Section("alignment", "Alignment", list(breakdown.links(analysis, titles)))
        yield Section("robustness", _ROBUSTNESS, list(robustness(subject.sweeps)))
        return
    if len(analysis.silent) == len(analysis.systems):
        yield Section("result", "In short", [Paragraph(NOTHING_ANSWERED)])
        yield Section("data", "Data", [Listed(facts)])
        return
    short: list[Block] = [Paragraph(figures.verdict(analysis, titles))]
    short += figures.scores(analysis, titles, subject.literature)
    yield Section("result", "In short", short)
    yield Section("data", "Data", [Listed(facts), breakdown.entities(analysis)])
    yield Section("compared", "Systems compared", list(figures.compared(analysis, titles)))
    yield Section(
        "beforehand", "Could one have known beforehand?", list(beforehand(analysis, titles))
    )
    yield Section("losses", "Where entities are lost", list(breakdown.losses(analysis, titles)))
    yield Section(
        "slices", "By label, length, frequency", list(breakdown.by_label(analysis, titles))
    )
    yield Section("confusion", "Confusion", list(breakdown.confusions(analysis, titles)))
    yield Section("rates", "Projection rates", [breakdown.projection_rates(analysis, titles)])
    yield Section("alignment", "Alignment", list(breakdown.links(analysis, titles)))
    yield Section("robustness", _ROBUSTNESS, list(robustness(subject.sweeps)))
    yield Section("literature", "Published figures", list(figures.published(subject.literature)))


def _languages(subject: Subject, analysis: Analysis) -> str:
    """The pairs, the most frequent ones first."""
    targets = analysis.sentences.language.value_counts()
    names = [languages.name(str(code)) for code, n in targets.items() if n][:_PAIRS]
    before = f"{languages.name(subject.source)} → " if subject.source else ""
    return ", ".join(f"{before}{name}" for name in names)


def _counts(analysis: Analysis, titles: Mapping[str, str]) -> Table:
    sums = analysis.entities.groupby(["label", "system"], observed=True).predicted.sum()
    return Table(
        "predicted",
        "Projected entities by label",
        (Column("label"), *(Column(titles[s], "count", shaded=True) for s in analysis.systems)),
        tuple(
            (label, *(int(sums.get((label, s), 0)) for s in analysis.systems))
            for label in analysis.labels
        ),
    )


def _examples(picked: Sequence[Example], titles: Mapping[str, str]) -> list[Block]:
    return [drawn(example, titles) for example in picked]


def drawn(example: Example, titles: Mapping[str, str]) -> Picked:
    """An example with its pictures: all systems in the line, those that differ most in full."""
    records = dict(example.records)
    data = payload(comparison(example.item, records, titles))
    names = list(records)
    wrong = {s: [c for c in example.cases.get(s, ()) if c.kind is not Kind.CORRECT] for s in names}
    shown = sorted(_telling(records, wrong)[:_STRANDS], key=names.index)
    longest = max((len(s["tokens"]) for s in data["sentences"]), default=0)
    if longest > _LONGEST:
        shown = []
    return Picked(
        title=f"Sentence {example.number + 1:,} ({example.item.key})",
        why=example.why if shown else f"{example.why} (Too long for its links to be drawn.)",
        line=picture(data, ADAPTIVE, columns=False, ground=False),
        drawings=tuple(column_picture(data, names.index(s), ADAPTIVE, dense=True) for s in shown),
        remarks=_remarks(example, titles, wrong),
    )


def _telling(records: Mapping[str, Record], wrong: Mapping[str, Sequence[Case]]) -> list[str]:
    """One system for each different result, those with more mistakes first."""
    seen: set[tuple[Span, ...]] = set()
    fresh = []
    for name in sorted(records, key=lambda s: -len(wrong[s])):
        result = records[name].predicted
        if result not in seen:
            fresh.append(name)
        seen.add(result)
    return fresh


def _remarks(
    example: Example, titles: Mapping[str, str], wrong: Mapping[str, Sequence[Case]]
) -> tuple[tuple[str, str, str], ...]:
    """What went wrong, said once for all systems that it happened to."""
    sentence = example.item.target or next(iter(example.records.values())).target
    systems_by_remark: dict[tuple[str, str], list[str]] = {}
    for name, cases in wrong.items():
        for case in cases:
            span = case.gold or case.predicted
            about = ABOUT[case.kind]
            words = f"{span.label} “{' '.join(sentence.words(span))}”: " if span else ""
            remark = (about.title, f"{words}{case.message or about.meaning}")
            systems_by_remark.setdefault(remark, []).append(titles[name])
    every = len(wrong)
    return tuple(
        ("Every system" if len(set(who)) == every > 1 else ", ".join(dict.fromkeys(who)), *remark)
        for remark, who in systems_by_remark.items()
    )


def _reading() -> list[Block]:
    return [
        Listed(
            (
                ("strict", "An entity counts when both ends and the label are right."),
                (
                    "conlleval",
                    "The same from tags, read as the conlleval script and seqeval's default"
                    " read them.",
                ),
                (
                    "exact, partial, type",
                    "The other views of SemEval-2013 task 9 as nervaluate computes them: ends"
                    " whatever the label; any overlap, half a point; any overlap with the right"
                    " label.",
                ),
                ("intervals", "95 %, percentile bootstrap over sentences, 10,000 samples."),
                (
                    "significance",
                    "Paired approximate randomisation over sentences, two-sided, corrected"
                    " by Holm's method.",
                ),
                (
                    "drawings",
                    "Above, the target with each system's labels, words that are not labelled"
                    " alike underlined. Below, source left, target right; the stronger a link, the"
                    " thicker; a pivot's links are drawn composed.",
                ),
            )
        ),
    ]
