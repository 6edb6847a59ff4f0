"""The corpora of the literature, read from their published files, have their published sizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.published import DATA, needs
from xproj_core.datasets import read

ONTO = ("PER", "LOC", "ORG")


def counts(folder: str, **options: Any) -> tuple[int, Mapping[str, int], int]:
    """Items, entities of the target, links."""
    preview = read(DATA / folder, **options).preview
    return preview.items, preview.sides["target"].entities, preview.links


@needs("europarl-ner")
def test_europarl() -> None:
    """799 sentences; 702 entities in English."""
    corpus = read(DATA / "europarl-ner", source_language="de", target_language="en")
    assert corpus.preview.items == 799 and corpus.preview.others == {"es": 799}
    assert sum(corpus.preview.sides["target"].entities.values()) == 702
    assert set(corpus.onto(ONTO).labels) == set(ONTO)


@needs("pud-ner")
def test_pud() -> None:
    items, entities, _ = counts("pud-ner", source_language="en", target_language="pt")
    assert items == 1000 and set(entities) == set(ONTO)


@needs("uner-en-ewt")
def test_universal_ner_ewt_dev() -> None:
    """2,001 sentences, 966 entities."""
    items, entities, _ = counts("uner-en-ewt")
    assert items == 2001 and entities == {"LOC": 399, "PER": 343, "ORG": 224}


@needs("xl-wa")
@pytest.mark.parametrize(
    ("language", "split", "sentences", "links"),
    [
        ("es", "dev", 105, 1961),
        ("es", "test", 245, 4722),
        ("it", "dev", 103, 1980),
        ("it", "test", 243, 4765),
        ("pt", "dev", 105, 1848),
        ("pt", "test", 245, 4577),
    ],
)
def test_xl_wa(language: str, split: str, sentences: int, links: int) -> None:
    """The sizes of the corpus' own table, which counts one link twice in each pt file."""
    sizes = counts("xl-wa", target_language=language, split=split)
    assert (sizes[0], sizes[2]) == (sentences, links)


@needs("bambara-chain")
def test_bambara() -> None:
    items, entities, links = counts("bambara-chain", split="test, aligned")
    assert items == 1274 and set(entities) == set(ONTO) and links == 29_629


@needs("absa-en-es")
@pytest.mark.parametrize(("split", "sentences"), [("test", 676), ("train", 2000)])
def test_opinion_targets(split: str, sentences: int) -> None:
    assert counts("absa-en-es", split=split)[0] == sentences


@needs("masakhaner-mafand-dev")
def test_mafand() -> None:
    items, entities, _ = counts("masakhaner-mafand-dev", target_language="wol")
    assert items == 629 and set(entities) == {*ONTO, "DATE"}


@needs("ntrex")
def test_ntrex() -> None:
    assert counts("ntrex", target_language="yo")[0] == 1997
