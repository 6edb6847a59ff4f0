"""Labels given by the user, behind the same interface as a model's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import EngineError

Key = tuple[str, tuple[str, ...]]


class GivenTagger:
    """Finds each sentence among labelled ones, by language and tokens.

    A sentence that is not among them keeps the spans it carries itself. Without any it has no
    entities, which is an answer too; a strict tagger takes it for an oversight and says so.
    """

    def __init__(
        self, labelled: Iterable[Sentence] = (), *, strict: bool = False, name: str = "given"
    ) -> None:
        self._name, self._strict = name, strict
        self._spans: dict[Key, tuple[Span, ...]] = {}
        for sentence in labelled:
            self._spans.setdefault(_key(sentence), tuple(sorted(sentence.spans)))
        kinds = {span.label: None for spans in self._spans.values() for span in spans}
        self._labels = tuple(kinds)

    @property
    def name(self) -> str:
        """The name given, or "given"."""
        return self._name

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that occur, in order of appearance."""
        return self._labels

    @property
    def languages(self) -> frozenset[str] | None:
        """None: a person labels any language."""
        return None

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The labels given for each sentence, sorted by place.

        Raises:
            EngineError: nothing was given for a sentence, and the tagger is strict.
        """
        return [self._look_up(sentence) for sentence in sentences]

    def _look_up(self, sentence: Sentence) -> tuple[Span, ...]:
        spans = self._spans.get(_key(sentence))
        if spans is not None:
            return spans
        if self._strict and not sentence.spans:
            raise EngineError(
                f"No labels were given for “{' '.join(sentence.tokens[:10])}”. Label the sentence,"
                " or choose a tagger."
            )
        return tuple(sorted(sentence.spans))


def _key(sentence: Sentence) -> Key:
    return languages.normalise(sentence.language), sentence.tokens
