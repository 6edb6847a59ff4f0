"""Put noise into a file, or measure how fast methods break as noise grows."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from xproj_core import languages, signature
from xproj_core.commands.files import read_sentences, tell, write_conll
from xproj_core.corpus import Given
from xproj_core.domain import Sentence
from xproj_core.errors import InputError
from xproj_core.formats import pharaoh
from xproj_core.items import Item
from xproj_core.methods import Mode
from xproj_core.noise import LAYERS, layer_of, noises, parse, settings, written
from xproj_core.noise.items import corrupted
from xproj_core.noise.labels import LABELS
from xproj_core.presets import load_engine
from xproj_core.robustness import example
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.results import as_csv, as_json, as_table
from xproj_core.runs import choice, signatures
from xproj_core.runs.configuration import RunConfiguration

SUMMARY = "put noise into data; measure what it does to methods"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Three commands of its own."""
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    listing = jobs.add_parser("list", help="the noises there are")
    listing.set_defaults(job=_list)

    apply = jobs.add_parser("apply", help="write a copy of the data with noise in it")
    _data(apply)
    apply.add_argument("--noise", nargs="+", required=True, metavar="NAME=RATE[,KEY=VALUE]",
                       help="applied in this order")  # fmt: skip
    apply.add_argument("--seed", type=int, default=0, help="for noises that name none")
    apply.add_argument("--mode", choices=[m.value for m in Mode], default=Mode.LABEL.value,
                       help="the given text is the target; translate: the source")  # fmt: skip
    apply.add_argument("--output", type=Path, required=True, help="folder to write to")
    apply.set_defaults(job=_apply)

    sweep = jobs.add_parser("sweep", help="F1 of methods as noise grows")
    _data(sweep)
    sweep.add_argument("--example", action="store_true", help="use the German example sentences")
    sweep.add_argument("--noise", nargs="+", required=True, metavar="NAME[,KEY=VALUE][+NAME]",
                       help="without rates; those joined by + come together")  # fmt: skip
    sweep.add_argument("--rates", default="0.1,0.2,0.3,0.5", help="of the noises, 0 to 1")
    sweep.add_argument("--seeds", default="1,2,3")
    sweep.add_argument("--sentences", type=int, default=0, help="only the first so many")
    sweep.add_argument("--pivot", help="third language for the pivot method")
    sweep.add_argument("--methods", default="direct,pivot,back_translation",
                       help="with options in brackets: pivot(direct_share=0.5)")  # fmt: skip
    sweep.add_argument("--projectors", default="match-exact")
    sweep.add_argument("--engine", default="mini", help="a preset, or registry names joined by |")
    sweep.add_argument("--ignore", default="", help="labels that do not count, such as DATE,MISC")
    sweep.add_argument("--output", type=Path, metavar="FILE",
                       help="FILE.csv, FILE.json or FILE.md; without it, a table")  # fmt: skip
    sweep.set_defaults(job=_sweep)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", type=Path, help="labelled side, CoNLL or one sentence a line")
    parser.add_argument("--target", type=Path, help="side to be labelled, the same")
    parser.add_argument("--links", type=Path, help="their word links, Pharaoh, source first")
    parser.add_argument("--source-language", default="en")
    parser.add_argument("--target-language", default="de")


def run(options: argparse.Namespace) -> None:
    """Run the job that was asked for."""
    options.job(options)


def _list(options: argparse.Namespace) -> None:
    for layer in LAYERS:
        print(layer)
        for entry in noises:
            if layer_of(entry.name) == layer:
                print(f"  {entry.name:20} {entry.summary}")
                for one in settings(entry.name):
                    choices = f": {', '.join(c or '(none)' for c in one.choices)}"
                    print(f"  {'':20}   {one.name}={one.default or '(none)'}  {one.help}"
                          f"{choices if one.choices else ''}")  # fmt: skip


