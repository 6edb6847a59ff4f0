"""How good, fast and big Mini's translator is.

    python -m benchmarks.translation [--folder FOLDER] [--limit N] [--write]

Held-out Tatoeba and NTREX by chrF and BLEU, invented names kept, speed, load time, sizes.
`--write` puts the tables into benchmarks/translation.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import sacrebleu

from benchmarks.invented_names import sentences as with_names
from training.tatoeba import Pair, Parallel, read
from xproj_core.domain import Sentence
from xproj_core.mini.translator import SHIPPED, load
from xproj_core.models.protocols import Translation
from xproj_core.text.detokenise import text_of
from xproj_core.text.tokenise import tokenise

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "../shared/data"
NTREX = {
    "en": "newstest2019-src.eng",
    "de": "newstest2019-ref.deu",
    "fr": "newstest2019-ref.fra",
    "es": "newstest2019-ref.spa",
    "sw": "newstest2019-ref.swa",
    "zu": "newstest2019-ref.zul",
    "ha": "newstest2019-ref.hau",
}
SEED = 1
Translate = Callable[[Sequence[Sentence], str], list[Translation]]


def scored(translate: Translate, source: str, target: str, rows: Sequence[Pair]) -> list[str]:
    """chrF, BLEU, milliseconds a sentence, as cells."""
    inputs = [tokenise(text, source) for text, _ in rows]
    begun = time.perf_counter()
    outputs = [text_of(t.sentence) for t in translate(inputs, target)]
    spent = (time.perf_counter() - begun) / len(rows)
    references = [[reference for _, reference in rows]]
    return [
        f"{sacrebleu.corpus_chrf(outputs, references).score:.1f}",
        f"{sacrebleu.corpus_bleu(outputs, references).score:.1f}",
        f"{1000 * spent:.0f}",
    ]


def held_out(
    translate: Translate, directions: Sequence[Pair], parts: Parallel, limit: int | None
) -> Iterator[list[str]]:
    """One row per direction, on sentences that no direction was trained or tuned on."""
    for a, b in directions:
        rows = parts.test.get((a, b)) or [(y, x) for x, y in parts.test[b, a]]
        yield [f"{a} → {b}", str(len(rows[:limit])), *scored(translate, a, b, rows[:limit])]


def news(
    translate: Translate, directions: Sequence[Pair], limit: int | None
) -> Iterator[list[str]]:
    """The same on NTREX, news of 2019, nothing like which was trained on."""
    for a, b in directions:
        rows = list(zip(lines_of(a), lines_of(b), strict=True))[:limit]
        yield [f"{a} → {b}", str(len(rows)), *scored(translate, a, b, rows)]


def lines_of(language: str) -> list[str]:
    """NTREX in one language, the same line by line in all."""
    return (DATA / "ntrex" / f"{NTREX[language]}.txt").read_text("utf-8").splitlines()


def names_kept(translate: Translate, directions: Sequence[Pair]) -> Iterator[list[str]]:
    """Names found whole, letter for letter, in the translation, by type."""
    for a, b in directions:
        if a not in ("en", "de", "fr", "es"):
            continue
        rows = with_names(a)
        outputs = translate([tokenise(text, a) for _, _, text in rows], b)
        outcomes = [
            (kind, _has(out.sentence.tokens, tokenise(name, a).tokens))
            for (kind, name, _), out in zip(rows, outputs, strict=True)
        ]
        cells = []
        for label in ("PER", "LOC", "ORG"):
            hits = [ok for kind, ok in outcomes if kind == label]
            cells.append(f"{100 * sum(hits) / len(hits):.1f}")
        yield [f"{a} → {b}", *cells, f"{100 * sum(ok for _, ok in outcomes) / len(outcomes):.1f}"]


def _has(tokens: Sequence[str], name: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(tokens[i : i + size]) == tuple(name) for i in range(len(tokens) - size + 1))


def unseen(parts: Parallel) -> int:
    """How many of the invented names occur in the training data: must be 0."""
    text = "\n".join(f"{x}\n{y}" for pairs in parts.train.values() for x, y in pairs)
    return sum(name in text for _, name, _ in with_names("en"))


_LATENCY = """
import time, sys
begun = time.perf_counter()
from xproj_core.mini.translator import load
from xproj_core.text.tokenise import tokenise
translator = load(sys.argv[1])
for a, b in translator.directions:
    translator.direction(a, b)
loaded = time.perf_counter() - begun
text = ("The old man who lives in the house near the river told me yesterday that his son works"
        " in Berlin .")
sentence = tokenise(text, "en")
begun = time.perf_counter()
translator.translate([sentence], "de")
first = time.perf_counter() - begun
times = []
for _ in range(9):
    begun = time.perf_counter()
    translator.translate([sentence], "de")
    times.append(time.perf_counter() - begun)
import resource
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{loaded:.2f} {1000 * first:.0f} {1000 * sorted(times)[4]:.0f} {memory:.0f}")
"""


def latency(folder: Path) -> list[str]:
    """In a fresh process: seconds to load every direction, milliseconds for a sentence of 20
    words the first time and afterwards, megabytes of memory with all directions loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _LATENCY, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def signature_of(metric: sacrebleu.metrics.CHRF | sacrebleu.metrics.BLEU) -> str:
    """How the metric is computed, with one reference; it says so only after a first use."""
    metric.corpus_score(["a"], [["a"]])
    return str(metric.get_signature())


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folder", type=Path, default=SHIPPED)
    parser.add_argument("--limit", type=int, help="sentences per direction, to be quick")
    parser.add_argument("--write", action="store_true", help="benchmarks/translation.md")
    options = parser.parse_args()
    translator = load(str(options.folder))
    parts = read(DATA / "train-parallel", SEED)
    directions = sorted(translator.directions)
    scores = ["direction", "sentences", "chrF", "BLEU", "ms/sentence"]
    signature = [signature_of(m) for m in (sacrebleu.metrics.CHRF(), sacrebleu.metrics.BLEU())]
    sections = [
        "# Mini's translator, measured\n",
        f"chrF `{signature[0]}`, BLEU `{signature[1]}`, one reference each;"
        " `python -m benchmarks.translation --write`.\n",
        "## Held-out sentences\n",
        table(scores, list(held_out(translator.translate, directions, parts, options.limit))),
        "## NTREX (news)\n",
        table(scores, list(news(translator.translate, directions, options.limit))),
        f"## Names kept, % of 500 invented ones ({unseen(parts)} of them in the training data)\n",
        table(
            ["direction", "PER", "LOC", "ORG", "all"],
            list(names_kept(translator.translate, directions)),
        ),
        "## Speed and size\n",
        table(
            ["load all directions, s", "20 words, first time, ms", "20 words, ms", "memory, MB"],
            [latency(options.folder)],
        ),
        table(
            ["file", "kB"],
            [[f.name, f"{f.stat().st_size / 1000:.0f}"] for f in sorted(options.folder.iterdir())],
        ),
    ]
    text = "\n".join(sections)
    print(text)
    if options.write:
        (ROOT / "benchmarks" / "translation.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
