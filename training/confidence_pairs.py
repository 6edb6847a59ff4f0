"""Sentence pairs whose names were exchanged on both sides, so that gold is known by construction.

Tatoeba and TICO-19 pairs (CC BY 2.0, CC0): a word with a capital that stands once on each side,
spelt alike, makes room for a name. People and organisations are copied, as translators do;
countries have the name that each language has for them (CLDR). Source labels are gold, or wrong
on purpose; links are Mini's, as they come or disturbed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import langcodes

from training.confidence_chains import NOISES, PROJECTORS, RATE, Example
from xproj_core.domain import Evidence, Sentence, Span
from xproj_core.engines.presets import load_engine
from xproj_core.noise.labels import ChangeLabels, LabelNoise, MoveBoundaries
from xproj_core.project import projectors
from xproj_core.text.tokenise import tokenise

Pair = tuple[Sentence, Sentence]
Names = dict[str, list[tuple[str, ...]]]
COUNTRIES = (
    "AT BE BR CA CH CI CN CZ DE DK EG ES ET FI FR GB GR HU IE IN IT JP KE MA MX NG NL NO NZ"
    " PL PT RU SA SE TR TZ UA UG US ZA ZM"
).split()
LABEL_NOISES: tuple[type[LabelNoise], ...] = (ChangeLabels, MoveBoundaries)


def names_of(sentences: Sequence[Sentence]) -> Names:
    """The names in gold sentences by label, each once."""
    names_by_label: dict[str, dict[tuple[str, ...], None]] = {}
    for sentence in sentences:
        for span in sentence.spans:
            names_by_label.setdefault(span.label, {})[sentence.words(span)] = None
    return {label: list(names) for label, names in names_by_label.items()}


def pairs(
    every: Sequence[tuple[str, str]], language: str, names: Names, count: int, seed: int
) -> list[Pair]:
    """Pairs with exchanged names and gold labels on both sides, English first."""
    rng = random.Random(f"{language}{seed}")
    exchanged: list[Pair] = []
    for english, other in rng.sample(every, len(every)):
        pair = _exchanged(tokenise(english, "en"), tokenise(other, language), names, rng)
        if pair is not None:
            exchanged.append(pair)
        if len(exchanged) == count:
            break
    return exchanged


def examples(exchanged: Sequence[Pair], language: str, first: int) -> Iterator[Example]:
    """Every projector over each pair: links and labels as they are, and each disturbed."""
    aligner = load_engine("mini").aligner
    aligned = aligner.align([(s.labelled(()), t.labelled(())) for s, t in exchanged])
    for k, ((source, target), links) in enumerate(zip(exchanged, aligned, strict=True)):
        noise, labels = NOISES[k % len(NOISES)](rate=RATE), LABEL_NOISES[k % 2](rate=0.3)
        noisy, _ = noise.apply(source, target, links)
        wrong, _ = labels.apply(source, source.spans)
        bare = target.labelled(())
        variants = (
            (source, links, "pairs"),
            (source, noisy, f"pairs, {noise.name}"),
            (source.labelled(wrong), links, f"pairs, {labels.name}"),
        )
        for labelled, alignment, kind in variants:
            evidence = Evidence("given", labelled, bare, alignment, (labelled, bare), (alignment,))
            for name in PROJECTORS:
                [projection] = projectors.create(name).project([evidence])
                gold = frozenset(target.spans)
                yield Example(evidence, projection, (), gold, first + k, f"{kind}, {language}")


def _exchanged(source: Sentence, target: Sentence, names: Names, rng: random.Random) -> Pair | None:
    """Both with one or two names in place of words that they share; None where they share none."""
    shared = [
        word
        for k, word in enumerate(source.tokens)
        if word[:1].isupper()
        and len(word) > 2
        and source.tokens.count(word) == target.tokens.count(word) == 1
    ][:2]
    if not shared or not 4 <= len(source) <= 40:
        return None
    for word in shared:
        label = rng.choice(["PER", "PER", "LOC", "LOC", "ORG"])
        source_name = target_name = rng.choice(names[label])
        if label == "LOC" and rng.random() < 0.6:
            code = rng.choice(COUNTRIES)
            source_name, target_name = (
                tuple(langcodes.Language.make(territory=code).territory_name(s.language).split())
                for s in (source, target)
            )
        source, target = (
            _put(source, word, source_name, label),
            _put(target, word, target_name, label),
        )
    return source, target


def _put(sentence: Sentence, word: str, name: tuple[str, ...], label: str) -> Sentence:
    at = sentence.tokens.index(word)
    more = len(name) - 1
    tokens = (*sentence.tokens[:at], *name, *sentence.tokens[at + 1 :])
    moved = [
        s if s.end <= at else replace(s, start=s.start + more, end=s.end + more)
        for s in sentence.spans
    ]
    return Sentence(
        tokens, sentence.language, tuple(sorted([*moved, Span(at, at + len(name), label)]))
    )
