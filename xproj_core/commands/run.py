"""Label a text by several methods: translate, tag, align, project; score if gold is there."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from xproj_core import languages, signature
from xproj_core.commands.files import read_sentences, write_conll
from xproj_core.commands.options import add_projector, projector_of
from xproj_core.corpus import Answer, Job
from xproj_core.domain import Projection, Sentence
from xproj_core.evaluate.entities import score_spans
from xproj_core.methods import Mode, methods
from xproj_core.presets import load_engine
from xproj_core.traces import as_json

SUMMARY = "label a text by several methods"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--input", type=Path, required=True, help="text or CoNLL to label")
    parser.add_argument("--target-language", required=True, help="its language, ISO code")
    parser.add_argument("--source-language", default="en", help="where labels come from")
    parser.add_argument("--pivot", help="third language for the pivot method")
    parser.add_argument(
        "--methods", default="direct,pivot,back_translation", help=", ".join(methods.names())
    )
    parser.add_argument("--engine", default="mini", help="a preset, or registry names joined by |")
    parser.add_argument("--tokenise", action="store_true", help="the text is not tokenised yet")
    parser.add_argument("--traces", action="store_true", help="write why each label is there")
    parser.add_argument("--output", type=Path, required=True, help="folder to write to")
    add_projector(parser)


def run(options: argparse.Namespace) -> None:
    """Write OUTPUT/<method>.conll and OUTPUT/run.json."""
    started = time.perf_counter()
    target = languages.normalise(options.target_language)
    sentences = read_sentences(options.input, target, raw=options.tokenise)
    job = Job(
        engine=load_engine(options.engine),
        methods=[methods.create(name.strip()) for name in options.methods.split(",")],
        projector=projector_of(options),
        mode=Mode.LABEL,
        source=languages.normalise(options.source_language),
        target=target,
        pivot=languages.normalise(options.pivot) if options.pivot else None,
    )
    answers = []
    for answer in job.run(sentences):
        answers.append(answer)
        _progress(len(answers), len(sentences), started)
    options.output.mkdir(parents=True, exist_ok=True)
    report = _report(job, sentences, answers)
    for method in job.methods:
        write_conll(
            options.output / f"{method.name}.conll", [_labelled(a, method.name) for a in answers]
        )
    if options.traces:
        report["traces"] = {m.name: [_trace(a, m.name) for a in answers] for m in job.methods}
    report["seconds"]["total"] = time.perf_counter() - started
    (options.output / "run.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    print(report["signature"])


def _progress(done: int, total: int, started: float) -> None:
    if sys.stderr.isatty() and (done % 10 == 0 or done == total):
        rate = done / (time.perf_counter() - started)
        end = "\n" if done == total else "\r"
        print(f"{done}/{total} sentences, {rate:.1f} a second   ", end=end, file=sys.stderr)


def _labelled(answer: Answer, method: str) -> Sentence:
    outcome = answer.projections.get(method)
    spans = outcome.spans if isinstance(outcome, Projection) else ()
    return answer.sentence.labelled(spans)


def _trace(answer: Answer, method: str) -> Any:
    outcome = answer.projections.get(method)
    evidence = answer.evidence.get(method)
    return None if outcome is None or evidence is None else as_json(evidence, outcome)


def _report(job: Job, sentences: list[Sentence], answers: list[Answer]) -> dict[str, Any]:
    parts = {
        "methods": {m.name: signature.settings(m) for m in job.methods},
        "projector": job.projector.name,
        "projector_options": signature.settings(job.projector),
        "engine": signature.of_engine(job.engine),
        "languages": f"{job.source}>{job.target}" + (f" via {job.pivot}" if job.pivot else ""),
        "data": signature.data_hash(sentences),
    }
    return {
        "signature": signature.line(parts),
        "settings": parts,
        "sentences": len(sentences),
        "seconds": dict(job.seconds),
        "methods": {m.name: _summary(m.name, answers) for m in job.methods},
    }


def _summary(method: str, answers: list[Answer]) -> dict[str, Any]:
    outcomes = [(a, a.projections[method]) for a in answers if method in a.projections]
    done = [p for _, p in outcomes if isinstance(p, Projection)]
    summary: dict[str, Any] = {
        "entities": sum(len(p.entities) for p in done),
        "lost": dict(Counter(lost.reason for p in done for lost in p.lost)),
        "failures": [
            {"sentence": a.number + 1, "problem": str(p)}
            for a, p in outcomes
            if not isinstance(p, Projection)
        ],
    }
    if any(a.sentence.spans for a in answers):
        predicted = [_labelled(a, method).spans for a in answers]
        summary["scores"] = score_spans([a.sentence.spans for a in answers], predicted).as_dict()
    return summary
