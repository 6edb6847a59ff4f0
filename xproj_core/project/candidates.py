"""Target spans that could receive an entity.

- "ngrams": every span of at most `longest` words. Where only links are scored it is enough to
  begin and end on words linked to the entity: any other span holds such a one that scores
  higher and takes fewer words, so neither solver would ever choose it.
- "tagger": the spans a tagger finds on the target, its labels ignored.

The seed paper leaves out spans with the token "!" or "?"; see `marks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import EngineError
from xproj_core.models.protocols import Engine
from xproj_core.project.words import Run

_EXCLUDED = frozenset(("!", "?"))


def marks(sentence: Sentence) -> list[bool]:
    """For each token, whether it is "!" or "?"; "Yahoo!" and "?!" are neither."""
    return [token in _EXCLUDED for token in sentence.tokens]


def within_hull(words: Sequence[int], barred: Sequence[bool], longest: int) -> list[Run]:
    """Spans that begin and end on one of the ascending `words`."""
    spans = []
    for n, start in enumerate(words):
        done = start
        for last in words[n:]:
            if last - start >= longest or any(barred[done : last + 1]):
                break
            done = last + 1
            spans.append((start, last + 1))
    return spans


def ngrams(length: int, barred: Sequence[bool], longest: int) -> list[Run]:
    """All spans of a sentence of `length` tokens."""
    return within_hull(range(length), barred, longest)


def tagged(spans: Iterable[Span], barred: Sequence[bool]) -> list[Run]:
    """The places of `spans`, each once."""
    places = dict.fromkeys((s.start, s.end) for s in spans)
    return [(a, b) for a, b in sorted(places) if not any(barred[a:b])]


def tag_targets(targets: Sequence[Sentence], engine: Engine | None) -> list[tuple[Span, ...]]:
    """What the engine's tagger finds on the targets, in one call.

    Raises:
        EngineError: there is no tagger for the target.
    """
    if engine is None or engine.target_tagger is None:
        raise EngineError(
            "Candidates from a tagger need an engine with a tagger for the target language;"
            f" {engine.name if engine else 'none'} is in use. Choose another engine, or"
            " candidates=ngrams."
        )
    return engine.target_tagger.tag(targets) if targets else []
