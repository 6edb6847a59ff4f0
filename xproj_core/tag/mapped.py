"""A tagger whose labels are renamed or dropped, to fit a dataset's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from xproj_core.domain import Sentence, Span
from xproj_core.models.protocols import Tagger

LabelMap = Mapping[str, str | None]
"""A label to the one that stands for it; None drops it. Others stay as they are."""


class MappedTagger:
    """Another tagger with a label map."""

    def __init__(self, tagger: Tagger, labels: LabelMap) -> None:
        changes = ",".join(f"{old}>{new or ''}" for old, new in sorted(labels.items()))
        self.name = f"{tagger.name}[{changes}]"
        self.labels = tuple(
            dict.fromkeys(new for old in tagger.labels if (new := labels.get(old, old)) is not None)
        )
        self.languages = tagger.languages
        self._tagger, self._map = tagger, labels

    def tag(self, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
        """The tagger's entities under their new labels."""
        return [mapped(spans, self._map) for spans in self._tagger.tag(sentences)]


def mapped(spans: Iterable[Span], labels: LabelMap) -> tuple[Span, ...]:
    """Spans under their new labels, sorted by place."""
    changed = ((span, labels.get(span.label, span.label)) for span in spans)
    return tuple(sorted(replace(span, label=new) for span, new in changed if new is not None))
