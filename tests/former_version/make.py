"""Makes the files of this folder: what the former version of XProj wrote.

It runs only with that version: 0.1.0 at commit 853df48, before its modules were moved. In a
checkout of that commit, in an environment with its requirements:

    PYTHONPATH="$PWD" python …/tests/former_version/make.py

What it writes is described in README.md. The files are never made again by a later version:
they stand for the data that people have.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import reading
from xproj_core.presets import load_engine
from xproj_core.review.settings import GOLD, Settings, own_layer
from xproj_core.robustness.sweeps import Data, Sweeps, in_thread, key_of

from tests.fakes import WordTranslator
from xproj_core import chunks
from xproj_core.cli import main
from xproj_core.examples import dataset as example
from xproj_core.review.demo import entries
from xproj_core.review.desk import Desk
from xproj_core.review.signals import prepare
from xproj_core.robustness import sweeps as sweeping
from xproj_core.robustness.plan import Plan
from xproj_core.runs import choice
from xproj_core.runs.configuration import RunConfiguration
from xproj_core.store import open_store
from xproj_core.store.store import Store

HERE = Path(__file__).resolve().parent
DATA, OUTPUT = HERE / "data", HERE / "output"
ADA, BO = "Ada", "Bo"
RUNS = {
    "words": [
        "--input=sentences.jsonl",
        "--pivot=fr",
        "--methods=direct,pivot,pivot(direct_share=0.5),back_translation",
        *("--engine", reading.WORDS),
    ],
    "translated": [
        "--input=sentences.jsonl",
        "--mode=translate",
        "--translations=engine",
        "--methods=direct",
        *("--projector", "match-exact(soft=true)", "min-max"),
        *("--engine", reading.WORDS),
    ],
    "mini": [
        "--input=german.conll",
        "--pivot=fr",
        "--target-language=de",
        "--methods=direct,pivot,model_transfer",
        *("--engine", "mini", reading.WORDS),
        "--labels=MISC=,ORG=ORGANISATION",
    ],
    "taught": [
        "--input=german.conll",
        "--target-language=de",
        "--methods=direct",
        *("--engine", "mini:taught|mini:taught|capitals"),
    ],
}
MANY = [
    "--input=many.txt",
    "--target-language=de",
    "--pivot=fr",
    "--methods=direct,pivot",
    *("--engine", reading.WORDS),
]


class Dying(WordTranslator):
    """Its process is gone at a word, as if it had been killed."""

    def translate(self, sentences: Any, target: str) -> Any:
        if any("13" in sentence.tokens for sentence in sentences):
            os._exit(9)
        return super().translate(sentences, target)


def command(*arguments: str, data: Path = DATA) -> str:
    """What `xproj` prints."""
    os.environ["XPROJ_DATA"] = str(data)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(arguments))
    assert code == 0, err.getvalue()
    return out.getvalue()


def in_process(what: str, *arguments: str) -> None:
    """Do what ends with the end of its process."""
    ended = subprocess.run([sys.executable, __file__, what, *arguments])
    assert ended.returncode == 9, ended


def interrupted_run() -> None:
    """A run that stands at 12 of 16 sentences when its process ends."""
    reading.translators.add("words", "__main__:Dying", "")
    chunks.chunks.__defaults__ = (4, chunks.CHUNK_CELLS)
    command("run", *MANY, "--output=output/interrupted")


def plan(noises: tuple[str, ...]) -> Plan:
    """A sweep of two methods."""
    methods = choice.parse("direct,pivot(direct_share=0.5)", "method")
    configuration = RunConfiguration("en", "de", "fr", engines=(reading.WORDS,), methods=methods)
    return Plan(configuration, noises, (0.2, 0.5), (1, 2), 0).checked()


def sweep(dataset: str, noise: str, die_at: int = 0) -> str:
    """A sweep over a dataset, to its end or until so many sentences are answered; its name."""
    os.environ["XPROJ_DATA"] = str(DATA)
    folder = DATA / "robustness"
    with open_store() as store:
        known = store.datasets.get(dataset)
        data = Data(known.id, known.name, known.items, known.labels)
        files = sweeping.Files(folder)

        def dying(key: str, watch: Any, stop: Any) -> None:
            def watched(progress: Any) -> None:
                watch(progress)
                if progress.done >= die_at:
                    os._exit(9)

            sweeping.run(files, key, load_engine, store.datasets.items, watched, stop)

        process = in_thread(folder, load_engine, store.datasets.items)
        begun = Sweeps(folder, dying if die_at else process)
        sweep_plan = plan((noise,))
        begun.begin(sweep_plan, data)
        begun.join(key_of(sweep_plan, data))
        return key_of(sweep_plan, data)


@contextmanager
def counted_anew(folder: Path) -> Iterator[Path]:
    """A copy of the data for what changes them."""
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    yield copy
    shutil.rmtree(copy)


def correct(store: Store, dataset: str, run: str) -> None:
    """Corrections of every kind by two people in shared documents."""
    store.reviews.set(dataset, Settings(run, "pivot(direct_share=0.5)/match-exact"))
    desk = Desk(store, dataset, load_engine(reading.WORDS))
    prepare(desk)
    spans = desk.open(0, ADA).document.spans
    (target,) = (span.id for span in spans.values() if span.side == "target")
    done = [
        (0, ADA, "relabel", {"id": target, "label": "ORG"}),
        (0, BO, "resize", {"id": target, "start": 0, "end": 1}),
        (0, ADA, "undo", {}),
        (0, ADA, "undo", {}),
        (0, BO, "redo", {}),
        (0, BO, "note", {"span": target, "text": "a firm?"}),
        (0, BO, "set_status", {"spans": [target], "links": [[0, 0]], "status": "accepted"}),
        (0, BO, "note", {"link": [0, 0], "text": "sure"}),
        (0, ADA, "done", {"done": True}),
        (1, ADA, "add_span", {"side": "target", "start": 0, "end": 3, "label": "ORG"}),
        (1, ADA, "delete_span", {"id": "t0"}),
        (1, ADA, "unlink", {"source": 1, "target": 1}),
        (1, ADA, "keep", {}),
        (1, BO, "link", {"source": 4, "target": 3, "possible": True}),
        (2, ADA, "unlink", {"source": 3, "target": 0}),
        (2, ADA, "link", {"source": 3, "target": 3}),
        (2, ADA, "take_offer", {}),
        (6, BO, "retext", {"side": "target", "text": "Nia besuchte gestern Kaduna ."}),
        (7, BO, "set_status", {"spans": ["t0"], "links": [], "status": "rejected"}),
        (7, BO, "undo", {}),
    ]
    for number, by, op, args in done:
        reading.send(desk, number, by, op, args)


def annotate_twice(store: Store, dataset: str) -> None:
    """Two people in layers of their own, and the gold layer made from them."""
    store.reviews.set(dataset, Settings(double=True))
    desk = Desk(store, dataset)
    prepare(desk)
    first = {"side": "target", "start": 0, "end": 1, "label": "PER"}
    for by, more in ((ADA, {}), (BO, {"label": "LOC"})):
        reading.send(desk, 0, by, "add_span", {**first, **more})
        reading.send(desk, 0, by, "done", {"done": True})
    own = desk.open(0, BO, own_layer(BO)).document.spans
    person_spans = [id for id, span in own.items() if span.mark.by == "person"]
    adopted = {"layer": own_layer(BO), "spans": person_spans, "links": []}
    reading.send(desk, 0, ADA, "adopt", adopted, GOLD)
    reading.send(desk, 0, ADA, "done", {"done": True}, GOLD)


def demonstration(store: Store) -> str:
    """A few sentences with records that came with them; the id of the dataset."""
    some = entries()[:4]
    labels, notes = ("PER", "LOC", "ORG", "DATE"), ["Written for XProj."]
    id = store.datasets.add("Demonstration", [e.item for e in some], "en", "mul", labels, notes)
    store.reviews.give(id, [r for e in some for r in (e.record, e.other)])
    prepare(Desk(store, id))
    return id


def addresses(runs: dict[str, str], datasets: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Pages and parameters, as the app writes them."""
    words, over = runs["words"], datasets["words"]
    question = {"text": "[Ada](PER) besuchte das werk", "src": "en", "tgt": "de", "via": "fr"}
    more = {"methods": "direct,pivot", "projector": "min-max", "p.threshold": "0.4"}
    typed = {"labels.source": "[Ada](PER) visited the plant", "sel": "direct:0", "view": "heat"}
    noisy = {"r.noise": "drop-links", "r.rates": "0.2,0.5", "r.seeds": "2", "r.n": "0"}
    swept = {
        "r.data": over,
        "r.engine": reading.WORDS,
        "r.methods": "direct,pivot(direct_share=0.5)",
    }
    direct = "direct/match-exact"
    return [
        ("project", {}),
        ("project", question),
        ("project", question | {"mode": "translate", "engine": reading.WORDS}),
        ("project", question | more | {"pivot.direct_share": "0.5"}),
        ("project", question | typed),
        ("project", question | {"retag.pivot": "Ada visita l usine", "methods": "pivot"}),
        ("project", question | {"projector": "no such", "nonsense": "1"}),
        ("datasets", {"dataset": over}),
        ("datasets", {"add": "1"}),
        ("analyse", {"run": words}),
        ("analyse", {"run": words, "show": "scores", "drop": "LOC", "along": "length"}),
        ("analyse", {"run": words, "show": "errors", "of": direct, "kind": "unaligned"}),
        ("review", {"dataset": over, "item": "nested", "panel": "history"}),
        ("review", {"dataset": over, "order": "disagreement", "status": "open", "label": "PER"}),
        ("review", {"dataset": over, "words": "werk", "lost": "1", "below": "0.5"}),
        ("review", {"dataset": datasets["twice"], "item": "1", "layer": "gold"}),
        ("robustness", {"r.data": "example", "r.mode": "translate", "r.given": "both"}),
        ("robustness", swept | noisy),
        ("robustness", swept | noisy | {"r.at": f"drop-links=0.5/1/{direct}", "r.s": "1"}),
        ("engines", {}),
    ]


