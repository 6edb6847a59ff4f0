"""Put noise into a file, or measure how fast methods break as noise grows."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from xproj_core.answers import signature
from xproj_core.answers.many_items import Given
from xproj_core.commands import run_input
from xproj_core.commands.output import tell, write_conll
from xproj_core.datasets import read
from xproj_core.domain import languages
from xproj_core.domain.errors import InputError
from xproj_core.domain.item import Item
from xproj_core.engines.presets import load_engine
from xproj_core.examples import dataset as example
from xproj_core.formats import pharaoh
from xproj_core.methods import Mode
from xproj_core.noise import LAYERS, layer_of, noises, parse, settings, written
from xproj_core.noise.items import corrupted
from xproj_core.noise.labels import LABELS
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.results import as_csv, as_json, as_table
from xproj_core.runs import choice, run_signature
from xproj_core.runs.configuration import RunConfiguration

SUMMARY = "put noise into data; measure what it does to methods"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Three commands of its own."""
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    listing = jobs.add_parser("list", help="the noises there are")
    listing.set_defaults(job=_list)

    apply = jobs.add_parser("apply", help="write a copy of the data with noise in it")
    run_input.arguments(apply)
    apply.add_argument("--store", metavar="URL", help="where datasets are kept, see XPROJ_STORE")
    apply.add_argument(
        "--noise",
        nargs="+",
        required=True,
        metavar="NAME=RATE[,KEY=VALUE]",
        help="applied in this order",
    )
    apply.add_argument("--seed", type=int, default=0, help="for noises that name none")
    apply.add_argument(
        "--mode",
        choices=[m.value for m in Mode],
        default=Mode.LABEL.value,
        help="the given text is the target; translate: the source",
    )
    apply.add_argument("--output", type=Path, required=True, help="folder to write to")
    apply.set_defaults(job=_apply)

    sweep = jobs.add_parser("sweep", help="F1 of methods as noise grows")
    run_input.arguments(sweep)
    sweep.add_argument("--store", metavar="URL", help="where datasets are kept, see XPROJ_STORE")
    sweep.add_argument("--example", action="store_true", help="use the German example sentences")
    sweep.add_argument(
        "--noise",
        nargs="+",
        required=True,
        metavar="NAME[,KEY=VALUE][+NAME]",
        help="without rates; those joined by + come together",
    )
    sweep.add_argument(
        "--mode",
        choices=[m.value for m in Mode],
        default=Mode.LABEL.value,
        help="label the target, or translate the labelled source",
    )
    sweep.add_argument("--rates", default="0.1,0.2,0.3,0.5", help="of the noises, 0 to 1")
    sweep.add_argument("--seeds", default="1,2,3")
    sweep.add_argument("--sentences", type=int, default=0, help="only the first so many")
    sweep.add_argument(
        "--methods",
        default="direct,pivot,back_translation",
        help="with options in brackets: pivot(direct_share=0.5)",
    )
    sweep.add_argument("--projectors", default="match-exact")
    sweep.add_argument(
        "--translations",
        choices=("data", "engine"),
        default="data",
        help="other side and gold labels: the data's, or made",
    )
    sweep.add_argument("--engine", default="mini", help="a preset, or registry names joined by |")
    sweep.add_argument("--ignore", default="", help="labels that do not count, such as DATE,MISC")
    sweep.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="FILE.csv, FILE.json or FILE.md; without it, a table",
    )
    sweep.set_defaults(job=_sweep)


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
                    print(
                        f"  {'':20}   {one.name}={one.default or '(none)'}  {one.help}"
                        f"{choices if one.choices else ''}"
                    )


def _apply(options: argparse.Namespace) -> None:
    """Write what there is of source.conll, target.conll, links.pharaoh, and noise.json."""
    data = _data(options)
    chosen = [parse(text, seed=options.seed) for text in options.noise]
    mode = Mode(options.mode)
    made = [corrupted(item, chosen, mode, data.labels) for item in data.items]
    options.output.mkdir(parents=True, exist_ok=True)
    done = Counter(change.noise for _, changes in made for change in changes)
    for side in ("source", "target"):
        sentences = [s for item, _ in made if (s := getattr(item, side)) is not None]
        if sentences:
            write_conll(options.output / f"{side}.conll", sentences)
    links = [item.links for item, _ in made if item.links is not None]
    if links:
        pharaoh.dump(options.output / "links.pharaoh", links)
    line = signature.line(
        {
            "noises": written(chosen),
            "mode": options.mode,
            "data": run_signature.data_hash(data.items),
        }
    )
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
    data = _example() if options.example else _data(options)
    pivot = options.pivot or (example.PIVOT if options.example else None)
    source, target = languages.two(data.source, data.target)
    ignored = {label.strip(): None for label in options.ignore.split(",") if label.strip()}
    plan = Plan(
        RunConfiguration(
            source,
            target,
            pivot,
            Mode(options.mode),
            engines=(options.engine,),
            methods=choice.parse(options.methods, "method"),
            projectors=choice.parse(options.projectors, "projector"),
            given=Given(*(2 * (options.translations == "data",))),
            labels=ignored,
        ),
        tuple(options.noise),
        tuple(_numbers("--rates", options.rates)),
        tuple(int(seed) for seed in _numbers("--seeds", options.seeds)),
        options.sentences,
    ).checked()
    sweep = plan.sweep(load_engine, data.labels)
    sweep.progress = _Progress(sweep.conditions)
    for _ in sweep.run(plan.items(data.items)):
        pass
    found = plan.results(sweep.tally, run_signature.data_hash(plan.items(data.items)))
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

    def __init__(self, conditions: int) -> None:
        self._done, self._conditions = 0, conditions

    def __call__(self, sentences: int) -> None:
        self._done += sentences
        if sys.stderr.isatty():
            done = self._done / self._conditions
            print(
                f"{done:,.1f} sentences, {self._conditions} times each   ",
                end="\r",
                file=sys.stderr,
            )


def _numbers(option: str, text: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise InputError(f"{option} takes numbers with commas between, not {text!r}.") from error


@dataclass(frozen=True)
class _Data:
    """Items that may be read again, their languages and labels."""

    items: Iterable[Item]
    source: str
    target: str
    labels: tuple[str, ...]


def _example() -> _Data:
    return _Data(example.items(), example.SOURCE, example.TARGET, example.LABELS)


def _data(options: argparse.Namespace) -> _Data:
    """What the options name: files, or a dataset of the store.

    Raises:
        InputError: neither or both, or files that are no dataset.
    """
    if (options.input is None) == (options.dataset is None):
        raise InputError("Give --input FILE, or --dataset ID of the store.")
    if options.dataset is not None:
        from xproj_core.store import open_store

        datasets = open_store(options.store).datasets
        known = datasets.get(options.dataset)
        items = _Stored(lambda: datasets.items(known.id))
        labels = known.labels or LABELS
        return _Data(items, known.source_language, known.target_language, labels)
    found = read(
        options.input,
        format=options.format,
        source_language=options.source_language,
        target_language=options.target_language,
        split=options.split,
        target=options.target_input,
        links=options.links,
        partial=options.partial,
        words="words" if options.tokenise else "spaces",
    )
    tell((f"{options.input} {found.reason}", *found.notes, *found.problems))
    source, target = found.source_language, found.target_language
    if source == "und" and "source" not in found.preview.sides:
        source = options.source_language or "en"
    return _Data(found.items, source, target, found.labels or LABELS)


class _Stored:
    """A dataset of the store, read anew each time."""

    def __init__(self, items: Callable[[], Iterator[Item]]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[Item]:
        return self._items()
