"""The files that somebody hands in to learn from, and the folders that they are kept in."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody hands in."""

    name: str
    content: bytes


def clear(folder: Path, uploads: set[str]) -> None:
    """Remove what a process left that died over it; the uploads stay."""
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        elif old.name not in uploads:
            old.unlink()


def store(upload: Upload, folder: Path, fallback: str) -> str:
    """Write an upload into `folder`; its name there, another one where that is taken."""
    name = re.sub(r"[^\w.-]", "_", Path(upload.name).name) or fallback
    name = f"labelled-{name}" if (folder / name).exists() else name
    (folder / name).write_bytes(upload.content)
    return name


def new_folder(parent: Path, stem: str) -> Path:
    """A folder of its own for each job: an engine in use keeps the files it was loaded from."""
    for number in count(1):
        folder = parent / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise AssertionError("count never ends")
