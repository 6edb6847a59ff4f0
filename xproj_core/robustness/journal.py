"""The answers of a sweep, kept one by one, so that one that was broken off goes on.

A line of JSON for each condition of a chunk, in the order in which a sweep asks: what was
answered is read again instead of being asked again. The first line says what it was made with;
answers of other models or other data are none. A last line that is not whole is one that somebody
died over.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from xproj_core.answers.system import without_version
from xproj_core.domain.codec import RawJson
from xproj_core.robustness.counts import Condition

Row = tuple[int, int, int]
Found = Mapping[str, tuple[list[Row], int]]
"""By system: (gold, predicted, correct) entities of each scored sentence, and how many sentences
had no answer."""


class Journal:
    """Answers in a file; used within `with`.

    Args:
        signature: what the answers are made with; XProj's version in it does not matter.

    Attributes:
        done: sentences times conditions that are answered.
    """

    def __init__(self, file: Path, signature: str) -> None:
        self._path = file
        self._file = file.open("r+b" if file.exists() else "w+b")
        self.done = 0
        self._end = self._find_end(signature)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._file.close()

    def take(self, first: int, condition: Condition) -> Found | None:
        """The answers to the chunk that begins with sentence `first`; None where they are still
        to be made."""
        begin = self._file.tell()
        if begin >= self._end:
            return None
        line = json.loads(self._file.readline())
        if line["at"] != [first, *condition]:  # chunks are cut otherwise: the rest is of no use
            self._cut(begin)
            return None
        return {
            system: ([(g, p, c) for g, p, c in rows], problems)
            for system, (rows, problems) in line["found"].items()
        }

    def keep(self, first: int, condition: Condition, sentences: int, answers: Found) -> None:
        """Add what `take` did not have.

        Raises:
            OSError: the disk is full.
        """
        line = {"at": [first, *condition], "sentences": sentences, "found": dict(answers)}
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()
        self._end = self._file.tell()

    def remove(self) -> None:
        """It has served its purpose."""
        self._path.unlink(missing_ok=True)

    def _find_end(self, signature: str) -> int:
        """Where the last whole line ends; the file then stands at the first answer."""
        self._file.seek(0)
        if not _matches(self._file.readline(), signature):
            self._cut(0)
            self._file.write(json.dumps(signature).encode() + b"\n")
            self._file.flush()
            return self._file.tell()
        first = end = self._file.tell()
        for raw in self._file:
            line = _read(raw)
            if line is None:
                break
            self.done += line["sentences"]
            end += len(raw)
        self._cut(end)
        self._file.seek(first)
        return end

    def _cut(self, at: int) -> None:
        self._file.seek(at)
        self._file.truncate()
        self._end = at


def _matches(raw: bytes, signature: str) -> bool:
    try:
        stored_signature = json.loads(raw)
    except ValueError:
        return False
    return isinstance(stored_signature, str) and without_version(
        stored_signature
    ) == without_version(signature)


def _read(raw: bytes) -> RawJson | None:
    try:
        line = json.loads(raw)
        complete = raw.endswith(b"\n") and {"at", "sentences", "found"} <= line.keys()
    except (ValueError, AttributeError):
        return None
    return line if complete else None
