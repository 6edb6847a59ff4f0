"""African languages with a human English or French sentence beside each, gold on their side."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.published_aligned import EFLOMAL, WITHOUT, corpus_aligned, run, symmetrised
from benchmarks.published_corpora import MAFAND, mafand_items
from benchmarks.published_literature import MASAKHA, row
from xproj_core.domain import Alignment, Evidence, Sentence
from xproj_core.evaluate.entities import Scores, score_spans
from xproj_core.items import Item
from xproj_core.presets import load_engine
from xproj_core.project import projectors
from xproj_core.train.word_alignment import align_corpus

MISC = ("MISC",)


def mafand() -> str:
    """Every language by every way that its data allow."""
    rows, published = [], []
    for name, (language, code) in MAFAND.items():
        items = list(mafand_items(name))
        beside = name.partition("-")[0]
        ways = _from_english(items, code) if beside == "en" else _from_french(items, code)
        n_gold = sum(len(i.target.spans) for i in items if i.target)
        rows += [
            f"| {language} ({beside}), {len(items)}, {n_gold} | {told} | {_cells(scores)} |"
            for told, scores in ways
        ]
        published.append(f"- {language}: {row(MASAKHA[name.partition('-')[2]])}")
    names = projectors.names()
    return "\n".join([
        "Dev sentences of MasakhaNER2 whose human English (Luganda, Luo, Setswana, Twi) or French"
        " (Bambara, Wolof) original is known; all of them, PER, LOC, ORG (DATE and MISC left out)."
        " Gold stands on the African side only. The source side is tagged by Mini, which knows"
        " English; no gold source label and no figure of the African side is used. Mini's aligner"
        " has learnt none of these languages and takes one pair at a time. Beside it, two corpus"
        " aligners that learn from these very sentence pairs (no labels) all at once: our own"
        " trainer and eflomal. F1 of every projector.",
        "",
        "From French there is no English sentence: Mini translates the French into English, tags"
        " that, and labels go English → French → African along composed links (pivot), or along"
        " links between the machine's English and the African sentence (past the French), or along"
        " both mixed. Model transfer is Mini's English tagger straight on the African"
        " sentence, passed off as English."
        + ("" if EFLOMAL else f" {WITHOUT}"),
        "",
        f"| to (from), sentences, entities | links | {' | '.join(names)} |",
        f"|---|---|{'---|' * len(names)}",
        *rows,
        "",
        "Published, MasakhaNER2 **test**, from the seed paper's own machine translation into"
        " English and XLM-R-large tags, or a tagger trained on projected data; a different split"
        " and setting:",
        "",
        *published,
    ])  # fmt: skip


def _cells(scores: dict[str, Scores]) -> str:
    return " | ".join(f"{100 * scores[name].f1:.1f}" for name in projectors.names())


def _from_english(items: Sequence[Item], code: str) -> list[tuple[str, dict[str, Scores]]]:
    return [
        ("Mini, direct", run(items, ("en", code, None), "direct", ignore=MISC)),
        *_corpus_ways(items),
        _transfer(items, code),
    ]


def _from_french(items: Sequence[Item], code: str) -> list[tuple[str, dict[str, Scores]]]:
    codes = ("en", code, "fr")
    return [
        (told, run(items, codes, "pivot", {"direct_share": share}, MISC))
        for told, share in (
            ("Mini, pivot through the human French", 0.0),
            ("Mini, past the French: English ↔ African", 1.0),
            ("Mini, both, half and half", 0.5),
        )
    ] + [_transfer(items, code)]


def _transfer(items: Sequence[Item], code: str) -> tuple[str, dict[str, Scores]]:
    """The English tagger on a language that it does not know: what capitals and shapes give."""
    tagger = load_engine("mini").tagger
    assert tagger is not None
    targets = [i.target for i in items if i.target]
    found = tagger.tag([Sentence(t.tokens, "en") for t in targets])  # it takes nothing but English
    scores = score_spans([t.spans for t in targets], found, MISC).overall
    return "none: model transfer", dict.fromkeys(projectors.names(), scores)


def _corpus_ways(items: Sequence[Item]) -> list[tuple[str, dict[str, Scores]]]:
    """Links that were learnt from these very pairs, without their labels."""
    tagger = load_engine("mini").tagger
    assert tagger is not None
    pairs = [(i.source, i.target) for i in items if i.source and i.target]
    tagged = [
        s.labelled(spans)
        for (s, _), spans in zip(pairs, tagger.tag([s for s, _ in pairs]), strict=True)
    ]
    sides = [list(s.tokens) for s, _ in pairs], [list(t.tokens) for _, t in pairs]
    made = {"own corpus aligner": align_corpus(*sides, aligner="own")}
    if EFLOMAL:
        made["eflomal"] = corpus_aligned(pairs)[0]
    ways = []
    for name, corpus in made.items():
        for how, links in symmetrised(corpus, pairs):
            if how == "forward":
                continue
            evidence = []
            for s, (_, t), one in zip(tagged, pairs, links, strict=True):
                alignment = Alignment.from_links(one, (len(s), len(t)))
                evidence.append(
                    Evidence("given", s, t.labelled(()), alignment, (s, t), (alignment,))
                )
            scores = {}
            for projector in projectors.names():
                found = [p.spans for p in projectors.create(projector).project(evidence)]
                scores[projector] = score_spans([t.spans for _, t in pairs], found, MISC).overall
            ways.append((f"{name}, {how}", scores))
    return ways
