"""African languages with a human English or French sentence beside each, gold on their side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.published_aligned import (
    EFLOMAL,
    WITHOUT,
    corpus_aligned,
    counted,
    run,
    symmetrised,
)
from benchmarks.published_corpora import MAFAND, mafand_items
from benchmarks.published_literature import published
from benchmarks.published_tables import AGAINST, Counted, compared, head, tally
from xproj_core.domain import Alignment, Evidence, Sentence
from xproj_core.domain.item import Item
from xproj_core.engines.presets import load_engine
from xproj_core.mini.train.word_alignment import align_corpus
from xproj_core.project import projectors

LEFT_OUT = ("DATE", "MISC")


def mafand() -> str:
    """Every language by every way that its data allow."""
    rows: list[str] = []
    for name, (language, code) in MAFAND.items():
        items = list(mafand_items(name))
        beside = name.partition("-")[0]
        ways = _from_english(items, code) if beside == "en" else _from_french(items, code)
        n_gold = sum(s.label not in LEFT_OUT for i in items if i.target for s in i.target.spans)
        rows += compared(f"{language} ({beside}), {len(items)}, {n_gold}", ways)
    return "\n".join(
        [
            "Dev sentences of MasakhaNER2 whose human English (Luganda, Luo, Setswana, Twi) or"
            " French (Bambara, Wolof) original is known; all of them, PER, LOC, ORG (DATE and"
            " MISC left out). Gold stands on the African side only. The source side is tagged by"
            " Mini; no gold source label and no figure of the African side is used. Mini's"
            " aligner has learnt none of these languages and takes one pair at a time. Beside"
            " it, two corpus aligners that learn from these very sentence pairs (no labels) all"
            " at once: our own trainer and eflomal. F1 of every projector.",
            "",
            "From French there is no English sentence: Mini translates the French into English,"
            " tags that, and labels go English → French → African along composed links (pivot),"
            " or along links between the machine's English and the African sentence (past the"
            " French), or along both mixed. Or the tagger reads the French itself, by English"
            " glosses, and labels go straight on. Model transfer is Mini's English tagger"
            " straight on the African"
            " sentence, passed off as English." + ("" if EFLOMAL else f" {WITHOUT}"),
            "",
            *head("to (from), sentences, entities", "links"),
            *rows,
            "",
            AGAINST,
            "",
            "Published, MasakhaNER2 **test**, from the seed paper's own machine translation into"
            " English and XLM-R-large tags, or a tagger trained on projected data; a different"
            " split and setting:",
            "",
            *(published("masakhaner2", code) for _, code in MAFAND.values()),
        ]
    )


def _from_english(items: Sequence[Item], code: str) -> list[tuple[str, Counted]]:
    return [
        ("Mini, direct", run(items, ("en", code, None), "direct", ignore=LEFT_OUT)),
        *_corpus_ways(items),
        _transfer(items, code),
    ]


def _from_french(items: Sequence[Item], code: str) -> list[tuple[str, Counted]]:
    codes = ("en", code, "fr")
    return [
        (title, run(items, codes, "pivot", {"direct_share": share}, LEFT_OUT))
        for title, share in (
            ("Mini, pivot through the human French", 0.0),
            ("Mini, past the French: English ↔ African", 1.0),
            ("Mini, both, half and half", 0.5),
        )
    ] + [_straight(items, code), _transfer(items, code)]


def _straight(items: Sequence[Item], code: str) -> tuple[str, Counted]:
    """The French is the source; the tagger reads it by English glosses."""
    french = [replace(i, source=i.others["fr"], others={}) for i in items]
    return (
        "Mini, no English sentence: French tagged by glosses, direct",
        run(french, ("fr", code, None), "direct", ignore=LEFT_OUT),
    )


def _transfer(items: Sequence[Item], code: str) -> tuple[str, Counted]:
    """The English tagger on a language that it does not know: what capitals and shapes give."""
    tagger = load_engine("mini").tagger
    assert tagger is not None
    targets = [i.target for i in items if i.target]
    spans = tagger.tag([Sentence(t.tokens, "en") for t in targets])  # it takes nothing but English
    counts = np.array([tally(t.spans, f, LEFT_OUT) for t, f in zip(targets, spans, strict=True)])
    return "none: model transfer", dict.fromkeys(projectors.names(), counts)


def _corpus_ways(items: Sequence[Item]) -> list[tuple[str, Counted]]:
    """Links that were learnt from these very pairs, without their labels."""
    tagger = load_engine("mini").tagger
    assert tagger is not None
    pairs = [(i.source, i.target) for i in items if i.source and i.target]
    tagged = [
        s.labelled(spans)
        for (s, _), spans in zip(pairs, tagger.tag([s for s, _ in pairs]), strict=True)
    ]
    sides = [list(s.tokens) for s, _ in pairs], [list(t.tokens) for _, t in pairs]
    corpora = {"own corpus aligner": align_corpus(*sides, aligner="own")}
    if EFLOMAL:
        corpora["eflomal"] = corpus_aligned(pairs)[0]
    ways = []
    for name, corpus in corpora.items():
        for how, links in symmetrised(corpus, pairs):
            if how == "forward":
                continue
            evidence = []
            for s, (_, t), pair_links in zip(tagged, pairs, links, strict=True):
                alignment = Alignment.from_links(pair_links, (len(s), len(t)))
                evidence.append(
                    Evidence("given", s, t.labelled(()), alignment, (s, t), (alignment,))
                )
            gold = [t.spans for _, t in pairs]
            ways.append((f"{name}, {how}", counted(evidence, gold, LEFT_OUT)))
    return ways