def _apply(options: argparse.Namespace) -> None:
    """Write what there is of source.conll, target.conll, links.pharaoh, and noise.json."""
    items = _items(options)
    chosen = [parse(text, seed=options.seed) for text in options.noise]
    labels = _labels(items)
    made = [corrupted(item, chosen, Mode(options.mode), labels) for item in items]
    options.output.mkdir(parents=True, exist_ok=True)
    done = Counter(change.noise for _, changes in made for change in changes)
    for side in ("source", "target"):
        sentences = [s for item, _ in made if (s := getattr(item, side)) is not None]
        if sentences:
            write_conll(options.output / f"{side}.conll", sentences)
    links = [item.links for item, _ in made if item.links is not None]
    if links:
        pharaoh.dump(options.output / "links.pharaoh", links)
    line = signature.line({"noises": written(chosen), "mode": options.mode,
                           "data": signatures.data_hash(items)})  # fmt: skip
    report = {
        "signature": line,
        "changes": dict(done),
        "sentences": {item.key: [c.message for c in changes] for item, changes in made if changes},
    }
    (options.output / "noise.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    nothing = [n.name for n in chosen if n.rate and not done[n.name]]
    tell(f"{name} found nothing to change in these data." for name in nothing)
    print(line)


def _sweep(options: argparse.Namespace) -> None:
    """Print or write curves, areas and crossings."""
    if options.output is not None and options.output.suffix not in (".csv", ".json", ".md"):
        raise InputError(f"--output is FILE.csv, FILE.json or FILE.md, not {options.output.name}.")
    if options.example:
        items, source = list(example.items()), "en"
        target, pivot = example.LANGUAGE, options.pivot or "fr"
    else:
        items = _items(options)
        source, target = languages.two(options.source_language, options.target_language)
        pivot = options.pivot
    ignored = {label.strip(): None for label in options.ignore.split(",") if label.strip()}
    given = any(i.source is not None for i in items)
    plan = Plan(
        RunConfiguration(
            source, target, pivot, engines=(options.engine,),
            methods=choice.parse(options.methods, "method"),
            projectors=choice.parse(options.projectors, "projector"),
            given=Given(given, given), labels=ignored,
        ),
        tuple(options.noise),
        tuple(_numbers("--rates", options.rates)),
        tuple(int(seed) for seed in _numbers("--seeds", options.seeds)),
        options.sentences,
    ).checked()  # fmt: skip
    used = list(plan.items(items))
    progress = _Progress()
    sweep = plan.sweep(load_engine, _labels(items), progress)
    progress.total = len(used) * sweep.conditions
    (*_, tally) = sweep.run(used)
    found = plan.results(tally, signatures.data_hash(used))
    if options.output is None:
        print(as_table(found))
        return
    kind = options.output.suffix
    if kind == ".json":
        text = json.dumps(as_json(found), ensure_ascii=False, indent=1)
    else:
        text = as_csv(found) if kind == ".csv" else as_table(found)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, encoding="utf-8")
    print(found.signature)


class _Progress:
    """A line on the terminal, where there is one."""

    done = total = 0

    def __call__(self, sentences: int) -> None:
        self.done += sentences
        if sys.stderr.isatty():
            end = "\n" if self.done >= self.total else "\r"
            print(f"{self.done:,}/{self.total:,} sentences   ", end=end, file=sys.stderr)


def _numbers(option: str, text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise InputError(f"{option} takes numbers with commas between, not {text!r}.") from error


def _items(options: argparse.Namespace) -> list[Item]:
    """What the files hold, line by line; labels in a file are gold.

    Raises:
        InputError: no file, or files that do not go together.
    """
    if options.source is None and options.target is None:
        raise InputError("Give --source, --target or both.")
    sides = {
        side: read_sentences(path, getattr(options, f"{side}_language"))
        for side in ("source", "target")
        if (path := getattr(options, side)) is not None
    }
    lengths = {len(sentences) for sentences in sides.values()}
    if len(lengths) > 1:
        raise InputError(
            f"{options.source} and {options.target} do not have as many sentences: they must be"
            " parallel."
        )
    made = list(_made(sides))
    if options.links is None:
        return made
    if len(sides) < 2:
        raise InputError("Links need both --source and --target.")
    shapes = [(len(s), len(t)) for s, t in zip(sides["source"], sides["target"], strict=True)]
    links = pharaoh.load(options.links, shapes).links
    return [replace(item, links=one) for item, one in zip(made, links, strict=True)]


def _made(sides: dict[str, list[Sentence]]) -> Iterator[Item]:
    gold = frozenset(side for side, some in sides.items() if any(s.spans for s in some))
    for n, row in enumerate(zip(*sides.values(), strict=True), 1):
        pair = dict(zip(sides, row, strict=True))
        yield Item(str(n), pair.get("source"), pair.get("target"), gold)  # type: ignore[arg-type]


def _labels(items: list[Item]) -> tuple[str, ...]:
    found = {
        span.label
        for item in items
        for side in (item.source, item.target)
        if side is not None
        for span in side.spans
    }
    return tuple(sorted(found)) or LABELS
