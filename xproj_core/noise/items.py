"""Noise on what a dataset holds: the given text, given translations, labels and links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from xproj_core.domain import Alignment, Sentence
from xproj_core.domain.item import Item, Links, Side
from xproj_core.methods import Mode
from xproj_core.noise import Change, Changes, Noise
from xproj_core.noise.alignment import AlignmentNoise
from xproj_core.noise.edits import Edited
from xproj_core.noise.labels import LABELS, LabelNoise
from xproj_core.noise.text import TextNoise
from xproj_core.noise.tokens import TokenNoise
from xproj_core.noise.translation import Made, TranslationNoise

Align = Callable[[Sentence, Sentence], Alignment]


def corrupted(
    item: Item,
    noises: Sequence[Noise],
    mode: Mode = Mode.LABEL,
    labels: Sequence[str] = LABELS,
    align: Align | None = None,
) -> tuple[Item, Changes]:
    """The item with noise in it, and what was done, noise by noise in the order given.

    Text and token noise hit the sentence that the mode starts from (the target where it is to
    be labelled, the source where it is translated), translation noise hits its translations in
    the item, label noise the gold labels of the source, alignment noise the links. Gold labels
    and links follow the tokens.

    Args:
        labels: the labels there are, for wrong and made-up ones.
        align: for noises that have to know which word renders which, where the item has no links.
    """
    done: list[Change] = []
    start: Side = "target" if mode is Mode.LABEL else "source"
    other: Side = "source" if mode is Mode.LABEL else "target"
    for noise in noises:
        if not noise.rate:
            continue
        if isinstance(noise, TextNoise):
            item, changes = _text(item, start, noise)
        elif isinstance(noise, TokenNoise):
            item, changes = _tokens(item, start, noise)
        elif isinstance(noise, TranslationNoise):
            item, changes = _translations(item, start, other, noise, align)
        elif isinstance(noise, LabelNoise):
            item, changes = _labels(item, noise, labels)
        elif isinstance(noise, AlignmentNoise):
            item, changes = _links(item, noise)
        else:
            raise TypeError(f"{noise!r} works on nothing known")
        done += changes
    return item, tuple(done)


def _with(item: Item, side: Side, sentence: Sentence, links: Links | None) -> Item:
    if side == "source":
        return replace(item, source=sentence, links=links)
    return replace(item, target=sentence, links=links)


def _text(item: Item, side: Side, noise: TextNoise) -> tuple[Item, Changes]:
    sentence = item.side(side)
    if sentence is None:
        return item, ()
    noisy_sentence, changes = noise.apply(sentence)
    return (_with(item, side, noisy_sentence, item.links) if changes else item), changes


def _tokens(item: Item, side: Side, noise: TokenNoise) -> tuple[Item, Changes]:
    sentence = item.side(side)
    if sentence is None:
        return item, ()
    edit, changes = noise.apply(sentence)
    return (_edited(item, side, sentence, edit) if changes else item), changes


def _edited(item: Item, side: Side, sentence: Sentence, edit: Edited) -> Item:
    links = None if item.links is None else edit.links(item.links, second=side == "target")
    return _with(item, side, edit.sentence.labelled(edit.spans(sentence.spans)), links)


def _translations(
    item: Item, start: Side, other: Side, noise: TranslationNoise, align: Align | None
) -> tuple[Item, Changes]:
    original, sentence = item.side(start), item.side(other)
    done: list[Change] = []
    if original is None:
        return item, ()

    def prepare(translation: Sentence, alignment: Alignment | None) -> Made:
        if alignment is None and noise.needs_alignment and align is not None:
            alignment = align(original, translation)
        return Made(original, translation, alignment, translation.spans)

    if sentence is not None:
        alignment = None
        if item.links is not None:
            links = item.links if start == "source" else item.links.swapped()
            alignment = links.alignment((len(original), len(sentence)))
        edit, changes = noise.apply(prepare(sentence, alignment))
        if changes:
            item = _edited(item, other, sentence, edit)
            done += changes
    others = dict(item.others)
    for language, translation in item.others.items():
        edit, changes = noise.apply(prepare(translation, None))
        if changes:
            others[language] = edit.sentence.labelled(edit.spans(translation.spans))
            done += changes
    return (replace(item, others=others) if done else item), tuple(done)


def _labels(item: Item, noise: LabelNoise, labels: Sequence[str]) -> tuple[Item, Changes]:
    gold = item.gold_of("source")
    if gold is None:
        return item, ()
    spans, changes = noise.apply(gold, gold.spans, labels)
    return (_with(item, "source", gold.labelled(spans), item.links) if changes else item), changes


def _links(item: Item, noise: AlignmentNoise) -> tuple[Item, Changes]:
    """Sure and possible links alike; one that is shifted stays what it was."""
    if item.links is None or item.source is None or item.target is None:
        return item, ()
    shape = (len(item.source), len(item.target))
    _, changes = noise.apply(item.source, item.target, item.links.alignment(shape, possible=True))
    possible = set(item.links.possible - {c.removed for c in changes})
    possible |= {c.added for c in changes if c.added and c.removed in item.links.possible}
    sure = set(item.links.sure - {c.removed for c in changes})
    sure |= {c.added for c in changes if c.added and c.removed not in item.links.possible}
    return replace(item, links=Links(frozenset(sure), frozenset(possible - sure))), changes
