"""A tagger from any spaCy pipeline with an entity recogniser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import (
    CheckpointError,
    EngineError,
    LanguageError,
    NotInstalledError,
)
from xproj_core.tag.standard_labels import standard

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# spaCy's parser and recogniser allocate about 1 GB per 100,000 characters.
_BATCH = 128


class SpacyTagger:
    """Runs a pipeline on our tokens, so that its entities fit them.

    Labels are renamed as `xproj_core.tag.standard_labels` says (PERSON to PER, GPE to LOC, ...).
    spaCy gives no probabilities: spans have no score.
    """

    def __init__(
        self, name: str, pipeline: Language, label_names: Mapping[str, str | None] | None
    ) -> None:
        self._name, self._pipeline, self._label_names = name, pipeline, label_names
        self._lock = RLock()
        labels = [standard(label, label_names) for label in _labels_of(pipeline)]
        self._labels = tuple(dict.fromkeys(label for label in labels if label))

    @property
    def name(self) -> str:
        """The package's name or the folder."""
        return self._name

    @property
    def labels(self) -> tuple[str, ...]:
        """The entity types after renaming."""
        return self._labels

    @property
    def languages(self) -> frozenset[str] | None:
        """The pipeline's language; None for a multilingual one ("xx", "mul")."""
        code = self._pipeline.lang
        return None if code in {"xx", "mul"} else frozenset({languages.normalise(code)})

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The entities of each sentence, sorted by place.

        Raises:
            LanguageError: a sentence in another language than the pipeline's.
            EngineError: the pipeline failed.
        """
        self._check(sentences)
        from spacy.tokens import Doc

        docs = [Doc(self._pipeline.vocab, words=list(s.tokens)) for s in sentences]
        with self._lock:
            try:
                tagged = list(self._pipeline.pipe(docs, batch_size=_BATCH))
            except Exception as error:
                raise EngineError(
                    f"The spaCy pipeline {self._name} failed: {error}. Check that all of its"
                    " components are installed."
                ) from error
        return [self._spans(doc) for doc in tagged]

    def _spans(self, doc: Doc) -> tuple[Span, ...]:
        named = [(e.start, e.end, standard(e.label_, self._label_names)) for e in doc.ents]
        return tuple(sorted(Span(a, b, label) for a, b, label in named if label))

    def _check(self, sentences: Sequence[Sentence]) -> None:
        known = self.languages
        for language in {languages.normalise(s.language) for s in sentences}:
            if known is not None and language not in known:
                raise LanguageError(
                    f"The spaCy pipeline {self._name} is for"
                    f" {languages.name(self._pipeline.lang)}, not for {languages.name(language)}."
                    " Choose another tagger, or label the sentence yourself."
                )


def load(
    name_or_folder: str, *, label_names: Mapping[str, str | None] | None = None
) -> SpacyTagger:
    """A tagger from an installed pipeline package or a folder that `nlp.to_disk` wrote.

    Raises:
        NotInstalledError: spaCy is not installed.
        CheckpointError: no such pipeline, or one that finds no entities.
    """
    try:
        import spacy
    except ImportError as error:
        raise NotInstalledError("The spaCy tagger", "spacy") from error
    folder = Path(name_or_folder).expanduser()
    try:
        pipeline = spacy.load(folder if folder.exists() else name_or_folder)
    except Exception as error:
        raise CheckpointError(
            f"There is no usable spaCy pipeline {name_or_folder!r}: {' '.join(str(error).split())}"
            " Install its package with pip, or give the folder of a saved pipeline."
        ) from error
    if not _labels_of(pipeline):
        raise CheckpointError(
            f"The spaCy pipeline {name_or_folder} finds no entities (its components:"
            f" {', '.join(pipeline.pipe_names) or 'none'}). Choose one with ner, entity_ruler or"
            " span_ruler."
        )
    return SpacyTagger(name_or_folder, pipeline, label_names)


def _labels_of(pipeline: Language) -> list[str]:
    """The labels of every component that writes `doc.ents`."""
    writers = [
        pipe
        for name, pipe in pipeline.pipeline
        if "doc.ents" in pipeline.get_pipe_meta(name).assigns
    ]
    return [label for pipe in writers for label in pipe.labels]
