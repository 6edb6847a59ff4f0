"""Translating, aligning and tagging for methods: batched and remembered by content.

Changing one sentence of a chain therefore recomputes what depends on it and nothing else.
Every list runs parallel to its input; see `outcomes` for items that failed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal, TypeVar

from cachetools import LRUCache

from xproj_core.align.compose import interpolate
from xproj_core.domain import Alignment, Sentence, Span, languages
from xproj_core.domain.errors import EngineError, LanguageError, XProjError
from xproj_core.domain.outcomes import guarded, lift, where_good
from xproj_core.models.protocols import Engine, Tagger, Translation
from xproj_core.translate.batched import translate_each


class Work:
    """Counts by kind of step ("translate", "align", "tag"), each thing once."""

    def __init__(self) -> None:
        self._asked: dict[str, set[Hashable]] = {}
        self._missed: dict[str, set[Hashable]] = {}

    def ask(self, kind: str, keys: Iterable[Hashable]) -> None:
        """These are wanted."""
        self._asked.setdefault(kind, set()).update(keys)

    def miss(self, kind: str, keys: Iterable[Hashable]) -> None:
        """These were not at hand."""
        self._missed.setdefault(kind, set()).update(keys)

    @property
    def computed(self) -> dict[str, int]:
        """How many were computed anew."""
        return {kind: len(keys) for kind, keys in self._missed.items()}

    @property
    def reused(self) -> dict[str, int]:
        """How many were at hand."""
        computed = self.computed
        return {kind: len(keys) - computed.get(kind, 0) for kind, keys in self._asked.items()}


T = TypeVar("T")
U = TypeVar("U")
OwnLinks = Literal["translator", "aligner", "both"]
Pair = tuple[Sentence, Sentence]
_TYPE_LABELS = "Type the labels in, as in [Angela Merkel](PER)"


def _weight(result: object) -> int:
    """1, and 1 more for each 1000 cells of an alignment: those of long sentences are megabytes."""
    alignment = result if isinstance(result, Alignment) else getattr(result, "alignment", None)
    return 1 if alignment is None else 1 + int(alignment.scores.size) // 1000


class Memo:
    """Remembers results by content; shared between threads; what was not used longest goes first.

    `size` counts results, and each 1000 cells of an alignment (9 kB) as one more.
    """

    def __init__(self, size: int = 20_000) -> None:
        self._known: LRUCache[Hashable, Any] = LRUCache(maxsize=size, getsizeof=_weight)
        self._lock = Lock()

    def recall(
        self,
        kind: str,
        items: list[T],
        key: Callable[[T], Hashable],
        compute: Callable[[list[T]], Sequence[U | XProjError]],
    ) -> list[U | XProjError]:
        """`compute` for the items not yet known. Errors are not remembered."""
        keys = [(kind, key(item)) for item in items]
        with self._lock:
            values = {k: self._known[k] for k in keys if k in self._known}
        missing = {k: item for k, item in zip(keys, items, strict=True) if k not in values}
        if missing:
            fresh = dict(zip(missing, guarded(compute, list(missing.values())), strict=True))
            values.update(fresh)
            with self._lock:
                good = {
                    k: v
                    for k, v in fresh.items()
                    if not isinstance(v, XProjError) and _weight(v) <= self._known.maxsize
                }
                self._known.update(good)
        return [values[k] for k in keys]


@dataclass
class Steps:
    """An engine's three jobs.

    Attributes:
        own_links: for a sentence and its machine translation, whose links to take where the
            translator knows them.
        work: what these steps took. It is counted here and not by the memory, which other
            people's answers use as well.
    """

    engine: Engine
    memo: Memo = field(default_factory=Memo)
    own_links: OwnLinks = "both"
    work: Work = field(default_factory=Work)

    def translate(
        self, sentences: Sequence[Sentence | XProjError], target: str
    ) -> list[Translation | XProjError]:
        """Each sentence in the language `target`."""
        translator = self.engine.translator
        return self._remembered(
            "translate",
            sentences,
            lambda s: (translator.name, target, _content(s)),
            lambda some: translate_each(translator, some, target),
        )

    def align(
        self,
        firsts: Sequence[Sentence | XProjError],
        seconds: Sequence[Sentence | XProjError],
    ) -> list[Alignment | XProjError]:
        """First x second for each pair."""
        aligner = self.engine.aligner
        pairs: list[Pair | XProjError] = lift(lambda a, b: (a, b), firsts, seconds)
        return self._remembered(
            "align",
            pairs,
            lambda pair: (aligner.name, _content(pair[0]), _content(pair[1])),
            aligner.align,
        )

    def align_translated(
        self,
        inputs: Sequence[Sentence | XProjError],
        outputs: Sequence[Translation | XProjError],
    ) -> list[Alignment | XProjError]:
        """Input x output for sentences and their translations, see `own_links`."""
        sentences = lift(lambda o: o.sentence, outputs)
        return lift(self._with_own_links, self.align(inputs, sentences), outputs)

    def _with_own_links(self, aligned: Alignment, output: Translation) -> Alignment:
        if output.alignment is None or self.own_links == "aligner":
            return aligned
        if self.own_links == "translator":
            return output.alignment
        return interpolate(output.alignment, aligned)

    def tag(
        self, sentences: Sequence[Sentence | XProjError]
    ) -> list[tuple[Span, ...] | XProjError]:
        """The engine's entities in each source sentence."""
        if self.engine.tagger is None:
            problem = EngineError(
                f"The engine {self.engine.name} has no tagger. {_TYPE_LABELS}, or choose an"
                " engine with a tagger."
            )
            return [s if isinstance(s, XProjError) else problem for s in sentences]
        return self.tag_with(self.engine.tagger, sentences)

    def tag_with(
        self, tagger: Tagger, sentences: Sequence[Sentence | XProjError]
    ) -> list[tuple[Span, ...] | XProjError]:
        """`tagger`'s entities in each sentence of a language that it knows."""
        return self._remembered(
            "tag",
            [_taggable(s, tagger) for s in sentences],
            lambda s: (tagger.name, _content(s)),
            tagger.tag,
        )

    def _remembered(
        self,
        kind: str,
        items: Sequence[T | XProjError],
        key: Callable[[T], Hashable],
        compute: Callable[[list[T]], Sequence[U | XProjError]],
    ) -> list[U | XProjError]:
        def computed(some: list[T]) -> Sequence[U | XProjError]:
            self.work.miss(kind, map(key, some))
            return compute(some)

        def remembered(some: list[T]) -> list[U | XProjError]:
            self.work.ask(kind, map(key, some))
            return self.memo.recall(kind, some, key, computed)

        return where_good(items, remembered)


def _taggable(sentence: Sentence | XProjError, tagger: Tagger) -> Sentence | XProjError:
    if isinstance(sentence, XProjError) or tagger.languages is None:
        return sentence
    if sentence.language in tagger.languages:
        return sentence
    return LanguageError(
        f"The tagger {tagger.name} does not know {languages.name(sentence.language)}."
        f" {_TYPE_LABELS}, or choose another source language or engine."
    )


def _content(sentence: Sentence) -> Hashable:
    return sentence.language, sentence.tokens, sentence.text
