"""A translator for two languages, both ways, from sentence pairs alone."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from xproj_core.domain import Sentence, languages
from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import InputError
from xproj_core.learn.teaching_report import TranslationExample, TranslatorReport
from xproj_core.learn.trainer import Progress
from xproj_core.mini.train import chrf
from xproj_core.mini.train.bitext import (
    AlignerName,
    Bitext,
    Language,
    Links,
    align,
    tune_direction,
    write_settings,
    write_table,
)
from xproj_core.mini.train.disk import work_folder
from xproj_core.mini.train.pair_store import Pair, PairStore
from xproj_core.mini.train.phrase_extraction import Linked
from xproj_core.mini.train.sides import split_words
from xproj_core.mini.train.word_alignment import AlignedCorpus
from xproj_core.mini.translator.translator import Folder
from xproj_core.mini.translator.weights import Weights
from xproj_core.text.detokenise import text_of
from xproj_core.text.tokenise import tokenise

LEAST_PAIRS = 20
_EXAMPLES = 5
_TUNING_WORDS = 800
_READ, _ALIGNED, _COUNTED = 0.3, 0.65, 0.92
"""What share of the time that grows with the pairs has passed after each step."""
_AS_LONG = 40_000
"""Pairs whose tables take as long to make as tuning, which is the same for any number."""
Scored = list[tuple[Sentence, str]]


@dataclass(frozen=True)
class Parts:
    """Sentence pairs by use; `train` are numbers of the store's pairs."""

    train: Vector[np.int64]
    tune: list[Pair]
    test: list[Pair]


