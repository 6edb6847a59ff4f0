"""Brackets in a translation as two published codes read them, defects included.

`brackets` reads them as well as can be. What stands here is there to be compared with:

- `read_as_seed_paper`: the back-translation of arXiv 2501.18750. For each bracket the *last*
  entity over `SIMILAR` is taken where the best was meant, the compared string includes the
  brackets, brackets of no entity stay in the sentence as words, and where a bracket holds nothing
  the failure is swallowed and with it all of the sentence's entities.
- `read_as_easy_project`: the brackets must be as many as the entities, and labels must come out as
  they went in; any other sentence is left out.

Both split text with our tokeniser; theirs were NLTK's and Moses's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from xproj_core.domain import Sentence, Span
from xproj_core.domain.errors import EngineError
from xproj_core.methods.brackets import CLOSE, OPEN, SIMILAR, Alone, Marked
from xproj_core.models.protocols import Translation
from xproj_core.text.detokenise import detokenise, text_of
from xproj_core.text.tokenise import spans_of_words

_BRACKETED = re.compile(r"\[(.*?)\]")
_VARIANTS = (
    *(("[[", OPEN), ("]]", CLOSE), ("[ [", OPEN), ("] ]", CLOSE)),
    *(("《", OPEN), ("》", CLOSE), ("【", OPEN), ("】", CLOSE)),
)
"""Other brackets that EasyProject knows, in the order in which it replaces them."""


def read_as_seed_paper(
    source: Sentence, translation: Translation, entities: Sequence[Alone]
) -> Marked:
    """The translation with the labels that the seed paper's code gives it.

    Raises:
        EngineError: the translation is empty.
    """
    text, language = text_of(translation.sentence), translation.sentence.language
    tokens: list[str] = []
    bounds: list[tuple[int, int, Span]] = []
    pool, at = list(entities), 0
    for match in _BRACKETED.finditer(text):
        similar = [e for e in pool if _ratio(match.group().lower(), e[1].lower()) > SIMILAR]
        if not similar:
            continue
        tokens += _words(text[at : match.start()], language)
        start = len(tokens)
        tokens += _words(match.group(1), language)
        bounds.append((start, len(tokens), similar[-1][0]))
        pool.remove(similar[-1])
        at = match.end()
    tokens += _words(text[at:], language)
    failed = any(start == end for start, end, _ in bounds)
    placed = [] if failed else bounds
    notes = (
        ("A bracket came back empty. The seed paper's code fails there and drops all entities.",)
        if failed
        else _unread(source, [e[0] for e in entities], placed)
    )
    return _marked(translation, tokens, placed, len(entities), notes)


def read_as_easy_project(
    source: Sentence, translation: Translation, entities: Sequence[Alone]
) -> Marked:
    """The translation with EasyProject's labels, or without any where it leaves the sentence out.

    Raises:
        EngineError: the translation is empty.
    """
    language = translation.sentence.language
    text = text_of(translation.sentence)
    for variant, bracket in _VARIANTS:
        text = text.replace(variant, bracket)
    tokens: list[str] = []
    stretches: list[tuple[int, int]] = []
    strings: list[str] = []
    opened: tuple[int, int] | None = None
    for part in re.finditer(r"[\[\]]|[^\[\]]+", text):
        if part.group() == OPEN:
            opened = len(tokens), part.end()
        elif part.group() == CLOSE:
            if opened is not None:
                stretches.append((opened[0], len(tokens)))
                strings.append(" ".join(text[opened[1] : part.start()].split()).lower())
            opened = None
        else:
            tokens += _words(part.group(), language)
    chosen, objection = _labels(text, strings, entities)
    if not objection and any(start == end for start, end in stretches):
        objection = "a bracket came back empty"
    if objection:
        note = f"EasyProject leaves this sentence out: {objection}."
        return _marked(translation, tokens, [], len(entities), (note,))
    bounds = [(*stretch, e) for stretch, e in zip(stretches, chosen, strict=True)]
    return _marked(translation, tokens, bounds, len(entities), ())


def _labels(text: str, strings: Sequence[str], entities: Sequence[Alone]) -> tuple[list[Span], str]:
    """The entity of each bracketed string, or none and why EasyProject drops the sentence."""
    n_open, n_close, n = text.count(OPEN), text.count(CLOSE), len(entities)
    if not n_open == n_close == len(strings) == n:
        return [], f"{n} marked, but {n_open} “[” and {n_close} “]” came back"
    spans = [e[0] for e in entities]
    labels = [s.label for s in spans]
    if len(set(labels)) <= 1:
        return spans, ""
    places = [_place(string, entities) for string in strings]
    assigned = [None if p is None else labels[p] for p in places]
    left = Counter(labels)
    left.subtract(label for label in assigned if label is not None)
    if assigned.count(None) > 1:
        return [], f"{assigned.count(None)} bracketed strings are like no entity"
    if None in assigned and min(left.values()) >= 0:
        assigned[assigned.index(None)] = next(y for y in labels if left[y])
    if None in assigned or Counter(assigned) != Counter(labels):
        return [], "the labels that came back are not those that went in"
    return _distinct(places, assigned, spans), ""


def _place(string: str, entities: Sequence[Alone]) -> int | None:
    """The first entity that equals `string`, translated or not; else the first similar one."""
    translated = [e[1].lower() for e in entities]
    untranslated = [e[2].lower() for e in entities]
    for known in (translated, untranslated):
        if string in known:
            return known.index(string)
    for known in (translated, untranslated):
        for n, text in enumerate(known):
            if _ratio(text, string) > SIMILAR:
                return n
    return None


def _distinct(
    places: Sequence[int | None], labels: Sequence[str | None], spans: Sequence[Span]
) -> list[Span]:
    """An entity of its own for each label: the one that was like it where that one is free.

    EasyProject keeps labels only, so that two brackets may have gone by the same entity.
    """
    chosen: list[Span | None] = []
    for place in places:
        free = place is not None and spans[place] not in chosen
        chosen.append(spans[place] if place is not None and free else None)
    for k, label in enumerate(labels):
        if chosen[k] is None:
            chosen[k] = next(s for s in spans if s.label == label and s not in chosen)
    return [span for span in chosen if span is not None]


def _marked(
    translation: Translation,
    tokens: Sequence[str],
    bounds: Sequence[tuple[int, int, Span]],
    n_marked: int,
    notes: tuple[str, ...],
) -> Marked:
    if not tokens:
        raise EngineError("The translation with markers came back empty.")
    language = translation.sentence.language
    placed = sorted((Span(start, end, entity.label), entity) for start, end, entity in bounds)
    sentence = Sentence(tuple(tokens), language, text=detokenise(tokens, language))
    return Marked(
        sentence.labelled(span for span, _ in placed),
        tuple(entity for _, entity in placed),
        n_marked,
        len(bounds),
        translation.origin,
        translation.notes + notes,
    )


def _unread(
    source: Sentence, entities: Sequence[Span], bounds: Sequence[tuple[int, int, Span]]
) -> tuple[str, ...]:
    read = {entity for _, _, entity in bounds}
    return tuple(
        f"The seed paper's code finds no bracket for “{' '.join(source.words(e))}” {e.label}."
        for e in entities
        if e not in read
    )


def _words(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in spans_of_words(text, language)]


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second).ratio()
