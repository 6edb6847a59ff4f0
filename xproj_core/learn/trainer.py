"""What a trainer offers; one file per engine that can be taught implements it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from xproj_core.learn.teaching_report import Taught

Progress = Callable[[float, str], None]
"""Is told the fraction that is done, and what is being done."""


class Trainer(Protocol):
    """Teaches an engine two languages."""

    def __call__(
        self,
        pairs_file: Path | str,
        source: str,
        target: str,
        output: Path | str,
        *,
        labelled: Path | str | None = None,
        labelled_language: str | None = None,
        gold: Path | str | None = None,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> Taught:
        """Learn to translate and align, both ways, and write what was learnt to `output`.

        Args:
            pairs_file: TSV, a sentence in `source` and its translation in `target` a line.
            labelled: a CoNLL file, to learn to tag from as well.
            labelled_language: the language of `labelled`: `target` unless said otherwise.
            gold: a CoNLL file in that language that people labelled, to score the tagger on.

        Raises:
            FormatError, InputError, LanguageError: there is something wrong with the files or
                the languages. Both files are read before anything is trained.
        """