def divide(store: PairStore, seed: int) -> Parts:
    """Hold out a twentieth of the pairs for tuning and for testing, 200 of each at most.

    No sentence of either side of a held-out pair is in a training pair.
    """
    rows = array("q", store.rows.astype(np.int64).tobytes())
    random.Random(seed).shuffle(rows)
    size = min(200, max(2, len(rows) // 20))
    held_out: list[int] = []
    seen: set[int] = set()
    for row in rows:
        if len(held_out) == 2 * size:
            break
        name = int(store.keys[0][row])
        if name not in seen and store.short[row]:
            held_out.append(row)
            seen.add(name)
    shuffled, out = np.array(rows, np.int64), np.array(held_out, np.int64)
    keep = np.ones(len(shuffled), bool)
    for keys in store.keys:
        keep &= ~np.isin(keys[shuffled], keys[out])
    order = np.sort(out)
    texts = dict(zip(order.tolist(), store.read(order), strict=True))
    pairs = [texts[row] for row in held_out]
    return Parts(shuffled[keep], pairs[: len(held_out) // 2], pairs[len(held_out) // 2 :])


def train(
    pairs: Iterable[Pair],
    source: str,
    target: str,
    output: Path | str,
    *,
    seed: int = 0,
    aligner: AlignerName = "own",
    progress: Progress | None = None,
    work: Path | None = None,
) -> tuple[TranslatorReport, Bitext, AlignedCorpus]:
    """Write a translator for both directions to the folder `output`.

    Args:
        work: a folder for what does not fit into memory; what is returned is kept there. Without
            it, one in `output` is made and removed again.

    Returns:
        The report, and the training sentences with their word alignment, for whoever
        trains an aligner on them: only with `work`.

    Raises:
        InputError: fewer than `LEAST_PAIRS` usable pairs, or one language twice.
        LanguageError: a code that is no language.
    """
    source, target = languages.normalise(source), languages.normalise(target)
    if source == target:
        raise InputError(f"Source and target are both {source}. Give two languages.")
    if work is None:
        with work_folder(Path(output)) as scratch_folder:
            return train(
                pairs,
                source,
                target,
                output,
                seed=seed,
                aligner=aligner,
                progress=progress,
                work=scratch_folder,
            )
    say = progress or (lambda fraction, what: None)
    say(0.0, "reading sentence pairs")
    folder = Path(output)
    parts, (left, right), bitext = _read(pairs, (source, target), seed, work, say)
    folder.mkdir(parents=True, exist_ok=True)
    share = _share(parts)
    part = partial(_part, say, share)
    aligned = align(bitext, seed=seed, aligner=aligner, folder=work, progress=part(_READ, _ALIGNED))
    table = folder / f"{source}-{target}.phrases.npz"
    n_phrases = _write_phrases(bitext, aligned, table, work, part(_ALIGNED, _COUNTED))
    say(share * _COUNTED, "language models")
    left.write(folder, work)
    right.write(folder, work)
    report = TranslatorReport(len(parts.train), len(parts.test), n_phrases)
    _tune(folder, source, target, parts, report, seed, _rest(say, share))
    say(1.0, "translator ready")
    return report, bitext, aligned


def _write_phrases(
    bitext: Bitext, aligned: AlignedCorpus, table: Path, work: Path, progress: Progress
) -> int:
    """Count the phrase pairs of an aligned corpus and write those worth having; how many are."""
    linked = Linked.stored(
        bitext.left,
        bitext.right,
        Links(aligned),
        work,
        progress=lambda f: progress(0.4 * f, "counting phrases"),
    )
    return write_table(
        linked,
        bitext.vocabularies,
        table,
        progress=lambda f: progress(0.4 + 0.6 * f, "counting phrases"),
        folder=work,
    )


def _share(parts: Parts) -> float:
    """What of the time is spent on what grows with the pairs."""
    return len(parts.train) / (len(parts.train) + _AS_LONG)


def _part(say: Progress, share: float, begin: float, end: float) -> Progress:
    """Progress of what takes `begin` to `end` of the time that grows with the pairs."""
    return lambda f, what: say(share * (begin + (end - begin) * f), what)


def _rest(say: Progress, share: float) -> Progress:
    return lambda f, what: say(share + (1 - share) * f, what)


def _read(
    pairs: Iterable[Pair], codes: tuple[str, str], seed: int, work: Path, say: Progress
) -> tuple[Parts, tuple[Language, Language], Bitext]:
    """The pairs by use, both languages' sentences, and those to train on side by side."""
    store = PairStore.of(pairs, work)
    parts = divide(store, seed)
    if len(parts.train) < LEAST_PAIRS:
        raise InputError(
            f"There are {len(parts.train)} different sentence pairs to train on after holding"
            f" some out for testing; at least {LEAST_PAIRS} are needed, and a few thousand for"
            " useful translations."
        )
    progress = _part(say, _share(parts), 0.1, _READ)
    sides = []
    for side, code in enumerate(codes):
        firsts, places = store.distinct(side, parts.train)
        report = partial(_report_reading, side, len(firsts), progress)
        texts = (report(n, pair)[side] for n, pair in enumerate(store.read(firsts)))
        sides.append((Language.of(texts, code, work), places))
    (left, a), (right, b) = sides
    return parts, (left, right), Bitext.of(left, right, (a, b), work)


def _report_reading(side: int, texts: int, progress: Progress, n: int, pair: Pair) -> Pair:
    if n % 1_000 == 0:
        progress((side + n / texts) / 2, "reading words")
    return pair


def _tune(
    folder: Path,
    source: str,
    target: str,
    parts: Parts,
    report: TranslatorReport,
    seed: int,
    say: Progress,
) -> None:
    directions = {f"{source}-{target}": Weights(), f"{target}-{source}": Weights()}
    scores: dict[str, float] = {}
    write_settings(folder, directions, scores, seed)
    for n, name in enumerate(list(directions)):
        a, b = name.split("-")
        begin = 0.5 * n
        rows = _within(_scored(parts.tune, a, turned=n == 1), _TUNING_WORDS)
        directions[name], scores[name] = tune_direction(
            folder,
            a,
            b,
            rows,
            seed=seed,
            rounds=2,
            progress=partial(_say_tuning, say, begin),
        )
        write_settings(folder, directions, scores, seed)
        say(begin + 0.4, "measuring")
        _measure(folder, name, _scored(parts.test, a, turned=n == 1), report)


def _say_tuning(say: Progress, begin: float, fraction: float) -> None:
    say(begin + 0.4 * fraction, "tuning weights")


def _within(rows: Scored, words: int) -> Scored:
    """As many rows as have `words` words in all: tuning takes time by the word."""
    total = np.cumsum([len(sentence) for sentence, _ in rows])
    return rows[: max(1, int((total <= words).sum()))]


def _scored(pairs: Sequence[tuple[str, str]], language: str, *, turned: bool) -> Scored:
    rows = [(b, a) if turned else (a, b) for a, b in pairs]
    return [(tokenise(x, language), y) for x, y in rows if split_words(x, language)]


def _measure(folder: Path, name: str, rows: Scored, report: TranslatorReport) -> None:
    source, target = name.split("-")
    direction = Folder(folder).direction(source, target)
    outputs = [text_of(direction.translate(sentence)[0]) for sentence, _ in rows]
    report.chrf[name] = round(chrf.corpus(outputs, [reference for _, reference in rows]), 2)
    report.examples[name] = [
        TranslationExample(text_of(sentence), out, ref)
        for out, (sentence, ref) in list(zip(outputs, rows, strict=True))[:_EXAMPLES]
    ]
