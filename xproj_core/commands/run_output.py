"""The folder that `xproj run` writes: labels, figures, traces, and which run they are of."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from xproj_core.answers.many_items import Answer
from xproj_core.answers.system import System, without_version
from xproj_core.commands.output import tell
from xproj_core.commands.run_documents import DocumentFile
from xproj_core.domain import Sentence, Span, codec
from xproj_core.domain.codec import RawJson
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.domain.record import Record
from xproj_core.engines.presets import preset
from xproj_core.evaluate.scores.entities import Tally
from xproj_core.formats import conll
from xproj_core.runs import configuration as configurations
from xproj_core.runs.answers import answers

if TYPE_CHECKING:
    from xproj_core.store.runs import Run
    from xproj_core.store.store import Store

_FILE = "run.json"
_SHOWN = 5  # notes on the screen for each system
_LISTED = 1000  # failures and notes of each system in run.json
_UNSAFE = re.compile(r"[^\w.,()=+-]+")


def begin(folder: Path, store: Store, id: str) -> None:
    """Say which run the folder is for, so that the same command can go on with it."""
    report = {"run": id, "signature": store.runs.get(id).signature, "finished": False}
    _write_json(folder, report)


def unfinished(folder: Path, store: Store, line: str) -> str | None:
    """The run that the folder is for, if it can be taken up and has this signature, whichever
    version began it."""
    try:
        report = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(report, dict) or report.get("finished", True):
        return None
    if without_version(str(report["signature"])) != without_version(line):
        return None
    ids = {run.id for run in store.runs.list() if run.state != "finished"}
    return str(report["run"]) if report["run"] in ids else None


def signature_in(path: Path) -> str:
    """The signature in a run.json, or in the one of a folder.

    Raises:
        InputError: there is none.
    """
    file = path / _FILE if path.is_dir() else path
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["signature"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} is no run.json with a signature.") from error


def write(folder: Path, store: Store, id: str) -> None:
    """FOLDER/<system>.conll and FOLDER/run.json, as a stream; <system>.documents.jsonl of texts."""
    run = store.runs.get(id)
    configuration = configurations.from_json(run.configuration)
    names = _names(configuration.systems, configuration)
    summaries = {system: Summary(name) for system, name in names.items()}
    files = {
        system: (folder / f"{_UNSAFE.sub('_', name)}.conll").open("w", encoding="utf-8", newline="")
        for system, name in names.items()
    }
    documents = {
        system: DocumentFile(folder / f"{_UNSAFE.sub('_', name)}.documents.jsonl")
        for system, name in names.items()
    }
    try:
        for number, (item, by_system) in enumerate(answers(store, id)):
            for system, file in files.items():
                record = by_system.get(system)
                labelled = summaries[system].add(number, item, record)
                file.write(conll.dumps([labelled]))
                documents[system].add(item, labelled)
    finally:
        for file in files.values():
            file.close()
        for document in documents.values():
            document.flush()
    for summary in summaries.values():
        tell(_few(summary.remarks(), folder / _FILE))
    _write_json(folder, _report(run, configuration, summaries.values()))


def write_traces(folder: Path, store: Store, id: str, traced_answers: Iterable[Answer]) -> None:
    """FOLDER/<system>.traces.jsonl: why each label is there, a line per item."""
    configuration = configurations.from_json(store.runs.get(id).configuration)
    files = {
        system: (folder / f"{_UNSAFE.sub('_', name)}.traces.jsonl").open("w", encoding="utf-8")
        for system, name in _names(configuration.systems, configuration).items()
    }
    try:
        for answer in traced_answers:
            for system, file in files.items():
                trace, projection = None, answer.projections.get(system)
                if projection is not None:
                    evidence = answer.evidence[System.parse(system).evidence]
                    trace = codec.describe(evidence, projection)
                file.write(json.dumps(trace, ensure_ascii=False) + "\n")
    finally:
        for file in files.values():
            file.close()


class Summary:
    """What is reported of one system; counts only, so that memory stays flat."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._sentences = 0
        self._entities = 0
        self._nested = 0
        self._lost: Counter[str] = Counter()
        self._failed = 0
        self._failures: list[RawJson] = []
        self._notes: dict[str, list[int]] = {}
        self._tally: Tally | None = None

    def add(self, number: int, item: Item, record: Record | None) -> Sentence:
        """Take over what was made of an item; the sentence with its labels, for CoNLL."""
        self._sentences += 1
        target = record.target if record and record.target.tokens else item.target
        target = (target or Sentence((), "und")).labelled(())
        spans: tuple[Span, ...] = ()
        if record is not None:
            spans = record.predicted
            self._entities += len(spans)
            self._lost.update(p.reason for p in record.placements if p.target is None)
            if record.problem is not None:
                self._failed += 1
                if self._failed <= _LISTED:
                    self._failures.append({"sentence": number + 1, "problem": record.problem})
            for note in record.notes:
                if note in self._notes or len(self._notes) < _LISTED:
                    self._notes.setdefault(note, []).append(number + 1)
        gold = item.gold_of("target")
        if gold is not None and gold.tokens == target.tokens:
            self._tally = self._tally or Tally()
            self._tally.add(gold.spans, spans)
        flat = _flat(spans)
        self._nested += len(spans) - len(flat)
        return target.labelled(flat)

    def as_dict(self) -> RawJson:
        """For run.json; with scores where the input has gold labels on the target."""
        summary: RawJson = {
            "entities": self._entities,
            "lost": dict(self._lost),
            "n_failures": self._failed,
            "failures": self._failures,
            "notes": [{"note": note, "sentences": where} for note, where in self._notes.items()],
        }
        if self._tally is not None:
            summary["scores"] = self._tally.scores().as_dict()
        return summary

    def remarks(self) -> list[str]:
        """What nobody should have to look up in run.json."""
        remarks = []
        if self._failures:
            first = self._failures[0]
            remarks.append(
                f"{self.name}: {self._failed} of {self._sentences} sentences were not"
                f" labelled. The first, sentence {first['sentence']}: {first['problem']}"
            )
        if self._nested:
            remarks.append(
                f"{self.name}: {self._nested} entities share words with longer ones; IOB2 cannot"
                " hold them, the store does."
            )
        for note, where in self._notes.items():
            more = f" and {len(where) - 1} more" if len(where) > 1 else ""
            remarks.append(f"{self.name}, sentence {where[0]}{more}: {note}")
        return remarks


