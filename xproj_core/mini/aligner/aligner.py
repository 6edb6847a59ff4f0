"""Mini's aligner: word statistics where there are some, spelling, and position."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from xproj_core.domain import Alignment, Sentence, codec, languages
from xproj_core.domain.errors import CheckpointError, InputError
from xproj_core.mini import WEIGHTS
from xproj_core.mini.aligner.character_runs import exclusive, name_runs
from xproj_core.mini.aligner.lexicons import Lexicons, within_one_language
from xproj_core.mini.aligner.link_features import features
from xproj_core.mini.aligner.link_model import Weights, extract, scores

SHIPPED = WEIGHTS / "aligner"
_WEIGHTS = "weights.json"
_UNKNOWN = "und"  # ISO 639-2 for a language that nobody named


class LexicalAligner:
    """Aligns sentences of any two languages; best where a lexicon connects them.

    Args:
        lexicons: what is known about words.
        weights: "lexicon" for language pairs that a lexicon connects, "bare" for others.
        name: results are remembered under it, so another for other lexicons.
    """

    def __init__(
        self, lexicons: Lexicons, weights: Mapping[str, Weights], name: str = "mini"
    ) -> None:
        self.lexicons = lexicons
        self.weights = weights
        self.name = name

    def knows(self, source: str, target: str) -> bool:
        """True when a lexicon connects the two languages."""
        pair = languages.normalise(source), languages.normalise(target)
        return self.lexicons.route(*pair) is not None

    def align(self, pairs: Sequence[tuple[Sentence, Sentence]]) -> list[Alignment]:
        """One alignment per pair; its scores are the probabilities that the links hold."""
        return [self._align(source, target) for source, target in pairs]

    def _align(self, source: Sentence, target: Sentence) -> Alignment:
        if not len(source) or not len(target):
            return Alignment.from_links([], (len(source), len(target)))
        pair = _code(source.language), _code(target.language)
        tokens = source.tokens, target.tokens
        evidence = self.lexicons.evidence(*tokens, pair)
        if pair[0] == pair[1] != _UNKNOWN:
            evidence = within_one_language(*tokens, evidence)
        if evidence is not None:
            link_scores = scores(features(*tokens, evidence), self.weights["lexicon"])
        else:
            likeness = self.lexicons.likeness(*tokens, pair)
            link_scores = scores(features(*tokens, None, likeness), self.weights["bare"])
        named = name_runs(*tokens)
        if named is not None:
            link_scores = exclusive(link_scores, named)
        matrix = link_scores.astype(np.float64)
        return Alignment(matrix, extract(matrix))


def _code(language: str) -> str:
    return language if language == _UNKNOWN else languages.normalise(language)


@cache
def _shipped_weights() -> dict[str, Weights]:
    file = SHIPPED / _WEIGHTS
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        return {kind: codec.from_json(Weights, stored[kind]) for kind in ("lexicon", "bare")}
    except (OSError, KeyError, ValueError, InputError) as error:
        raise CheckpointError(
            f"Mini's aligner is incomplete: {file} cannot be read ({error}). Install XProj"
            " again, or make it with: python -m training.aligner"
        ) from error


def load(folder: str | None = None) -> LexicalAligner:
    """The shipped aligner, with the lexicons in `folder` added to its own.

    Raises:
        CheckpointError: there is no such folder, it holds no lexicon, or the shipped files
            are damaged.
    """
    folders = [SHIPPED]
    if folder is not None:
        own = Path(folder)
        if not own.is_dir() or not any(own.glob("*-*.npz")):
            raise CheckpointError(
                f"{folder} holds no lexicon for the aligner. Choose a folder with a file such as"
                " en-lg.npz, made by: xproj train"
            )
        folders.append(own)
    name = "mini" if folder is None else f"mini:{folder}"
    return LexicalAligner(Lexicons(folders), _shipped_weights(), name)
