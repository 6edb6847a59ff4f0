"""Which library cuts a text into sentences best: boundaries against given ones, by language.

    python -m benchmarks.sentences [--only NAME ...]

Sentences that stand apart in NTREX, Europarl, Universal NER and XProj's examples are joined, five
to a paragraph, and cut again. Of each pair of neighbours within a paragraph the place between them
is the boundary to find; a cut elsewhere is wrong. Sentences without a mark at their end, headlines
mostly, leave nothing to see and are left out, but for Thai, which has no such mark. A library that
is not installed is left out of the tables.
"""

from __future__ import annotations

import argparse
import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from xproj_core import examples
from xproj_core.datasets import read
from xproj_core.domain import languages
from xproj_core.text.detokenise import text_of

DATA = Path(__file__).resolve().parents[1] / "../shared/data"
PARAGRAPH = 5
_ENDS = re.compile(r"[.!?…。！？۔؟।॥።։။។]['\"”’»）」)\]]*$")
_MARKED = re.compile(r"\[([^\[\]]*)\]\(\w+\)")
_NTREX = {
    "en": "src.eng", "de": "ref.deu", "fr": "ref.fra", "es": "ref.spa", "pt": "ref.por",
    "sw": "ref.swa", "ha": "ref.hau", "yo": "ref.yor", "zu": "ref.zul",
}  # fmt: skip
_UD = {
    "zh": "zh_gsd-ud-dev.iob2",
    "hr": "hr_set-ud-dev.iob2",
    "sk": "sk_snk-ud-dev.iob2",
    "sv": "sv_talbanken-ud-dev.iob2",
}
_LENGTHS = Callable[[str, str], Iterable[int]]
"""Where the sentences of a text in a language end, in code points, blanks included or not."""


def main() -> None:
    """Print one Markdown table."""
    warnings.simplefilter("ignore")  # pysbd's own regular expressions
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", default=list(SPLITTERS))
    options = parser.parse_args()
    splitters = {n: SPLITTERS[n] for n in options.only if _installed(n)}
    print(f"| data | language | boundaries | {' | '.join(splitters)} |")
    print("|---|---|---|" + "---|" * len(splitters))
    spent = dict.fromkeys(splitters, 0.0)
    characters = 0
    for data, language, sentences in collections():
        texts = list(paragraphs(sentences, language))
        characters += sum(len(text) for text, _ in texts)
        cells = []
        for name, split in splitters.items():
            begun = time.process_time()
            cells.append(scored(split, texts, language))
            spent[name] += time.process_time() - begun
        count = sum(len(ends) for _, ends in texts)
        print(f"| {data} | {language} | {count:,} | {' | '.join(cells)} |", flush=True)
    speed = (f"{characters / max(s, 1e-9) / 1e6:.2f}" for s in spent.values())
    print(f"| million characters a second | | | {' | '.join(speed)} |")