def _flat(spans: Iterable[Span]) -> list[Span]:
    """The longest spans that share no word."""
    flat_spans: list[Span] = []
    for span in sorted(spans, key=lambda s: (-len(s), s)):
        if not any(span.overlaps(other) for other in flat_spans):
            flat_spans.append(span)
    return flat_spans


def _names(
    systems: Iterable[str], configuration: configurations.RunConfiguration
) -> dict[str, str]:
    """Short names for files: the method's alone where there is one projector and one engine."""
    if len(configuration.projectors) == 1:
        return {system: System.parse(system).evidence.replace("/", ".") for system in systems}
    return {system: system.replace("/", ".") for system in systems}


def _report(
    run: Run, configuration: configurations.RunConfiguration, summaries: Iterable[Summary]
) -> RawJson:
    return {
        "run": run.id,
        "signature": run.signature,
        "finished": True,
        "configuration": configurations.as_json(configuration),
        "settings": configuration.settings(),
        "models": {name: _models(name) for name in configuration.engines},
        "sentences": run.done,
        "seconds": dict(run.seconds),
        "methods": {summary.name: summary.as_dict() for summary in summaries},
    }


def _models(engine: str) -> dict[str, str]:
    parts = preset(engine)
    kinds = ("translator", "aligner", "tagger", "target_tagger")
    return {kind: name for kind in kinds if (name := getattr(parts, kind))}


def _write_json(folder: Path, report: RawJson) -> None:
    """Replaced as a whole: whoever is killed leaves the old one or the new one."""
    new = folder / f".{_FILE}.new"
    new.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    new.replace(folder / _FILE)


def _few(remarks: list[str], where: Path) -> list[str]:
    rest = len(remarks) - _SHOWN
    return remarks if rest <= 0 else [*remarks[:_SHOWN], f"{rest} more notes are in {where}."]
