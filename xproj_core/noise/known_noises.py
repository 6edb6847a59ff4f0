"""The noises there are, and how one is made by its name."""

from __future__ import annotations

from collections.abc import Callable

from xproj_core.domain.errors import InputError
from xproj_core.domain.parameters import Parameter, Scalar
from xproj_core.domain.registry import Registry
from xproj_core.noise import base
from xproj_core.noise.base import Layer, Noise

noises: Registry[Noise] = Registry("noise")
_here = "xproj_core.noise"
for _name, _where, _summary in (
    ("characters", "text:Characters", "letters inserted, deleted, substituted"),
    ("keyboard", "text:Keyboard", "keys hit beside the one that was meant"),
    ("ocr", "text:Ocr", "shapes misread as similar ones"),
    ("casing", "text:Casing", "words in lower, upper or title case"),
    ("attach-punctuation", "tokens:AttachPunctuation", "punctuation attached to its word"),
    ("split-words", "tokens:SplitWords", "words cut at hyphens, apostrophes, punctuation"),
    ("join-words", "tokens:JoinWords", "clitics, hyphens and apostrophes joined to their words"),
    ("drop-words", "translation:DropWords", "words missing from a translation"),
    ("repeat-words", "translation:RepeatWords", "words said twice in a translation"),
    ("untranslated-words", "translation:UntranslatedWords", "words left untranslated"),
    ("reorder-words", "translation:ReorderWords", "words of a translation out of order"),
    ("drop-entities", "translation:DropEntities", "names missing from a translation"),
    ("drop-links", "alignment:DropLinks", "word links missing"),
    ("add-links", "alignment:AddLinks", "word links where none belong"),
    ("shift-links", "alignment:ShiftLinks", "word links one word beside"),
    ("miss-labels", "labels:MissLabels", "source entities missed"),
    ("spurious-labels", "labels:SpuriousLabels", "source entities made up"),
    ("move-boundaries", "labels:MoveBoundaries", "source entities a word too long or short"),
    ("change-labels", "labels:ChangeLabels", "source entities of the wrong type"),
):
    noises.add(_name, f"{_here}.{_where}", _summary)


def layer_of(name: str) -> Layer:
    """What a noise works on.

    Raises:
        InputError: there is no such noise.
    """
    kind: type[Noise] = noises.entry(name).load()
    return kind.layer


def settings(name: str) -> tuple[Parameter, ...]:
    """What can be set of a noise besides rate and seed, in order.

    Raises:
        InputError: there is no such noise.
    """
    kind: type[Noise] = noises.entry(name).load()
    return base.settings(kind)


def make(name: str, rate: float = 0.1, seed: int = 0, **options: Scalar) -> Noise:
    """A noise.

    Raises:
        InputError: no such noise or setting, or a value that it does not take.
    """
    known = [p.name for p in settings(name)]
    for key in options:
        if key not in known:
            has = ", ".join(known) or "nothing else"
            raise InputError(f"{name} has no {key!r}: rate and seed can be set, and {has}.")
    kind: Callable[..., Noise] = noises.entry(name).load()
    return kind(rate=rate, seed=seed, **options)
