"""Engines by name: which translator, aligner and tagger work together.

A name is a preset ("mini", "research"), "mini:FOLDER" with what Mini was taught, or four registry
names joined by "|": translator|aligner|tagger|target tagger, the last two may be empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from xproj_core import examples
from xproj_core.align import aligners
from xproj_core.domain import Sentence
from xproj_core.domain.errors import InputError
from xproj_core.models.protocols import Engine, TranslationScorer, Translator
from xproj_core.tag import taggers
from xproj_core.translate import translators
from xproj_core.translate.translation_memory import TranslationMemory


@dataclass(frozen=True, slots=True)
class Preset:
    """Registry names that work together; `target_tagger` "" means none."""

    name: str
    title: str
    summary: str
    translator: str
    aligner: str
    tagger: str = ""
    target_tagger: str = ""


_NLLB = "facebook/nllb-200-distilled-600M"
_MBERT = "google-bert/bert-base-multilingual-cased"
_CONLL03 = "FacebookAI/xlm-roberta-large-finetuned-conll03-english"

PRESETS: dict[str, Preset] = {
    p.name: p
    for p in (
        Preset(
            "mini",
            "Mini",
            "Ships with XProj: no network, no GPU, starts in seconds.",
            "mini",
            "mini",
            "mini",
            "mini",
        ),
        Preset(
            "research",
            "Research",
            "NLLB-200 600M, SimAlign on multilingual BERT, XLM-R-large CoNLL-03. Downloads"
            " about 6 GB once; a GPU helps.",
            f"transformers:{_NLLB}",
            f"simalign-itermax:{_MBERT}",
            f"transformers:{_CONLL03}",
            f"transformers:{_CONLL03}",
        ),
    )
}


def engine_title(name: str) -> str:
    """An engine's name for people: a preset's, or its translator's without folders."""
    if name in PRESETS:
        return PRESETS[name].title
    kind, _, where = name.partition("|")[0].partition(":")
    model = Path(where).name or kind
    return f"Mini + {model}" if kind == "mini" and where else model


def preset(name: str) -> Preset:
    """The preset called `name`, or one made of the registry names that `name` joins.

    Raises:
        InputError: neither; the message lists the presets.
    """
    if name in PRESETS:
        return PRESETS[name]
    if name.startswith("mini:") and "|" not in name:
        return Preset(name, "Mini", "Mini, taught by you.", name, name, name, name)
    parts = name.split("|")
    if not 2 <= len(parts) <= 4 or not all(parts[:2]):
        raise InputError(
            f"There is no engine called {name!r}. Choose one of: {', '.join(PRESETS)}; or join"
            " translator|aligner|tagger|target tagger."
        )
    parts += [""] * (4 - len(parts))
    known = (translators.entry, aligners.entry, taggers.entry, taggers.entry)
    for entry, part in zip(known, parts, strict=True):
        if part:
            entry(part)
    if parts[1].startswith("pharaoh:") and parts[1].count(",") != 2:
        raise InputError(
            "In an engine, alignments of your own need the sentences they belong to:"
            " pharaoh:LINKS,SOURCES,TARGETS, three files with as many lines."
        )
    return Preset(name, "Your own", "Put together by you.", *parts)


def load_engine(name: str = "mini") -> Engine:
    """The engine called `name`; its parts are loaded once per process, by their registries.

    Where the machine cannot translate an example sentence and its pivot both ways, human
    translations take its place.

    Raises:
        InputError: no such engine.
        EngineError: a model that cannot be found or loaded.
    """
    chosen = preset(name)
    machine = translators.create(chosen.translator)
    return Engine(
        name=name,
        translator=TranslationMemory(_example_translations(machine), fallback=machine),
        aligner=aligners.create(chosen.aligner),
        tagger=taggers.create(chosen.tagger) if chosen.tagger else None,
        target_tagger=taggers.create(chosen.target_tagger) if chosen.target_tagger else None,
        scorer=machine if isinstance(machine, TranslationScorer) else None,
    )


def _example_translations(machine: Translator) -> list[dict[str, Sentence]]:
    """The examples that `machine` cannot translate throughout, by language.

    Back-translations come first, so that the English of an example is put back by the
    translation that was made without sight of the original, not by the original itself.
    """
    needed = [
        e
        for e in examples.load()
        if not all(machine.supports(a, b) for a, b in permutations(e.sentences, 2))
    ]
    backs = [
        {examples.SOURCE: e.sentences[examples.SOURCE], e.target: e.back_translation}
        for e in needed
        if e.back_translation is not None
    ]
    return backs + [dict(e.sentences) for e in needed]
