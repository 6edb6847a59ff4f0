"""How long Mini takes: to load, for one sentence of 20 words, for many sentences; and its size.

    python -m benchmarks.mini_speed [--write]

German in, English tags back on the German words. Everything in one fresh process. Wall time, and
processor time beside it where other work may share the machine.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "xproj_core/mini/weights"
_RUN = """
import json, os, resource, time
wall, cpu = time.perf_counter, time.process_time
begun = wall(), cpu()
from xproj_core.domain import Sentence
from xproj_core.engines.presets import load_engine
engine = load_engine("mini")
machine = engine.translator.fallback
machine.direction("de", "en")
engine.aligner.align([(Sentence(("Haus",), "de"), Sentence(("house",), "en"))])
engine.tagger.tag([Sentence(("Paris",), "en")])
found = {"load": (wall() - begun[0], cpu() - begun[1])}
words = ("Der Mann , der in dem Haus am Fluss wohnt , hat gestern in Berlin von seinem"
         " Sohn erzählt .").split()
assert len(words) == 20
sentence = Sentence(tuple(words), "de")
steps = {
    "translate": lambda: machine.translate([sentence], "en"),
    "align": lambda: engine.aligner.align([(english, sentence)]),
    "tag": lambda: engine.tagger.tag([english]),
}
begun = wall()
english = machine.translate([sentence], "en")[0].sentence
found["first"] = (wall() - begun, 0.0)
for name, work in steps.items():
    times = []
    for _ in range(25):
        begun = wall(), cpu()
        work()
        times.append((wall() - begun[0], cpu() - begun[1]))
    found[name] = tuple(sorted(t[k] for t in times)[12] for k in (0, 1))
begun = wall(), cpu()
for a, b in machine.directions:
    machine.direction(a, b)
found["all"] = (wall() - begun[0], cpu() - begun[1])
found["memory"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0.0)
from training.tatoeba import read
from pathlib import Path
from xproj_core.text.tokenise import tokenise
held_out = read(Path("../shared/data/train-parallel"), 1).test["en", "de"]
rows = [tokenise(y, "de") for _, y in held_out]
begun = wall(), cpu()
out = [t.sentence for t in machine.translate(rows, "en")]
engine.aligner.align(list(zip(out, rows, strict=True)))
engine.tagger.tag(out)
found["batch"] = (len(rows) / (wall() - begun[0]), len(rows) / (cpu() - begun[1]))
found["words"] = (sum(map(len, rows)) / len(rows), 0.0)
print(json.dumps(found))
"""


def report() -> str:
    """Everything as Markdown."""
    import json

    done = subprocess.run(
        [sys.executable, "-c", _RUN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    measurements: dict[str, tuple[float, float]] = json.loads(done.stdout)
    ms = {k: [f"{1000 * v:.0f} ms" for v in measurements[k]] for k in ("translate", "align", "tag")}
    totals = [f"{1000 * sum(measurements[k][n] for k in ms):.0f} ms" for n in (0, 1)]
    sizes = {
        part.name: sum(f.stat().st_size for f in part.rglob("*") if f.is_file())
        for part in sorted(SHIPPED.iterdir())
        if part.is_dir()
    }
    lines = [
        "# Mini's speed and size",
        "",
        "    python -m benchmarks.mini_speed --write",
        "",
        "German to English and back onto the German words, in one fresh process; wall time on two"
        " cores that other work shared, and processor time.",
        "",
        "| | wall | processor |",
        "|---|---|---|",
        f"| import, load, first words of all three parts | {measurements['load'][0]:.1f} s"
        f" | {measurements['load'][1]:.1f} s |",
        *(f"| 20 words: {name} | {cells[0]} | {cells[1]} |" for name, cells in ms.items()),
        f"| 20 words: all three | {totals[0]} | {totals[1]} |",
        f"| sentences a second, {measurements['words'][0]:.1f} words each, 1,500 in a batch, all"
        " three"
        f" | {measurements['batch'][0]:.0f} | {measurements['batch'][1]:.0f} |",
        f"| loading the other directions | {measurements['all'][0]:.1f} s |"
        f" {measurements['all'][1]:.1f} s |",
        f"| peak memory with all of them | {measurements['memory'][0]:.0f} MB | |",
        "",
        "| part | MB |",
        "|---|---|",
        *(f"| {name} | {size / 1e6:.1f} |" for name, size in sizes.items()),
        f"| all | {sum(sizes.values()) / 1e6:.1f} |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the tables, or write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = report()
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
