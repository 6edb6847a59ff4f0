"""Label a text by several methods: translate, tag, align, project; score if gold is there."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from xproj_core import languages, signature
from xproj_core.commands.collected import Collected
from xproj_core.commands.files import read_sentences, tell, write_conll
from xproj_core.commands.options import add_projector, projector_of
from xproj_core.corpus import Job, items_of
from xproj_core.domain import Sentence
from xproj_core.methods import Mode, methods
from xproj_core.presets import load_engine

SUMMARY = "label a text by several methods"
_SHOWN = 5  # notes on the screen for each method


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
    job = _job(options)
    sentences = read_sentences(options.input, job.target, raw=options.tokenise)
    options.output.mkdir(parents=True, exist_ok=True)  # before hours of work, not after
    collected = [
        Collected(m.name, name, [] if options.traces else None)
        for m, name in zip(job.methods, job.systems, strict=True)
    ]
    for done, answer in enumerate(job.run(items_of(sentences)), 1):
        for one in collected:
            one.add(answer)
        _progress(done, len(sentences), started)
    report = _report(job, sentences, collected)
    for one in collected:
        labelled = (s.labelled(spans) for s, spans in zip(sentences, one.spans, strict=True))
        write_conll(options.output / f"{one.method}.conll", labelled)
        tell(_few(one.remarks(), options.output / "run.json"))
    if options.traces:
        report["traces"] = {one.method: one.traces for one in collected}
    report["seconds"]["total"] = time.perf_counter() - started
    (options.output / "run.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    print(report["signature"])


def _job(options: argparse.Namespace) -> Job:
    """What is asked for; the languages are looked at before any model is loaded."""
    source, target = languages.two(options.source_language, options.target_language)
    pivot = languages.normalise(options.pivot) if options.pivot else None
    names = dict.fromkeys(name.strip() for name in options.methods.split(","))
    return Job(
        engine=load_engine(options.engine),
        methods=[methods.create(name) for name in names],
        projectors=[projector_of(options)],
        mode=Mode.LABEL,
        source=source,
        target=target,
        pivot=pivot,
    )


def _few(remarks: list[str], where: Path) -> list[str]:
    rest = len(remarks) - _SHOWN
    return remarks if rest <= 0 else [*remarks[:_SHOWN], f"{rest} more notes are in {where}."]


def _progress(done: int, total: int, started: float) -> None:
    if sys.stderr.isatty() and (done % 10 == 0 or done == total):
        rate = done / (time.perf_counter() - started)
        end = "\n" if done == total else "\r"
        print(f"{done}/{total} sentences, {rate:.1f} a second   ", end=end, file=sys.stderr)


def _report(job: Job, sentences: list[Sentence], collected: list[Collected]) -> dict[str, Any]:
    parts = {
        "methods": {m.name: signature.settings(m) for m in job.methods},
        "projector": job.projectors[0].name,
        "projector_options": signature.settings(job.projectors[0]),
        "engine": signature.of_engine(job.engine),
        "languages": f"{job.source}>{job.target}" + (f" via {job.pivot}" if job.pivot else ""),
        "data": signature.data_hash(sentences),
    }
    return {
        "signature": signature.line(parts),
        "settings": parts,
        "sentences": len(sentences),
        "seconds": dict(job.seconds),
        "methods": {one.method: one.summary(sentences) for one in collected},
    }
