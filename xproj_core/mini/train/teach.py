"""Teach Mini two languages: from a file of sentence pairs to a folder that loads by name.

With a CoNLL file of labelled sentences in one of them, it learns to tag that language as well.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from xproj_core.domain import languages
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.learn.teaching_report import Taught, TranslatorReport
from xproj_core.learn.trainer import Progress, Trainer
from xproj_core.mini.train.bitext import AlignerName
from xproj_core.mini.train.disk import full_disk_named, work_folder
from xproj_core.mini.train.labelled import read_gold, read_labelled, teach_tagger
from xproj_core.mini.train.lexicon_training import write_lexicon
from xproj_core.mini.train.translator_training import train


def read_pairs(file: Path | str) -> Iterator[tuple[str, str]]:
    """The first two columns of a TSV file, source and target; blank lines are skipped.

    Raises:
        FormatError: a line without a tab or with an empty side, or text that is not UTF-8.
        InputError: the file cannot be read.
    """
    path = Path(file)
    try:
        with path.open("rb") as lines:
            for number, raw in enumerate(lines, 1):
                line = _decoded(raw, path, number)
                if line.strip():
                    yield _columns(line, path, number)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error


def _decoded(raw: bytes, path: Path, number: int) -> str:
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise FormatError(
            "The text is not UTF-8. Save the file as UTF-8 and try again.",
            file=path.name,
            line=number,
            column=error.start + 1,
        ) from error


def _columns(line: str, path: Path, number: int) -> tuple[str, str]:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) < 2:
        raise FormatError(
            "There is no tab. Each line needs a sentence, a tab, and its translation.",
            file=path.name,
            line=number,
        )
    if not columns[0] or not columns[1]:
        side = "first" if not columns[0] else "second"
        raise FormatError(
            f"The {side} column is empty. Give a translation or delete the line.",
            file=path.name,
            line=number,
        )
    return columns[0], columns[1]


def teach(
    pairs_file: Path | str,
    source: str,
    target: str,
    output: Path | str,
    *,
    labelled: Path | str | None = None,
    labelled_language: str | None = None,
    gold: Path | str | None = None,
    seed: int = 0,
    aligner: AlignerName = "own",
    progress: Progress | None = None,
) -> Taught:
    """Train a translator both ways and an aligner's lexicon, and write them to `output`.

    Args:
        labelled: a CoNLL file; a tagger is trained on it as well.
        labelled_language: the language of `labelled`: `target` unless said otherwise.
        gold: a CoNLL file in that language that people labelled; the tagger is scored on it.
        aligner: what aligns the words.
        progress: called with (fraction done, what is being done).

    Raises:
        FormatError, InputError, LanguageError: see `read_pairs`, `read_labelled` and
            `translator.train`. All files are read before anything is trained.
    """
    begun = time.monotonic()
    folder = Path(output)
    pair = languages.normalise(source), languages.normalise(target)
    tagged = languages.normalise(labelled_language or target)
    sentences = None if labelled is None else read_labelled(labelled, tagged)
    test = None if gold is None else read_gold(gold, tagged, sentences)
    say: Progress = progress or (lambda fraction, what: None)
    share = 0.97 if sentences is None else 0.85
    report = _teach_translator(pairs_file, pair, folder, seed, aligner, _part(say, 0.0, share))
    tagger = None
    if sentences is not None:
        part = _part(say, 0.87, 0.12)
        tagger = teach_tagger(sentences, tagged, folder, gold=test, seed=seed, progress=part)
    say(1.0, "done")
    return Taught(folder, report, _sizes(folder), time.monotonic() - begun, tagger)


def load() -> Trainer:
    """Mini as the registry of trainers knows it."""
    return teach


def _teach_translator(
    pairs_file: Path | str,
    pair: tuple[str, str],
    folder: Path,
    seed: int,
    aligner: AlignerName,
    progress: Progress,
) -> TranslatorReport:
    """Translator and lexicon, which appear in `folder` when both are finished."""
    with full_disk_named(folder, _size(pairs_file)), work_folder(folder) as work:
        finished = work / "made"
        report, bitext, aligned = train(
            read_pairs(pairs_file),
            *pair,
            finished / "translator",
            seed=seed,
            aligner=aligner,
            progress=progress,
            work=work,
        )
        write_lexicon(bitext.lexicon(aligned, work), finished, *pair)
        _move(finished, folder)
    return report


def _part(say: Progress, begin: float, share: float) -> Progress:
    """Progress of what takes a share of the time, from `begin` on."""
    return lambda fraction, what: say(round(begin + share * fraction, 4), what)


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes by file, relative to `folder`."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.stat().st_size for path in files}


def _size(file: Path | str) -> int:
    """In bytes; 0 of what is no file."""
    path = Path(file)
    return path.stat().st_size if path.is_file() else 0


def _move(finished: Path, folder: Path) -> None:
    """Move finished files to where they belong; until then, those of an earlier run are there."""
    for file in sorted(path for path in finished.rglob("*") if path.is_file()):
        place = folder / file.relative_to(finished)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
