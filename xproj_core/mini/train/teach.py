"""Teach Mini two languages: from a file of sentence pairs to a folder that loads by name.

With a CoNLL file of labelled sentences in one of them, it learns to tag that language as well.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xproj_core.domain import languages
from xproj_core.domain.errors import FormatError, InputError
from xproj_core.mini.train.bitext import AlignerName
from xproj_core.mini.train.disk import full_disk_named, work_folder
from xproj_core.mini.train.joint_hmm import Progress
from xproj_core.mini.train.labelled import TaggerReport, read_labelled, teach_tagger
from xproj_core.mini.train.lexicon_training import write_lexicon
from xproj_core.mini.train.translator_training import Report, train


@dataclass(frozen=True)
class Taught:
    """What `teach` made.

    Attributes:
        folder: load it as "mini:FOLDER", translator, aligner and tagger alike.
        report: sentence pairs, held-out chrF, examples.
        tagger: sentences, held-out F1, examples; None where no labels were given.
        sizes: bytes by file, relative to `folder`.
        seconds: wall-clock time.
    """

    folder: Path
    report: Report
    sizes: dict[str, int]
    seconds: float
    tagger: TaggerReport | None = None


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
    seed: int = 0,
    aligner: AlignerName = "own",
    progress: Progress | None = None,
) -> Taught:
    """Train a translator both ways and an aligner's lexicon, and write them to `output`.

    Args:
        labelled: a CoNLL file; a tagger is trained on it as well.
        labelled_language: the language of `labelled`: `target` unless said otherwise.
        aligner: what aligns the words.
        progress: called with (fraction done, what is being done).

    Raises:
        FormatError, InputError, LanguageError: see `read_pairs`, `read_labelled` and
            `translator.train`. Both files are read before anything is trained.
    """
    begun = time.monotonic()
    folder = Path(output)
    source, target = languages.normalise(source), languages.normalise(target)
    tagged = languages.normalise(labelled_language or target)
    sentences = None if labelled is None else read_labelled(labelled, tagged)
    share = 0.97 if sentences is None else 0.85
    say: Progress = progress or (lambda fraction, what: None)
    with full_disk_named(folder, _size(pairs_file)), work_folder(folder) as work:
        made = work / "made"
        report, bitext, aligned = train(
            read_pairs(pairs_file),
            source,
            target,
            made / "translator",
            seed=seed,
            aligner=aligner,
            progress=lambda f, what: say(round(share * f, 4), what),
            work=work,
        )
        write_lexicon(bitext.lexicon(aligned, work), made, source, target)
        _move(made, folder)
    tagger = None
    if sentences is not None:
        tagger = teach_tagger(
            sentences,
            tagged,
            folder,
            seed=seed,
            progress=lambda f, what: say(round(0.87 + 0.12 * f, 4), what),
        )
    say(1.0, "done")
    sizes = {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return Taught(folder, report, sizes, time.monotonic() - begun, tagger)


def _size(file: Path | str) -> int:
    """In bytes; 0 of what is no file."""
    path = Path(file)
    return path.stat().st_size if path.is_file() else 0


def _move(made: Path, folder: Path) -> None:
    """Finished files to where they belong; until then, those of an earlier run are there."""
    for file in sorted(path for path in made.rglob("*") if path.is_file()):
        place = folder / file.relative_to(made)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
