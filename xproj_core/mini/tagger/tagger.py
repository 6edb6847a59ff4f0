"""Mini's tagger: what was taught, the shipped one for English, glosses for other languages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import CheckpointError
from xproj_core.mini import WEIGHTS
from xproj_core.mini.tagger import ct2_token_classifier, glossed, linear
from xproj_core.models.protocols import ProbabilisticTagger, TagProbabilities
from xproj_core.tag.standard_labels import check_languages

ALIGNER, ENGLISH = WEIGHTS / "aligner", WEIGHTS / "translator" / "en.words.xz"
TAUGHT = "tagger"
"""Where `xproj train --labelled` puts a tagger, within the folder that it writes."""


class MiniTagger:
    """Several taggers as one: the first that knows a sentence's language tags it."""

    def __init__(self, name: str, parts: Sequence[ProbabilisticTagger]) -> None:
        self._name, self._parts = name, tuple(parts)

    @property
    def name(self) -> str:
        """The name it was asked for by: results are remembered under it."""
        return self._name

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all parts."""
        return tuple(dict.fromkeys(label for part in self._parts for label in part.labels))

    @property
    def languages(self) -> frozenset[str]:
        """The languages of all parts."""
        return frozenset().union(*(part.languages or () for part in self._parts))

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The entities of each sentence.

        Raises:
            LanguageError: a sentence is in a language that no part knows.
        """
        entities: list[tuple[Span, ...]] = [()] * len(sentences)
        for part, chosen in self._shares(sentences):
            for i, spans in zip(chosen, part.tag([sentences[i] for i in chosen]), strict=True):
                entities[i] = spans
        return entities

    def probabilities(self, sentences: Sequence[Sentence]) -> list[TagProbabilities]:
        """Class probabilities of each sentence, over the classes of the part that knows it.

        Raises:
            LanguageError: a sentence is in a language that no part knows.
        """
        probabilities: dict[int, TagProbabilities] = {}
        for part, chosen in self._shares(sentences):
            probabilities |= zip(
                chosen, part.probabilities([sentences[i] for i in chosen]), strict=True
            )
        return [probabilities[i] for i in range(len(sentences))]

    def _shares(self, sentences: Sequence[Sentence]) -> list[tuple[ProbabilisticTagger, list[int]]]:
        """Each part with the sentences that fall to it."""
        shares: list[tuple[ProbabilisticTagger, list[int]]] = [(part, []) for part in self._parts]
        for i, sentence in enumerate(sentences):
            for part, chosen in shares:
                if part.languages is None or sentence.language in part.languages:
                    chosen.append(i)
                    break
            else:
                check_languages(self, [sentence])
        return [share for share in shares if share[1]]


def load(folder: str | None = None) -> ProbabilisticTagger:
    """The shipped tagger; with `folder`, what was taught there comes first.

    It tags English; languages with a lexicon, shipped or in `folder`, it reads by English glosses.
    `folder` may be a tagger's own folder or one that `xproj train` wrote, with or without a
    tagger in it.

    Raises:
        CheckpointError: `folder` is neither.
    """
    shipped = ct2_token_classifier.load()
    if not folder:
        return MiniTagger("mini", [shipped, glossed.load(shipped, [ALIGNER], ENGLISH)])
    path = Path(folder)
    own = path / TAUGHT if (path / TAUGHT).is_dir() else path
    taught = [] if _has_none(path, own) else [_of(own)]
    glosses = glossed.load(shipped, [ALIGNER, path], ENGLISH)
    return MiniTagger(f"mini:{folder}", [*taught, shipped, glosses])


def _has_none(path: Path, own: Path) -> bool:
    return not (own / linear.SETTINGS).is_file() and (path / "translator").is_dir()


def _of(folder: Path) -> ProbabilisticTagger:
    """The tagger in `folder`, of either kind."""
    try:
        settings = json.loads((folder / linear.SETTINGS).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CheckpointError(
            f"{folder} holds no tagger ({error}). Give the folder that `xproj train --labelled`"
            f" wrote; it has a file {linear.SETTINGS} in it."
        ) from error
    if isinstance(settings, dict) and settings.get("kind") == linear.KIND:
        return linear.LinearTagger(folder)
    return ct2_token_classifier.load(folder)
