"""Put noise into a file, or measure how fast methods break as noise grows."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from xproj_core.answers.choice import parse_choices
from xproj_core.answers.many_items import Given
from xproj_core.answers.system import signature_line
from xproj_core.commands import noise_input
from xproj_core.commands.output import tell, write_conll
from xproj_core.domain import codec, languages
from xproj_core.domain.defaults import DEFAULT_PROJECTOR, NOISE_RATES
from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter
from xproj_core.domain.registry import Entry
from xproj_core.engines.presets import load_engine
from xproj_core.examples import dataset as example
from xproj_core.formats import pharaoh
from xproj_core.methods import Mode
from xproj_core.noise import LAYERS, layer_of, noises, parse, settings, written
from xproj_core.noise.items import corrupted
from xproj_core.robustness.plan import Plan
from xproj_core.robustness.results import Results, as_csv, as_table
from xproj_core.runs import run_signature
from xproj_core.runs.configuration import RunConfiguration

SUMMARY = "put noise into data; measure what it does to methods"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Three commands of its own."""
    jobs = parser.add_subparsers(dest="job", required=True, metavar="JOB")
    listing = jobs.add_parser("list", help="the noises there are")
    listing.set_defaults(job=_list)
    apply = jobs.add_parser("apply", help="write a copy of the data with noise in it")
    _apply_arguments(apply)
    apply.set_defaults(job=_apply)
    sweep = jobs.add_parser("sweep", help="F1 of methods as noise grows")
    _sweep_arguments(sweep)
    sweep.set_defaults(job=_sweep)


def _apply_arguments(parser: argparse.ArgumentParser) -> None:
    noise_input.arguments(parser)
    parser.add_argument(
        "--noise",
        nargs="+",
        required=True,
        metavar="NAME=RATE[,KEY=VALUE]",
        help="applied in this order",
    )
    parser.add_argument("--seed", type=int, default=0, help="for noises that name none")
    _add_mode(parser, "the given text is the target; translate: the source")
    parser.add_argument("--output", type=Path, required=True, help="folder to write to")


def _sweep_arguments(parser: argparse.ArgumentParser) -> None:
    noise_input.arguments(parser)
    add = parser.add_argument
    add("--example", action="store_true", help="use the German example sentences")
    add(
        "--noise",
        nargs="+",
        required=True,
        metavar="NAME[,KEY=VALUE][+NAME]",
        help="without rates; those joined by + come together",
    )
    _add_mode(parser, "label the target, or translate the labelled source")
    add("--rates", default=",".join(map(str, NOISE_RATES)), help="of the noises, 0 to 1")
    add("--seeds", default="1,2,3")
    add("--sentences", type=int, default=0, help="only the first so many")
    add(
        "--methods",
        default="direct,pivot,back_translation",
        help="with options in brackets: pivot(direct_share=0.5)",
    )
    add("--projectors", default=DEFAULT_PROJECTOR)
    add(
        "--translations",
        choices=("data", "engine"),
        default="data",
        help="other side and gold labels: the data's, or made",
    )
    add("--engine", default="mini", help="a preset, or registry names joined by |")
    add("--ignore", default="", help="labels that do not count, such as DATE,MISC")
    add(
        "--output",
        type=Path,
        metavar="FILE",
        help="FILE.csv, FILE.json or FILE.md; without it, a table",
    )


def _add_mode(parser: argparse.ArgumentParser, help: str) -> None:
    modes = [mode.value for mode in Mode]
    parser.add_argument("--mode", choices=modes, default=Mode.LABEL.value, help=help)


def run(options: argparse.Namespace) -> None:
    """Run the job that was asked for."""
    options.job(options)


def _list(options: argparse.Namespace) -> None:
    by_layer: dict[str, list[Entry]] = {layer: [] for layer in LAYERS}
    for entry in noises.usable():
        by_layer.setdefault(layer_of(entry.name), []).append(entry)
    for layer, entries in by_layer.items():
        print(layer)
        for entry in entries:
            print(f"  {entry.name:20} {entry.summary}")
            for setting in settings(entry.name):
                print(f"  {'':20}   {_described(setting)}")
    tell(noises.problems())


def _described(setting: Parameter) -> str:
    default = "(none)" if setting.default == "" else setting.default
    choices = ", ".join(choice or "(none)" for choice in setting.choices)
    return f"{setting.name}={default}  {setting.help}" + (f": {choices}" if choices else "")


def _apply(options: argparse.Namespace) -> None:
    """Write what there is of source.conll, target.conll, links.pharaoh, and noise.json."""
    data = noise_input.of_options(options)
    chosen = [parse(text, seed=options.seed) for text in options.noise]
    mode = Mode(options.mode)
    results = [corrupted(item, chosen, mode, data.labels) for item in data.items]
    options.output.mkdir(parents=True, exist_ok=True)
    done = Counter(change.noise for _, changes in results for change in changes)
    for side in ("source", "target"):
        sentences = [s for item, _ in results if (s := getattr(item, side)) is not None]
        if sentences:
            write_conll(options.output / f"{side}.conll", sentences)
    links = [item.links for item, _ in results if item.links is not None]
    if links:
        pharaoh.dump(options.output / "links.pharaoh", links)
    line = signature_line(
        {
            "noises": written(chosen),
            "mode": options.mode,
            "data": run_signature.data_hash(data.items),
        }
    )
    report = {
        "signature": line,
        "changes": dict(done),
        "sentences": {
            item.key: [c.message for c in changes] for item, changes in results if changes
        },
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
    data = noise_input.of_example() if options.example else noise_input.of_options(options)
    plan = _plan(options, data)
    sweep = plan.sweep(load_engine, data.labels)
    sweep.progress = _Progress(sweep.conditions)
    for _ in sweep.run(plan.items(data.items)):
        pass
    results = plan.results(sweep.tally, run_signature.data_hash(plan.items(data.items)))
    if options.output is None:
        print(as_table(results))
        return
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(_as_text(results, options.output.suffix), encoding="utf-8")
    print(results.signature)


def _plan(options: argparse.Namespace, data: noise_input.Data) -> Plan:
    source, target = languages.two(data.source, data.target)
    return Plan(
        RunConfiguration(
            source,
            target,
            options.pivot or (example.PIVOT if options.example else None),
            Mode(options.mode),
            engines=(options.engine,),
            methods=parse_choices(options.methods, "method"),
            projectors=parse_choices(options.projectors, "projector"),
            given=Given(*(2 * (options.translations == "data",))),
            labels={label.strip(): None for label in options.ignore.split(",") if label.strip()},
        ),
        tuple(options.noise),
        tuple(_numbers("--rates", options.rates)),
        tuple(int(seed) for seed in _numbers("--seeds", options.seeds)),
        options.sentences,
    ).checked()


def _as_text(results: Results, suffix: str) -> str:
    if suffix == ".json":
        return json.dumps(codec.to_json(results), ensure_ascii=False, indent=1)
    return as_csv(results) if suffix == ".csv" else as_table(results)


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
