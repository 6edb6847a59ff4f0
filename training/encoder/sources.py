"""The raw files that the encoder may be trained on, and no others.

Everything here is openly licensed for that: CC BY, CC0, or CC BY-SA 4.0 (Universal NER, which is
why the resulting weights are CC BY-SA 4.0). Whatever is missing from the list is for measuring.
"""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

from training.ner_data import DATA

TRAINING_FILES = (
    "train-ner/*",
    "train-parallel/*",
    "uner/*-ud-train.iob2",
    "ner-de-ru-tr/de/test.txt",
    "ner-de-ru-tr/ru/train.txt",
    "ner-de-ru-tr/tr/test.txt",
)
"""Patterns of paths below the data folder. Of the German, Russian and Turkish files one part each
is left out to measure on, though its licence would allow more."""


class NotForTrainingError(ValueError):
    """A file was asked for that no shipped weight may be trained on."""


def may_train(path: str) -> bool:
    """Whether `path`, below the data folder, is one of `TRAINING_FILES`."""
    return ".." not in Path(path).parts and any(fnmatch(path, p) for p in TRAINING_FILES)


def source(path: str, data: Path = DATA) -> Path:
    """The file or folder `path` below `data`.

    Raises:
        NotForTrainingError: it is not on the list.
    """
    if not (may_train(path) or may_train(f"{path}/anything")):
        raise NotForTrainingError(
            f"{path} is not among the files that shipped weights may be trained on. Read it in"
            " training/encoder/measure.py, or add its licence and path to TRAINING_FILES."
        )
    return data / path
