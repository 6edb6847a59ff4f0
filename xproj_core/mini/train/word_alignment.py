"""Word alignment of whole corpora: our own trainer, or eflomal to compare with."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from xproj_core.align.symmetrise import Heuristic, symmetrise
from xproj_core.domain import Link
from xproj_core.domain.arrays import Vector
from xproj_core.domain.errors import InputError, NotInstalledError
from xproj_core.learn.trainer import Progress
from xproj_core.mini.train.coded_corpus import Coded, code
from xproj_core.mini.train.disk import filled, forget
from xproj_core.mini.train.joint_hmm import (
    NULL,
    Corpus,
    both_posteriors,
    train,
)
from xproj_core.models.device import one_thread

Tokens = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class AlignedCorpus:
    """Links of every sentence pair in both directions.

    Attributes:
        forward: (all target tokens,) the source token, counted within its sentence, that
            each target token renders; -1 for none.
        reverse: (all source tokens,) the target token that each source token renders; -1.
        source_offsets, target_offsets: (n_sentences + 1,) where each sentence starts.
        aligner: "eflomal" or "own".
    """

    forward: Vector[np.int16]
    reverse: Vector[np.int16]
    source_offsets: Vector[np.int64]
    target_offsets: Vector[np.int64]
    aligner: str

    def __len__(self) -> int:
        return len(self.source_offsets) - 1

    def forward_links(self, n: int) -> list[Link]:
        """(source, target) links of sentence `n`: at most one per target token."""
        row = self.forward[self.target_offsets[n] : self.target_offsets[n + 1]].tolist()
        return [(i, j) for j, i in enumerate(row) if i >= 0]

    def reverse_links(self, n: int) -> list[Link]:
        """(source, target) links of sentence `n`: at most one per source token."""
        row = self.reverse[self.source_offsets[n] : self.source_offsets[n + 1]].tolist()
        return [(i, j) for i, j in enumerate(row) if j >= 0]

    def links(self, n: int, heuristic: Heuristic = "grow-diag-final-and") -> list[Link]:
        """Sentence `n`'s links, symmetrised and sorted."""
        return symmetrise(self.forward_links(n), self.reverse_links(n), heuristic)


def align_corpus(
    source: Tokens,
    target: Tokens,
    *,
    seed: int = 0,
    aligner: Literal["own", "eflomal"] = "own",
    null: float = NULL,
    progress: Progress | None = None,
) -> AlignedCorpus:
    """Align the words of every sentence pair, learning from all of them.

    Args:
        source, target: tokenised sentences, the same number of both; empty ones and pairs
            with a sentence of over 120 tokens are left without links.
        seed: there for an aligner that samples and can be seeded. Our own has no chance in it
            and always gives the same links; eflomal cannot be seeded, and its links differ a
            little from run to run.
        aligner: "eflomal" (GPL-3) has to be installed.
        null: how readily our own leaves a word without a link.
        progress: called with (fraction done, what is being done).

    Raises:
        InputError: the two sides differ in length, or `aligner` is unknown.
        NotInstalledError: eflomal was asked for by name and is missing.
    """
    if len(source) != len(target):
        raise InputError(
            f"The two sides must have the same number of sentences; the source has"
            f" {len(source):,} and the target {len(target):,}."
        )
    if aligner not in ("own", "eflomal"):
        raise InputError(f"There is no aligner {aligner!r}. Choose own or eflomal.")
    if aligner == "own":
        with tempfile.TemporaryDirectory() as folder:
            return align_coded(code(source), code(target), Path(folder), null, progress)
    if importlib.util.find_spec("eflomal") is None:
        raise NotInstalledError("The eflomal aligner", "eflomal")
    return _eflomal(source, target, progress)


def align_coded(
    left: Coded,
    right: Coded,
    folder: Path,
    null: float = NULL,
    progress: Progress | None = None,
    *,
    keep: Path | None = None,
) -> AlignedCorpus:
    """`align_corpus` of sides that are numbers already.

    Args:
        folder: for what is needed meanwhile.
        keep: a folder for the links; without it they are in memory.
    """
    forward = filled(keep and keep / "forward", len(right.ids), -1, np.int16)
    reverse = filled(keep and keep / "reverse", len(left.ids), -1, np.int16)
    corpus = Corpus(left, right, folder)
    if corpus.cells:
        with one_thread():
            _decode(corpus, null, progress, forward, reverse)
    corpus.close()
    if progress is not None:
        progress(1.0, "words aligned")
    return AlignedCorpus(forward, reverse, left.offsets, right.offsets, "own")


def _decode(
    corpus: Corpus,
    null: float,
    progress: Progress | None,
    forward: Vector[np.int16],
    reverse: Vector[np.int16],
) -> None:
    """Train, then write each token's best partner by both models' posteriors.

    A word links when both together find it a tenth as probable as the one finds "none":
    multiplying makes even good links small.
    """
    model = train(corpus, progress, null=null)
    for number, (batch, numbers) in enumerate(corpus):
        f, g = both_posteriors(batch, numbers, model)
        agreed = f.links * g.links.transpose(0, 2, 1)
        agreed *= batch.target_valid[:, :, None] & batch.source_valid[:, None, :]
        for links, idle, side, valid, flat in (
            (agreed, f.null, corpus.target, batch.target_valid, forward),
            (agreed.transpose(0, 2, 1), g.null, corpus.source, batch.source_valid, reverse),
        ):
            best = links.argmax(axis=2)
            linked = links.max(axis=2) > 0.1 * idle
            place = side.offsets[batch.sentences][:, None] + np.arange(valid.shape[1])
            flat[place[valid]] = np.where(linked, best, -1)[valid]
        if number % 200 == 199:
            forget(forward, reverse)


def _eflomal(source: Tokens, target: Tokens, progress: Progress | None) -> AlignedCorpus:
    from eflomal import Aligner

    usable = [n for n in range(len(source)) if source[n] and target[n]]
    source_offsets = np.cumsum([0, *map(len, source)], dtype=np.int64)
    target_offsets = np.cumsum([0, *map(len, target)], dtype=np.int64)
    forward = np.full(int(target_offsets[-1]), -1, np.int16)
    reverse = np.full(int(source_offsets[-1]), -1, np.int16)
    if progress is not None:
        progress(0.0, "aligning words with eflomal")
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder, "forward"), Path(folder, "reverse")
        if usable:
            Aligner().align(
                [_line(source[n]) for n in usable],
                [_line(target[n]) for n in usable],
                links_filename_fwd=str(files[0]),
                links_filename_rev=str(files[1]),
            )
            with files[0].open() as ahead, files[1].open() as back:
                for n, forward_line, reverse_line in zip(usable, ahead, back, strict=True):
                    for i, j in _pharaoh(forward_line):
                        forward[target_offsets[n] + j] = i
                    for i, j in _pharaoh(reverse_line):
                        reverse[source_offsets[n] + i] = j
    if progress is not None:
        progress(1.0, "words aligned")
    return AlignedCorpus(forward, reverse, source_offsets, target_offsets, "eflomal")


def _line(tokens: Sequence[str]) -> str:
    """Tokens joined by blanks; a blank within a token must not add a token."""
    return " ".join("_".join(token.split()) or "_" for token in tokens) + "\n"


def _pharaoh(line: str) -> list[Link]:
    pairs = (link.split("-") for link in line.split())
    return [(int(i), int(j)) for i, j in pairs]