def collections() -> Iterator[tuple[str, str, list[str]]]:
    """Name of the data, language, sentences in order."""
    for code, name in _NTREX.items():
        lines = (DATA / "ntrex" / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()
        yield "NTREX", code, lines
    for code in ("en", "de", "es"):
        items = read(
            DATA / f"europarl-ner/{code}-europarl.test.conll02", target_language=code
        ).items
        yield "Europarl", code, [text_of(i.target) for i in items if i.target]
    for code, name in _UD.items():
        lines = (DATA / "uner" / name).read_text("utf-8").splitlines()
        yield "UD", code, [x.removeprefix("# text = ") for x in lines if x.startswith("# text = ")]
    by_language: dict[str, list[str]] = {}
    for example in examples.load():
        for code, sentence in example.marked.items():
            by_language.setdefault(code, []).append(
                _MARKED.sub(r"\1", _MARKED.sub(r"\1", sentence))
            )
    for code, lines in sorted(by_language.items()):
        if code not in _NTREX and len(lines) > 1:
            yield "examples", code, lines


def paragraphs(sentences: Iterable[str], language: str) -> Iterator[tuple[str, set[int]]]:
    """Texts of five sentences, and where the inner ones begin."""
    bare = languages.is_unspaced(language) and language != "th"
    full_sentences = [s.strip() for s in sentences if _ENDS.search(s.strip()) or language == "th"]
    for first in range(0, len(full_sentences) - 1, PARAGRAPH):
        text, begins = "", set()
        for sentence in full_sentences[first : first + PARAGRAPH]:
            if text:
                text += "" if bare else " "
                begins.add(len(text))
            text += sentence
        if begins:
            yield text, begins


def scored(split: _LENGTHS, texts: Iterable[tuple[str, set[int]]], language: str) -> str:
    """F1 (precision, recall) of the boundaries."""
    right = cut = there = 0
    for text, begins in texts:
        boundaries = {_next(text, end) for end in split(text, language)} - {0, len(text)}
        right += len(boundaries & begins)
        cut += len(boundaries)
        there += len(begins)
    precision, recall = right / max(cut, 1), right / max(there, 1)
    f1 = 2 * right / max(cut + there, 1)
    return f"{100 * f1:.1f} ({100 * precision:.0f}, {100 * recall:.0f})"


def _next(text: str, end: int) -> int:
    """The first character of what follows."""
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _ends_of(text: str, sentences: Iterable[str]) -> Iterator[int]:
    """Ends of sentences that a library gives as strings."""
    at = 0
    for sentence in sentences:
        start = text.find(sentence.strip(), at)
        if start >= 0:
            at = start + len(sentence.strip())
            yield at


def _sentencex(text: str, language: str) -> Iterable[int]:
    boundaries = import_module("sentencex").get_sentence_boundaries(language, text)
    return [b["end_index"] for b in boundaries]


def _xproj(text: str, language: str) -> Iterable[int]:
    from xproj_core.text.sentence_boundaries import sentences

    return [end for _, end in sentences(text, language)]


@lru_cache(maxsize=99)
def _pysbd_of(language: str) -> object:
    pysbd = import_module("pysbd")
    try:
        return pysbd.Segmenter(language=language, clean=False)
    except ValueError:
        return pysbd.Segmenter(language="en", clean=False)


def _pysbd(text: str, language: str) -> Iterable[int]:
    return _ends_of(text, _pysbd_of(language).segment(text))  # type: ignore[attr-defined]


@lru_cache(maxsize=99)
def _spacy_of(language: str) -> Callable[[str], object]:
    spacy = import_module("spacy")
    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp  # type: ignore[no-any-return]


def _spacy(text: str, language: str) -> Iterable[int]:
    return [s.end_char for s in _spacy_of(language)(text).sents]  # type: ignore[attr-defined]


def _blingfire(text: str, language: str) -> Iterable[int]:
    return _ends_of(text, import_module("blingfire").text_to_sentences(text).split("\n"))


def _syntok(text: str, language: str) -> Iterable[int]:
    analysed = import_module("syntok.segmenter").analyze(text)
    return [s[-1].offset + len(s[-1].value) for p in analysed for s in p]


@lru_cache(maxsize=99)
def _koehn_of(language: str) -> object:
    module = import_module("sentence_splitter")
    try:
        return module.SentenceSplitter(language=language)
    except module.SentenceSplitterException:
        return module.SentenceSplitter(language="en")


def _koehn(text: str, language: str) -> Iterable[int]:
    return _ends_of(text, _koehn_of(language).split(text=text))  # type: ignore[attr-defined]


def _icu(text: str, language: str) -> Iterable[int]:
    icu = import_module("icu")
    iterator = icu.BreakIterator.createSentenceInstance(icu.Locale(language))
    iterator.setText(text)  # UTF-16 units: the same where nothing lies above U+FFFF
    return list(iterator)


def _uniseg(text: str, language: str) -> Iterable[int]:
    return list(import_module("uniseg.sentencebreak").sentence_boundaries(text))


SPLITTERS: dict[str, _LENGTHS] = {
    "xproj": _xproj,
    "sentencex": _sentencex,
    "pysbd": _pysbd,
    "spacy": _spacy,
    "blingfire": _blingfire,
    "syntok": _syntok,
    "sentence_splitter": _koehn,
    "icu": _icu,
    "uniseg": _uniseg,
}


def _installed(name: str) -> ModuleType | None:
    try:
        return import_module("xproj_core.text.sentence_boundaries" if name == "xproj" else name)
    except ImportError:
        return None


if __name__ == "__main__":
    main()
