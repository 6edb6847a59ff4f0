"""How an entity came about, in whole sentences: label first, then links, then ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xproj_core.domain import Alignment, Evidence, Sentence, Span, Trace, languages
from xproj_core.drawing import wording
from xproj_core.text.detokenise import detokenise
from xproj_core.text.strings import counted

_SHOWN = 12  # words of a sentence that are quoted around an entity
_LINKS = 3  # links that are written out


def story(evidence: Evidence, trace: Trace, at: int, span: Span | None) -> str:
    """What happened to the entity at each step, in order.

    Args:
        at: the row of the chain in which the labels stand that were projected.
        span: where the label landed; None where it did not.
    """
    if evidence.election is not None:
        names = [wording.title(name) for name, _ in evidence.election.voters]
        alone = replace(evidence, election=None)
        votes = f"It was put to the vote among: {', '.join(names)}."
        return f"{story(alone, trace, at, span)} {votes}".strip()
    if trace.source is None:
        return _without_source(evidence, span)
    sentences = [_labelled(evidence, trace.source, at, span)]
    if evidence.alignment is None:
        if span is not None:
            sentences.append("The method itself carried it over, without links between words.")
        return " ".join(sentences)
    sentences += _linked(evidence, trace, at)
    sentences += _refined(evidence, trace.source)
    if span is not None:
        sentences += _ends(evidence.target, trace, span)
    return " ".join(sentences)


def became(evidence: Evidence, at: int, around: Span | None = None) -> str:
    """ "the English sentence “She lives in Ghana.”, translated by Mini"."""
    origin = evidence.origins[at] if at < len(evidence.origins) else ""
    _, phrase = wording.origin(origin)
    sentence = f"the {languages.name(evidence.source.language)} sentence"
    quoted = f"{sentence} “{_excerpt(evidence.source, around)}”"
    return f"{quoted}, {phrase}" if phrase else quoted


def _excerpt(sentence: Sentence, around: Span | None) -> str:
    """A short sentence whole, of a long one the words around the entity."""
    n = len(sentence)
    if n <= _SHOWN + 2:
        return detokenise(sentence.tokens, sentence.language)
    middle = 0 if around is None else (around.start + around.end) // 2
    start = max(0, min(middle - _SHOWN // 2, n - _SHOWN))
    if around is not None:
        start = min(start, around.start)
    end = max(start + _SHOWN, 0 if around is None else around.end)
    text = detokenise(sentence.tokens[start:end], sentence.language)
    return f"{'… ' if start else ''}{text}{' …' if end < n else ''}"


def _without_source(evidence: Evidence, span: Span | None) -> str:
    if span is None:
        return ""
    text = wording.words(evidence.target, span.start, span.end)
    if len(evidence.chain) > 1:
        return f"“{text}” is {span.label}; no entity of the other side is known for it."
    tagged = next((s for s in evidence.source.spans if s == span), None)
    score = ""
    if tagged is not None and tagged.score is not None:
        score = f", with score {wording.decimal(tagged.score)}"
    return f"“{text}” is {span.label} because the tagger labelled it so here{score}."


def _labelled(evidence: Evidence, source: Span, at: int, span: Span | None) -> str:
    """What the tagger, or a person, saw in the sentence that the text became."""
    words = wording.words(evidence.source, source.start, source.end)
    score = next((s.score for s in evidence.source.spans if s == source), None)
    if score is None:
        label = f"“{words}” is labelled {source.label}"
    else:
        label = f"the tagger labelled “{words}” {source.label}"
        label += f", with score {wording.decimal(score)},"
    reason = f"{label} in {became(evidence, at, source)}."
    if span is None:
        return reason[0].upper() + reason[1:]
    text = wording.words(evidence.target, span.start, span.end)
    return f"“{text}” is {span.label} because {reason}"


def _linked(evidence: Evidence, trace: Trace, at: int) -> Iterator[str]:
    """Which words the links tie to each other, and those of the sentence between."""
    assert trace.source is not None
    between = _between(evidence, trace.source, at)
    if between:
        yield between
    if not trace.links:
        if not between.startswith("No word"):
            yield "No word of it is linked to the sentence that receives labels."
        return
    best = sorted(trace.links, key=lambda link: -link[2])[:_LINKS]
    shown = [link for link in trace.links if link in best][:_LINKS]
    pairs = ", ".join(
        f"“{evidence.source.tokens[i]}” to “{evidence.target.tokens[j]}” ({wording.decimal(score)})"
        for i, j, score in shown
    )
    more = len(trace.links) - len(shown)
    yield f"Links tie {pairs}{f' and {more} more' if more else ''}."


def _between(evidence: Evidence, source: Span, at: int) -> str:
    """The words of the sentence between through which the links go."""
    middle = at + 1
    hop = evidence.hops[at] if middle < len(evidence.chain) - 1 else None
    if hop is None:
        return ""
    sentence = evidence.chain[middle]
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
    changes = [
        f"{verb} {counted(len(links), 'link')} ({_listed(evidence, links)})"
        for verb, links in (("added", after - before), ("removed", before - after))
        if links
    ]
    yield f"The back-translation {' and '.join(changes)}."


def _links(alignment: Alignment, source: Span) -> set[tuple[int, int]]:
    return {(i, j) for i, j in alignment.pairs() if i in source}


def _listed(evidence: Evidence, links: set[tuple[int, int]]) -> str:
    written = [
        f"“{evidence.source.tokens[i]}” – “{evidence.target.tokens[j]}”"
        for i, j in sorted(links)[:_LINKS]
    ]
    more = len(links) - len(written)
    return ", ".join(written) + (f" and {more} more" if more else "")


def _ends(target: Sentence, trace: Trace, span: Span) -> Iterator[str]:
    """How the words that carry the label stand to those that are linked to it."""
    linked = {j for _, j, _ in trace.links}
    if not linked:
        return
    covered = set(range(span.start, span.end))
    left, more = sorted(linked - covered), sorted(covered - linked)
    if not left and not more:
        yield "The label stands on exactly the words that are linked."
        return
    parts = []
    if more:
        parts.append(f"takes in {_quoted(target, more)}, not linked")
    if left:
        parts.append(f"leaves out {_quoted(target, left)}, linked too")
    yield f"The label {' and '.join(parts)}."


def _quoted(sentence: Sentence, tokens: list[int]) -> str:
    written = [f"“{sentence.tokens[j]}”" for j in tokens[:_LINKS]]
    more = len(tokens) - len(written)
    return ", ".join(written) + (f" and {counted(more, 'more word', 'more words')}" if more else "")
