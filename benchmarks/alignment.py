"""Mini's aligner and the corpus aligners against manual links, and through projection.

    python -m benchmarks.alignment [--write] [--folder FOLDER] [--quick]

Prints Markdown; `--write` puts it into benchmarks/alignment.md. `--folder` measures lexicons of
your own in addition, `--quick` leaves out the corpus aligners, which take minutes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from benchmarks.gold_alignment import DATA, Pair, europarl, manual_links, pud
from training.tatoeba import read
from xproj_core.domain import Alignment, Evidence, Link, Sentence
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.evaluate.scores.link_scores import score_links
from xproj_core.mini.aligner.aligner import LexicalAligner, load
from xproj_core.mini.aligner.lexicons import Lexicons
from xproj_core.mini.train.word_alignment import AlignedCorpus, align_corpus
from xproj_core.project import projectors
from xproj_core.text.tokenise import tokenise

PROJECTORS = ("seed-heuristic", "thesis-heuristic", "elp", "min-max", "match-greedy", "match-exact")


def links_row(name: str, links: Sequence[Sequence[Link]], gold: Sequence[set[Link]]) -> str:
    """One row of the table of links."""
    score = score_links(links, gold)
    return f"| {name} | {score.precision:.3f} | {score.recall:.3f} | {score.aer:.3f} |"


def mini_links(aligner: LexicalAligner) -> list[str]:
    """Mini on Spanish (trained), Italian and Portuguese (never trained)."""
    rows = []
    for language in ("es", "it", "pt"):
        for split in ("dev", "test"):
            pairs, gold = manual_links(language, split)
            links = [a.pairs() for a in aligner.align(pairs)]
            rows.append(links_row(f"mini, en-{language} {split}", links, gold))
    return rows


def corpus_links() -> list[str]:
    """The corpus aligners over the test sentences, Spanish ones with Tatoeba as well."""
    rows = [row for language in ("it", "pt") for row in _alone(language)]
    pairs, gold = manual_links("es", "test")
    sides = [list(a.tokens) for a, _ in pairs], [list(b.tokens) for _, b in pairs]
    tatoeba = read(DATA / "train-parallel", 1).train["en", "es"]
    more = (
        [tokenise(e, "en").tokens for e, _ in tatoeba],
        [tokenise(x, "es").tokens for _, x in tatoeba],
    )
    for aligner in ("eflomal", "own"):
        rows += corpus_rows(aligner, sides, gold, "test sentences alone")
        both = [*sides[0], *more[0]], [*sides[1], *more[1]]
        rows += corpus_rows(aligner, both, gold, f"with {len(tatoeba):,} of Tatoeba")
    return rows


def _alone(language: str) -> list[str]:
    """Over the test sentences of a language that Mini never saw, nothing else."""
    pairs, gold = manual_links(language, "test")
    sides = [list(a.tokens) for a, _ in pairs], [list(b.tokens) for _, b in pairs]
    names: tuple[Literal["eflomal", "own"], ...] = ("eflomal", "own")
    setting = "test sentences alone"
    return [row for name in names for row in corpus_rows(name, sides, gold, setting, language)]


def corpus_rows(
    aligner: Literal["eflomal", "own"],
    sides: tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]],
    gold: Sequence[set[Link]],
    setting: str,
    language: str = "es",
) -> list[str]:
    """The gold sentences come first in `sides`."""
    start = time.perf_counter()
    aligned: AlignedCorpus = align_corpus(*sides, aligner=aligner)
    took = f"{time.perf_counter() - start:.0f} s"
    rows = []
    for heuristic in ("intersection", "grow-diag-final-and"):
        links = [aligned.links(n, heuristic) for n in range(len(gold))]
        name = f"{aligner}, en-{language} test, {setting}, {heuristic}, {took}"
        rows.append(links_row(name, links, gold))
    return rows


def projected(aligner: LexicalAligner, name: str, pairs: Sequence[Pair]) -> str:
    """One row: F1 of every projector."""
    alignments = aligner.align(pairs)
    evidence = [_evidence(pair, a) for pair, a in zip(pairs, alignments, strict=True)]
    gold = [target.spans for _, target in pairs]
    cells = []
    for projector in PROJECTORS:
        spans = [p.spans for p in projectors.create(projector).project(evidence)]
        cells.append(f"{score_spans(gold, spans).overall.f1:.3f}")
    return f"| {name} | " + " | ".join(cells) + " |"


def _evidence(pair: Pair, alignment: Alignment) -> Evidence:
    source, target = pair[0], pair[1].labelled(())
    return Evidence("direct", source, target, alignment, (source, target), (alignment,))


def projections(aligner: LexicalAligner, bare: LexicalAligner) -> list[str]:
    """Europarl and PUD, with and without lexicons."""
    rows = []
    for language in ("de", "es"):
        pairs = europarl(language)
        rows.append(projected(aligner, f"mini, Europarl {language}", pairs))
        rows.append(projected(bare, f"mini without any lexicon, Europarl {language}", pairs))
    for language in ("pt", "sv"):
        rows.append(projected(aligner, f"mini, PUD {language} (never trained)", pud(language)))
    return rows


def speed(aligner: LexicalAligner) -> list[str]:
    """Milliseconds for one sentence and for long ones, lexicons already loaded."""
    pairs = sorted(europarl("de"), key=lambda p: abs(len(p[0]) - 20) + abs(len(p[1]) - 20))[:50]
    long = _joined(europarl("de"), 600)
    aligner.align(pairs[:1])
    rows = []
    for name, batch in (("about 20 x 20 words", pairs), ("about 600 x 600 words", [long])):
        start = time.perf_counter()
        aligner.align(batch)
        each = (time.perf_counter() - start) / len(batch) * 1000
        rows.append(f"| {name} | {each:.0f} ms |")
    start = time.perf_counter()
    fresh = load()
    for code in ("de", "es", "fr", "sw", "zu", "ha"):
        fresh.knows("en", code)
    rows.append(f"| reading all lexicons | {(time.perf_counter() - start) * 1000:.0f} ms |")
    return rows


def _joined(pairs: Sequence[Pair], length: int) -> Pair:
    left: list[str] = []
    right: list[str] = []
    for source, target in pairs:
        if len(left) < length:
            left += source.tokens
            right += target.tokens
    return Sentence(tuple(left), "en"), Sentence(tuple(right), pairs[0][1].language)


def report(aligner: LexicalAligner, quick: bool) -> str:
    """All tables."""
    bare = LexicalAligner(Lexicons([]), aligner.weights)
    header = "| projection, gold English entities | " + " | ".join(PROJECTORS) + " |"
    return "\n".join(
        [
            "# Word alignment",
            "",
            "    python -m benchmarks.alignment --write",
            "",
            "XL-WA, manual links, all of them sure; F1 of entities is strict, all labels.",
            "",
            "| links | precision | recall | AER |",
            "|---|---|---|---|",
            *mini_links(aligner),
            *([] if quick else corpus_links()),
            "",
            header,
            "|---|" + "---|" * len(PROJECTORS),
            *projections(aligner, bare),
            "",
            "| time | |",
            "|---|---|",
            *speed(aligner),
            "",
        ]
    )


def main() -> None:
    """Print the tables, or write them down."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--folder")
    options = parser.parse_args()
    text = report(load(options.folder), options.quick)
    print(text)
    if options.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