def make_runs() -> dict[str, Any]:
    """Finished runs in the store, in the cache and in folders; the lines that they print."""
    command("train", "--pairs=pairs.tsv", "--source=en", "--target=de", "--output=taught")
    printed = {}
    for name, arguments in RUNS.items():
        printed[name] = command("run", *arguments, f"--output=output/{name}").strip()
    in_process("run")
    # the same to its end, in a store of its own
    elsewhere = HERE / "elsewhere"
    chunks.chunks.__defaults__ = (4, chunks.CHUNK_CELLS)
    printed["many"] = command("run", *MANY, "--output=output/many", data=elsewhere).strip()
    chunks.chunks.__defaults__ = (chunks.CHUNK, chunks.CHUNK_CELLS)
    with open_store(str(elsewhere / "xproj.sqlite")) as store:
        (dataset_contents,) = reading.contents(store).values()
    shutil.rmtree(elsewhere)
    (run,) = dataset_contents["runs"].values()
    return {"printed": printed, "many": run["records"]}


def make_rest(expected: dict[str, Any]) -> None:
    """Corrections, sweeps, the archive and what all of it reads as."""
    runs = {f.parent.name: json.loads(f.read_text())["run"] for f in OUTPUT.glob("*/run.json")}
    os.environ["XPROJ_DATA"] = str(DATA)
    with open_store() as store:
        over = {n: store.runs.get(r).dataset for n, r in runs.items() if n != "many"}
        correct(store, over["words"], runs["words"])
        items = example.items()[:3]
        over["twice"] = store.datasets.add("Twice", items, "en", "de", example.LABELS)
        annotate_twice(store, over["twice"])
        over["demonstration"] = demonstration(store)
    expected |= {"runs": runs, "datasets": over}
    expected["sweeps"] = {"finished": sweep(over["words"], "drop-links")}
    in_process("sweep", over["words"])
    (expected["sweeps"]["interrupted"],) = (f.stem for f in (DATA / "robustness").glob("*.answers"))
    command(
        *("noise", "sweep", "--input=sentences.jsonl", "--source-language=en", "--pivot=fr"),
        *("--target-language=de", "--noise", "drop-words", "--rates=0.3", "--seeds=1"),
        *("--engine", reading.WORDS, "--methods=direct,pivot", "--output=output/sweep.json"),
    )
    command("datasets", "--export=project.zip")


