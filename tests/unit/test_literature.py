"""Published figures are found by dataset and language, and are those of the sources."""

from __future__ import annotations

from statistics import mean

import pytest

from xproj_core.evaluate import literature

BEST = "heuristic, AWESoME"


def _figure(dataset: str, language: str, system: str, setting: str = "") -> float:
    (value,) = (
        r.value
        for r in literature.references(dataset, language)
        if r.system == system and setting in r.setting
    )
    return value


@pytest.mark.parametrize(
    ("dataset", "language", "system", "value"),
    [
        ("masakhaner2", "bam", "NER candidates, greedy, SimAlign", 0.553),
        ("masakhaner2", "bm", "model transfer", 0.430),
        ("masakhaner2", "twi", "marked back-translation, heuristic, AWESoME", 0.038),
        ("panx", "yo", "NER candidates, greedy, SimAlign", 0.520),
        ("panx", "th", "marked back-translation, n-gram candidates, greedy, SimAlign", 0.061),
        ("europarl-ner", "de", "n-gram candidates, greedy, AWESoME", 0.920),
        ("europarl-ner", "es", "candidates by NMTScore, exact", 0.916),
        ("absa", "ru", "Easy-Label-Projection", 0.934),
        ("word-alignment", "de", "eflomal", 0.226),
    ],
)
def test_figures(dataset: str, language: str, system: str, value: float) -> None:
    assert _figure(dataset, language, system, "") == pytest.approx(value)


def test_the_averages_that_were_published_are_those_of_the_figures() -> None:
    codes = "bam ewe fon hau ibo kin lug luo mos nya sna swa tsn twi wol xho yor zul".split()
    for system, average in ((BEST, 0.673), (f"marked back-translation, {BEST}", 0.421)):
        values = [_figure("masakhaner2", c, system, "intrinsic: text") for c in codes]
        assert mean(values) == pytest.approx(average, abs=0.001)


def test_every_reference_says_where_it_comes_from() -> None:
    for dataset in literature.DATASETS:
        references = [r for r in literature._all() if r.dataset == dataset]
        assert references
        assert all(r.source and r.setting and r.metric and 0 <= r.value <= 1 for r in references)


def test_best_first_and_unknown_languages_have_none() -> None:
    values = [r.value for r in literature.references("masakhaner2", "swa")]
    assert values == sorted(values, reverse=True)
    errors = [r.value for r in literature.references("word-alignment", "fr")]
    assert errors == sorted(errors)
    assert literature.references("europarl-ner", "fi") == ()
    assert literature.references("europarl-ner", "no such code") == ()


@pytest.mark.parametrize(
    ("name", "dataset"),
    [
        ("MasakhaNER 2 bam test", "masakhaner2"),
        ("europarl-ner de", "europarl-ner"),
        ("my notes", None),
        ("wikiann.sw", "panx"),
    ],
)
def test_names_of_datasets(name: str, dataset: str | None) -> None:
    assert literature.guess(name) == dataset
