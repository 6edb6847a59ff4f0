"""A tagger from the user's labelled sentences: read, trained, measured, stored."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from xproj_core.domain import Sentence, Span, languages
from xproj_core.domain.errors import InputError
from xproj_core.evaluate.scores.entities import score_spans
from xproj_core.formats import conll
from xproj_core.learn.teaching_report import GoldScores, TaggerReport, TaggingExample
from xproj_core.learn.trainer import Progress
from xproj_core.mini.tagger.linear import LinearTagger, Model, predict, save
from xproj_core.mini.tagger.tagger import TAUGHT
from xproj_core.mini.train.tagger_training import train_tagger
from xproj_core.tag.iob2_decoding import decode

LEAST_SENTENCES, LEAST_ENTITIES = 20, 10
MOST_HELD_OUT = 500
_EXAMPLES = 5


def read_labelled(file: Path | str, language: str) -> list[Sentence]:
    """The sentences of a CoNLL file that have tokens.

    Raises:
        FormatError: a line without a tag or with something else in its place.
        InputError: the file cannot be read, or holds too little to learn from.
    """
    sentences = [s for s in conll.load(file).sentences(language) if len(s)]
    entities = sum(len(s.spans) for s in sentences)
    if len(sentences) < LEAST_SENTENCES or entities < LEAST_ENTITIES:
        raise InputError(
            f"{file} holds {len(sentences)} sentences with {entities} entities; a tagger needs at"
            f" least {LEAST_SENTENCES} sentences and {LEAST_ENTITIES} entities, and a few hundred"
            " sentences to be useful. Check that blank lines separate the sentences and that the"
            " last column holds the tags."
        )
    return sentences


def read_gold(file: Path | str, language: str, learnt: Sequence[Sentence] | None) -> list[Sentence]:
    """The sentences of a CoNLL file that people labelled, to score a tagger on.

    Raises:
        FormatError: a line without a tag or with something else in its place.
        InputError: the file cannot be read, there is no tagger to score, it holds no entity, or
            sentences that are learnt from.
    """
    if learnt is None:
        raise InputError(f"{file} is to score a tagger on, but no labelled file is given to learn.")
    sentences = [s for s in conll.load(file).sentences(language) if len(s)]
    if not any(s.spans for s in sentences):
        raise InputError(f"{file} holds no entity, so there is nothing to score.")
    known = {_key(s) for s in learnt}
    seen = [n for n, s in enumerate(sentences, 1) if _key(s) in known]
    if seen:
        raise InputError(
            f"{file}: {len(seen)} of {len(sentences)} sentences are learnt from as well (the first"
            f" is sentence {seen[0]}). Take them out of one of the two files."
        )
    return sentences


def teach_tagger(
    sentences: Sequence[Sentence],
    language: str,
    output: Path,
    *,
    gold: Sequence[Sentence] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> TaggerReport:
    """Train a tagger on `sentences` and write it to `output`/tagger.

    A tenth of the different sentences, 500 at most, is held out to measure on; then all of
    them are learnt from, and what is stored is scored on `gold`.
    """
    say = progress or (lambda fraction, what: None)
    code = languages.normalise(language)
    rest, held_out = divide(sentences, seed)
    say(0.0, "training the tagger on nine tenths")
    trial = train_tagger(rest, progress=lambda f, what: say(0.45 * f, f"{what} on nine tenths"))
    predictions = _entities(trial, held_out)
    scores = score_spans([s.spans for s in held_out], predictions)
    model = train_tagger(sentences, progress=lambda f, what: say(0.5 + 0.48 * f, f"{what} on all"))
    folder = output / TAUGHT
    save(model, folder, f"mini:{output.name}", (code,))
    LinearTagger(folder)  # what cannot be read back is not called done
    say(1.0, "tagger ready")
    examples = [
        TaggingExample(s.tokens, s.spans, f)
        for s, f in zip(held_out, predictions, strict=True)
        if s.spans or f
    ]
    entities = sum(len(s.spans) for s in sentences)
    return TaggerReport(
        code,
        len(sentences),
        entities,
        len(held_out),
        scores,
        tuple(examples[:_EXAMPLES]),
        None if gold is None else _on_gold(model, gold),
    )


def _on_gold(model: Model, gold: Sequence[Sentence]) -> GoldScores:
    return GoldScores(len(gold), score_spans([s.spans for s in gold], _entities(model, gold)))


def divide(sentences: Sequence[Sentence], seed: int) -> tuple[list[Sentence], list[Sentence]]:
    """To learn from, and held out; no held-out sentence is among the others, in whatever case."""
    keys = list(dict.fromkeys(_key(s) for s in sentences))
    random.Random(seed).shuffle(keys)
    held_out = set(keys[: min(MOST_HELD_OUT, max(2, len(keys) // 10))])
    first = {_key(s): s for s in reversed(sentences)}
    return [s for s in sentences if _key(s) not in held_out], [
        first[k] for k in keys if k in held_out
    ]


def _key(sentence: Sentence) -> str:
    return " ".join(sentence.tokens).casefold()


def _entities(model: Model, sentences: Sequence[Sentence]) -> list[tuple[Span, ...]]:
    return [decode(m, model.classes) for m in predict(model, [s.tokens for s in sentences])]