def make_answers(expected: dict[str, Any]) -> None:
    """What the former version says of what it wrote."""
    over, runs = expected["datasets"], expected["runs"]
    # counted here, so that the folder beside the store has what was counted
    report = ("report", "--run", runs["words"], "--sweep=output/sweep.json")
    command(*report, "--output=output/report.html", "--tables=output/tables")
    expected["tables"] = reading.texts(OUTPUT / "tables")
    for path in (OUTPUT / "tables", OUTPUT / "report.html"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with counted_anew(DATA) as copy:
        expected["said"] = {
            "datasets": command("datasets", data=copy),
            "runs": command("runs", data=copy),
            "corrections": {},
        }
        for name in ("words", "twice"):
            file = copy / "corrections.csv"
            command("datasets", "--dataset", over[name], f"--corrections={file}", data=copy)
            expected["said"]["corrections"][name] = file.read_bytes().decode()
        with open_store(str(copy / "xproj.sqlite")) as store:
            expected["contents"] = reading.contents(store)
            expected["undone"] = {n: reading.undone(store, over[n]) for n in ("words", "twice")}
            sweeps = Sweeps(copy / "robustness", in_thread(copy, load_engine, store.datasets.items))
            shown = sweeps.find(expected["sweeps"]["finished"])
            assert shown is not None
            expected["sweep"] = reading.plain(shown.results)
    with counted_anew(DATA) as copy, reading.pages(copy) as opened:
        expected["pages"] = [
            {
                "page": page,
                "parameters": parameters,
                "state": reading.page_state(opened(page, parameters)),
            }
            for page, parameters in addresses(runs, over)
        ]


def close(file: Path) -> None:
    """A database as one file."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 1024")  # for there are many small tables
        connection.execute("VACUUM")
    connection.close()


def make() -> None:
    """All of it."""
    for old in (DATA, OUTPUT, HERE / "taught"):
        shutil.rmtree(old, ignore_errors=True)
    expected = make_runs()
    make_rest(expected)
    make_answers(expected)
    for file in (DATA / "xproj.sqlite", DATA / "cache.sqlite"):
        close(file)
    text = json.dumps(expected, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    socket.gethostname = lambda: "elsewhere"  # the machine's name is nobody's business
    os.environ.pop("XPROJ_STORE", None)
    reading.register_words()
    with chdir(HERE):
        match sys.argv[1:]:
            case ["run"]:
                interrupted_run()
            case ["sweep", dataset]:
                sweep(dataset, "drop-words", die_at=30)
            case _:
                make()
