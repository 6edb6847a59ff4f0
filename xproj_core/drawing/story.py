"""What came before an entity was placed: translated, labelled and linked, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from xproj_core.domain import Alignment, Evidence, Span, Trace, languages
from xproj_core.drawing import wording
from xproj_core.text.strings import counted


def story(evidence: Evidence, trace: Trace, at: int) -> list[str]:
    """One sentence for each step before placing, in order.

    Args:
        at: the row of the chain in which the labels stand that were projected.
    """
    source = trace.source
    if source is None or len(evidence.chain) == 1:
        return []
    told = [*_translated(evidence, at), _labelled(evidence, source)]
    if evidence.alignment is None:
        return told
    between = _between(evidence, source, at)
    return [*told, *([between] if between else []), *_refined(evidence, source)]


def _translated(evidence: Evidence, at: int) -> Iterator[str]:
    """Who made the sentence that was labelled."""
    origin = evidence.origins[at] if at < len(evidence.origins) else ""
    _, phrase = wording.origin(origin)
    if phrase:
        yield f"The {languages.name(evidence.source.language)} sentence is {phrase}."


def _labelled(evidence: Evidence, source: Span) -> str:
    """What the tagger, or a person, saw in it, with the tagger's score."""
    words = wording.words(evidence.source, source.start, source.end)
    score = next((s.score for s in evidence.source.spans if s == source), None)
    if score is None:
        return f"“{words}” is labelled {source.label} in it; no tagger's score is known."
    return f"The tagger labelled “{words}” {source.label} there, with {wording.decimal(score)}."


def _between(evidence: Evidence, source: Span, at: int) -> str:
    """The words of the sentence between through which the links go."""
    middle = at + 1
    if middle >= len(evidence.chain) - 1 or evidence.hops[at] is None:
        return ""
    hop, sentence = evidence.hops[at], evidence.chain[middle]
    assert hop is not None
    linked = sorted({j for i, j in hop.pairs() if i in source})
    language = languages.name(sentence.language)
    if not linked:
        return f"No word of it is linked to the {language} sentence between."
    words = ("" if languages.is_unspaced(sentence.language) else " ").join(
        sentence.tokens[j] for j in linked
    )
    return f"In the {language} sentence between, it is linked to “{words}”."


def _refined(evidence: Evidence, source: Span) -> Iterator[str]:
    """What the detour through a back-translation changed of its links."""
    direct = evidence.parts.get("direct")
    if evidence.method != "back_translation" or direct is None or evidence.alignment is None:
        return
    before, after = _links(direct, source), _links(evidence.alignment, source)
    if before == after:
        yield "The back-translation changed none of its links: they are those of direct."
        return
    added, removed = (counted(len(n), "link") for n in (after - before, before - after))
    yield f"The back-translation added {added} and removed {removed}."


def _links(alignment: Alignment, source: Span) -> set[tuple[int, int]]:
    return {(i, j) for i, j in alignment.pairs() if i in source}
