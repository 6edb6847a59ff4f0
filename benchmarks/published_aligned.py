"""Parallel text with gold on both sides: the links are ours, labels and translations human."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import numpy as np

from benchmarks.gold_alignment import DATA, Pair, manual_links
from benchmarks.published_corpora import europarl_items, pud_items
from benchmarks.published_literature import published
from benchmarks.published_tables import AGAINST, Counted, compared, f1_row, head, tally
from training.tatoeba import read
from xproj_core.align.symmetrise import Heuristic
from xproj_core.answers.many_items import Given, Job
from xproj_core.answers.system import System
from xproj_core.domain import Alignment, Evidence, Link, Span
from xproj_core.domain.item import Item
from xproj_core.engines.presets import load_engine
from xproj_core.evaluate.scores.link_scores import score_links
from xproj_core.methods import Mode, methods
from xproj_core.mini.train.word_alignment import AlignedCorpus, align_corpus
from xproj_core.project import projectors
from xproj_core.text.tokenise import tokenise

EFLOMAL = importlib.util.find_spec("eflomal") is not None
WITHOUT = "eflomal was not installed when this was written."


def pairs_of(items: Sequence[Item]) -> list[Pair]:
    """Source and target."""
    return [(i.source, i.target) for i in items if i.source and i.target]


def f1_of_all(pairs: Sequence[Pair], alignments: Sequence[Alignment]) -> str:
    """F1 of every projector as cells of a table; sources and targets carry gold labels."""
    evidence = [
        Evidence("given", s, t.labelled(()), a, (s, t), (a,))
        for (s, t), a in zip(pairs, alignments, strict=True)
    ]
    return f1_row(counted(evidence, [t.spans for _, t in pairs]))


def counted(
    evidence: Sequence[Evidence], gold: Sequence[tuple[Span, ...]], ignore: tuple[str, ...] = ()
) -> Counted:
    """What every projector makes of evidence."""
    return {
        name: np.array(
            [
                tally(ours, projection.spans, ignore)
                for ours, projection in zip(
                    gold, projectors.create(name).project(evidence), strict=True
                )
            ]
        )
        for name in projectors.names()
    }


def corpus_aligned(pairs: Sequence[Pair], more: str = "") -> tuple[AlignedCorpus, str]:
    """eflomal over all pairs at once, after them those of Tatoeba in language `more`."""
    sides = [list(s.tokens) for s, _ in pairs], [list(t.tokens) for _, t in pairs]
    description = "these sentences alone"
    if more:
        extra = read(DATA / "train-parallel", 1).train["en", more]
        sides[0].extend(list(tokenise(e, "en").tokens) for e, _ in extra)
        sides[1].extend(list(tokenise(x, more).tokens) for _, x in extra)
        description = f"with {len(extra):,} pairs of Tatoeba"
    started = time.perf_counter()
    corpus = align_corpus(*sides, aligner="eflomal")
    return corpus, f"{description}, {time.perf_counter() - started:.0f} s"


def symmetrised(
    corpus: AlignedCorpus, pairs: Sequence[Pair]
) -> Iterator[tuple[str, list[list[Link]]]]:
    """Each way of joining the two directions; the pairs come first in the corpus."""
    numbers = range(len(pairs))
    yield "forward", [corpus.forward_links(n) for n in numbers]
    for how in get_args(Heuristic):
        if how in ("intersection", "grow-diag-final-and"):
            yield how, [corpus.links(n, how) for n in numbers]


def _matrices(pairs: Sequence[Pair], links: Sequence[Sequence[Link]]) -> list[Alignment]:
    return [
        Alignment.from_links(pair_links, (len(s), len(t)))
        for (s, t), pair_links in zip(pairs, links, strict=True)
    ]


def europarl() -> str:
    """Mini sentence by sentence, eflomal over the whole corpus, all projectors."""
    aligner = load_engine("mini").aligner
    rows = []
    for code in ("de", "es"):
        pairs = pairs_of(europarl_items(code))
        bare = [(s.labelled(()), t.labelled(())) for s, t in pairs]
        rows.append(
            f"| {code} | Mini, one sentence at a time | {f1_of_all(pairs, aligner.align(bare))} |"
        )
        for more in ("", code) if EFLOMAL else ():
            corpus, description = corpus_aligned(pairs, more)
            rows += [
                f"| {code} | eflomal, {description}, {how} |"
                f" {f1_of_all(pairs, _matrices(pairs, links))} |"
                for how, links in symmetrised(corpus, pairs)
            ]
    return "\n".join(
        [
            "799 sentences that are parallel line by line; gold English entities are projected"
            " onto German and Spanish, all four labels (PER, LOC, ORG, MISC), F1. Mini sees one"
            " sentence pair at a time and nothing of the other 798. eflomal sees them all at once"
            " (and, where it says so, Tatoeba's pairs too), which no aligner of single sentences"
            " can, and cannot be seeded: its figures move by some tenths from run to run."
            + ("" if EFLOMAL else f" {WITHOUT}"),
            "",
            f"| to | links | {' | '.join(projectors.names())} |",
            f"|---|---|{'---|' * len(projectors.names())}",
            *rows,
            "",
            *(published("europarl-ner", code) for code in ("de", "es")),
            "",
            "Theirs rest on multilingual BERT, also one sentence at a time; their heuristic is our"
            " `seed-heuristic`, n-gram candidates solved greedily our `match-greedy`, the thesis's"
            " exact solution our `match-exact`.",
        ]
    )


def pud() -> str:
    """Direct, through the third language, and both mixed."""
    routes = [("en", "pt", "sv"), ("en", "sv", "pt"), ("pt", "sv", "en"), ("sv", "pt", "en")]
    rows: list[str] = []
    for source, target, third in routes:
        ways: tuple[tuple[str, str, dict[str, Any]], ...] = (
            ("direct", "direct", {}),
            (f"pivot through {third}", "pivot", {}),
            ("both, half and half", "pivot", {"direct_share": 0.5}),
        )
        codes = (source, target, third)
        items = pud_items(source, target)
        rows += compared(
            f"{source} → {target}",
            [(title, run(items, codes, name, options)) for title, name, options in ways],
        )
    return "\n".join(
        [
            "1,000 sentences with gold PER, LOC, ORG on each side; gold source entities, human"
            " translations throughout, Mini's aligner one pair at a time (it has learnt none of the"
            " three pairs), F1. Through the third language, links are composed as"
            " P(t|s) = Σ P(t|p) P(p|s).",
            "",
            *head("labels", "links"),
            *rows,
            "",
            AGAINST,
            "",
            "Published: no projection figures for PUD's gold entities are known to us."
            " (LabelPigeon reports 76.7 against EasyProject's 62.5 on Universal NER, averaged"
            " over its languages, from a tagger trained on projected data.)",
        ]
    )


def run(
    items: Sequence[Item],
    codes: tuple[str, str, str | None],
    method: str,
    options: dict[str, Any] | None = None,
    ignore: tuple[str, ...] = (),
    given: Given | None = None,
) -> Counted:
    """What every projector makes of one method with the Mini engine, over gold targets."""
    all_projectors = [projectors.create(name) for name in projectors.names()]
    job = Job(
        load_engine("mini"),
        [methods.create(method, **(options or {}))],
        all_projectors,
        Mode.LABEL,
        *codes,
        given=given or Given(),
    )
    counts: dict[str, list[tuple[int, int, int]]] = {p.name: [] for p in all_projectors}
    for answer in job.run(items):
        assert answer.item.target is not None
        gold = answer.item.target.spans
        for record in answer.records():
            counts[str(System.parse(record.system).projector)].append(
                tally(gold, record.predicted, ignore)
            )
    return {name: np.array(tallies) for name, tallies in counts.items()}


def links() -> str:
    """AER against manual links."""
    aligner = load_engine("mini").aligner
    rows = []
    for code, familiarity in (("es", "learnt"), ("it", "never seen"), ("pt", "never seen")):
        parts = {split: manual_links(code, split) for split in ("dev", "test")}
        parts["dev and test"] = both = manual_links(code, "dev", "test")
        for name, (pairs, gold) in parts.items():
            aligner_links = [a.pairs() for a in aligner.align(pairs)]
            rows.append(_row(f"{code}, {name}", f"Mini ({familiarity})", aligner_links, gold))
        pairs, gold = both
        if EFLOMAL:
            corpus, description = corpus_aligned(pairs)
            rows += [
                _row(f"{code}, dev and test", f"eflomal, {description}, {how}", aligner_links, gold)
                for how, aligner_links in symmetrised(corpus, pairs)
                if how != "forward"
            ]
    return "\n".join(
        [
            "Manual links from English, all of them sure, so that AER is one minus the F1 of"
            " links. Mini takes one pair at a time, eflomal all pairs at once. (With Tatoeba's"
            " pairs beside them, eflomal on the Spanish test sentences is in"
            " benchmarks/alignment.md.)" + ("" if EFLOMAL else f" {WITHOUT}"),
            "",
            "| sentences | aligner | precision | recall | AER |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "Published for these files: none known to us. For orientation only, AWESoME's paper"
            " reports AER with multilingual BERT as it is of 17.4 (German), 5.6 (French) and"
            " 27.9 (Romanian) with English on other data, eflomal 22.6, 8.2 and 25.1.",
        ]
    )


def _row(
    where: str, name: str, aligner_links: Sequence[Sequence[Link]], gold: Sequence[set[Link]]
) -> str:
    score = score_links(aligner_links, gold)
    cells = f"{100 * score.precision:.1f} | {100 * score.recall:.1f} | {100 * score.aer:.1f}"
    return f"| {where} ({len(gold)}) | {name} | {cells} |"
