"""Any way of writing entity tags (IOB1, IOB2, BILOU, IOBES, plain types) as IOB2 probabilities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xproj_core.domain.arrays import Matrix, Vector
from xproj_core.domain.errors import CheckpointError
from xproj_core.models.protocols import TagProbabilities
from xproj_core.tag.standard_labels import standard

_TAG = re.compile(r"([BILUESM])[-_](.+)")
_NAMELESS = re.compile(r"(?:LABEL[_-]?)?\d+")
_BEGINS, _CONTINUES = frozenset("BUS"), frozenset("ILEM")


@dataclass(frozen=True, slots=True)
class Scheme:
    """How a checkpoint's classes become IOB2 classes.

    Attributes:
        classes: IOB2 tags, "O" first.
        begins, inside, either: (n_checkpoint_classes, n_types) 0/1: classes that begin an
            entity of a type, that continue one, or that do whichever fits (IOB1's I-X, X).
        outside: (n_checkpoint_classes,) 0/1, "O" and dropped types.
    """

    classes: tuple[str, ...]
    begins: Matrix[np.float64]
    inside: Matrix[np.float64]
    either: Matrix[np.float64]
    outside: Vector[np.float64]

    @property
    def types(self) -> tuple[str, ...]:
        """The entity types, in the checkpoint's order."""
        return tuple(c[2:] for c in self.classes if c.startswith("B-"))

    def iob2(self, probabilities: Matrix[np.float64]) -> TagProbabilities:
        """(n_tokens, n_checkpoint_classes) rows as IOB2 rows; each still sums to 1.

        A class that leaves open whether it begins an entity begins one with the probability
        that the token before is of another type, tokens being independent given the text.
        """
        begins, inside = probabilities @ self.begins, probabilities @ self.inside
        either = probabilities @ self.either
        of_type = begins + inside + either
        before = np.vstack([np.zeros((1, of_type.shape[1])), of_type[:-1]])[: len(either)]
        matrix = np.zeros((len(probabilities), len(self.classes)))
        matrix[:, 0] = probabilities @ self.outside
        matrix[:, 1::2] = begins + either * (1.0 - before)
        matrix[:, 2::2] = inside + either * before
        return TagProbabilities(self.classes, matrix)


def scheme_of(
    checkpoint: str,
    labels: Sequence[str],
    *,
    iob1: bool | None = None,
    changes: Mapping[str, str | None] | None = None,
) -> Scheme:
    """The scheme that a checkpoint's labels are written in.

    A set with I- tags in which some type has no B- tag is IOB1 (the CoNLL-03 checkpoints of
    XLM-R): B- then only separates neighbours of one type.

    Args:
        labels: the checkpoint's classes, in order.
        iob1: True or False where the labels do not show it, None to tell by them.
        changes: as in `standard_labels.standard`.

    Raises:
        CheckpointError: classes without names (LABEL_0), or without "O".
    """
    if labels and all(_NAMELESS.fullmatch(label) for label in labels):
        raise CheckpointError(
            f"{checkpoint} does not name its {len(labels)} classes (it says {labels[0]},"
            f" {labels[-1]}). Give the names in order with labels=, for instance"
            " labels=O,B-PER,I-PER, as the model's page lists them."
        )
    split = [_split(label) for label in labels]
    if not any(prefix == "O" for prefix, _ in split):
        raise CheckpointError(
            f"{checkpoint} has no class O (outside any entity) among {', '.join(labels)[:200]}."
            " It is not an entity tagger; choose another."
        )
    began = {kind for prefix, kind in split if prefix in _BEGINS}
    open_ended = any(p in _CONTINUES and k not in began for p, k in split)
    return _scheme(split, open_ended if iob1 is None else iob1, changes)


def _scheme(
    split: list[tuple[str, str]], iob1: bool, changes: Mapping[str, str | None] | None
) -> Scheme:
    names = {kind: standard(kind, changes) for prefix, kind in split if prefix != "O"}
    types = list(dict.fromkeys(name for name in names.values() if name))
    begins, inside, either = (np.zeros((len(split), len(types))) for _ in range(3))
    outside = np.zeros(len(split))
    for k, (prefix, kind) in enumerate(split):
        name = names.get(kind)
        if prefix == "O" or name is None:
            outside[k] = 1.0
        elif prefix in _BEGINS:
            begins[k, types.index(name)] = 1.0
        elif prefix in _CONTINUES and not iob1:
            inside[k, types.index(name)] = 1.0
        else:
            either[k, types.index(name)] = 1.0
    classes = ("O", *(f"{p}-{t}" for t in types for p in "BI"))
    return Scheme(classes, begins, inside, either, outside)


def _split(label: str) -> tuple[str, str]:
    """(prefix, type): ("B", "PER"), ("", "PER") without a prefix, ("O", "") outside."""
    if label.upper() in {"O", "OUTSIDE", "NONE"}:
        return "O", ""
    match = _TAG.fullmatch(label)
    return (match[1], match[2]) if match else ("", label)
