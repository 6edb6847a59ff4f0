from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xproj_core.domain import Span
from xproj_core.domain.errors import CheckpointError
from xproj_core.tag.iob2_decoding import decode
from xproj_core.tag.tag_schemes import Scheme, scheme_of

IOB2 = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
IOB1 = ("B-LOC", "I-LOC", "I-PER", "O")
BILOU = ("O", "B-PER", "I-PER", "L-PER", "U-PER", "B-LOC", "I-LOC", "L-LOC", "U-LOC")
IOBES = ("O", "B-PER", "I-PER", "E-PER", "S-PER")
PLAIN = ("O", "PERSON", "GPE")


def spans(labels: tuple[str, ...], path: str) -> list[tuple[int, int, str]]:
    """What a classifier that is nearly sure of `path` is taken to say."""
    matrix = np.full((len(path.split()), len(labels)), 0.01 / (len(labels) - 1))
    for t, tag in enumerate(path.split()):
        matrix[t, labels.index(tag)] = 0.99
    probabilities = scheme_of("x", labels).iob2(matrix)
    return [(s.start, s.end, s.label) for s in decode(probabilities.matrix, probabilities.classes)]


@pytest.mark.parametrize(
    ("labels", "path", "expected"),
    [
        (IOB2, "B-PER I-PER O B-LOC B-LOC", [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]),
        (IOB1, "I-PER I-PER O I-LOC B-LOC", [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]),
        (IOB1, "I-PER I-LOC I-LOC O O", [(0, 1, "PER"), (1, 3, "LOC")]),
        (BILOU, "B-PER L-PER O U-LOC U-LOC", [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]),
        (IOBES, "B-PER I-PER E-PER S-PER O", [(0, 3, "PER"), (3, 4, "PER")]),
        (PLAIN, "PERSON PERSON O GPE O", [(0, 2, "PER"), (3, 4, "LOC")]),
    ],
)
def test_every_scheme_reads_the_same(
    labels: tuple[str, ...], path: str, expected: list[tuple[int, int, str]]
) -> None:
    assert spans(labels, path) == expected


def test_an_orphan_inside_tag_does_not_survive() -> None:
    matrix = np.array([[0.4, 0.3, 0.3, 0, 0], [0.1, 0.0, 0.9, 0, 0]])
    probabilities = scheme_of("x", IOB2).iob2(matrix)
    assert decode(probabilities.matrix, probabilities.classes) == (Span(0, 2, "PER"),)


@given(st.sampled_from([IOB2, IOB1, BILOU, IOBES, PLAIN]), st.integers(0, 6), st.integers(0, 99))
def test_rows_remain_distributions(labels: tuple[str, ...], n: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).dirichlet(np.ones(len(labels)), size=n)
    probabilities = scheme_of("x", labels).iob2(matrix)
    assert probabilities.classes[0] == "O"
    assert probabilities.matrix.shape == (n, len(probabilities.classes))
    assert (
        np.allclose(probabilities.matrix.sum(axis=1), 1) and (probabilities.matrix >= -1e-12).all()
    )


def test_names_are_common_ones_and_may_be_changed() -> None:
    labels = (
        "O",
        "B-PERSON",
        "I-PERSON",
        "B-GPE",
        "I-GPE",
        "B-MONEY",
        "I-MONEY",
        "B-Team",
        "I-Team",
    )
    assert scheme_of("x", labels).types == ("PER", "LOC", "TEAM")
    changed: Scheme = scheme_of("x", labels, changes={"GPE": None, "Team": "ORG"})
    assert changed.types == ("PER", "ORG")


def test_iob1_may_be_stated() -> None:
    labels = ("O", "B-PER", "I-PER")
    matrix = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    probabilities = scheme_of("x", labels, iob1=True).iob2(matrix)
    assert decode(probabilities.matrix, probabilities.classes) == (Span(0, 1, "PER"),)


def test_classes_that_say_nothing() -> None:
    with pytest.raises(CheckpointError, match=r"does not name its 2 classes.*labels=O,B-PER"):
        scheme_of("x", ("LABEL_0", "LABEL_1"))
    with pytest.raises(CheckpointError, match="no class O"):
        scheme_of("x", ("POSITIVE", "NEGATIVE"))
