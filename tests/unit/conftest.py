"""Fixtures shared by the tests of model back ends: tiny checkpoints, made once per run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

MakeCheckpoint = Callable[[str], str]


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> MakeCheckpoint:
    """`checkpoint("nllb")` is the folder of a tiny checkpoint of that family."""
    import torch

    from tests import checkpoints

    torch.set_num_threads(1)  # more threads only get into each other's way on models this small
    root = tmp_path_factory.mktemp("checkpoints")
    makers: dict[str, Callable[[Path], Path]] = {
        "nllb": checkpoints.nllb,
        "m2m100": checkpoints.m2m100,
        "marian": checkpoints.marian,
        "marian-many": partial(checkpoints.marian, source="mul", target="mul", codes="deu swh fra"),
        "madlad": checkpoints.madlad,
        "bert": checkpoints.bert,
        "tagger": checkpoints.xlmr_tagger,
        "nameless-tagger": partial(checkpoints.xlmr_tagger, labels=("LABEL_0", "LABEL_1")),
    }

    def make(name: str) -> str:
        folder = root / name
        if not folder.exists():
            makers[name](folder)
        return str(folder)

    return make
