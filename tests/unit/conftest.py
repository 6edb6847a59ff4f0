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

    from tests.checkpoints import bert, m2m100, madlad, marian, nllb, xlmr

    torch.set_num_threads(1)  # more threads only get into each other's way on models this small
    root = tmp_path_factory.mktemp("checkpoints")
    makers: dict[str, Callable[[Path], Path]] = {
        "nllb": nllb.make,
        "m2m100": m2m100.make,
        "marian": marian.make,
        "marian-many": partial(marian.make, source="mul", target="mul", codes="deu swh fra"),
        "madlad": madlad.make,
        "bert": bert.make,
        "tagger": xlmr.make,
        "nameless-tagger": partial(xlmr.make, labels=("LABEL_0", "LABEL_1")),
    }

    def make(name: str) -> str:
        folder = root / name
        if not folder.exists():
            makers[name](folder)
        return str(folder)

    return make
